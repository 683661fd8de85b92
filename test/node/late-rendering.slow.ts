import { App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { ConfigUpdate, MachineConfigPatch, SecretDelivery, SecretText, TalosMachineConfig, TalosNode, TalosRole, TalosVersion } from '../../src';
import { standIns, standInSecrets } from '../../src/secrets/stand-in';
import { RELEASES } from '../../src/talos/release';
import { generatedConfig } from '../support/stand-ins';

const content = (text: string) => MachineConfigPatch.fromDocuments({ machine: { files: [{ path: '/var/a', permissions: 0o600, op: 'create', content: text }] } });
const { placeholder } = SecretText.fromSecret('acme', 'password');

const delivery = fc.constantFrom(
  SecretDelivery.existing(), SecretDelivery.existing({ aescbcEncryption: true, revision: '2' }), SecretDelivery.generateOnce(),
  SecretDelivery.externalSecret({ store: 'vault', key: 'talos/acme' }),
);

const node = fc.record({
  secretDelivery: delivery,
  talosVersion: fc.constantFrom(...RELEASES.map((release) => TalosVersion.of(release))),
  role: fc.constantFrom(TalosRole.CONTROL_PLANE, TalosRole.WORKER),
  texts: fc.array(fc.oneof(fc.string(), fc.constant(placeholder), fc.constant(`a: "${placeholder}"\n`)), { maxLength: 2 }),
  member: fc.option(fc.string(), { nil: undefined }),
  configUpdate: fc.constantFrom(ConfigUpdate.INITIAL, ConfigUpdate.ROLL),
});

test('no part of a bundle, no line of a key and no placeholder is in any object of 300 apps', () => {
  fc.assert(fc.property(fc.array(node, { minLength: 1, maxLength: 3 }), (nodes) => {
    const app = new App();
    const chart = new Chart(app, 'test', { namespace: 'talos' });
    nodes.forEach(({ secretDelivery, talosVersion, role, texts, member, configUpdate }, index) => {
      const secrets = standInSecrets(secretDelivery._bundleSecrets('acme')!.aescbcEncryption);
      const machineConfig = new TalosMachineConfig(chart, `config-${index}`, {
        config: generatedConfig(secrets, talosVersion, role, texts.map(content)),
        memberPatches: member === undefined ? [] : [{ ordinal: 0, patches: [content(member)] }],
        secretDelivery,
        _clusterName: 'acme',
      });
      new TalosNode(chart, `node-${index}`, { machineConfig, configUpdate: talosVersion.keepsHostname ? configUpdate : ConfigUpdate.INITIAL });
    });
    expect(app.node.validate()).toEqual([]);
    const objects = chart.toJson();
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    const manifests = JSON.stringify(objects);
    const traces = standIns().flatMap(({ text, pem }) => [text, ...pem?.split('\n').slice(1, -1).slice(-2) ?? []]).filter((text) => text.length > 8);
    expect(traces.filter((text) => manifests.includes(text))).toEqual([]);
    expect(manifests).not.toContain(placeholder);
    expect(manifests).not.toMatch(/-----BEGIN|PRIVATE KEY|LS0tLS1CRUdJTi/);
  }), { numRuns: 300 });
});
