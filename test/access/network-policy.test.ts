import {
  ApiExposure, BootstrapMode, ControlPlaneNetworkPolicy, MachineConfigPatch, NetworkPeer, SelectorOperator, TalosControlPlaneProps,
  TalosMachineConfig,
} from '../../src';
import { newChart, RELEASES, SynthesizedControlPlane } from '../support/control-planes';

interface Peer { readonly ipBlock?: { readonly cidr: string }; readonly podSelector?: any; readonly namespaceSelector?: any }

const MEMBERS = 'members';
const CLUSTER = 'cluster';
const ANYONE = 'anyone';

function describePeer({ ipBlock, podSelector, namespaceSelector }: Peer): string {
  if (ipBlock) {
    return ipBlock.cidr;
  }
  const { 'app.kubernetes.io/instance': instance, 'app.kubernetes.io/part-of': cluster } = podSelector?.matchLabels ?? {};
  return instance ? MEMBERS : cluster ? CLUSTER : JSON.stringify({ podSelector, namespaceSelector });
}

/** Who may reach a port, as `tcp/6443`, and which ports of whom may be reached. */
function rules(
  policy: ControlPlaneNetworkPolicy, props: Partial<TalosControlPlaneProps> = {},
): { readonly incoming: Map<string, string[]>; readonly outgoing: Map<string, string[]> } {
  const { spec } = new SynthesizedControlPlane({ ...props, networkPolicy: policy }).find('NetworkPolicy', 'acme-control-plane');
  const table = (list: any[], peersOf: (rule: any) => Peer[] | undefined) => {
    const result = new Map<string, string[]>();
    for (const rule of list) {
      const peers = peersOf(rule)?.map(describePeer) ?? [ANYONE];
      for (const port of rule.ports?.map(({ protocol, port: number }: any) => `${protocol.toLowerCase()}/${number}`) ?? ['any']) {
        result.set(port, [...result.get(port) ?? [], ...peers]);
      }
    }
    return result;
  };
  return { incoming: table(spec.ingress, ({ from }) => from), outgoing: table(spec.egress, ({ to }) => to) };
}

test('there is none unless asked for', () => {
  expect(new SynthesizedControlPlane().names('NetworkPolicy')).toEqual([]);
});

test('it is about the members', () => {
  const { spec } = new SynthesizedControlPlane({ networkPolicy: {} }).find('NetworkPolicy', 'acme-control-plane');
  expect(spec.podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'talos', 'app.kubernetes.io/instance': 'acme-control-plane' } });
  expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
});

test('by default only the Kubernetes API is open', () => {
  const { incoming, outgoing } = rules({});
  expect(Object.fromEntries(incoming)).toEqual({
    'tcp/2379': [MEMBERS],
    'tcp/2380': [MEMBERS],
    'tcp/10250': [MEMBERS],
    'tcp/50000': [CLUSTER],
    'tcp/50001': [CLUSTER],
    'tcp/6443': [CLUSTER, ANYONE],
    'udp/4789': [CLUSTER],
  });
  expect(Object.fromEntries(outgoing)).toEqual({
    'tcp/2379': [MEMBERS],
    'tcp/2380': [MEMBERS],
    'tcp/50000': [CLUSTER],
    'tcp/50001': [CLUSTER],
    'tcp/6443': [CLUSTER],
    'tcp/10250': [CLUSTER],
    'udp/4789': [CLUSTER],
    'udp/53': [ANYONE],
    'tcp/53': [ANYONE],
    'tcp/443': [ANYONE],
  });
});

test('those who are named reach what they need', () => {
  const [clients, operators, workers, readers, registry] = ['198.51.100.0/24', '192.0.2.0/28', '10.20.0.0/16', '10.30.0.0/16', '10.40.0.0/16'];
  const peers = (cidr: string) => [NetworkPeer.cidr(cidr)];
  const { incoming, outgoing } = rules({
    kubernetesApiClients: peers(clients),
    operators: peers(operators),
    workers: peers(workers),
    metricsReaders: peers(readers),
    egress: peers(registry),
    overlayPort: 8472,
  });
  expect(incoming.get('tcp/6443')).toEqual([CLUSTER, workers, clients]);
  expect(incoming.get('tcp/50000')).toEqual([CLUSTER, operators]);
  expect(incoming.get('tcp/50001')).toEqual([CLUSTER, workers]);
  expect(incoming.get('tcp/10250')).toEqual([MEMBERS, readers]);
  expect(incoming.get('udp/8472')).toEqual([CLUSTER, workers]);
  expect(outgoing.get('tcp/10250')).toEqual([CLUSTER, workers]);
  expect(outgoing.get('tcp/50000')).toEqual([CLUSTER, workers]);
  expect(outgoing.get('any')).toEqual([registry]);
  expect(outgoing.has('tcp/443')).toBe(false);
  expect(incoming.has('udp/4789')).toBe(false);
});

describe('readers of metrics', () => {
  const readers = '10.30.0.0/16';
  const portsOf = (props: Partial<TalosControlPlaneProps>) => {
    const { incoming } = rules({ kubernetesApiClients: [], metricsReaders: [NetworkPeer.cidr(readers)] }, props);
    return [...incoming].filter(([, peers]) => peers.includes(readers)).map(([port]) => port);
  };
  const METRICS = ['tcp/2381', 'tcp/10257', 'tcp/10259'];

  test.each(RELEASES)('reach those that the machine config of %s opens', (talosVersion) => {
    expect(portsOf({ talosVersion })).toEqual(['tcp/10250']);
    expect(portsOf({ talosVersion, metrics: true }).sort()).toEqual(['tcp/10250', ...METRICS, 'tcp/6443'].sort());
  });

  test.each<[string, object, string[]]>([
    ['etcd alone', { etcd: { extraArgs: { 'listen-metrics-urls': 'http://127.0.0.1:2381,http://[::]:2381' } } }, ['tcp/2381', 'tcp/6443']],
    ['the port of the API server too, where that is another', { controlPlane: { localAPIServerPort: 7443 }, scheduler: { extraArgs: { 'bind-address': '::' } } },
      ['tcp/10259', 'tcp/7443']],
    ['not what is the machine\'s own', {
      etcd: { extraArgs: { 'listen-metrics-urls': 'http://localhost:2381' } }, scheduler: { extraArgs: { 'bind-address': '::1' } },
    }, []],
    ['not etcd at another port, or with TLS', { etcd: { extraArgs: { 'listen-metrics-urls': 'http://0.0.0.0:2999,https://0.0.0.0:2381' } } }, []],
  ])('reach what a patch opens: %s', (_, cluster, ports) => {
    expect(portsOf({ patches: [MachineConfigPatch.fromDocuments({ cluster })] }).sort()).toEqual(['tcp/10250', ...ports].sort());
  });

  test('reach all that a machine config may open which is made elsewhere', () => {
    const chart = newChart();
    const machineConfig = TalosMachineConfig.fromSecretName(chart, 'sealed', 'sealed');
    const policy = { metricsReaders: [NetworkPeer.cidr(readers)] };
    const { spec } = new SynthesizedControlPlane({ machineConfig, bootstrap: BootstrapMode.MANUAL, networkPolicy: policy }, chart).find('NetworkPolicy', 'acme-control-plane');
    expect(spec.ingress).toContainEqual({
      ports: [10250, 2381, 10257, 10259, 6443].map((port) => ({ protocol: 'TCP', port })), from: [{ ipBlock: { cidr: readers } }],
    });
  });
});

test.each<[string, Partial<TalosControlPlaneProps>, boolean]>([
  ['open metrics without a policy', { metrics: true }, true],
  ['open metrics with one', { metrics: true, networkPolicy: {} }, false],
  ['no policy without open metrics', {}, false],
])('%s: warned of or not', (_, props, isWarned) => {
  const { construct } = new SynthesizedControlPlane(props);
  const warnings = construct.node.metadata.map(({ data }) => String(data)).filter((text) => text.endsWith('[talos:open-metrics]'));
  expect(warnings).toEqual(isWarned ? [expect.stringContaining('(2381, 10257, 10259)')] : []);
});

test('nobody is nobody, and not everyone', () => {
  const { incoming, outgoing } = rules({ kubernetesApiClients: [], egress: [] });
  expect(incoming.get('tcp/6443')).toEqual([CLUSTER]);
  expect(outgoing.has('any')).toBe(false);
  expect(outgoing.has('tcp/443')).toBe(false);
});

test('anywhere beside others is anywhere', () => {
  expect(rules({ operators: [NetworkPeer.cidr('192.0.2.0/28'), NetworkPeer.anywhere()] }).incoming.get('tcp/50000')).toEqual([CLUSTER, ANYONE]);
});

test.each<[string, NetworkPeer, Peer]>([
  ['a network', NetworkPeer.cidr('2001:db8::/32'), { ipBlock: { cidr: '2001:db8::/32' } }],
  ['pods', NetworkPeer.pods({ matchLabels: { app: 'proxy' } }), { podSelector: { matchLabels: { app: 'proxy' } } }],
  ['a namespace', NetworkPeer.podsInNamespaces({ matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } }),
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }],
  ['pods of namespaces', NetworkPeer.podsInNamespaces({}, { matchExpressions: [{ key: 'app', operator: SelectorOperator.EXISTS }] }),
    { namespaceSelector: {}, podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }],
])('a peer can be %s', (_, peer, expected) => {
  const { spec } = new SynthesizedControlPlane({ networkPolicy: { operators: [peer] } }).find('NetworkPolicy', 'acme-control-plane');
  expect(spec.ingress).toContainEqual({ ports: [{ protocol: 'TCP', port: 50000 }], from: [expected] });
});

test('the Jobs and the workers of the cluster are among its pods', () => {
  const { job } = { job: new SynthesizedControlPlane({ networkPolicy: {} }).job('acme-bootstrap') };
  expect(job.spec.template.metadata.labels['app.kubernetes.io/part-of']).toBe('acme');
});

test('an exposed Talos API has its operators', () => {
  const talosApi = ApiExposure.loadBalancer({ host: '203.0.113.11' });
  expect(() => new SynthesizedControlPlane({ talosApi, networkPolicy: { operators: [NetworkPeer.cidr('192.0.2.0/28')] } })).not.toThrow();
});

test.each([0, 65536, 1.5])('an overlay port %s is refused', (overlayPort) => {
  expect(() => rules({ overlayPort })).toThrow(`'networkPolicy.overlayPort' (${overlayPort}) is not a port: give a number from 1 to 65535`);
});

test.each<[() => NetworkPeer, string]>([
  [() => NetworkPeer.cidr('192.0.2.1'), '\'cidr\' (192.0.2.1) is not a network'],
  [() => NetworkPeer.pods({ matchLabels: { 'a b': 'c' } }), '\'pods.matchLabels\' has the key \'a b\''],
  [() => NetworkPeer.podsInNamespaces({ matchLabels: { a: 'b c' } }), '\'namespaces.matchLabels\' has the value \'b c\' for a'],
  [() => NetworkPeer.podsInNamespaces({}, { matchExpressions: [{ key: 'a', operator: SelectorOperator.IN }] }),
    '\'pods.matchExpressions\' compares a by In with 0 values (): give one or more'],
  [() => NetworkPeer.pods({ matchExpressions: [{ key: 'a', operator: SelectorOperator.GREATER_THAN, values: ['1'] }] }),
    '\'pods.matchExpressions\' compares a by Gt, which only node selectors can'],
])('a peer that is none is refused', (peer, message) => {
  expect(peer).toThrow(message);
});
