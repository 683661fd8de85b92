import { ConfigDocuments } from '../../../src/machine-config/documents/config-documents';
import { encodeConfig } from '../../../src/machine-config/documents/encode';
import { loadConfig } from '../../../src/machine-config/documents/load';
import { plainDocuments } from '../../../src/machine-config/documents/plain-documents';
import { unsupportedIn } from '../../../src/machine-config/insight/unsupported';
import { applyPatches } from '../../../src/machine-config/patches/apply';
import { loadPatch } from '../../../src/machine-config/patches/load-patch';
import { TalosError } from '../../../src/problem';
import { compareReleases, RELEASES } from '../../../src/talos/release';

const TEXT = `version: v1alpha1
machine:
    type: controlplane
    token: abcdef.0123456789abcdef
    certSANs:
        - api.lab
    features:
        hostDNS:
            enabled: true
    nodeLabels:
        node.kubernetes.io/role: x
cluster:
    controlPlane:
        endpoint: https://api.lab:6443
    clusterName: lab
---
apiVersion: v1alpha1
kind: LinkConfig
name: eth0
mtu: 1500
---
apiVersion: v1alpha1
kind: LinkConfig
name: eth1
up: false
---
apiVersion: v1alpha1
kind: UserVolumeConfig
name: data
provisioning:
    maxSize: 80%
filesystem:
    type: ext4
`;

const config = loadConfig(TEXT, '1.13');

test('releases are in order', () => {
  expect([...RELEASES].sort(compareReleases)).toEqual(RELEASES);
});

describe('reading', () => {
  test('documents', () => {
    expect(config.ids).toEqual([
      { kind: 'v1alpha1' },
      { apiVersion: 'v1alpha1', kind: 'LinkConfig', name: 'eth0' },
      { apiVersion: 'v1alpha1', kind: 'LinkConfig', name: 'eth1' },
      { apiVersion: 'v1alpha1', kind: 'UserVolumeConfig', name: 'data' },
    ]);
    expect(config.hasLegacyDocument).toBe(true);
    expect(loadConfig('apiVersion: v1alpha1\nkind: OOMConfig\n', '1.13').hasLegacyDocument).toBe(false);
  });

  test.each<[unknown, Parameters<ConfigDocuments['get']>]>([
    ['controlplane', ['v1alpha1', 'machine.type']],
    [true, ['v1alpha1', 'machine.features.hostDNS.enabled']],
    ['x', ['v1alpha1', ['machine', 'nodeLabels', 'node.kubernetes.io/role']]],
    ['api.lab', ['v1alpha1', 'machine.certSANs.0']],
    ['https://api.lab:6443', ['v1alpha1', 'cluster.controlPlane.endpoint']],
    [{ enabled: true }, ['v1alpha1', 'machine.features.hostDNS']],
    [undefined, ['v1alpha1', 'machine.network.hostname']],
    [undefined, ['v1alpha1', 'machine.type.x']],
    [1500, ['LinkConfig', 'mtu']],
    [false, ['LinkConfig', 'up', 'eth1']],
    ['80%', ['UserVolumeConfig', 'provisioning.maxSize']],
    [undefined, ['LinkConfig', 'mtu', 'eth9']],
    [{ apiVersion: 'v1alpha1', kind: 'LinkConfig', name: 'eth1', up: false }, ['LinkConfig', [], 'eth1']],
  ])('%j at %j', (expected, [kind, path, name]) => {
    expect(config.get(kind, path, name)).toEqual(expected);
  });

  test('free-form values', () => {
    const pods = loadConfig('machine: {pods: [{a: 1, b: 1.5, c: 2026-01-02, d: 12345678901234567890, e: [null, "x"]}]}', '1.13');
    expect(pods.get('v1alpha1', 'machine.pods')).toEqual([{ a: 1, b: 1.5, c: '2026-01-02T00:00:00Z', d: 12345678901234567890n, e: [null, 'x'] }]);
  });
});

test('patching leaves the configuration it started from', () => {
  applyPatches(config, [loadPatch('machine: {certSANs: [x], nodeLabels: {$patch: delete}}', '1.13')], '1.13');
  expect(encodeConfig(config)).toBe(TEXT);
});

test('the legacy document is written first', () => {
  const [legacy, ...others] = TEXT.split('---\n');
  expect(encodeConfig(loadConfig([...others, legacy].join('---\n'), '1.13'))).toBe(TEXT);
});

describe('plain objects', () => {
  test('keep their types', () => {
    const plain = plainDocuments([
      { machine: { sysctls: { a: '1' }, kubelet: { extraConfig: { text: '1', number: 1, float: 0.5, no: false, nothing: null, date: new Date(0) } } }, cluster: undefined },
      { apiVersion: 'v1alpha1', kind: 'OOMConfig' },
    ]);
    expect(loadConfig(plain, '1.13').get('v1alpha1', 'machine')).toEqual({
      sysctls: { a: '1' },
      kubelet: { extraConfig: { text: '1', number: 1, float: 0.5, no: false, nothing: null, date: '1970-01-01T00:00:00.000Z' } },
    });
    expect(loadConfig(plain, '1.13').ids).toHaveLength(2);
  });

  test('that are none are refused', () => {
    const endless: Record<string, unknown> = {};
    endless.again = endless;
    expect(() => plainDocuments([endless])).toThrow(new TalosError('talos:machine-config-refused', 'the machine config is nested too deeply'));
    expect(() => plainDocuments([{ machine: () => 1 }])).toThrow(new TalosError('talos:machine-config-refused', 'a document can\'t hold a function'));
  });
});

describe('what another release does not know', () => {
  test('is nothing for its own', () => {
    expect(unsupportedIn(config, '1.13')).toEqual([]);
  });

  test('are kinds, fields and values', () => {
    const link = { apiVersion: 'v1alpha1', kind: 'LinkConfig' };
    const volume = { apiVersion: 'v1alpha1', kind: 'UserVolumeConfig', name: 'data' };
    expect(unsupportedIn(config, '1.11')).toEqual([
      { document: { ...link, name: 'eth0' }, path: '', since: '1.12' },
      { document: { ...link, name: 'eth1' }, path: '', since: '1.12' },
      { document: volume, path: 'provisioning.maxSize', since: '1.12' },
    ]);
  });

  test.each([
    ['machine: {nodeAnnotations: {a: b}}', '1.14', '1.7', { path: 'machine.nodeAnnotations', since: '1.8' }],
    ['machine: {install: {grubUseUKICmdline: true}}', '1.12', '1.11', { path: 'machine.install.grubUseUKICmdline', since: '1.12' }],
    ['machine: {network: {interfaces: [{deviceSelector: {permanentAddr: x}}]}}', '1.9', '1.8', { path: 'machine.network.interfaces[0].deviceSelector.permanentAddr', since: '1.9' }],
    ['cluster: {etcd: {extraArgs: {a: [b], c: d}}}', '1.13', '1.12', { path: 'cluster.etcd.extraArgs.a', since: '1.13' }],
    ['apiVersion: v1alpha1\nkind: UserVolumeConfig\nname: a\nfilesystem: {type: btrfs}', '1.14', '1.13', { path: 'filesystem.type', since: '1.14' }],
    ['apiVersion: v1alpha1\nkind: ExistingVolumeConfig\nname: a\nmount: {readOnly: true, secure: true}', '1.13', '1.12', { path: 'mount.secure', since: '1.13' }],
  ] as const)('%s of %s in %s', (text, own, other, expected) => {
    expect(unsupportedIn(loadConfig(text, own), other)).toEqual([expect.objectContaining(expected)]);
  });
});
