import { App, Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import {
  AddressPlan, ApiExposure, MachineConfigPatch, MemberAddresses, TalosCluster, TalosClusterProps, TalosControlPlane, TalosMachineConfig,
  TalosNamespace, TalosVersion, TalosWorkers,
} from '../../src';
import { clusterProps, SynthesizedCluster } from '../support/clusters';
import { decode, hostingNetwork, newChart, otherSecrets, secrets } from '../support/control-planes';
import { warningsOf } from '../support/warnings';

const { V1_13, V1_14 } = TalosVersion;

describe('a cluster', () => {
  test('is a namespace, a control plane and pools', () => {
    const { ids, construct } = SynthesizedCluster.of({ workerPools: [{ name: 'general', replicas: 3 }, { name: 'gpu' }] });
    expect(ids.map((id) => id.replace(/-[0-9a-f]{8}$/, '-<hash>'))).toEqual([
      'Namespace tenant',
      'Secret acme-control-plane-config', 'Service acme-control-plane', 'StatefulSet acme-control-plane', 'Service acme',
      'PodDisruptionBudget acme-control-plane', 'Secret acme-talosconfig', 'Secret acme-kubeconfig', 'Secret acme-bootstrap',
      'Job acme-bootstrap-<hash>', 'Secret acme-upgrade-k8s', 'Job acme-upgrade-k8s-<hash>',
      'Secret acme-general-config', 'Service acme-general', 'StatefulSet acme-general', 'PodDisruptionBudget acme-general',
      'Secret acme-gpu-config', 'Service acme-gpu', 'StatefulSet acme-gpu', 'PodDisruptionBudget acme-gpu',
    ]);
    expect(construct.namespace).toBeInstanceOf(TalosNamespace);
    expect(construct.controlPlane).toBeInstanceOf(TalosControlPlane);
    expect(construct.workerPools.map(({ poolName, replicas }) => [poolName, replicas])).toEqual([['general', 3], ['gpu', 1]]);
    expect(construct.secrets).toBe(secrets);
    expect(construct.readinessJobName).toBeUndefined();
  });

  test('has all its objects under one label, but the namespace', () => {
    const { objects } = SynthesizedCluster.of({
      controlPlane: { notes: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) }, workerPools: [{ name: 'a' }], readinessJob: {},
    });
    const unlabelled = objects.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/part-of'] !== 'acme').map(({ kind }) => kind);
    expect(unlabelled).toEqual(['Namespace']);
  });

  test('gives its release to all machines that have none of their own', () => {
    const { construct } = SynthesizedCluster.of({
      talosVersion: V1_13, controlPlane: { talosVersion: V1_14 }, workerPools: [{ name: 'a' }, { name: 'b', talosVersion: TalosVersion.V1_12 }],
    });
    expect(construct.controlPlane.talosVersion).toBe(V1_14);
    expect(construct.workerPools.map(({ talosVersion }) => talosVersion.minor)).toEqual(['1.13', '1.12']);
  });

  test('gives its release also to machines whose own is explicitly undefined', () => {
    const { construct } = SynthesizedCluster.of({
      talosVersion: TalosVersion.V1_12, controlPlane: { talosVersion: undefined }, workerPools: [{ name: 'a', talosVersion: undefined }],
    });
    expect([construct.controlPlane, ...construct.workerPools].map(({ talosVersion }) => talosVersion.minor)).toEqual(['1.12', '1.12']);
  });

  test('can have every image by its digest, without a warning', () => {
    const digest = `sha256:${'0a'.repeat(32)}`;
    const { kubelet, kubeApiServer, kubeControllerManager, kubeScheduler, kubeProxy, etcd, coreDns, talosctl } = V1_13.images();
    const patches = [MachineConfigPatch.fromDocuments({ machine: { kubelet: { image: `${kubelet}@${digest}` } } })];
    const ofControlPlane = [MachineConfigPatch.fromDocuments({
      cluster: {
        apiServer: { image: `${kubeApiServer}@${digest}` },
        controllerManager: { image: `${kubeControllerManager}@${digest}` },
        scheduler: { image: `${kubeScheduler}@${digest}` },
        proxy: { image: `${kubeProxy}@${digest}` },
        etcd: { image: `${etcd}@${digest}` },
        coreDNS: { image: `${coreDns}@${digest}` },
      },
    })];
    const { objects, construct } = SynthesizedCluster.of({
      talosVersion: V1_13,
      controlPlane: {
        replicas: 3,
        memberAddresses: MemberAddresses.STABLE,
        hostingNetwork,
        image: { digest },
        toolImages: { talosctl: `${talosctl}@${digest}`, busybox: `registry.example.com/busybox:1.37.0-musl@${digest}` },
        patches: [...patches, ...ofControlPlane],
      },
      workerPools: [{ name: 'a', image: { digest }, patches }],
      readinessJob: {},
    });
    const pods = objects.flatMap(({ spec }) => spec?.template?.spec ?? []);
    const images = pods.flatMap(({ initContainers = [], containers }) => [...initContainers, ...containers]).map(({ image }) => image);
    expect(images).toHaveLength(7);
    expect(images.filter((image) => !image.endsWith(`@${digest}`))).toEqual([]);
    expect(warningsOf(construct)).toEqual([]);
  });

  test('has patches for all machines, then those of their role, then their own', () => {
    const sysctl = (value: string) => [MachineConfigPatch.fromDocuments({ machine: { sysctls: { 'net.last': value, [`net.${value}`]: '1' } } })];
    const cluster = SynthesizedCluster.of({
      patches: sysctl('all'),
      controlPlanePatches: sysctl('control-planes'),
      workerPatches: sysctl('workers'),
      controlPlane: { patches: sysctl('own') },
      workerPools: [{ name: 'a', patches: sysctl('own') }, { name: 'b' }],
    });
    expect(['control-plane', 'a', 'b'].map((name) => cluster.documents(`acme-${name}-config`)[0].machine.sysctls)).toEqual([
      { 'net.last': 'own', 'net.all': '1', 'net.control-planes': '1', 'net.own': '1' },
      { 'net.last': 'own', 'net.all': '1', 'net.workers': '1', 'net.own': '1' },
      { 'net.last': 'workers', 'net.all': '1', 'net.workers': '1' },
    ]);
  });

  test('refuses patches that would not reach a ready machine config', () => {
    const chart = newChart();
    const machineConfig = TalosMachineConfig.fromSecretName(chart, 'ready', 'worker');
    const patches = [MachineConfigPatch.fromDocuments({ machine: { sysctls: { 'net.a': '1' } } })];
    const workerPools = [{ name: 'a', machineConfig }];
    expect(() => new TalosCluster(chart, 'a', clusterProps({ clusterName: 'a', sharedSecrets: true, workerPatches: patches, workerPools }))).toThrow(
      '\'workerPatches\' of the cluster would not reach the ready \'machineConfig\' of the pool \'a\': apply them to it, or leave it out');
    expect(() => new TalosCluster(chart, 'b', clusterProps({ clusterName: 'b', sharedSecrets: true, patches, workerPools }))).toThrow('\'patches\' of the cluster');
    expect(() => new TalosCluster(chart, 'c', clusterProps({ clusterName: 'c', sharedSecrets: true, controlPlanePatches: patches, workerPools }))).not.toThrow();
    const controlPlane = { machineConfig };
    expect(() => new TalosCluster(chart, 'd', clusterProps({ secrets: undefined, controlPlanePatches: patches, controlPlane }))).toThrow(
      '\'controlPlanePatches\' of the cluster would not reach the ready \'machineConfig\' of the control plane');
  });

  test('needs secrets', () => {
    expect(() => SynthesizedCluster.of({ secrets: undefined })).toThrow('\'secrets\' is missing');
  });

  test.each<[string, Partial<TalosClusterProps>, string]>([
    ['a name that is none', { clusterName: 'Acme' }, '\'clusterName\' (Acme) is not a DNS label'],
    ['a long name', { clusterName: 'a'.repeat(39) }, '\'clusterName\''],
    ['a namespace that is none', { namespace: 'a.b' }, '\'namespace\' (a.b) is not a DNS label'],
    ['such a namespace that is made elsewhere', { namespace: 'a.b', createNamespace: false }, '\'namespace\' (a.b) is not a DNS label'],
    ['an empty namespace', { namespace: '', createNamespace: false }, '\'namespace\' () is not a DNS label'],
    ['members that each begin a cluster', {
      controlPlane: { replicas: 3, memberAddresses: MemberAddresses.POD_IP, patches: [MachineConfigPatch.fromYaml('machine: {type: init}')] },
    }, '\'machine.type\' (init) in the machine config would begin 3 clusters with 3 members'],
    ['two machines of one name', {
      workerPools: ['a', 'b'].map((name) => ({ name, patches: [MachineConfigPatch.fromYaml('machine: {network: {hostname: edge}}')] })), talosVersion: TalosVersion.V1_11,
    }, '\'hostname\' (edge) in the machine config is already the name of the machine at test/cluster/Workers-a'],
    ['a worker with the name of a member', {
      workerPools: [{ name: 'a', patches: [MachineConfigPatch.fromYaml('machine: {network: {hostname: acme-control-plane-0.example.com}}')] }], talosVersion: TalosVersion.V1_11,
    }, '\'hostname\' (acme-control-plane-0) in the machine config is already the name of the machine at test/cluster/ControlPlane'],
    ['a member with the name of a worker', {
      controlPlane: { patches: [MachineConfigPatch.fromYaml('machine: {network: {hostname: acme-a-1}}')] }, workerPools: [{ name: 'a', replicas: 2 }], talosVersion: TalosVersion.V1_11,
    }, '\'hostname\' (acme-a-1) in the machine config of the machine at test/cluster/ControlPlane is the name of a pod of test/cluster/Workers-a'],
    ['two pools of one name', { workerPools: [{ name: 'a' }, { name: 'a' }] }, '\'workerPools[1].name\' (a) is already the name of the machines at test/cluster/Workers-a'],
    ['a pool named like the control plane', { workerPools: [{ name: 'control-plane' }] },
      '\'workerPools[0].name\' (control-plane) is already the name of the machines at test/cluster/ControlPlane'],
    ['a pool without a name', { workerPools: [{ name: '' }] }, '\'workerPools[0].name\' () is not a DNS label'],
    ['a pool with less than no workers', { workerPools: [{ name: 'a', replicas: -1 }] }, '\'workerPools[0].replicas\' (-1)'],
    ['readiness with pools that have no workers', { workerPools: [{ name: 'a', replicas: 0 }], readinessJob: {} },
      '\'readinessJob\' would report a cluster as ready that can run no ordinary pod, because the \'workerPools\' have no workers'],
    ['readiness with a suspended pool', { workerPools: [{ name: 'a' }, { name: 'b', suspend: true }], readinessJob: {} },
      '\'readinessJob\' waits for each worker, and the pool \'b\' has none, by \'suspend\': leave one of the two out'],
    ['readiness with any number of workers', { workerPools: [{ name: 'a', externalReplicas: true }], readinessJob: {} },
      '\'readinessJob\' waits for each worker, and the pool \'a\' has any number, by \'externalReplicas\': leave one of the two out'],
  ])('can\'t have %s', (_, props, message) => {
    expect(() => SynthesizedCluster.of(props)).toThrow(message);
  });

  test('is the only one of its name in a namespace', () => {
    const chart = newChart();
    new TalosCluster(chart, 'a', clusterProps({ sharedSecrets: true }));
    expect(() => new TalosCluster(chart, 'b', clusterProps({ secrets: otherSecrets }))).toThrow(
      '\'clusterName\' (acme) is already the name of the control plane at test/a/ControlPlane: give one of them another name');
    expect(() => new TalosControlPlane(chart, 'c', { clusterName: 'acme', secrets })).toThrow('\'clusterName\' (acme) is already the name of the control plane at');
    expect(() => new TalosCluster(chart, 'd', clusterProps({ namespace: 'other', sharedSecrets: true }))).not.toThrow();
  });

  test('has no machines in common with another one', () => {
    const chart = newChart();
    new TalosCluster(chart, 'a', clusterProps({ workerPools: [{ name: 'b-control-plane' }] }));
    expect(() => new TalosCluster(chart, 'b', clusterProps({ clusterName: 'acme-b' }))).toThrow(
      '\'clusterName\' (acme-b-control-plane) is already the name of the machines at test/a/Workers-b-control-plane');
  });
});

describe('the namespace', () => {
  const namespaces = (chart: Chart) => Testing.synth(chart).filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata);

  test.each<[string, string | undefined, Partial<TalosClusterProps>, string]>([
    ['the chart\'s', 'tenant', {}, 'tenant'],
    ['the cluster\'s own, where the chart has none', undefined, {}, 'acme'],
    ['the one that is given', 'tenant', { namespace: 'other' }, 'other'],
    ['the one that is given, where the chart has none', undefined, { namespace: 'other' }, 'other'],
  ])('is %s', (_, ofChart, props, expected) => {
    const chart = new Chart(new App(), 'test', { namespace: ofChart });
    const { objects, construct } = SynthesizedCluster.of({ ...props, workerPools: [{ name: 'a' }], readinessJob: {} }, chart);
    expect(construct.namespaceName).toBe(expected);
    expect(namespaces(chart)).toEqual([{ name: expected, labels: expect.objectContaining({ 'pod-security.kubernetes.io/enforce': 'privileged' }) }]);
    const others = objects.filter(({ kind }) => kind !== 'Namespace');
    expect([...new Set(others.map(({ metadata }) => metadata.namespace))]).toEqual([expected]);
    // and every name by which machines find each other is there
    const hosts = JSON.stringify(others.map(({ data = {}, spec }) => [spec, ...Object.values<string>(data).map((value) => decode(decode(value)))]));
    expect([...hosts.matchAll(/\.([a-z0-9-]+)\.svc\b/g)].map(([, namespace]) => namespace).every((namespace) => namespace === expected)).toBe(true);
  });

  test('of a chart below the cluster is the chart\'s', () => {
    const { construct } = SynthesizedCluster.of({ namespace: 'cluster' });
    const [own, without] = [new Chart(construct, 'own', { namespace: 'own' }), new Chart(construct, 'without')];
    [own, without].forEach((chart) => new TalosWorkers(chart, 'workers', { controlPlane: construct.controlPlane, name: chart.node.id }));
    expect([own, without].map((chart) => Testing.synth(chart)[0].metadata.namespace)).toEqual(['own', 'cluster']);
  });

  test('isn\'t made where it is made elsewhere', () => {
    const { ids, construct } = SynthesizedCluster.of({ createNamespace: false });
    expect(ids).not.toContain('Namespace tenant');
    expect(construct.namespace).toBeUndefined();
  });

  test('is made once', () => {
    const chart = newChart();
    new TalosNamespace(chart, 'namespace');
    const first = new TalosCluster(chart, 'a', clusterProps());
    const second = new TalosCluster(chart, 'b', clusterProps({ clusterName: 'globex', secrets: otherSecrets, namespace: 'tenant' }));
    expect([first.namespace, second.namespace]).toEqual([undefined, undefined]);
    expect(namespaces(chart)).toHaveLength(1);
  });

  test('can\'t be made again after that', () => {
    const chart = newChart();
    new TalosCluster(chart, 'a', clusterProps());
    expect(() => new TalosNamespace(chart, 'namespace')).toThrow('\'name\' (tenant) is already the name of the Namespace at test/a/Namespace');
  });

  test('of two clusters in one chart is one for each', () => {
    const chart = new Chart(new App(), 'test');
    ['acme', 'globex'].forEach((clusterName) => new TalosCluster(chart, clusterName, clusterProps({ clusterName, sharedSecrets: true, workerPools: [{ name: 'a' }] })));
    for (const { kind, metadata } of Testing.synth(chart)) {
      expect(metadata.name.startsWith(kind === 'Namespace' ? metadata.name : metadata.namespace)).toBe(true);
    }
  });
});

describe('a fleet', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), { minLength: 1, maxLength: 4 });

  test('is the same for each cluster, whoever else is there', () => {
    const synth = (all: string[]) => {
      const plan = AddressPlan.of({ hostingNetwork });
      const app = new App();
      return new Map(all.map((clusterName, number) => {
        const chart = new Chart(app, clusterName, { namespace: clusterName });
        new TalosCluster(chart, 'cluster', clusterProps({
          clusterName, sharedSecrets: true, controlPlane: plan.allocate(clusterName, number), workerPools: [{ name: 'general' }],
        }));
        return [clusterName, Testing.synth(chart)];
      }));
    };
    fc.assert(fc.property(names, (all) => {
      const together = synth(all);
      expect(synth(all.slice(0, 1)).get(all[0])).toEqual(together.get(all[0]));
    }), { numRuns: 5 });
  });

  test('has fifty clusters in one chart, with networks and names of their own', () => {
    const chart = new Chart(new App(), 'fleet');
    const plan = AddressPlan.of({ hostingNetwork });
    const clusters = Array.from({ length: 50 }, (_, number) => new TalosCluster(chart, `tenant-${number}`, clusterProps({
      clusterName: `tenant-${number}`,
      sharedSecrets: true,
      controlPlane: plan.allocate(`tenant-${number}`, number),
      workerPools: [{ name: 'general', replicas: 3 }],
    })));
    const subnets = clusters.map(({ controlPlane }) => controlPlane.machineConfig.config!._facts.subnets.podSubnets[0]);
    expect(new Set(subnets).size).toBe(50);
    const ids = Testing.synth(chart).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
