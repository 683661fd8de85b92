import {
  ConfigUpdate, MachineConfigPatch, MemberAddresses, MemberPatches, TalosCluster, TalosControlPlaneProps, TalosMachineConfig, TalosVersion,
  TalosWorkers,
} from '../../src';
import { clusterProps } from '../support/clusters';
import { decode, documentsIn, newChart, SynthesizedControlPlane, SynthesizedWorkers } from '../support/control-planes';

jest.spyOn(process, 'emitWarning').mockImplementation();

const STABLE: Partial<TalosControlPlaneProps> = { replicas: 3, memberAddresses: MemberAddresses.STABLE };

const hostname = (ordinal: number, name: string): MemberPatches => ({
  ordinal, patches: [MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'HostnameConfig', hostname: name, auto: 'off' })],
});
const sysctl = (ordinal: number, value: string): MemberPatches => ({
  ordinal, patches: [MachineConfigPatch.fromDocuments({ machine: { sysctls: { 'net.a': value } } })],
});

describe('patches for single members', () => {
  test('come after those of all', () => {
    const cluster = new SynthesizedControlPlane({ ...STABLE, patches: sysctl(0, '1').patches, memberPatches: [sysctl(1, '2')] });
    const { data } = cluster.find('Secret', 'acme-control-plane-config');
    expect(cluster.legacy.machine.sysctls).toEqual({ 'net.a': '1' });
    expect(documentsIn(decode(data['machineconfig-1']))[0].machine.sysctls).toEqual({ 'net.a': '2' });
    expect(cluster.pod.spec.volumes).toContainEqual(expect.objectContaining({ name: 'machine-config' }));
  });

  test('are applied by the Job, which is new with each of their changes', () => {
    const [cluster, changed] = ['1', '2'].map((value) => new SynthesizedControlPlane({
      ...STABLE, configUpdate: ConfigUpdate.APPLY_JOB, memberPatches: [sysctl(1, value)],
    }));
    expect(cluster.script('acme-apply-config')).toContain('case $node in '
      + 'acme-control-plane-1.acme-control-plane.tenant.svc.cluster.local) file=/config/machineconfig-1 ;; *) file=/scratch/plain ;; esac\n');
    expect(cluster.job('acme-apply-config').metadata.name).not.toBe(changed.job('acme-apply-config').metadata.name);
  });

  test('give members hostnames, by which they leave etcd and the cluster', () => {
    const cluster = new SynthesizedControlPlane({
      ...STABLE, replicas: 1, scaleDownFrom: 3, memberPatches: [hostname(0, 'cp-0.example.com'), hostname(1, 'cp-1')],
    });
    const script = cluster.script('acme-scale-down');
    expect(script).toContain('*" cp-0 "*)');
    expect(script.match(/^ +\d\) .*$/gm)).toEqual([1, 2].map((ordinal) => `    ${ordinal + 1}) pod=acme-control-plane-${ordinal} `
      + `name=${ordinal === 1 ? 'cp-1' : 'acme-control-plane-2'} host=acme-control-plane-${ordinal}.acme-control-plane.tenant.svc.cluster.local ;;`));
    const notes = cluster.construct.describe();
    expect(notes).toContain('delete node acme-control-plane-2 cp-1\n');
    expect(notes).toContain('data-acme-control-plane-1');
  });

  test('can\'t give a hostname that another machine has', () => {
    const workers = (name: string) => ({ name: 'general', replicas: 2, memberPatches: [hostname(1, name)] });
    expect(() => new SynthesizedWorkers(workers('cp-1'), { ...STABLE, memberPatches: [hostname(1, 'cp-1')] })).toThrow(
      '\'hostname\' (cp-1) in the machine config is already the name of the machine at test/cp');
    expect(() => new SynthesizedWorkers(workers('worker-1'), { ...STABLE, memberPatches: [hostname(1, 'cp-1')] })).not.toThrow();
  });

  test('aren\'t taken beside a ready machine config, which has its own', () => {
    const chart = newChart();
    const { construct: { machineConfig: { config } } } = new SynthesizedControlPlane();
    const memberPatches = [sysctl(0, '1')];
    expect(() => new SynthesizedControlPlane({ machineConfig: config, memberPatches })).toThrow(
      '\'memberPatches\' would not reach the ready \'machineConfig\' (acme-control-plane-config): put it there');
    const ready = new TalosMachineConfig(chart, 'ready', { config: config!, memberPatches });
    const cluster = new SynthesizedControlPlane({ machineConfig: ready }, chart);
    expect(cluster.pod.spec.volumes).toContainEqual({
      name: 'machine-config',
      secret: { secretName: 'test-ready', items: [{ key: 'machineconfig-0', path: 'acme-control-plane-0/config.yaml' }], defaultMode: 0o400 },
    });
  });

  test('of a release that doesn\'t read them are refused', () => {
    expect(() => new SynthesizedControlPlane({ talosVersion: TalosVersion.V1_11, memberPatches: [sysctl(0, '1')] })).toThrow(
      'are read from a file, as Talos does since 1.12, and this is v1.11');
  });
});

describe('patches for single workers', () => {
  test('come after those of the pool', () => {
    const pool = new SynthesizedWorkers({ replicas: 2, patches: sysctl(0, '1').patches, memberPatches: [sysctl(1, '2')] });
    const { data } = pool.find('Secret', 'acme-general-config');
    expect(pool.legacy.machine.sysctls).toEqual({ 'net.a': '1' });
    expect(documentsIn(decode(data['machineconfig-1']))[0].machine.sysctls).toEqual({ 'net.a': '2' });
    expect(pool.pod.spec.volumes).toContainEqual(expect.objectContaining({ name: 'machine-config' }));
  });

  test('can be part of a whole cluster', () => {
    const memberPatches = [sysctl(0, '1')];
    const { workerPools } = new TalosCluster(newChart(), 'cluster', clusterProps({ controlPlane: { memberPatches }, workerPools: [{ name: 'a', memberPatches }] }));
    expect(workerPools[0]).toBeInstanceOf(TalosWorkers);
  });

  test.each<[string, object, string]>([
    ['labels that they can\'t set on themselves', { machine: { nodeLabels: { 'node-role.kubernetes.io/a': '' } } },
      '\'memberPatches\' (ordinal 1) has the node label node-role.kubernetes.io/a'],
    ['a kubelet that is newer than the control plane', { machine: { kubelet: { image: 'ghcr.io/siderolabs/kubelet:v1.36.0' } } },
      'Kubernetes 1.36.0 in \'memberPatches\' (ordinal 1) of the workers is newer'],
    ['another role', { machine: { type: 'controlplane' } }, '\'memberPatches\' (ordinal 1) change machine.type'],
  ])('can\'t give them %s', (_, document, message) => {
    const memberPatches = [{ ordinal: 1, patches: [MachineConfigPatch.fromDocuments(document)] }];
    expect(() => new SynthesizedWorkers({ replicas: 2, memberPatches }, { kubernetesVersion: '1.35.1' })).toThrow(message);
  });
});
