import { ClusterObjects } from './cluster-objects';
import { Machines } from '../update/manifests/machines';
import { Manifest } from '../update/manifests/manifest';

/** A Service, or what routes to one. */
export interface Entrance {
  readonly object: Manifest;
  readonly leadsOutside: boolean;
  /** Whether it leads to one machine of several. */
  readonly isOfOneMachine: boolean;
  /** Where clients find it. */
  readonly address: string;
  readonly ports: readonly string[];
  /** The machines that it leads to. */
  readonly machines: readonly Machines[];
}

/** The label that the controller of StatefulSets gives to each pod. */
const POD_NAME = 'statefulset.kubernetes.io/pod-name';

const ROUTES = ['Ingress', 'TLSRoute'];

/** The ways to the machines of a cluster: Services, Ingresses and routes of a Gateway. */
export function entrancesOf(cluster: ClusterObjects): Entrance[] {
  const services = cluster.ofKind('Service').map((service) => serviceEntrance(service, cluster));
  return [...services, ...cluster.ofKind(...ROUTES).map((route) => routeEntrance(route, services))];
}

function serviceEntrance(object: Manifest, cluster: ClusterObjects): Entrance {
  const { metadata: { name, namespace }, spec } = object;
  const isSelected = ({ workload, podLabels }: Machines) => workload.metadata.namespace === namespace
    && Object.entries(spec.selector ?? {}).every(([label, value]) => podLabels[label] === value || isOnePod(label, String(value), workload));
  return {
    object,
    isOfOneMachine: spec.selector?.[POD_NAME] !== undefined,
    leadsOutside: ['LoadBalancer', 'NodePort'].includes(spec.type),
    address: spec.loadBalancerIP ?? (spec.type === 'NodePort' ? 'each hosting node' : namespace === undefined ? name : `${name}.${namespace}.svc`),
    ports: (spec.ports ?? []).map(({ name: portName, port, nodePort }: any) => portText(nodePort ?? port, portName)),
    machines: spec.selector === undefined ? [] : cluster.machines.filter(isSelected),
  };
}

/** A port and its name. */
export function portText(port: number, name: string = ''): string {
  return `${port} ${name}`.trim();
}

function isOnePod(label: string, value: string, { metadata: { name } }: Manifest): boolean {
  return label === POD_NAME && value.startsWith(`${name}-`) && /^\d+$/.test(value.slice(name.length + 1));
}

function routeEntrance(object: Manifest, services: readonly Entrance[]): Entrance {
  const { kind, spec, metadata } = object;
  const hosts: string[] = kind === 'Ingress' ? (spec.rules ?? []).flatMap(({ host }: any) => host ?? []) : spec.hostnames ?? [];
  const names: string[] = kind === 'Ingress'
    ? (spec.rules ?? []).flatMap(({ http }: any) => http?.paths ?? []).flatMap(({ backend }: any) => backend?.service?.name ?? [])
    : (spec.rules ?? []).flatMap(({ backendRefs }: any) => backendRefs ?? []).map(({ name }: any) => name);
  const backends = services.filter(({ object: { metadata: service } }) => names.includes(service.name) && service.namespace === metadata.namespace);
  return {
    object,
    leadsOutside: true,
    isOfOneMachine: false,
    address: hosts.join(', '),
    ports: ['443'],
    machines: [...new Set(backends.flatMap(({ machines }) => machines))],
  };
}
