import { Size } from 'cdk8s';
import { AccessMode, ClaimRetention, MountStorage, NodeStorage, TalosMount, TalosVersion, TalosWorkload } from '../../src';
import { RELEASES } from '../../src/talos/release';
import { Manifests, synth } from '../support/talos-nodes';

describe('storage', () => {
  const mountsOf = ({ talos }: Manifests) => Object.fromEntries(talos.volumeMounts.map(({ mountPath, ...rest }: any) => [mountPath, rest]));
  const volumesOf = ({ pod }: Manifests) => Object.fromEntries(pod.spec.volumes.map(({ name, ...rest }: any) => [name, rest]));
  const memory = { emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } };

  test.each([
    [TalosVersion.V1_7, ['system-state', 'var', 'etc-cni', 'etc-kubernetes', 'usr-libexec-kubernetes', 'opt']],
    [TalosVersion.V1_8, ['system-state', 'var', 'etc-cni', 'etc-kubernetes', 'usr-libexec-kubernetes']],
    [TalosVersion.V1_13, ['system-state', 'var', 'etc-cni', 'etc-kubernetes', 'usr-libexec-kubernetes']],
    [TalosVersion.V1_14, ['system-state', 'var']],
  ])('of Talos %s comes from one claim with sub-paths, and from memory', (talosVersion, subPaths) => {
    const node = synth({ talosVersion });
    const persistent = Object.entries<any>(mountsOf(node)).filter(([, { name }]) => name === 'data');
    expect(persistent.map(([path, { subPath }]) => [path.slice(1).replaceAll('/', '-'), subPath])).toEqual(subPaths.map((name) => [name, name]));
    expect(volumesOf(node)).toEqual({ run: memory, system: memory, tmp: memory });
    expect(node.workload.spec.volumeClaimTemplates).toEqual([{
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', labels: { 'app.kubernetes.io/name': 'talos', 'app.kubernetes.io/instance': 'test-node' } },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } }, volumeMode: 'Filesystem' },
      status: { phase: 'Pending' },
    }]);
  });

  test('has a size, a class, an access mode and annotations', () => {
    const storage = NodeStorage.persistent({
      size: Size.mebibytes(1536), storageClassName: 'fast', accessMode: AccessMode.READ_WRITE_ONCE_POD, annotations: { backup: 'daily' },
    });
    const { workload } = synth({ storage, claimRetentionPolicy: { whenDeleted: ClaimRetention.DELETE, whenScaled: ClaimRetention.RETAIN } });
    expect(workload.spec.volumeClaimTemplates[0].metadata.annotations).toEqual({ backup: 'daily' });
    expect(workload.spec.volumeClaimTemplates[0].spec).toEqual({
      accessModes: ['ReadWriteOncePod'], storageClassName: 'fast', resources: { requests: { storage: '1536Mi' } }, volumeMode: 'Filesystem',
    });
    expect(workload.spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Delete', whenScaled: 'Retain' });
  });

  test('is chosen for each mount', () => {
    const node = synth({
      storage: NodeStorage.persistent()
        .withMount(TalosMount.VAR, MountStorage.claim({ size: Size.gibibytes(50) }))
        .withMount(TalosMount.SYSTEM_STATE, MountStorage.existingClaim('state'))
        .withMount(TalosMount.ETC_CNI, MountStorage.hostPath('/srv/cni'))
        .withMount(TalosMount.ETC_KUBERNETES, MountStorage.ephemeral({ sizeLimit: Size.gibibytes(1) }))
        .withMount(TalosMount.TMP, MountStorage.ephemeral()),
    });
    expect(mountsOf(node)).toEqual({
      '/run': { name: 'run' },
      '/system': { name: 'system' },
      '/tmp': { name: 'tmp' },
      '/system/state': { name: 'system-state' },
      '/var': { name: 'var' },
      '/etc/cni': { name: 'etc-cni' },
      '/etc/kubernetes': { name: 'etc-kubernetes' },
      '/usr/libexec/kubernetes': { name: 'data', subPath: 'usr-libexec-kubernetes' },
    });
    expect(volumesOf(node)).toEqual({
      'run': memory,
      'system': memory,
      'tmp': { emptyDir: {} },
      'system-state': { persistentVolumeClaim: { claimName: 'state' } },
      'etc-cni': { hostPath: { path: '/srv/cni', type: 'DirectoryOrCreate' } },
      'etc-kubernetes': { emptyDir: { sizeLimit: '1Gi' } },
    });
    expect(node.workload.spec.volumeClaimTemplates.map(({ metadata, spec }: any) => [metadata.name, spec.resources.requests.storage]))
      .toEqual([['data', '10Gi'], ['var', '50Gi']]);
  });

  test('can be one volume of any kind for all', () => {
    const node = synth({ storage: NodeStorage.shared(MountStorage.hostPath('/srv/talos')) });
    expect(volumesOf(node).data).toEqual({ hostPath: { path: '/srv/talos', type: 'DirectoryOrCreate' } });
    expect(mountsOf(node)['/var']).toEqual({ name: 'data', subPath: 'var' });
    expect(node.workload.spec).not.toHaveProperty('volumeClaimTemplates');
  });

  test.each([
    ['v1.13.9', ['/var']],
    ['v1.14.1', ['/system/state', '/var']],
    ['v1.14.2', ['/var']],
  ])('keeps only what must persist of Talos %s', (version, kept) => {
    const node = synth({ talosVersion: TalosVersion.of(version), storage: NodeStorage.essential() });
    expect(Object.entries<any>(mountsOf(node)).filter(([, { name }]) => name === 'data').map(([path]) => path)).toEqual(kept);
  });

  test('can be all ephemeral', () => {
    const node = synth({ storage: NodeStorage.ephemeral(), replicas: 3, workload: TalosWorkload.DEPLOYMENT });
    expect(volumesOf(node)).toMatchObject({ 'var': { emptyDir: {} }, 'system-state': memory });
    expect(node.claims).toEqual([]);
    // written out, or the API server would keep these defaults when the storage becomes persistent, and refuse them beside Recreate
    expect(node.workload.spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } });
  });

  test.each(RELEASES)('that is ephemeral has limits for all of Talos %s', (minor) => {
    const talosVersion = TalosVersion.of(minor);
    const limits = (storage: NodeStorage) => Object.fromEntries(Object.entries<any>(volumesOf(synth({ talosVersion, storage })))
      .map(([name, { emptyDir }]) => [name, emptyDir.sizeLimit]));
    const inMemory = { 'run': '64Mi', 'system': '64Mi', 'tmp': '64Mi', 'system-state': '64Mi' };
    const names = talosVersion.persistentMounts.map((mount) => mount.slice(1).replaceAll('/', '-')).filter((name) => name !== 'system-state');
    // CNI plugins lie in the one, everything else that is large in the other
    const large = (name: string) => ['var', 'opt'].includes(name);
    expect(limits(NodeStorage.ephemeral({ sizeLimit: Size.gibibytes(8) })))
      .toEqual({ ...inMemory, ...Object.fromEntries(names.map((name) => [name, large(name) ? '8Gi' : '64Mi'])) });
    expect(limits(NodeStorage.ephemeral())).toEqual({ ...inMemory, ...Object.fromEntries(names.map((name) => [name, undefined])) });
  });

  test('that is ephemeral can have a directory that persists, or another limit', () => {
    const storage = NodeStorage.ephemeral({ sizeLimit: Size.mebibytes(1500) })
      .withMount(TalosMount.ETC_CNI, MountStorage.ephemeral({ sizeLimit: Size.mebibytes(8) }))
      .withMount(TalosMount.ETC_KUBERNETES, MountStorage.claim());
    expect(volumesOf(synth({ storage }))).toMatchObject({ 'var': { emptyDir: { sizeLimit: '1500Mi' } }, 'etc-cni': { emptyDir: { sizeLimit: '8Mi' } } });
    expect(synth({ storage }).workload.spec.volumeClaimTemplates).toHaveLength(1);
  });
});
