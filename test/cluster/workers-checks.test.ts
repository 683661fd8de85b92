import { App, Chart, Testing } from 'cdk8s';
import {
  ApiExposure, ConfigUpdate, MachineConfigPatch, MountStorage, NodeStorage, NodeTaint, TaintEffect, TalosCluster, TalosControlPlane,
  TalosControlPlaneProps, TalosMount, TalosVersion, TalosWorkers, TalosWorkersProps,
} from '../../src';
import {
  controlPlaneProps, documentsIn, HEADLESS, hostingNetwork, newChart, secrets, STABLE, SynthesizedWorkers, V1_14_1,
} from '../support/control-planes';
import { RULES } from '../support/manifest-rules';
import { warningsOf } from '../support/warnings';

type Props = Partial<TalosWorkersProps>;
type ControlPlane = Partial<TalosControlPlaneProps>;

function synth(props: Props = {}, controlPlane: ControlPlane = {}): SynthesizedWorkers {
  return new SynthesizedWorkers(props, controlPlane);
}

const endpointOf = (documents: any[]) => documents[0].cluster.controlPlane?.endpoint ?? documents.find(({ kind }) => kind === 'KubeClusterConfig').endpoint;
const labelsOf = (documents: any[]) => documents.find(({ kind }) => kind === 'KubeNodeConfig')?.labels ?? documents[0].machine.nodeLabels ?? {};

describe('names', () => {
  test('of many pools are each its own', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps());
    ['general', 'gpu', 'b-control-plane', 'kubeconfig', 'config', 'talos'].forEach((name) => new TalosWorkers(chart, name, { name, controlPlane }));
    const objects = Testing.synth(chart);
    expect(Object.values(RULES).flatMap((rule) => rule(objects))).toEqual([]);
    expect(objects.filter(({ kind }) => kind === 'StatefulSet')).toHaveLength(7);
  });

  test('of pools of two clusters may be the same', () => {
    const chart = newChart();
    for (const clusterName of ['acme', 'globex']) {
      const controlPlane = new TalosControlPlane(chart, clusterName, controlPlaneProps({ clusterName, sharedSecrets: true }));
      new TalosWorkers(chart, `${clusterName}-workers`, { name: 'general', controlPlane });
    }
    expect(Testing.synth(chart).filter(({ metadata }) => metadata.name.endsWith('-general')).map(({ metadata }) => metadata.name))
      .toEqual([...Array(3).fill('acme-general'), ...Array(3).fill('globex-general')]);
  });

  test.each([[4, 47], [38, 13]])('of a cluster with %i characters leave %i for the pool', (cluster, longest) => {
    const clusterName = 'a'.repeat(cluster);
    const named = (length: number) => {
      const chart = newChart();
      new TalosWorkers(chart, 'w', { name: 'p'.repeat(length), controlPlane: new TalosControlPlane(chart, 'cp', controlPlaneProps({ clusterName })) });
      return Testing.synth(chart);
    };
    expect(RULES.namesAreWithinLimits(named(longest))).toEqual([]);
    expect(() => named(longest + 1)).toThrow(`'name' (${'p'.repeat(longest + 1)}) has ${longest + 1} characters, ${longest} at most `
      + `(a StatefulSet's name has 52 with '${clusterName}-'): choose a shorter one`);
  });

  test.each<[string, ControlPlane, string]>([
    ['control-plane', {}, '\'name\' (control-plane) is already the name of the machines at test/cp: give the pool another name'],
    ['control-plane-0', {}, '\'name\' (control-plane-0) is already the name of the machines at test/cp'],
    ['control-plane-2', STABLE, '\'name\' (control-plane-2) is already the name of the machines at test/cp'],
    ['control-plane-6', STABLE, '\'name\' (control-plane-6) is already the name of the machines at test/cp'],
    ['talos', { talosApi: ApiExposure.clusterIp() }, '\'name\' (talos) makes acme-talos, which is already the name of a Service at test/cp: give the pool another name'],
    ['', {}, '\'name\' () is not a DNS label'],
    ['General', {}, '\'name\' (General) is not a DNS label'],
    ['1', {}, '\'name\' (1) is not a DNS label'],
    ['a.b', {}, '\'name\' (a.b) is not a DNS label'],
  ])('\'%s\' is refused', (name, controlPlane, message) => {
    expect(() => synth({ name }, controlPlane)).toThrow(message);
  });

  test('of two pools of a cluster are refused, in any chart and namespace', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps());
    new TalosWorkers(chart, 'first', { name: 'general', controlPlane });
    const [beside, elsewhere] = ['tenant', 'other'].map((namespace) => new Chart(chart.node.root as App, namespace, { namespace }));
    for (const scope of [chart, beside, elsewhere, controlPlane]) {
      expect(() => new TalosWorkers(scope, 'second', { name: 'general', controlPlane }))
        .toThrow('\'name\' (general) is already the name of the machines at test/first: give the pool another name');
    }
  });

  test('a pool may lie in another namespace than its control plane', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps());
    const elsewhere = new Chart(chart.node.root as App, 'elsewhere', { namespace: 'other' });
    const pool = new TalosWorkers(elsewhere, 'workers', { name: 'general', controlPlane });
    const documents = documentsIn(pool.machineConfig.config!.toYaml());
    expect(endpointOf(documents)).toBe(`https://${HEADLESS}:6443`);
    expect(documents[0].machine.certSANs).toContain('acme-general.other.svc.cluster.local');
    expect(Testing.synth(elsewhere).map(({ metadata }) => metadata.namespace)).toEqual(['other', 'other', 'other', 'other']);
    expect(warningsOf(chart)).toEqual([]);
  });

  test('a pool in another namespace isn\'t let in by a policy, and a warning says so', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ networkPolicy: {} }));
    new TalosWorkers(new Chart(chart.node.root as App, 'elsewhere', { namespace: 'other' }), 'workers', { name: 'general', controlPlane });
    expect(warningsOf(chart)).toEqual([expect.stringContaining('the pool \'general\' is in the namespace other, and \'networkPolicy\' of the control plane')]);
    new TalosWorkers(chart, 'beside', { name: 'beside', controlPlane });
    expect(warningsOf(chart)).toHaveLength(1);
  });

  const clusters: [string, string | undefined, string, string | undefined, string][] = [
    ['acme', 'b-control-plane', 'acme-b', undefined, 'acme-b-control-plane'],
    ['acme', 'b', 'acme-b', undefined, 'acme-b'],
    ['acme', 'b-c', 'acme-b', 'c', 'acme-b-c'],
  ];
  test.each(clusters)('cluster %s with pool %s and cluster %s with pool %s collide, whichever comes first', (first, firstPool, second, secondPool, name) => {
    const build = (...wanted: [string, string | undefined][]) => {
      const chart = newChart();
      for (const [clusterName, pool] of wanted) {
        const controlPlane = new TalosControlPlane(chart, clusterName, controlPlaneProps({ clusterName, sharedSecrets: true }));
        if (pool) {
          new TalosWorkers(chart, `${clusterName}-workers`, { name: pool, controlPlane });
        }
      }
    };
    const named = (pool: string, path: string) => `'name' (${pool}) makes ${name}, which is already the name of a Service at test/${path}`;
    expect(() => build([second, secondPool], [first, firstPool])).toThrow(named(firstPool!, secondPool ? 'acme-b-workers/Machines' : 'acme-b'));
    expect(() => build([first, firstPool], [second, secondPool])).toThrow(secondPool ? named(secondPool, 'acme-workers/Machines') : `(${name}) is already the name of the `);
  });
});

describe('bad input', () => {
  const label = (key: string, value = 'a'): Props => ({ nodeLabels: { [key]: value } });
  const taint = (...nodeTaints: NodeTaint[]): Props => ({ nodeTaints });
  const patch = (text: string): Props => ({ patches: [MachineConfigPatch.fromYaml(text)] });
  const refusedLabel = (key: string) => `'nodeLabels' has the node label ${key}, which Kubernetes doesn't let nodes set on themselves: `
    + 'choose a key in your own domain, or use `kubectl label node`';

  test.each<[string, Props, string]>([
    ['less than no replicas', { replicas: -1 }, '\'replicas\' (-1) must be a whole number of at least 0'],
    ['half a replica', { replicas: 1.5 }, '\'replicas\' (1.5) must be a whole number of at least 0'],
    ['a negative budget', { maxUnavailable: -1 }, '\'maxUnavailable\' (-1) must be a whole number of at least 0'],
    ['APPLY_JOB', { configUpdate: ConfigUpdate.APPLY_JOB }, '\'configUpdate\' (APPLY_JOB) is for control planes only: use ConfigUpdate.ROLL or INITIAL'],
    ['ROLL where the name would be lost', { talosVersion: V1_14_1, configUpdate: ConfigUpdate.ROLL },
      '\'configUpdate\' (ROLL) loses the node\'s name with /system/state on Talos v1.14.1'],
    ['a state that persists beside ROLL', { storage: NodeStorage.ephemeral().withMount(TalosMount.SYSTEM_STATE, MountStorage.claim()) },
      '\'storage\' keeps /system/state, where an old machine config wins over a new one'],
    ['one directory for several workers', { replicas: 2, storage: NodeStorage.shared(MountStorage.hostPath('/srv/talos')) },
      '\'storage\' keeps /var in one place for all 2 replicas'],
    ['claims\' end without claims', { storage: NodeStorage.ephemeral(), claimRetentionPolicy: {} }, '\'claimRetentionPolicy\' applies to the claims'],
    ['the cluster\'s own label', { labels: { 'app.kubernetes.io/part-of': 'b' } }, '\'labels\' sets app.kubernetes.io/part-of (b), which the construct sets itself'],
    ['the pods\' own label', { labels: { 'app.kubernetes.io/name': 'b' } }, '\'labels\' sets app.kubernetes.io/name (b), which the construct sets itself'],

    ['a label\'s bad key', label('a b'), '\'nodeLabels\' has the key \'a b\''],
    ['a label\'s bad value', label('a', 'b c'), '\'nodeLabels\' has the value \'b c\' for a'],
    ...['node-role.kubernetes.io/worker', 'kubernetes.io/role', 'k8s.io/a', 'a.k8s.io/b', 'node-restriction.kubernetes.io/a', 'a.node-restriction.kubernetes.io/b',
      'beta.kubernetes.io/a', 'topology.kubernetes.io/rack', 'xnode.kubernetes.io/a'].map((key): [string, Props, string] => [key, label(key), refusedLabel(key)]),
    ['the same in patches', patch('machine: {nodeLabels: {node-role.kubernetes.io/worker: ""}}'),
      '\'patches\' has the node label node-role.kubernetes.io/worker, which Kubernetes doesn\'t let nodes set on themselves'],
    ['the same in patches of 1.14', { ...patch('apiVersion: v1alpha1\nkind: KubeNodeConfig\nlabels: {k8s.io/a: b}'), talosVersion: TalosVersion.V1_14 },
      '\'patches\' has the node label k8s.io/a, which Kubernetes doesn\'t let nodes set on themselves'],
    ['a taint without a key', taint({ key: '', effect: TaintEffect.NO_EXECUTE }), '\'nodeTaints\' has the key \'\''],
    ['a taint\'s bad key', taint({ key: 'a/b/c', effect: TaintEffect.NO_EXECUTE }), '\'nodeTaints\' has the key \'a/b/c\''],
    ['a taint\'s bad value', taint({ key: 'a', value: 'b:c', effect: TaintEffect.NO_EXECUTE }), '\'nodeTaints\' has the value \'b:c\' for a'],
    ['two taints of one key', taint({ key: 'a', effect: TaintEffect.NO_EXECUTE }, { key: 'a', value: 'b', effect: TaintEffect.NO_SCHEDULE }),
      '\'nodeTaints\' has the key \'a\' twice, and Talos takes one taint for each key: keep the stronger one (NoExecute includes NoSchedule)'],
    ['taints in the field that no worker may use', patch('machine: {nodeTaints: {dedicated: "gpu:NoSchedule"}}'),
      '\'patches\' has \'machine.nodeTaints\' (dedicated), which Kubernetes doesn\'t let workers set later: '
      + 'use \'nodeTaints\', or \'machine.kubelet.extraConfig.registerWithTaints\''],

    ['a newer Kubernetes', { talosVersion: TalosVersion.V1_14, kubernetesVersion: '1.37.0' },
      '\'kubernetesVersion\' (1.37.0) of the workers is newer than the control plane\'s (1.36.4), which Kubernetes doesn\'t allow: upgrade the control plane first'],
    ['a Kubernetes that is too old', { kubernetesVersion: '1.32.9' },
      '\'kubernetesVersion\' (1.32.9) of the workers is 4 minor releases older than the control plane\'s (1.36.4), but Kubernetes allows 3: choose a newer one'],
    ['a Talos whose Kubernetes is too old', { talosVersion: TalosVersion.V1_9 },
      'Kubernetes 1.32.4 by \'talosVersion\' (v1.9.6) of the workers is 4 minor releases older than the control plane\'s (1.36.4)'],
    ['a Kubernetes that the release doesn\'t run', { talosVersion: TalosVersion.V1_11, kubernetesVersion: '1.36.0' }, '\'kubernetesVersion\' (1.36.0)'],
    ['no Kubernetes', { kubernetesVersion: 'latest' }, '\'kubernetesVersion\' (latest) is not a full version'],
    ['a kubelet that is too old', patch('machine: {kubelet: {image: "registry.example.com/kubelet:v1.32.0"}}'),
      'Kubernetes 1.32.0 in \'patches\' of the workers is 4 minor releases older than the control plane\'s (1.36.4)'],

    ['the type of a control plane', patch('machine: {type: controlplane}'), '\'patches\' set \'machine.type\' (controlplane), but this is a worker: leave it out'],
    ['the type of the first control plane', patch('machine: {type: init}'), '\'patches\' set \'machine.type\' (init), but this is a worker'],
    ['etcd', patch('cluster: {etcd: {advertisedSubnets: [10.0.0.0/8]}}'), '\'cluster.etcd\' is for control planes only: remove it'],
    ['a control plane\'s address', patch('machine: {network: {interfaces: [{interface: eth0, vip: {ip: 192.0.2.1}}]}}'),
      '\'machine.network.interfaces[0].vip\' is for control planes only: remove it'],
    ['a control plane\'s document', {
      ...patch('apiVersion: v1alpha1\nkind: KubeSchedulerConfig\nimage: registry.k8s.io/kube-scheduler:v1.36.3'), talosVersion: TalosVersion.V1_14,
    }, 'the KubeSchedulerConfig document is for control planes only: remove the documents of the kind KubeSchedulerConfig'],
    ['a document of another release', patch('apiVersion: v1alpha1\nkind: KubeNodeConfig\nlabels: {a: b}'), 'the KubeNodeConfig document is known since Talos 1.14'],
    ['one name for several', { replicas: 3, ...patch('apiVersion: v1alpha1\nkind: HostnameConfig\nauto: off\nhostname: edge') },
      '\'patches\' (acme-general-config) gives the name \'edge\' to all 3 \'replicas\''],
  ])('%s is refused', (_, props, message) => {
    expect(() => synth(props)).toThrow(message);
  });

  test('a Talos that doesn\'t run the control plane\'s Kubernetes any more is refused', () => {
    expect(() => synth({ talosVersion: TalosVersion.V1_14 }, { talosVersion: TalosVersion.V1_7 })).toThrow(
      `'talosVersion' (v1.14.2) of the workers runs Kubernetes 1.32 to 1.37, but the control plane has ${TalosVersion.V1_7.defaultKubernetesVersion}: `
      + 'upgrade the control plane first, or choose an older Talos');
  });

  test.each(['kubernetes.io/hostname', 'topology.kubernetes.io/zone', 'topology.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/zone',
    'beta.kubernetes.io/instance-type', 'node.kubernetes.io/instance-type', 'a.node.kubernetes.io/b', 'kubelet.kubernetes.io/a', 'kubernetes.io.example.com/a', 'a'])(
    'a node may give itself %s', (key) => {
      expect(labelsOf(synth(label(key)).documents)).toEqual({ [key]: 'a' });
    });

  test('a chart without a namespace is refused', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps());
    expect(() => new TalosWorkers(new Chart(chart.node.root as App, 'other'), 'workers', { name: 'general', controlPlane }))
      .toThrow('\'namespace\' of the chart is missing, so the machines couldn\'t find each other by name: give the chart one, '
        + 'or use a scope that has one, such as a TalosCluster');
  });

  test('a pool of a cluster with a namespace of its own takes this, where its scope is the cluster', () => {
    const chart = new Chart(new App(), 'test');
    const cluster = new TalosCluster(chart, 'cluster', { clusterName: 'acme', secrets, controlPlane: { hostingNetwork } });
    const pool = new TalosWorkers(cluster, 'late', { name: 'late', controlPlane: cluster.controlPlane });
    expect(pool.service.metadata.namespace).toBe('acme');
  });

  test('a chart whose namespace can\'t be one is refused', () => {
    expect(() => new TalosControlPlane(newChart('a.b'), 'cp', controlPlaneProps())).toThrow('\'namespace\' (a.b) is not a DNS label');
  });
});
