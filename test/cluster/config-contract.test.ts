import { ApiExposure, ClusterOptions, MachineConfigPatch, MemberAddresses, MachineConfig, TalosCluster, TalosClusterProps, TalosVersion, UpdateCheck } from '../../src';
import { hostingNetwork, newChart, secrets, SynthesizedControlPlane, SynthesizedWorkers } from '../support/control-planes';
import { appliedFile } from '../support/updates';

const ON_1_14 = { talosVersion: TalosVersion.V1_14, configContract: TalosVersion.V1_13 };

describe('a control plane of Talos 1.14 in the form of 1.13', () => {
  const synthesized = new SynthesizedControlPlane({
    ...ON_1_14,
    replicas: 3,
    memberAddresses: MemberAddresses.STABLE,
    podSubnets: ['172.24.0.0/16'],
    serviceSubnets: ['172.25.0.0/16'],
    kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
    patches: [MachineConfigPatch.fromYaml('cluster: { proxy: { disabled: true } }')],
  });

  test('has the settings that formed a cluster of three members on a real Talos', () => {
    const { machine, cluster } = synthesized.legacy;
    const names = ['acme-control-plane.tenant.svc.cluster.local', 'acme-control-plane.tenant.svc', 'acme.tenant.svc.cluster.local', 'acme.tenant.svc', 'acme', '203.0.113.10'];
    expect(machine.certSANs).toEqual(expect.arrayContaining(['acme-control-plane-0', 'acme-control-plane-1', 'acme-control-plane-2', ...names]));
    expect(machine.kubelet.nodeIP).toEqual({ validSubnets: ['0.0.0.0/0', '!10.96.0.0/16'] });
    expect(cluster.controlPlane).toEqual({ endpoint: 'https://acme-control-plane.tenant.svc.cluster.local:6443' });
    expect(cluster.network).toEqual({ dnsDomain: 'cluster.local', podSubnets: ['172.24.0.0/16'], serviceSubnets: ['172.25.0.0/16'] });
    expect(cluster.discovery.enabled).toBe(false);
    expect(cluster.apiServer.certSANs).toEqual(expect.arrayContaining(names));
    expect(cluster.etcd).toMatchObject({ advertisedSubnets: ['10.96.0.0/16'], listenSubnets: ['0.0.0.0/0'] });
    expect(cluster.proxy.disabled).toBe(true);
    expect(synthesized.document('CRICustomizationConfig').content).toContain('default_runtime_name = "pod"');
    expect(synthesized.documents.map(({ kind }) => kind)).toEqual([undefined, 'HostnameConfig', 'CRICustomizationConfig']);
  });

  test('runs Talos 1.14, with its Kubernetes and its mounts', () => {
    const { spec: { containers: [container] } } = synthesized.pod;
    const newest = new SynthesizedControlPlane({ talosVersion: TalosVersion.V1_14 });
    expect(container.image).toBe(newest.pod.spec.containers[0].image);
    expect(container.volumeMounts).toEqual(newest.pod.spec.containers[0].volumeMounts);
    expect(synthesized.legacy.machine.kubelet.image).toContain(TalosVersion.V1_14.defaultKubernetesVersion);
  });
});

describe('a pool', () => {
  const registration = { nodeLabels: { a: 'b' }, nodeTaints: [{ key: 'dedicated', effect: 'NoSchedule' as any }] };
  const kindsOf = ({ documents }: SynthesizedWorkers) => documents.map(({ kind }) => kind);

  test('takes the form of its control plane, also for labels and taints', () => {
    const workers = new SynthesizedWorkers(registration, ON_1_14);
    expect(kindsOf(workers)).toEqual([undefined, 'HostnameConfig', 'CRICustomizationConfig']);
    expect(workers.legacy.machine.nodeLabels).toEqual({ a: 'b' });
    expect(workers.legacy.machine.kubelet.extraConfig.registerWithTaints).toEqual([{ key: 'dedicated', effect: 'NoSchedule' }]);
  });

  test('has a form of its own', () => {
    const workers = new SynthesizedWorkers({ ...registration, configContract: TalosVersion.V1_14 }, ON_1_14);
    expect(workers.document('KubeNodeConfig')).toMatchObject({ labels: { a: 'b' }, taints: { dedicated: 'NoSchedule' } });
  });

  test('has the form of its own release where that is older', () => {
    expect(kindsOf(new SynthesizedWorkers({ talosVersion: TalosVersion.V1_11 }, ON_1_14))).toEqual([undefined]);
  });

  test('has the form of its own release where its control plane has no other', () => {
    const controlPlane = { talosVersion: TalosVersion.V1_13 };
    expect(kindsOf(new SynthesizedWorkers({ talosVersion: TalosVersion.V1_14 }, controlPlane))).toContain('KubeNodeConfig');
  });
});

test('an external worker takes the form of its control plane', () => {
  const { construct } = new SynthesizedControlPlane({ ...ON_1_14, externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) });
  const config = construct.externalWorkerConfig({ installDisk: '/dev/disk/by-id/a' });
  expect(config.explain('/machine/install/image')[0]).toContain(TalosVersion.V1_14.imageTag);
  expect(construct.externalWorkerConfig({ installDisk: '/dev/sda', configContract: TalosVersion.V1_14 }).explain('UnattendedInstallConfig')).toHaveLength(1);
});

describe('a cluster', () => {
  const cluster = (props: Partial<TalosClusterProps>) => new TalosCluster(newChart(), 'cluster', { clusterName: 'acme', secrets, ...props });
  const forms = ({ controlPlane, workerPools }: TalosCluster) => [controlPlane, ...workerPools]
    .map(({ machineConfig: { config } }) => config!.toYaml().includes('kind: KubeletConfig') ? 'documents' : 'legacy');
  const workerPools = [{ name: 'a' }, { name: 'b', configContract: TalosVersion.V1_14 }, { name: 'c', talosVersion: TalosVersion.V1_11 }];

  test('chooses the form of all machines without another choice', () => {
    expect(forms(cluster({ ...ON_1_14, controlPlane: { hostingNetwork }, workerPools }))).toEqual(['legacy', 'legacy', 'documents', 'legacy']);
  });

  test('may have a control plane with another form', () => {
    const controlPlane = { hostingNetwork, configContract: TalosVersion.V1_14 };
    expect(forms(cluster({ ...ON_1_14, controlPlane, workerPools }))).toEqual(['documents', 'legacy', 'documents', 'legacy']);
  });

  test('takes a ready machine config as it is', () => {
    const machineConfig = MachineConfig.worker({
      clusterName: 'acme',
      endpoint: 'https://acme-control-plane.tenant.svc.cluster.local:6443',
      secrets,
      talosVersion: TalosVersion.V1_14,
      podSubnets: ['172.24.0.0/16'],
      serviceSubnets: ['172.25.0.0/16'],
    });
    expect(forms(cluster({ ...ON_1_14, controlPlane: { hostingNetwork }, workerPools: [{ name: 'a', machineConfig }] }))).toEqual(['legacy', 'documents']);
    expect(() => cluster({ talosVersion: TalosVersion.V1_14, controlPlane: { hostingNetwork }, workerPools: [{ name: 'a', machineConfig, configContract: TalosVersion.V1_13 }] }))
      .toThrow('configContract');
  });

  test('refuses a form that is newer than its machines', () => {
    expect(() => cluster({ talosVersion: TalosVersion.V1_13, configContract: TalosVersion.V1_14 })).toThrow("'configContract' (1.14) is newer than");
  });

  test('that is ephemeral has it too', () => {
    const props: ClusterOptions = { clusterName: 'ci', ...ON_1_14 };
    expect(forms(TalosCluster.ephemeral(newChart(), 'cluster', { ...props, secrets, workers: 1 }))).toEqual(['legacy', 'legacy']);
  });
});

test.each([
  ['to documents', ON_1_14, { talosVersion: TalosVersion.V1_14 }],
  ['back to the older form', { talosVersion: TalosVersion.V1_14 }, ON_1_14],
])('a change of the form alone is no risk: %s', (_, before, after) => {
  const manifests = (props: Partial<TalosClusterProps>, applied?: string) => {
    const chart = newChart();
    new TalosCluster(chart, 'cluster', { clusterName: 'acme', secrets, controlPlane: { hostingNetwork }, workerPools: [{ name: 'a' }], ...props });
    if (applied) {
      new UpdateCheck(chart, 'check', { applied: [applied] });
    }
    return chart.toJson();
  };
  const applied = appliedFile(manifests(before));
  expect(() => manifests(after, applied)).not.toThrow();
});
