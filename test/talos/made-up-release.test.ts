import { ApiExposure, MachineConfig, MachineConfigPatch, NodeStorage, TalosMount, TalosPlatform, TalosVersion } from '../../src';
import { RELEASES } from '../../src/talos/release';
import { documentsIn, secrets, SynthesizedControlPlane, SynthesizedWorkers } from '../support/control-planes';
import { changesOf } from '../support/release-changes';

// the recipe for a new release, followed with one that doesn't exist: only these tables know it
jest.mock('../../src/talos/release-table', () => {
  const tables = jest.requireActual('../../src/talos/release-table');
  return {
    ...tables,
    MINOR_RELEASES: { ...tables.MINOR_RELEASES, 1.99: { ...tables.MINOR_RELEASES['1.14'], kubernetes: { oldest: '1.117', newest: '1.122' } } },
    PATCH_RELEASES: [
      tables.PATCH_RELEASES.trimEnd(),
      '1.99.0 1.122.0 registry.k8s.io/etcd:9.9.0 v9.9.1 9.9.2 9.9.3 v9.9.4 -',
      '1.99.1 1.122.3 registry.k8s.io/etcd:9.9.0 v9.9.1 9.9.2 ?     ?      -',
    ].join('\n'),
  };
});
jest.mock('../../src/machine-config/schema/schema-table', () => {
  const tables = jest.requireActual('../../src/machine-config/schema/schema-table');
  return {
    ...tables,
    KINDS: `${tables.KINDS}MadeUpConfig: runtime.MadeUpConfig @1.99 named\n`,
    TYPES: `${tables.TYPES}runtime.MadeUpConfig: ...meta.Meta; name! string; size uint32\n`,
  };
});
jest.mock('../../src/machine-config/expressions/environments', () => {
  const tables = jest.requireActual('../../src/machine-config/expressions/environments');
  return { ...tables, MESSAGES: tables.MESSAGES.replace(/^Disk: .*$/m, '$&; made_up string @1.99') };
});

jest.mock('../../src/machine-config/generate/options/contract', () => {
  const { contractOf } = jest.requireActual('../../src/machine-config/generate/options/contract');
  return { contractOf: (release: string) => release === '1.99' ? { ...contractOf(release), installDiskComparedByPath: false } : contractOf(release) };
});

const talosVersion = TalosVersion.of('1.99');
const options = { clusterName: 'lab', endpoint: 'https://cp.example.org:6443', secrets, talosVersion };
const document = MachineConfigPatch.fromYaml('apiVersion: v1alpha1\nkind: MadeUpConfig\nname: a\nsize: 5\n');
const expression = MachineConfigPatch.fromYaml('apiVersion: v1alpha1\nkind: UserVolumeConfig\nname: a\n'
  + 'provisioning:\n    diskSelector:\n        match: disk.made_up == "x"\n    minSize: 1GiB\n');
const NOTHING = { errors: [], warnings: [], findings: [] };

test('a version has its facts', () => {
  expect(RELEASES[RELEASES.length - 1]).toBe('1.99');
  expect(talosVersion.imageTag).toBe('v1.99.1');
  expect(talosVersion.isAtLeast('1.14')).toBe(true);
  expect(TalosVersion.V1_14.isAtLeast('1.99')).toBe(false);
  expect(talosVersion.persistentMounts).toEqual([TalosMount.SYSTEM_STATE, TalosMount.VAR]);
  expect(talosVersion.defaultKubernetesVersion).toBe('1.122.3');
  expect(talosVersion.newestKubernetesVersion).toBe('1.122');
  expect(() => TalosVersion.of('1.98')).toThrow(`is not a known release of Talos: give one of ${RELEASES.join(', ')}, update cdk8s-talos, or say which`);
});

test('images are listed, also those that are not known', () => {
  expect(TalosVersion.of('v1.99.0').images('1.118.0')).toMatchObject({
    talos: 'ghcr.io/siderolabs/talos:v1.99.0', kubelet: 'ghcr.io/siderolabs/kubelet:v1.118.0', pause: 'registry.k8s.io/pause:9.9.3',
  });
  expect(talosVersion.images()).toMatchObject({ pause: 'registry.k8s.io/pause:9.9.3', derivedFrom: { pause: 'v1.99.0', kubeNetworkPolicies: 'v1.99.0' } });
});

test('machine configs are generated, patched, validated and read', () => {
  for (const config of [MachineConfig.controlPlane(options), MachineConfig.worker(options)]) {
    const patched = config.patch(document, expression);
    expect(config.patch(document).validate()).toEqual(NOTHING);
    expect(patched.validate()).toEqual({ ...NOTHING, warnings: [expect.objectContaining({ id: 'talos:volumes' })] });
    expect(patched.validate({ platform: TalosPlatform.METAL })).toEqual(NOTHING);
    expect(MachineConfig.fromYaml(patched.toYaml(), { talosVersion }).toYaml()).toBe(patched.toYaml());
    expect(patched.toYaml()).toContain('ghcr.io/siderolabs/kubelet:v1.122.3');
  }
  expect(() => MachineConfig.worker({ ...options, kubernetesVersion: '1.37.0' }))
    .toThrow('does not run on Talos 1.99: choose 1.117 to 1.122, or take this one with Talos 1.14');
});

test('what is new is for this release only', () => {
  const older = MachineConfig.worker({ ...options, talosVersion: TalosVersion.V1_14 });
  expect(() => older.patch(document)).toThrow('is known since Talos 1.99, but the config is for Talos 1.14');
  expect(older.patch(expression).validate().errors).toEqual([expect.objectContaining({ path: 'provisioning.diskSelector.match' })]);
  const { findings } = MachineConfig.worker(options).patch(document).validate({ talosVersion: TalosVersion.V1_14 });
  expect(findings.map(({ message }) => message)).toContainEqual(expect.stringContaining('known since Talos 1.99'));
  const installDisk = '/dev/disk/by-id/a';
  expect(() => MachineConfig.worker({ ...options, talosVersion: TalosVersion.V1_14, installDisk })).toThrow('\'installDisk\' (/dev/disk/by-id/a) is a link');
  expect(MachineConfig.worker({ ...options, installDisk }).toYaml()).toContain(installDisk);
  expect(changesOf('1.99' as '1.14')).toEqual(['+ document MadeUpConfig', '+ expression: field Disk.made_up', '- contract installDiskComparedByPath']);
});

test('machines are synthesized, inside and outside of the hosting cluster', () => {
  const exposed = { talosVersion, storage: NodeStorage.essential(), kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }), externalWorkers: true };
  const cluster = new SynthesizedControlPlane(exposed);
  const pool = new SynthesizedWorkers({ patches: [document] }, exposed);
  for (const { pod } of [cluster, pool]) {
    expect(pod.spec.containers[0].image).toBe('ghcr.io/siderolabs/talos:v1.99.1');
  }
  expect(pool.document('MadeUpConfig')).toMatchObject({ name: 'a', size: 5 });
  expect(cluster.document('CRICustomizationConfig').name).toBe('pod');
  const outside = documentsIn(cluster.construct.externalWorkerConfig({ installDisk: '/dev/sda' }).toYaml());
  expect(outside.find(({ kind }) => kind === 'UnattendedInstallConfig').installer.image).toMatch(/^factory\.talos\.dev\/.*:v1\.99\.1$/);
});
