import { MachineConfigPatch, TalosVersion } from '../../src';

/** Texts that templates, shells, awk and YAML could take for something of their own. */
export const HOSTILE_TEXTS: readonly string[] = [
  '`id` $(id) ${HOME} $1 "$@"', '{{ .cluster }} {{- end }}', 'a & b && c', '\\1 \\& \\\\ \\n \\t', '\'single\' "double"', '\'\'\' """', '@', '@@', '@@ cluster.id @@',
  '@@@@', '@@UPPER@@', '@@a b@@', '@@a@@b@@', '@@user.@@', '@@user.a@@', '@@cluster@@', '%s %d %%', '# no comment', 'a: b', '- a', '|', '>', '*alias', '&anchor', '!tag', '--- ', '...', '\t tab',
  'line\r\nline\r\n', '  indented\n\n\nlines  \n', ' \n ', 'é ☃ 😀 \u2028 \u2029 \u0085 \ufeff', '\x01\x1b[31m', `${'x'.repeat(200_000)}`, 'word '.repeat(20_000),
];

/** A patch with all of them, in a form that the release takes. */
export function hostilePatch(talosVersion: TalosVersion, more: readonly string[] = []): MachineConfigPatch {
  const contents = [...HOSTILE_TEXTS, ...more];
  return MachineConfigPatch.fromDocuments({
    machine: {
      files: contents.map((content, index) => ({ path: `/var/hostile/${index}`, permissions: 0o600, op: 'create', content })),
      sysctls: Object.fromEntries(contents.filter((text) => text.length < 100).map((text, index) => [`net.example.${index}`, text])),
    },
  }, ...talosVersion.isAtLeast('1.14') ? [{
    apiVersion: 'v1alpha1', kind: 'KubeInlineManifestConfig', name: 'hostile', manifest: 'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: a\ndata:\n  a: \'`{{ & \\\\1\'\n',
  }] : []);
}
