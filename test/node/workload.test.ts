import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { ConfigUpdate, MachineConfig, MachineConfigPatch, NodeStorage, TalosMachineConfig, TalosNode, TalosNodeProps, TalosVersion, TalosWorkload } from '../../src';
import { generated } from '../support/machine-configs';
import { manifests, newChart, synth, synthConfigured } from '../support/talos-nodes';

describe('the workload', () => {
  test('is a StatefulSet by default', () => {
    const { workload } = synthConfigured('controlplane', { replicas: 3 });
    expect(workload.apiVersion).toBe('apps/v1');
    expect(workload.kind).toBe('StatefulSet');
    expect(workload.metadata.name).toBe('test-node');
    expect(workload.spec).toMatchObject({ replicas: 3, serviceName: 'test-node', podManagementPolicy: 'Parallel' });
    expect(workload.spec.template.metadata.labels).toMatchObject(workload.spec.selector.matchLabels);
  });

  test('as a Deployment with a claim starts the new pod when the old one is gone', () => {
    const { workload, claims, pod } = synth({ workload: TalosWorkload.DEPLOYMENT });
    expect(workload.kind).toBe('Deployment');
    expect(workload.spec.strategy).toEqual({ type: 'Recreate' });
    expect(claims.map(({ metadata, spec }: any) => [metadata.name, spec.resources.requests.storage])).toEqual([['test-node-data', '10Gi']]);
    expect(pod.spec.volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: 'test-node-data' } });
  });

  test('as a Pod stands for itself', () => {
    const { workload, claims } = synthConfigured('worker', { workload: TalosWorkload.POD });
    expect(workload).toMatchObject({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'test-node' } });
    expect(workload.metadata.labels).toMatchObject({ 'app.kubernetes.io/instance': 'test-node' });
    expect(claims).toHaveLength(1);
  });

  test('has a headless Service that publishes machines before they are ready', () => {
    const { service, workload } = synthConfigured('controlplane');
    expect(service.metadata.name).toBe(workload.spec.serviceName);
    expect(service.spec).toEqual({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: workload.spec.selector.matchLabels,
      ports: [
        { name: 'talos-api', port: 50000, targetPort: 50000, protocol: 'TCP' },
        { name: 'k8s-api', port: 6443, targetPort: 6443, protocol: 'TCP' },
        { name: 'trustd', port: 50001, targetPort: 50001, protocol: 'TCP' },
        { name: 'etcd-client', port: 2379, targetPort: 2379, protocol: 'TCP' },
        { name: 'etcd-peer', port: 2380, targetPort: 2380, protocol: 'TCP' },
        { name: 'kubelet', port: 10250, targetPort: 10250, protocol: 'TCP' },
      ],
    });
  });

  test('is named by its path, without what has no meaning in it', () => {
    const chart = new Chart(new App(), 'Acme_prod');
    const node = new TalosNode(chart, 'control plane');
    expect(node.name).toBe('acme-prod-control-plane');
    expect(new TalosNode(chart, 'other', { name: 'edge' }).name).toBe('edge');
  });

  test('follows the machine config\'s release', () => {
    const { talos } = synthConfigured('worker', {}, TalosVersion.of('v1.12.2'));
    expect(talos.image).toBe('ghcr.io/siderolabs/talos:v1.12.2');
  });

  test('a config change rolls the pods only with ROLL', () => {
    const checksum = (configUpdate: ConfigUpdate, verbosity: string) => {
      const chart = newChart();
      const config = MachineConfig.fromYaml(generated('v1.13').controlplane)
        .patch(MachineConfigPatch.fromDocuments({ machine: { kubelet: { extraArgs: { v: verbosity } } } }));
      new TalosNode(chart, 'node', { configUpdate, machineConfig: new TalosMachineConfig(chart, 'config', { config }) });
      return manifests(chart);
    };
    const before = checksum(ConfigUpdate.ROLL, '2');
    const after = checksum(ConfigUpdate.ROLL, '3');
    expect(before.pod.metadata.annotations['checksum/machine-config']).toMatch(/^[0-9a-f]{64}$/);
    expect(after.pod.metadata.annotations).not.toEqual(before.pod.metadata.annotations);
    expect(before.pod.spec.volumes).toContainEqual({ name: 'system-state', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } });
    expect(checksum(ConfigUpdate.ROLL, '2')).toEqual(before);

    expect(checksum(ConfigUpdate.INITIAL, '2').pod).toEqual(checksum(ConfigUpdate.INITIAL, '3').pod);
    expect(checksum(ConfigUpdate.INITIAL, '2').talos.volumeMounts).toContainEqual({ name: 'data', mountPath: '/system/state', subPath: 'system-state' });
  });
});

describe('JSON patches are wire-level', () => {
  test.each([TalosWorkload.STATEFUL_SET, TalosWorkload.DEPLOYMENT, TalosWorkload.POD])('on a %s', (workload) => {
    const chart = newChart();
    const node = new TalosNode(chart, 'node', { workload });
    const template = workload === TalosWorkload.POD ? '' : '/spec/template';
    ApiObject.of(node).addJsonPatch(
      JsonPatch.add(`${template}/spec/futureField`, { a: 1 }),
      JsonPatch.add(`${template}/spec/hostUsers`, true),
      JsonPatch.replace(`${template}/spec/containers/0/resources`, { limits: { memory: '512Mi' } }),
    );
    // added after the patch, and still there
    node.addEnv({ name: 'LATE', value: 'yes' });
    const { pod, talos } = manifests(chart);
    expect(pod.spec).toMatchObject({ futureField: { a: 1 }, hostUsers: true });
    expect(talos.resources).toEqual({ limits: { memory: '512Mi' } });
    expect(talos.env).toContainEqual({ name: 'LATE', value: 'yes' });
  });

  test('on its Service and claims', () => {
    const chart = newChart();
    const node = new TalosNode(chart, 'node', { workload: TalosWorkload.DEPLOYMENT });
    node.service.addJsonPatch(JsonPatch.replace('/spec/clusterIP', '10.0.0.1'), JsonPatch.add('/spec/trafficDistribution', 'PreferClose'));
    node.claims[0].addJsonPatch(JsonPatch.replace('/spec/resources/requests/storage', '20Gi'), JsonPatch.add('/spec/volumeAttributesClassName', 'gold'));
    const { service, claims } = manifests(chart);
    expect(service.spec).toMatchObject({ clusterIP: '10.0.0.1', trafficDistribution: 'PreferClose' });
    expect(claims[0].spec).toMatchObject({ resources: { requests: { storage: '20Gi' } }, volumeAttributesClassName: 'gold' });
  });
});

describe('the number of machines', () => {
  test.each<[string, TalosNodeProps, number | undefined]>([
    ['is one', {}, 1],
    ['is a given one', { replicas: 3 }, 3],
    ['can be zero', { replicas: 0 }, 0],
    ['is zero while they are suspended', { replicas: 3, suspend: true }, 0],
    ['is left to somebody else', { externalReplicas: true }, undefined],
  ])('%s', (_, props, replicas) => {
    for (const workload of [TalosWorkload.STATEFUL_SET, TalosWorkload.DEPLOYMENT]) {
      expect(synth({ workload, storage: NodeStorage.ephemeral(), ...props }).workload.spec.replicas).toBe(replicas);
    }
  });

  test('changes nothing else while they are suspended', () => {
    const [awake, asleep] = [false, true].map((suspend) => {
      const chart = newChart();
      new TalosNode(chart, 'node', { replicas: 3, suspend });
      return Testing.synth(chart);
    });
    asleep.find(({ kind }) => kind === 'StatefulSet').spec.replicas = 3;
    expect(asleep).toEqual(awake);
  });
});
