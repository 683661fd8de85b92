import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { gzipSync } from 'zlib';
import { jsonSchemas, SCHEMAS } from '../../scripts/json-schema';
import { isAtLeast, Release, RELEASES } from '../../src/talos/release';
import { refusalsOfFile } from '../support/patch-schemas';

const LINK = 'apiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\n';

const written = jsonSchemas();

test('the folder holds what the script writes: npm run json-schema', () => {
  expect(readdirSync(SCHEMAS).sort()).toEqual([...written.keys()].sort());
  for (const [name, text] of written) {
    expect(readFileSync(join(SCHEMAS, name), 'utf8') === text ? name : `${name} is out of date`).toBe(name);
  }
});

test('the schemas are small in the package', () => {
  const packed = [...written.values()].map((text) => gzipSync(text).length);
  expect(packed.reduce((sum, size) => sum + size)).toBeLessThan(32_000);
});

test.each<[string, string, string]>([
  ['v1alpha1.MachineConfig.path', 'nodeAnnotations', 'Since Talos 1.8'],
  ['v1alpha1.ClusterNetworkConfig.path', 'podSubnets', 'A patch replaces it'],
  ['block.MountSpec.path', 'readOnly', 'Until Talos 1.12'],
  ['block.ProvisioningSpec.path', 'maxSize', 'A size such as 10GiB or 80%'],
  ['UserVolumeConfig', 'volumeType', 'One of partition, disk, tmpfs, directory, symlink, overlay, external (since Talos 1.13). Since Talos 1.12'],
  ['network.NameserverConfig.element', 'protocol', 'One of Do53, DoT, DoH. Since Talos 1.14'],
])('%s.%s is described', (type, field, description) => {
  type Definition = { description?: string; properties: Record<string, Definition>; $ref: string };
  const { definitions } = JSON.parse(written.get('definitions.json')!) as { definitions: Record<string, Definition> };
  const { description: own, $ref } = definitions[type].properties[field];
  expect(own ?? definitions[$ref.replace('#/definitions/', '')].description).toBe(description);
});

test('the page about editors names schemas that exist, for a patch that is valid', () => {
  const page = readFileSync(join(SCHEMAS, '..', 'docs', 'patches-in-editors.md'), 'utf8');
  const named = [...page.matchAll(/patch(?:-[\d.]+)?\.json/g)].map(([name]) => name);
  expect(named.filter((name) => !written.has(name))).toEqual([]);
  expect(named).toEqual(expect.arrayContaining(['patch.json', `patch-${RELEASES[0]}.json`, `patch-${RELEASES[RELEASES.length - 1]}.json`]));
  expect([...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, patch]) => refusalsOfFile(patch, '1.13'))).toEqual([[]]);
});

describe('an editor names one mistake, at its place', () => {
  test.each<[string, string, string]>([
    ['a key that is misspelled', 'machine: {kubelet: {extraArg: {v: "2"}}}', '1: /machine/kubelet/extraArg additionalProperties'],
    ['a key of another document', `${LINK}machine: {}`, '1: /machine additionalProperties'],
    ['a key of a newer release', 'apiVersion: v1alpha1\nkind: ResolverConfig\nhostDNS: {}', '1: /hostDNS additionalProperties'],
    ['a key in an element', 'machine: {network: {interfaces: [{interfac: eth0}]}}', '1: /machine/network/interfaces/0/interfac additionalProperties'],
    ['a kind that is misspelled', 'apiVersion: v1alpha1\nkind: LinkConfg\nname: eth0\nmtu: 1400', '1: /kind enum'],
    ['a kind of a newer release', 'apiVersion: v1alpha1\nkind: KubeNetworkConfig', '1: /kind enum'],
    ['no apiVersion', 'kind: LinkConfig\nname: eth0', '1: /apiVersion required'],
    ['another apiVersion', 'apiVersion: v1\nkind: LinkConfig\nname: eth0', '1: /apiVersion enum'],
    ['no kind', 'apiVersion: v1alpha1\nmtu: 1400', '1: /kind required'],
    ['no name', 'apiVersion: v1alpha1\nkind: LinkConfig\nmtu: 1400', '1: /name required'],
    ['a name of a kind without one', 'apiVersion: v1alpha1\nkind: ResolverConfig\nname: a', '1: /name additionalProperties'],
    ['a number in quotes', 'machine: {features: {kubePrism: {port: "7445"}}}', '1: /machine/features/kubePrism/port type'],
    ['a number with a fraction', `${LINK}mtu: 1400.5`, '1: /mtu type'],
    ['a number that is too large', 'apiVersion: v1alpha1\nkind: VLANConfig\nname: a\nvlanID: 70000', '1: /vlanID maximum'],
    ['true in quotes', 'machine: {features: {rbac: "true"}}', '1: /machine/features/rbac pattern'],
    ['a text for a list', 'machine: {certSANs: a}', '1: /machine/certSANs type'],
    ['an object for a list', 'machine: {certSANs: {a: b}}', '1: /machine/certSANs/$patch required'],
    ['an object for a text', 'machine: {network: {hostname: {a: b}}}', '1: /machine/network/hostname/$patch required'],
    ['a list for an object', 'machine: [a]', '1: /machine type'],
    ['a duration without a unit', 'machine: {time: {bootTimeout: 60}}', '1: /machine/time/bootTimeout type'],
    ['a word for a duration', 'machine: {time: {bootTimeout: soon}}', '1: /machine/time/bootTimeout pattern'],
    ['a word for a size', 'apiVersion: v1alpha1\nkind: UserVolumeConfig\nname: a\nprovisioning: {minSize: lots}', '1: /provisioning/minSize pattern'],
    ['a network without its length', `${LINK}addresses: [{address: 10.0.0.3}]`, '1: /addresses/0/address pattern'],
    ['an address with too large a number', `${LINK}addresses: [{address: 10.0.0.300/24}]`, '1: /addresses/0/address pattern'],
    ['an address with a port for a URL', 'cluster: {controlPlane: {endpoint: 10.0.0.1:6443}}', '1: /cluster/controlPlane/endpoint pattern'],
    ['a word that is none of a closed set', 'apiVersion: v1alpha1\nkind: NetworkDefaultActionConfig\ningress: deny', '1: /ingress enum'],
    ['a list of arguments for an object', 'machine: {kubelet: {extraArgs: [v=2]}}', '1: /machine/kubelet/extraArgs type'],
    ['another $patch', 'machine: {install: {$patch: replace}}', '1: /machine/install/$patch enum'],
    ['another $patch of a list', 'machine: {certSANs: {$patch: replace}}', '1: /machine/certSANs/$patch enum'],
    ['$patch of the document without a kind', 'machine: {}\n$patch: delete', '1: /$patch additionalProperties'],
    ['$patch of an element that nothing selects', 'machine: {network: {interfaces: [{$patch: delete}]}}', '1: /machine/network/interfaces/0/$patch pattern'],
    ['$patch of a text in a list', 'machine: {certSANs: [{$patch: delete, a: b}]}', '1: /machine/certSANs/0 type'],
    ['$patch of a certificate without its key', 'machine: {ca: {crt: {$patch: delete}}}', '1: /machine/ca/crt type'],
    [
      '$patch inside an element', 'machine: {network: {interfaces: [{interface: eth0, dhcpOptions: {$patch: delete}}]}}',
      '1: /machine/network/interfaces/0/dhcpOptions/$patch additionalProperties',
    ],
    [
      '$patch of an object with any keys inside an element', 'cluster: {apiServer: {admissionControl: [{name: a, configuration: {$patch: delete}}]}}',
      '1: /cluster/apiServer/admissionControl/0/configuration/$patch pattern',
    ],
    [
      '$patch of an element inside an element', 'machine: {network: {interfaces: [{interface: eth0, vlans: [{vlanId: 1, $patch: delete}]}]}}',
      '1: /machine/network/interfaces/0/vlans/0/$patch additionalProperties',
    ],
    ['an unknown operation', '- {op: ad, path: /machine/type, value: worker}', '1: /0/op enum'],
    ['an operation without a path', '- {op: remove}', '1: /0/path required'],
    ['a move from nowhere', '- {op: move, path: /machine/type}', '1: /0/from required'],
    ['a text', 'just text', '1:  type'],
    ['a mistake in the second document', `machine: {}\n---\n${LINK}mtuu: 5`, '2: /mtuu additionalProperties'],
  ])('%s', (_, text, refusal) => {
    expect(refusalsOfFile(text, '1.13')).toEqual([refusal]);
  });
});

describe('what Talos reads is accepted', () => {
  test.each<[string, string]>([
    ['nothing', ''],
    ['a comment', '# yaml-language-server: $schema=patch.json\n'],
    ['keys without values', 'machine:\n  network:\n  certSANs:\ncluster:\n'],
    ['several documents', `machine: {certSANs: [a]}\n---\n${LINK}mtu: 1400\n---\n`],
    ['a JSON patch', '- {op: add, path: /machine/certSANs/-, value: a}\n- {op: copy, from: /a, path: /b}\n- {op: test, path: ""}'],
    ['an empty JSON patch', '[]'],
    ['numbers and booleans for texts', 'machine: {sysctls: {a: 1, b: true, c: 1.5}}'],
    ['booleans of YAML 1.1', 'machine: {features: {rbac: yes, hostDNS: {enabled: Off}}}'],
    ['a file mode', 'machine: {files: [{permissions: 0o644, path: /a}]}'],
    ['a duration that is zero', 'machine: {time: {bootTimeout: 0}}'],
    ['a list of values for an argument', 'machine: {kubelet: {extraArgs: {a: [b, c]}}}'],
    ['words in capitals', 'apiVersion: v1alpha1\nkind: HostnameConfig\nauto: STABLE'],
    ['words that are numbers', 'apiVersion: v1alpha1\nkind: RoutingRuleConfig\nname: "1"\ntable: 100'],
    ['the same in quotes', 'apiVersion: v1alpha1\nkind: RoutingRuleConfig\nname: "1"\ntable: "100"'],
    ['a bond mode that begins with a number', 'apiVersion: v1alpha1\nkind: BondConfig\nname: a\nbondMode: 802.3ad'],
    ['ports', 'apiVersion: v1alpha1\nkind: NetworkRuleConfig\nname: a\nportSelector: {ports: [80, 1000-2000]}'],
    ['sizes', 'apiVersion: v1alpha1\nkind: VolumeConfig\nname: EPHEMERAL\nprovisioning: {minSize: 10 GiB, maxSize: 80%}'],
    ['a size in bytes', 'apiVersion: v1alpha1\nkind: VolumeConfig\nname: EPHEMERAL\nprovisioning: {minSize: 1000000}'],
    ['a key that is masked', 'machine: {ca: {crt: YQ==, key: "******"}}'],
    ['keys and values of any form in an object', 'machine: {kubelet: {extraConfig: {a: [1, {$patch: x}]}}}'],
    ['$patch of an object, a list, a text and a key', [
      'machine:', '  install: {$patch: delete}', '  certSANs: {$patch: delete}', '  nodeLabels: {a: {$patch: delete}}', '  network: {hostname: {$patch: delete}}',
      '  kubelet: {extraArgs: {$patch: delete}, extraConfig: {maxPods: {$patch: delete}}}',
    ].join('\n')],
    ['$patch of a closed set', 'apiVersion: v1alpha1\nkind: HostnameConfig\nauto: {$patch: delete}'],
    ['$patch of elements', 'machine: {network: {interfaces: [{interface: eth0, $patch: delete}]}, files: [{path: /a, $patch: delete}]}'],
    ['$patch of documents', `${LINK}$patch: delete\n---\napiVersion: v1alpha1\nkind: ResolverConfig\n$patch: delete`],
  ])('%s', (_, text) => {
    expect([refusalsOfFile(text, '1.13'), refusalsOfFile(text)]).toEqual([[], []]);
  });
});

describe('the schema of a release knows what the release knows, and that of all releases what any does', () => {
  test.each<[string, Release, Release | undefined]>([
    ['machine: {nodeAnnotations: {a: b}}', '1.8', undefined],
    ['machine: {install: {grubUseUKICmdline: true}}', '1.12', undefined],
    ['machine: {install: {$patch: delete}}', '1.8', undefined],
    ['machine: {kubelet: {extraArgs: {a: [b]}}}', '1.13', undefined],
    ['machine: {time: {bootTimeout: 0}}', '1.13', undefined],
    ['machine: {install: {diskSelector: {type: floppy}}}', '1.9', undefined],
    ['machine: {features: {kubePrism: {port: 7445.5}}}', '1.7', '1.12'],
    [`${LINK}mtu: 1400`, '1.12', undefined],
    ['apiVersion: v1alpha1\nkind: KubeNetworkConfig\npodSubnets: [10.1.0.0/16]', '1.14', undefined],
    ['apiVersion: v1alpha1\nkind: ResolverConfig\nhostDNS: {enabled: true}', '1.14', undefined],
    ['apiVersion: v1alpha1\nkind: UserVolumeConfig\nname: a\nprovisioning: {maxSize: 50%}', '1.12', undefined],
    ['apiVersion: v1alpha1\nkind: UserVolumeConfig\nname: a\nprovisioning: {minSize: -5GiB}', '1.13', undefined],
    ['apiVersion: v1alpha1\nkind: ExistingVolumeConfig\nname: a\nmount: {readOnly: true}', '1.11', undefined],
    ['apiVersion: v1alpha1\nkind: ExternalVolumeConfig\nname: a\nfilesystemType: btrfs', '1.14', undefined],
    ['apiVersion: v1alpha1\nkind: UserVolumeConfig\nname: a\nfilesystem: {type: swap}', '1.11', '1.12'],
    ['apiVersion: v1alpha1\nkind: UserVolumeConfig\nname: a\nfilesystem: {type: swapi}', '1.13', undefined],
  ])('%s', (text, first, last) => {
    const accepting = RELEASES.filter((release) => refusalsOfFile(text, release).length === 0);
    expect(accepting).toEqual(RELEASES.filter((release) => isAtLeast(release, first) && (!last || isAtLeast(last, release))));
    expect(refusalsOfFile(text)).toEqual([]);
  });
});
