import * as fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';
import { MachineConfig, MachineConfigPatch, SecretText, TalosRole, TalosVersion } from '../../src';
import { configTemplate } from '../../src/machine-config/config-template';
import { RenderTarget } from '../../src/node/render-script';
import { secrets } from '../support/control-planes';
import { runs, SWEPT_RELEASES } from '../support/releases';
import { CAN_CONFINE, Given, render, renderConfined, renderedConfig } from '../support/rendering';
import { bundleObject, generatedConfig, generatedTemplate, WORKER_PARTS } from '../support/stand-ins';

const ROLES = [TalosRole.CONTROL_PLANE, TalosRole.WORKER];
const { V1_13, V1_14 } = TalosVersion;
const FILE = 'config.yaml';
const BUNDLE = secrets.toYaml();
const WORKER_BUNDLE = stringify(bundleObject(WORKER_PARTS));
const given = (talosVersion: TalosVersion, role: TalosRole, bundle: string = BUNDLE): Given =>
  ({ templates: { [FILE]: generatedTemplate(talosVersion, role) }, bundle });

test.each(SWEPT_RELEASES.flatMap((release) => ROLES.map((role) => [release, role] as const)))('the machine config of %s for a %s is what synthesis makes', (release, role) => {
  const talosVersion = TalosVersion.of(release);
  const bundle = role === TalosRole.WORKER ? WORKER_BUNDLE : BUNDLE;
  expect(renderedConfig(given(talosVersion, role, bundle))).toBe(generatedConfig(secrets, talosVersion, role).toYaml());
});

test('nobody but root reads it', () => {
  expect(render(given(V1_13, TalosRole.WORKER)).modes).toEqual([0o600]);
});

(CAN_CONFINE ? test.each([V1_13, V1_14]) : test.skip.each([V1_13]))('%s: root without capabilities makes the same on a root that can\'t be written', (talosVersion) => {
  const config = given(talosVersion, TalosRole.CONTROL_PLANE);
  expect(renderConfined(config)).toEqual(render(config));
  const broken = given(talosVersion, TalosRole.CONTROL_PLANE, WORKER_BUNDLE);
  expect(renderConfined(broken)).toEqual(render(broken));
});

describe('a bundle is read', () => {
  const object = bundleObject();
  const indented = stringify(object, { indent: 2 });

  test.each<[string, string]>([
    ['as YAML with two spaces', indented],
    ['as YAML with eight', stringify(object, { indent: 8 })],
    ['with comments', `# secrets of acme\n---\n${indented.replace(/^( *)(\w+):(.*)$/gm, '$1# the $2\n$1$2:$3 # of acme\n')}`],
    ['in quotes', stringify(object, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_SINGLE', lineWidth: 0 })],
    ['in other quotes', stringify(object, { defaultStringType: 'QUOTE_SINGLE', lineWidth: 0 })],
    ['with the line ends of Windows', indented.replaceAll('\n', '\r\n')],
    ['without a line feed at the end', indented.trimEnd()],
    ['in another order', stringify(bundleObject(), { sortMapEntries: true })],
    ['with more in it', `owner: team a\n${indented}notes:\n  cluster:\n    id: another\n  list:\n    - a: b\n`],
    ['as JSON', JSON.stringify(object)],
    ['as JSON on several lines', JSON.stringify({ note: 'a', ...object, list: [{ a: 'b' }] }, undefined, 2)],
  ])('%s', (_, bundle) => {
    expect(renderedConfig(given(V1_14, TalosRole.CONTROL_PLANE, bundle))).toBe(generatedConfig(secrets, V1_14, TalosRole.CONTROL_PLANE).toYaml());
  });
});

describe('what is wrong ends it with its reason, and leaves no machine config', () => {
  const without = (part: string) => stringify(bundleObject(Object.keys(PARTS).filter((path) => path !== part)));
  const PARTS: { [path: string]: string } = Object.fromEntries([
    ...WORKER_PARTS, 'certs.os.key', 'certs.etcd.crt', 'certs.etcd.key', 'certs.k8s.key', 'certs.k8saggregator.crt', 'certs.k8saggregator.key',
    'certs.k8sserviceaccount.key', 'secrets.secretboxencryptionsecret',
  ].map((path) => [path, path]));
  const encrypted = (value: object) => stringify({ ...bundleObject(), ...value });

  test.each<[string, Given, string]>([
    ...Object.keys(PARTS).map((part): [string, Given, string] => [`no ${part}`, given(V1_14, TalosRole.CONTROL_PLANE, without(part)), `the secrets have no ${part}`]),
    ['the part of workers for a control plane', given(V1_13, TalosRole.CONTROL_PLANE, WORKER_BUNDLE), 'the secrets have no certs.os.key'],
    ['the bundle of a younger cluster', { bundle: BUNDLE, templates: { [FILE]: generatedTemplate(V1_13, TalosRole.CONTROL_PLANE, [], true) } },
      'the secrets have no secrets.aescbcencryptionsecret'],
    ['an empty bundle', given(V1_13, TalosRole.WORKER, ''), 'the secrets have no trustdinfo.token'],
    ['a file of sops', given(V1_13, TalosRole.WORKER, encrypted({ sops: { version: '3.13.3' } })), 'the secrets are encrypted by sops: the Secret must have them decrypted'],
    ['a JSON file of sops', given(V1_13, TalosRole.WORKER, JSON.stringify({ ...bundleObject(), sops: { version: '3.13.3' } })),
      'the secrets are encrypted by sops: the Secret must have them decrypted'],
    ['an encrypted value', given(V1_13, TalosRole.WORKER, encrypted({ trustdinfo: { token: 'ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]' } })),
      'the secrets have a trustdinfo.token that is encrypted, or not on one line'],
    ['an encrypted certificate', given(V1_13, TalosRole.WORKER, encrypted({ certs: { os: { crt: 'ENC[AES256_GCM]' } } })),
      'the secrets have a certs.os.crt that is encrypted, or not on one line'],
    ['a certificate that is cut off', given(V1_13, TalosRole.WORKER, encrypted({ certs: { os: { crt: bundleObject().certs.os.crt.slice(0, 101) } } })),
      'the secrets have a certs.os.crt that isn\'t base64'],
    ['a value on several lines', given(V1_13, TalosRole.WORKER, `${BUNDLE}trustdinfo:\n    token: >-\n        abc\n`),
      'the secrets have a trustdinfo.token that is encrypted, or not on one line'],
    ['a value that would be more of the machine config', given(V1_13, TalosRole.WORKER, `${BUNDLE}trustdinfo:\n    token: "a: b"\n`),
      'the secrets have a trustdinfo.token that is encrypted, or not on one line'],
    ['a text that isn\'t there', { templates: { [FILE]: 'a: "@@user.acme/gone@@"\n' } }, 'acme/gone isn\'t among the texts'],
    ...[Buffer.from([0xff]), Buffer.from([0x61, 0xc3]), Buffer.from([0xc0, 0xaf]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from([0xf4, 0x90, 0x80, 0x80]), Buffer.from('a\0b')]
      .map((text): [string, Given, string] =>
        [`the bytes ${text.toString('hex')}`, { templates: { [FILE]: 'a: "@@user.acme/password@@"\n' }, texts: { 'acme/password': text } }, 'acme/password isn\'t UTF-8']),
  ])('%s', (_, broken, problem) => {
    expect(render(broken)).toEqual({ status: 1, problem, files: {}, modes: [] });
  });

  test('also in place of one that was there', () => {
    expect(render({ ...given(V1_13, TalosRole.WORKER, ''), kept: 'version: v1alpha1\n' })).toMatchObject({ status: 1, files: {} });
  });
});

describe('a template is chosen', () => {
  const templates = { [FILE]: 'name: all\n', 'machineconfig-0': 'name: first\n', 'machineconfig-10': 'name: eleventh\n' };

  test.each([['acme-workers-0', 'first'], ['acme-workers-1', 'all'], ['acme-workers-10', 'eleventh'], ['acme-7d4b-x2x5z', 'all']])('for %s: %s', (podName, name) => {
    expect(renderedConfig({ templates, podName })).toBe(`name: ${name}\n`);
  });

  test('or all of them, for a Job', () => {
    expect(render({ templates, target: RenderTarget.ALL }).files).toEqual(templates);
  });

  test.each([[RenderTarget.NEW_MACHINE, 'name: kept\n'], [RenderTarget.MACHINE, 'name: all\n']])('and %s, where the machine has a machine config', (target, config) => {
    expect(renderedConfig({ templates, target, podName: 'acme-1', kept: 'name: kept\n' })).toBe(config);
  });

  test('and a machine that has none gets it', () => {
    expect(renderedConfig({ templates, target: RenderTarget.NEW_MACHINE, podName: 'acme-1' })).toBe('name: all\n');
  });
});

describe('the text of a Secret is in the machine config as it is', () => {
  /** Renders files whose contents have the texts in several places, and reads them. */
  function contents(texts: readonly string[]): unknown[] {
    const files = texts.flatMap((_, index) => {
      const { placeholder } = SecretText.fromSecret('acme', `text-${index}`);
      return [placeholder, `a: ${placeholder}`, `"${placeholder}'\n  ${placeholder}\\\n`];
    }).map((content, index) => ({ path: `/var/${index}`, permissions: 0o600, op: 'create', content }));
    const config = generatedConfig(secrets, V1_13, TalosRole.WORKER, [MachineConfigPatch.fromDocuments({ machine: { files } })]);
    const template = configTemplate(config._documents);
    const yaml = renderedConfig({ templates: { [FILE]: template }, texts: Object.fromEntries(texts.map((text, index) => [`acme/text-${index}`, text])) });
    const [{ machine }] = parseAllDocuments(yaml).map((document) => document.toJS());
    const read = MachineConfig.fromYaml(yaml)._documents.get('v1alpha1', 'machine.files') as { content?: string }[];
    // Talos and the YAML of other tools agree
    expect(read.map(({ content = '' }) => content)).toEqual(machine.files.map(({ content }: { content: string }) => content));
    return read.map(({ content = '' }) => content);
  }

  const expected = (texts: readonly string[]) => texts.flatMap((text) => [text, `a: ${text}`, `"${text}'\n  ${text}\\\n`]);

  test('also where it is a part of YAML, shells, awk or templates', () => {
    const texts = [
      'hunter2', '', ' ', '\n', '\n\n', 'a\n', '\na', 'a\nb\n\n', '"', '\\', '\\"', '\\n', '\'', '"\n: ', '*a', '&a', '!a', '# a', 'a # b', 'a: b', '- a', '---\n', '|', '@@cluster.id@@',
      '@@user.acme/text-0@@', '{a: [b]}', '%', '%s', '\\1&', '$(id)', '`id`', '\t', 'a\tb', 'a\r\nb\r', '\x01\x02\x1f\x7f', '\u0080\u0085\u009f\u00a0', 'é☃😀', '\u2028\u2029',
      '\ufeff', '\ufffe\uffff', '\u{10ffff}', 'true', '12', 'null', '~', '1e3', 'x'.repeat(5000), `${'long line '.repeat(300)}\n`,
    ];
    expect(contents(texts)).toEqual(expected(texts));
  });

  test('whatever it is', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 }).map((value) => value.replaceAll('\0', ''));
    const special = fc.array(fc.constantFrom('"', '\\', '\n', '\r', ' ', '\'', ':', '#', '@@', 'a', 'é', '\u2028'), { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(fc.property(fc.array(fc.oneof(text, special), { minLength: 10, maxLength: 20 }), (texts) => {
      expect(contents(texts)).toEqual(expected(texts));
    }), runs(6));
  });
});
