import { App, Chart, Testing } from 'cdk8s';
import {
  BootstrapMode, ConfigUpdate, HostingNetwork, KubernetesUpgrade, MemberAddresses, NetworkPeer, TalosCluster, TalosControlPlane, TalosNamespace,
  TalosWorkers,
} from '../../src';
import { clusterProps, SynthesizedCluster } from '../support/clusters';
import { controlPlaneProps, hostingNetwork, newChart, SynthesizedWorkers } from '../support/control-planes';
import { Endpoint, isAllowed } from '../support/network-policies';

const OUTSIDE: Endpoint = { cidr: '198.51.100.0/24' };
const [READER, OPERATOR, METAL, REGISTRY] = ['192.0.2.0/28', '192.0.2.16/28', '192.0.2.32/28', '192.0.2.48/28'];
const peers = (cidr: string) => [NetworkPeer.cidr(cidr)];

/** The pods of a cluster with everything that has some, by their role. */
function podsOf(objects: any[]): { readonly [role: string]: Endpoint } {
  const pods = objects.filter(({ kind }) => ['StatefulSet', 'Job'].includes(kind)).map(({ metadata, spec }): [string, Endpoint] =>
    [metadata.name.replace(/^acme-|-[0-9a-f]{8}$/g, ''), { namespace: metadata.namespace, labels: spec.template.metadata.labels }]);
  return Object.fromEntries([...pods, ['other', { namespace: 'tenant', labels: { app: 'other' } }]]);
}

const EVERYTHING = {
  defaultDeny: true,
  controlPlane: { hostingNetwork, replicas: 3, memberAddresses: MemberAddresses.STABLE, configUpdate: ConfigUpdate.APPLY_JOB },
  workerPools: [{ name: 'general' }],
  readinessJob: {},
};

describe('default-deny', () => {
  const { objects } = SynthesizedCluster.of(EVERYTHING);
  const pods = podsOf(objects);

  test('is a policy for every pod of the namespace, beside those of machines and Jobs', () => {
    expect(objects.find(({ metadata }) => metadata.name === 'default-deny')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'default-deny', namespace: 'tenant', labels: { 'app.kubernetes.io/managed-by': 'cdk8s-talos' } },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    expect(objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ metadata }) => metadata.name).sort())
      .toEqual(['acme-control-plane', 'acme-control-plane-jobs', 'acme-control-plane-upgrade-k8s', 'acme-general', 'acme-readiness', 'default-deny']);
  });

  test.each<[string, string, string]>([
    ['control-plane', 'control-plane', 'tcp/2380'],
    ['control-plane', 'general', 'tcp/10250'],
    ['control-plane', 'general', 'tcp/50000'],
    ['control-plane', 'general', 'udp/4789'],
    ['general', 'control-plane', 'tcp/6443'],
    ['general', 'control-plane', 'tcp/50001'],
    ['general', 'control-plane', 'udp/4789'],
    ['general', 'general', 'udp/4789'],
    ['bootstrap', 'control-plane', 'tcp/50000'],
    ['apply-config', 'control-plane', 'tcp/50000'],
    ['readiness', 'control-plane', 'tcp/50000'],
    ['upgrade-k8s', 'control-plane', 'tcp/50000'],
    ['upgrade-k8s', 'control-plane', 'tcp/6443'],
  ])('lets %s reach %s on %s', (from, to, port) => {
    expect(isAllowed(objects, pods[from], pods[to], port)).toBe(true);
  });

  test.each(['control-plane', 'general', 'bootstrap', 'apply-config', 'readiness'])('lets %s ask the DNS', (from) => {
    expect(['udp/53', 'tcp/53'].map((port) => isAllowed(objects, pods[from], OUTSIDE, port))).toEqual([true, true]);
  });

  test.each<[string, string, string]>([
    ['general', 'control-plane', 'tcp/2379'],
    ['general', 'general', 'tcp/10250'],
    ['other', 'control-plane', 'tcp/50000'],
    ['other', 'general', 'tcp/10250'],
    ['bootstrap', 'control-plane', 'tcp/6443'],
    ['upgrade-k8s', 'control-plane', 'tcp/2379'],
    ['upgrade-k8s', 'general', 'tcp/50000'],
    ['bootstrap', 'other', 'tcp/50000'],
    ['control-plane', 'bootstrap', 'tcp/50000'],
    ['other', 'readiness', 'tcp/80'],
  ])('doesn\'t let %s reach %s on %s', (from, to, port) => {
    expect(isAllowed(objects, pods[from], pods[to], port)).toBe(false);
  });

  test('lets machines pull images, and nothing else out', () => {
    const reach = (from: string) => ['tcp/443', 'tcp/80'].map((port) => isAllowed(objects, pods[from], OUTSIDE, port));
    expect(['control-plane', 'general', 'bootstrap', 'other'].map(reach)).toEqual([[true, false], [true, false], [false, false], [false, false]]);
  });

  test('is there once for two clusters in a namespace', () => {
    const chart = newChart();
    new TalosNamespace(chart, 'namespace', { defaultDeny: true });
    new TalosCluster(chart, 'cluster', clusterProps({ defaultDeny: true }));
    expect(Testing.synth(chart).filter(({ metadata }: any) => metadata.name === 'default-deny')).toHaveLength(1);
  });

  test('makes no policy for Jobs that aren\'t there', () => {
    const controlPlane = { bootstrap: BootstrapMode.INIT, kubernetesUpgrade: KubernetesUpgrade.MANUAL };
    const cluster = SynthesizedCluster.of({ defaultDeny: true, controlPlane });
    expect(cluster.ofKind('NetworkPolicy').map(({ metadata }) => metadata.name)).toEqual(['default-deny', 'acme-control-plane']);
  });

  test('is off unless asked for', () => {
    expect(SynthesizedCluster.of({ ...EVERYTHING, defaultDeny: undefined }).ofKind('NetworkPolicy')).toEqual([]);
  });

  test('of a namespace wants policies of its machines', () => {
    const app = new App();
    const chart = new Chart(app, 'test', { namespace: 'tenant' });
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ hostingNetwork: HostingNetwork.of({}) }));
    new TalosWorkers(chart, 'workers', { name: 'general', controlPlane });
    expect(() => app.synthYaml()).not.toThrow();
    new TalosNamespace(chart, 'namespace', { defaultDeny: true });
    expect(() => app.synthYaml()).toThrow(/test\/cp\] 'networkPolicy' is missing.*\n.*test\/workers\] 'networkPolicy' is missing/);
  });
});

describe('the policy of a pool', () => {
  const POLICY = { operators: peers(OPERATOR), metricsReaders: peers(READER), egress: peers(REGISTRY) };

  test('lets those who are named reach what they need', () => {
    const { objects } = SynthesizedCluster.of({
      controlPlane: { networkPolicy: { workers: peers(METAL), overlayPort: 8472 } }, workerPools: [{ name: 'general', networkPolicy: POLICY }],
    });
    const { general } = podsOf(objects);
    const incoming = (cidr: string) => ['tcp/50000', 'tcp/10250', 'udp/8472', 'udp/4789'].filter((port) => isAllowed(objects, { cidr }, general, port));
    expect([OPERATOR, READER, METAL, REGISTRY].map(incoming)).toEqual([['tcp/50000'], ['tcp/10250'], ['udp/8472'], []]);
    const outgoing = (cidr: string) => ['tcp/5000', 'tcp/443', 'udp/8472'].filter((port) => isAllowed(objects, general, { cidr }, port));
    expect([REGISTRY, METAL, OUTSIDE.cidr!].map(outgoing)).toEqual([['tcp/5000', 'tcp/443', 'udp/8472'], ['udp/8472'], []]);
  });

  test('knows the control plane in another namespace', () => {
    const app = new App();
    const [theirs, own] = ['tenant', 'edge'].map((namespace) => new Chart(app, namespace, { namespace }));
    const controlPlane = new TalosControlPlane(theirs, 'cp', controlPlaneProps({
      networkPolicy: { workers: [NetworkPeer.podsInNamespaces({ matchLabels: { 'kubernetes.io/metadata.name': 'edge' } })] },
    }));
    new TalosWorkers(own, 'workers', { name: 'general', controlPlane, networkPolicy: {} });
    const objects = [theirs, own].flatMap((chart) => Testing.synth(chart));
    const { general, 'control-plane': members } = podsOf(objects);
    expect(['tcp/6443', 'tcp/50001', 'udp/4789'].map((port) => isAllowed(objects, general, members, port))).toEqual([true, true, true]);
    expect(['tcp/10250', 'tcp/50000', 'udp/4789'].map((port) => isAllowed(objects, members, general, port))).toEqual([true, true, true]);
    expect(isAllowed(objects, general, general, 'udp/4789')).toBe(true);
    expect(isAllowed(objects, { ...members, namespace: 'other' }, general, 'tcp/10250')).toBe(false);
  });

  test('needs that of the control plane', () => {
    expect(() => new SynthesizedWorkers({ networkPolicy: {} })).toThrow('\'networkPolicy\' needs that of the control plane, whose \'workers\'');
  });
});
