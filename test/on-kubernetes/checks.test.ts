import { Chart } from 'cdk8s';
import { synthesize } from './cases';
import { KubeClient, KubeObject } from './kube-client';
import { ofKind } from './manifests';
import { applyAll, isRefused } from './rollout';
import { newNamespace } from './run';
import { ApiExposure, ControlPlaneOptions, KubeconfigSecret, KubernetesUpgrade, LabelSelector, NetworkPeer, SelectorOperator, TalosControlPlane } from '../../src';
import { secrets } from '../support/control-planes';

/*
 * What our checks refuse, the API server refuses too, and the other way round.
 */

const client = KubeClient.fromEnvironment();
const namespace = newNamespace();
beforeAll(() => applyAll(client, synthesize(namespace, () => undefined)));
afterAll(() => client.close());

const controlPlane = (options: ControlPlaneOptions) => (chart: Chart) =>
  new TalosControlPlane(chart, 'cp', { clusterName: 'acme', secrets, kubernetesUpgrade: KubernetesUpgrade.MANUAL, ...options });
const QUALIFIED_NAMES = ['internal', 'example.com/internal', 'Internal_1', '', 'example.com/', 'Example.com/internal', 'a/b/c', 'a'.repeat(64), 'a b'];
const selectors = (key: string, operator: SelectorOperator, values?: string[]): LabelSelector => ({ matchExpressions: [{ key, operator, values }] });
const { IN, EXISTS, GREATER_THAN } = SelectorOperator;

type Row = [
  property: string, values: any[], right: any,
  build: (value: any) => (chart: Chart) => void,
  kind: string, put: (object: KubeObject, value: any) => void,
];

/** A property, values of it and a right one, what has it, and how a value gets into an object that is right otherwise. */
const PROPERTIES: Row[] = [
  ['overlayPort', [1, 65535, 0, -1, 65536, 1.5], 8472, (overlayPort) => controlPlane({ networkPolicy: { overlayPort } }), 'NetworkPolicy',
    ({ spec }, value) => {
      const ports = [...spec.ingress, ...spec.egress].flatMap((rule) => rule.ports ?? []);
      ports.filter(({ port }) => port === 8472).forEach((port) => { port.port = value; });
    }],
  ['operators', [
    {}, selectors('a', EXISTS), selectors('a', IN, ['b']), selectors('a', EXISTS, ['b']), selectors('a', IN), selectors('a', IN, ['b c']),
    selectors('a b', EXISTS), selectors('a', GREATER_THAN, ['1']), { matchLabels: { a: 'b c' } },
  ], { matchLabels: { app: 'operator' } }, (pods) => controlPlane({ networkPolicy: { operators: [NetworkPeer.pods(pods)] } }), 'NetworkPolicy',
  ({ spec }, value) => {
    const peers = spec.ingress.flatMap((rule: any) => rule.from ?? []);
    peers.find(({ podSelector }: any) => podSelector.matchLabels.app === 'operator').podSelector = value;
  }],
  ['ingressClassName', ['nginx', 'a.b', '', 'Nginx', 'a_b', 'a/b', 'a'.repeat(254)], 'nginx',
    (ingressClassName) => controlPlane({ kubernetesApi: ApiExposure.ingress({ host: 'acme.example.com', ingressClassName, annotations: {} }) }), 'Ingress',
    ({ spec }, value) => { spec.ingressClassName = value; }],
  ['loadBalancerClass', QUALIFIED_NAMES, 'internal',
    (loadBalancerClass) => controlPlane({ kubernetesApi: ApiExposure.loadBalancer({ loadBalancerClass }) }), 'Service',
    ({ spec }, value) => { spec.loadBalancerClass = value; }],
  ['clusterName', ['lab', 'Lab_1', 'lab 1', '-lab', 'a'.repeat(64)], 'lab', (clusterName) => (chart) =>
    new KubeconfigSecret(chart, 'kubeconfig', { secrets, clusterName, endpoint: 'https://lab.example.com:6443', name: 'lab' }), 'Secret',
  ({ metadata }, value) => { metadata.labels['cluster.x-k8s.io/cluster-name'] = value; }],
];

test.each(PROPERTIES)('%s', async (_, values, right, build, kind, put) => {
  const object = () => ofKind(synthesize(namespace, build(right)), kind).find(({ spec }) => kind !== 'Service' || spec.type === 'LoadBalancer')!;
  for (const value of values) {
    let message: string | undefined;
    try {
      synthesize(namespace, build(value));
    } catch (error) {
      ({ message } = error as Error);
    }
    const wrong = object();
    put(wrong, value);
    const answer = await client.apply(wrong, { dryRun: true });
    expect({ value, refused: message !== undefined, message }).toEqual({ value, refused: isRefused(answer), message });
  }
});
