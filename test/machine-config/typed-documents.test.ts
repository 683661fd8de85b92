import * as library from '../../src';
import { MachineConfig, MachineConfigPatch, talos, TalosVersion } from '../../src';

const MIRROR = { name: 'docker.io', endpoints: [{ url: 'https://mirror.example.org' }] };

const MISTAKES: Array<[string, any, string]> = [
  ['no document', {}, "'documents' has no document: give at least one, for example { machine: { … } } [talos:missing-property]"],
  ['documents without values', { machine: undefined, registryMirrorConfig: [] }, "'documents' has no document: give at least one"],
  ['something else', 'machine: {}', "'documents' is a string: give an object [talos:wrong-type]"],
  ['a list of documents', [{ machine: {} }], "'documents' is a list: give an object"],
  ['an unknown property', { machine: { kubelt: {} } }, "'documents.machine.kubelt' is unknown: did you mean 'kubelet'? [talos:unknown-field]"],
  ['a property of Python', { machine: { kubelet: { extra_args: {} } } }, "'documents.machine.kubelet.extra_args' is unknown: did you mean 'extraArgs'?"],
  ['a property with a hyphen', { ethernetConfig: [{ name: 'eth0', rings: { 'rx-mini': 1 } }] }, "'documents.ethernetConfig[0].rings.rx-mini' is unknown: did you mean 'rxMini'?"],
  ['a property like no other', { machine: { zzz: 1 } }, "'documents.machine.zzz' is unknown: correct its spelling, or leave it out"],
  ['an unknown kind', { registryMirorConfig: [] }, "'documents.registryMirorConfig' is unknown: did you mean 'registryMirrorConfig'?"],
  ['a kind as Talos spells it', { RegistryMirrorConfig: [MIRROR] }, "'documents.RegistryMirrorConfig' is unknown: did you mean 'registryMirrorConfig'?"],
  ['a document with a kind', { apiVersion: 'v1alpha1', kind: 'HostnameConfig', hostname: 'a' },
    "'documents.apiVersion' is unknown: the property of a document stands for its kind, as in { hostnameConfig: { … } }; fromDocuments() or fromYaml() take documents with a kind"],
  ['a kind beside its property', { hostnameConfig: { kind: 'HostnameConfig' } }, "'documents.hostnameConfig.kind' is unknown: the property of a document stands for its kind"],
  ['a deletion', { machine: { network: { $patch: 'delete' } } }, "'documents.machine.network.$patch' has no typed form: take fromDocuments() or fromYaml()"],
  ['a list of the only document', { hostnameConfig: [{ hostname: 'a' }] }, "'documents.hostnameConfig' is a list: give an object, because there is one document HostnameConfig"],
  ['one of several documents', { registryMirrorConfig: MIRROR },
    "'documents.registryMirrorConfig' is another object: give a list, because there can be several documents RegistryMirrorConfig, each with its name"],
  ['a document without its name', { registryMirrorConfig: [MIRROR, { endpoints: [] }] }, "'documents.registryMirrorConfig[1].name' is missing: give the name of the document"],
  ['a text for a list', { machine: { certSANs: 'a' } }, "'documents.machine.certSANs' is a string: give a list"],
  ['a list for an object', { machine: { kubelet: [] } }, "'documents.machine.kubelet' is a list: give an object"],
  ['a text for a map', { machine: { sysctls: 'a=b' } }, "'documents.machine.sysctls' is a string: give an object"],
  ['a list for a free object', { machine: { kubelet: { extraConfig: [] } } }, "'documents.machine.kubelet.extraConfig' is a list: give an object"],
  ['a date for an object', { machine: { kubelet: new Date(0) } }, "'documents.machine.kubelet' is another object: give an object"],
  ['null', { machine: { network: null } }, "'documents.machine.network' is null, which has no typed form: leave it out, or take fromDocuments() or fromYaml()"],
  ['null in a list', { machine: { certSANs: [null] } }, "'documents.machine.certSANs[0]' is null, which has no typed form"],
  ['null in a map', { machine: { nodeLabels: { a: null } } }, "'documents.machine.nodeLabels.a' is null, which has no typed form"],
  ['undefined in a list', { machine: { certSANs: ['a', undefined] } }, "'documents.machine.certSANs[1]' is missing: give a value that YAML can hold"],
  ['undefined as a document', { registryMirrorConfig: [undefined] }, "'documents.registryMirrorConfig[0]' is missing"],
  ['an object of a class', { machine: { sysctls: new Map() } }, "'documents.machine.sysctls' is an object of the class Map"],
  ['NaN', { kubePrismConfig: { port: NaN } }, "'documents.kubePrismConfig.port' is NaN: give a number"],
];

test.each(MISTAKES)('%s is refused, with the place and what to do', (_, documents, message) => {
  expect(() => MachineConfigPatch.of(documents)).toThrow(message);
  expect(() => MachineConfig.of(documents)).toThrow(message);
});

test('a message shows no value', () => {
  expect(() => MachineConfigPatch.of({ machine: { token: ['S3CRET'], ca: 'S3CRET' } } as any)).toThrow(/^(?!.*S3CRET)/);
});

test.each<[string, talos.Documents, string]>([
  ['a kind', { kubePrismConfig: { port: 7445 } }, 'the KubePrismConfig document is known since Talos 1.14, but the config is for Talos 1.13'],
  ['a field', { resolverConfig: { hostDNS: { enabled: true } } }, "'hostDNS' in the ResolverConfig document is known since Talos 1.14, but the config is for Talos 1.13"],
  ['an old field', { existingVolumeConfig: [{ name: 'a', mount: { virtiofs: {} } as any }] }, "'documents.existingVolumeConfig[0].mount.virtiofs' is unknown"],
])('whether a release knows %s is checked with the release', (_, documents, message) => {
  const config = MachineConfig.fromYaml('machine: {type: worker}', { talosVersion: TalosVersion.V1_13 });
  expect(() => config.patch(MachineConfigPatch.of(documents))).toThrow(message);
  expect(() => MachineConfig.of(documents, { talosVersion: TalosVersion.V1_13 })).toThrow(message);
});

test('documents are in one order, whatever the order of the properties', () => {
  const talosVersion = TalosVersion.V1_14;
  const mirrors = [MIRROR, { name: 'ghcr.io' }];
  const config = MachineConfig.of({ registryMirrorConfig: mirrors, hostnameConfig: { hostname: 'a' }, cluster: {}, machine: { type: 'worker' } }, { talosVersion });
  expect(config.toYaml().match(/^(?:machine|kind|name): ?\S*/gm)).toEqual([
    'machine:', 'kind: HostnameConfig', 'kind: RegistryMirrorConfig', 'name: docker.io', 'kind: RegistryMirrorConfig', 'name: ghcr.io',
  ]);
  expect(MachineConfig.of({ machine: { type: 'worker' }, cluster: {}, hostnameConfig: { hostname: 'a' }, registryMirrorConfig: mirrors }, { talosVersion }).toYaml())
    .toBe(config.toYaml());
});

test('documents can change afterwards', () => {
  const kubelet = { extraArgs: { v: '2' } };
  const patch = MachineConfigPatch.of({ machine: { kubelet } });
  kubelet.extraArgs.v = '3';
  expect(MachineConfig.of({ machine: { type: 'worker' } }).patch(patch).toYaml()).toContain('v: "2"');
});

test('the types load no module', () => {
  expect(Object.keys(library)).not.toContain('talos');
});

test('no document is no patch', () => {
  expect(() => MachineConfigPatch.fromDocuments()).toThrow("'documents' is empty: give at least one document [talos:missing-property]");
});
