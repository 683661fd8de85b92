import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { MachineConfigPatch, TalosRole, TalosSecrets, TalosVersion } from '../../src';
import { PLACEHOLDER } from '../../src/machine-config/config-template';
import { RELEASES } from '../../src/talos/release';
import { secrets } from '../support/control-planes';
import { HOSTILE_TEXTS, hostilePatch } from '../support/hostile-patches';
import { CAN_CONFINE, renderConfined, renderedConfig } from '../support/rendering';
import { generatedBundle } from '../support/secrets-fixtures';
import { bundleObject, generatedConfig, generatedTemplate, WORKER_PARTS } from '../support/stand-ins';

const ROLES = [TalosRole.CONTROL_PLANE, TalosRole.WORKER];
const CASES = RELEASES.flatMap((release) => ROLES.map((role) => [release, role] as const));
const FILE = 'config.yaml';

const bundleFor = (role: TalosRole, of: TalosSecrets) => role === TalosRole.WORKER ? stringify(bundleObject(WORKER_PARTS, of)) : of.toYaml();

describe.each(CASES)('%s %s', (release, role) => {
  const talosVersion = TalosVersion.of(release);

  test('hostile patches are in the machine config as they are', () => {
    const patches = [hostilePatch(talosVersion)];
    const direct = generatedConfig(secrets, talosVersion, role, patches).toYaml();
    const given = { templates: { [FILE]: generatedTemplate(talosVersion, role, patches) }, bundle: bundleFor(role, secrets) };
    expect(renderedConfig(given)).toBe(direct);
    if (CAN_CONFINE) {
      expect(renderConfined(given)).toMatchObject({ status: 0, files: { [FILE]: direct } });
    }
  });

  test('a machine config of 900 KB is rendered', () => {
    const lines = Array.from({ length: 9_000 }, (_, line) => `${line} ${HOSTILE_TEXTS[line % 12]} ${'0123456789'.repeat(6)}`).join('\n');
    const patches = [hostilePatch(talosVersion, [lines.slice(0, 560_000)])];
    const template = generatedTemplate(talosVersion, role, patches);
    expect(template.length).toBeGreaterThan(900_000);
    const rendered = renderedConfig({ templates: { [FILE]: template }, bundle: bundleFor(role, secrets) });
    // without a difference of 900 KB
    expect(rendered === generatedConfig(secrets, talosVersion, role, patches).toYaml()).toBe(true);
  });

  test('any bundle is rendered', () => {
    for (let run = 0; run < 5; run++) {
      const own = TalosSecrets.fromYaml(generatedBundle(new Date()).encode());
      const given = { templates: { [FILE]: generatedTemplate(talosVersion, role) }, bundle: bundleFor(role, own) };
      expect(renderedConfig(given)).toBe(generatedConfig(own, talosVersion, role).toYaml());
    }
  });
});

test('any text in a patch stays what it is', () => {
  const part = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(...HOSTILE_TEXTS.filter((text) => text.length < 100)));
  const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join('').replaceAll('\0', '')).filter((value) => !PLACEHOLDER.test(value));
  fc.assert(fc.property(fc.array(text, { minLength: 20, maxLength: 40 }), (contents) => {
    const files = contents.map((content, index) => ({ path: `/var/${index}`, permissions: 0o600, op: 'create', content }));
    const patches = [MachineConfigPatch.fromDocuments({ machine: { files } })];
    const template = generatedTemplate(TalosVersion.V1_14, TalosRole.WORKER, patches);
    const direct = generatedConfig(secrets, TalosVersion.V1_14, TalosRole.WORKER, patches).toYaml();
    expect(renderedConfig({ templates: { [FILE]: template }, bundle: secrets.toYaml() })).toBe(direct);
  }), { numRuns: 40 });
});
