import { MachineConfig, MachineConfigPatch, SecretText, TalosRole, TalosVersion } from '../../src';
import { configTemplate, readableTemplate } from '../../src/machine-config/config-template';
import { standInSecrets } from '../../src/secrets/stand-in';
import { RELEASES } from '../../src/talos/release';
import { secrets } from '../support/control-planes';
import { refusal } from '../support/errors';
import { generatedConfig, generatedTemplate, WORKER_PARTS } from '../support/stand-ins';

const { V1_13, V1_14 } = TalosVersion;
const ROLES = [TalosRole.CONTROL_PLANE, TalosRole.WORKER];
const CONTROL_PLANE_PARTS = [
  'certs.etcd.crt', 'certs.etcd.key', 'certs.k8s.crt', 'certs.k8s.key', 'certs.k8saggregator.crt', 'certs.k8saggregator.key', 'certs.k8sserviceaccount.key',
  'certs.os.crt', 'certs.os.key', 'cluster.id', 'cluster.secret', 'secrets.bootstraptoken', 'secrets.secretboxencryptionsecret', 'trustdinfo.token',
];

/** A machine config of a cluster whose keys synthesis never sees. */
const STAND_IN = generatedConfig(standInSecrets(), V1_13, TalosRole.WORKER);

const placeholders = (template: string) => [...new Set(template.match(/@@[^@\s]+@@/g))].map((placeholder) => placeholder.slice(2, -2)).sort();
const withFile = (content: string) => [MachineConfigPatch.fromDocuments({ machine: { files: [{ path: '/var/a', permissions: 0o600, op: 'create', content }] } })];

interface Modules {
  readonly template: typeof generatedTemplate;
  readonly text: typeof SecretText;
  readonly version: typeof TalosVersion;
}

/** What another process makes: its stand-ins are others. */
function ofAnotherProcess<T>(action: (modules: Modules) => T): T {
  let result: T | undefined;
  jest.isolateModules(() => {
    const { generatedTemplate: template } = jest.requireActual('../support/stand-ins');
    const { SecretText: text, TalosVersion: version } = jest.requireActual('../../src');
    result = action({ template, text, version });
  });
  return result!;
}

test.each(RELEASES.flatMap((release) => ROLES.map((role) => [release, role] as const)))('%s %s: the template has a placeholder for each part', (release, role) => {
  const parts = role === TalosRole.WORKER ? WORKER_PARTS : CONTROL_PLANE_PARTS;
  const template = generatedTemplate(TalosVersion.of(release), role);
  expect(placeholders(template).map((name) => name.replace(/\/\d+$/, ''))).toEqual([...parts].sort());
  expect(placeholders(template).filter((name) => /\/\d+$/.test(name))).toEqual(release !== '1.14' ? [] : role === TalosRole.WORKER ? ['certs.k8s.crt/6'] : [
    'certs.k8s.crt/8', 'certs.k8s.key/8', 'certs.k8saggregator.crt/8', 'certs.k8saggregator.key/8', 'certs.k8sserviceaccount.key/8',
  ]);
});

test.each([V1_13, V1_14])('%s: the template of an old cluster has the secret with which it encrypts', (talosVersion) => {
  const names = placeholders(generatedTemplate(talosVersion, TalosRole.CONTROL_PLANE, [], true));
  expect(names).toContain('secrets.aescbcencryptionsecret');
  expect(names).not.toContain('secrets.secretboxencryptionsecret');
});

test('another process makes the same templates', () => {
  const patches = (text: typeof SecretText) => withFile(`a: ${text.fromSecret('acme', 'b').placeholder}\n${text.fromSecret('acme', 'a').placeholder}`);
  const others = ofAnotherProcess(({ template, version }) => RELEASES.flatMap((release) => ROLES.map((role) => template(version.of(release), role))));
  expect(others).toEqual(RELEASES.flatMap((release) => ROLES.map((role) => generatedTemplate(TalosVersion.of(release), role))));
  const ours = configTemplate(generatedConfig(secrets, V1_13, TalosRole.WORKER, patches(SecretText))._documents);
  expect(ours).toContain('content: "a: @@user.acme/b@@\\n@@user.acme/a@@"');
  expect(ofAnotherProcess(({ text }) => text.fromSecret('acme', 'a').placeholder)).not.toBe(SecretText.fromSecret('acme', 'a').placeholder);
});

describe('a text that looks like a placeholder is refused', () => {
  test.each(['@@cluster.id@@', 'a @@certs.os.crt/8@@ b', '@@certs.of.ours@@', '@@user.acme/password@@', '@@@@cluster.id@@b@@'])('%s', (text) => {
    const error = refusal(() => generatedTemplate(V1_13, TalosRole.WORKER, withFile(text)));
    expect(error.message).toContain('a text that looks like a placeholder (@@');
    expect(error.code).toBe('talos:machine-config-unfit');
  });

  test('also where it only becomes one', () => {
    const { placeholder } = SecretText.fromSecret('acme', 'password');
    expect(refusal(() => generatedTemplate(V1_13, TalosRole.WORKER, withFile(`@@certs.a${placeholder}`))).message).toContain('looks like a placeholder');
    expect(generatedTemplate(V1_13, TalosRole.WORKER, withFile(`@@abc${placeholder}`))).toContain('"@@abc@@user.acme/password@@"');
    expect(generatedTemplate(V1_13, TalosRole.WORKER, withFile(`@@${placeholder}@@`))).toContain('"@@@@user.acme/password@@@@"');
  });
});

test('a stand-in that can\'t be replaced is refused', () => {
  const { machineAuthority } = STAND_IN._facts;
  const indented = machineAuthority.toString().trimEnd().replaceAll('\n', '\n  ');
  expect(generatedTemplate(V1_13, TalosRole.WORKER, withFile(`  ${indented}`))).toContain('@@certs.os.crt/');
  expect(refusal(() => generatedTemplate(V1_13, TalosRole.WORKER, withFile(`a \n${machineAuthority.toString()}`))).message)
    .toContain('\'config\' has certs.os.crt of the cluster within another text, where pods can\'t put it in');
});

test('the placeholder of a SecretText can\'t be the name of a field', () => {
  const { placeholder } = SecretText.fromSecret('acme', 'name');
  const patch = MachineConfigPatch.fromDocuments({ machine: { sysctls: { [placeholder]: '1' } } });
  expect(refusal(() => generatedTemplate(V1_13, TalosRole.WORKER, [patch])).message).toContain('the placeholder of a SecretText (acme/name) in the name of a field');
});

describe('a machine config that only pods can complete', () => {
  const { placeholder } = SecretText.fromSecret('acme', 'password');

  test.each<[string, MachineConfig, string]>([
    ['has stand-ins', STAND_IN, 'of a cluster whose keys synthesis never sees'],
    ['has a SecretText', generatedConfig(secrets, V1_13, TalosRole.WORKER, withFile(placeholder)), 'the placeholder of a SecretText (acme/password), which only pods can fill'],
  ])('isn\'t written where it %s', (_, config, problem) => {
    for (const action of [() => config.toYaml(), () => config.toUserData(), () => config.toFile('/nowhere/config.yaml')]) {
      expect(refusal(action).message).toContain(problem);
    }
    expect(config.toYaml({ redactSecrets: true })).toContain('******');
  });
});

test.each(RELEASES)('a template of %s can be read as a machine config', (release) => {
  const talosVersion = TalosVersion.of(release);
  for (const role of ROLES) {
    const url = `https://user:${SecretText.fromSecret('acme', 'url').placeholder}@example.com/a`;
    const template = generatedTemplate(talosVersion, role, [...withFile('a'), MachineConfigPatch.fromDocuments({ machine: { env: { https_proxy: url } } })]);
    const config = MachineConfig.fromYaml(readableTemplate(template), { talosVersion });
    expect([config.role, config._facts.clusterName]).toEqual([role, generatedConfig(secrets, talosVersion, role)._facts.clusterName]);
    expect(readableTemplate(template)).toBe(readableTemplate(template));
  }
});
