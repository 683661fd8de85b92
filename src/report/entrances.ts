import { ClusterObjects } from './cluster-objects';
import { fieldsOf, objectsOf, textFieldsOf, textOf, textsOf } from '../update/manifests/fields';
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
  const { metadata: { namespace } } = object;
  const { type, selector, ports } = fieldsOf(object.spec);
  const labels = Object.entries(textFieldsOf(selector));
  const isSelected = ({ workload, podLabels }: Machines) => workload.metadata.namespace === namespace
    && labels.every(([label, value]) => podLabels[label] === value || isOnePod(label, value, workload));
  return {
    object,
    isOfOneMachine: labels.some(([label]) => label === POD_NAME),
    leadsOutside: ['LoadBalancer', 'NodePort'].includes(type),
    address: serviceAddress(object),
    ports: objectsOf(ports).map(({ name, port, nodePort }) => portText(type === 'NodePort' ? nodePort ?? 'any' : port, name)),
    machines: labels.length === 0 ? [] : cluster.machines.filter(isSelected),
  };
}

function serviceAddress({ metadata: { name, namespace }, spec, status }: Manifest): string {
  const { type, loadBalancerIP } = fieldsOf(spec);
  switch (type) {
    case 'NodePort': return 'each hosting node';
    case 'LoadBalancer': {
      const given = objectsOf(fieldsOf(fieldsOf(status).loadBalancer).ingress).flatMap(({ ip, hostname }) => textOf(ip ?? hostname) ?? []);
      return given.length > 0 ? given.join(', ') : textOf(loadBalancerIP) ?? 'what the load balancer gives it';
    }
    default: return namespace === undefined ? name : `${name}.${namespace}.svc`;
  }
}

/** A port and its name. */
export function portText(port: unknown, name: unknown): string {
  return `${textOf(port) ?? '?'} ${textOf(name) ?? ''}`.trim();
}

function isOnePod(label: string, value: string, { metadata: { name } }: Manifest): boolean {
  return label === POD_NAME && value.startsWith(`${name}-`) && /^\d+$/.test(value.slice(name.length + 1));
}

function routeEntrance(object: Manifest, services: readonly Entrance[]): Entrance {
  const { kind, metadata } = object;
  const spec = fieldsOf(object.spec);
  const rules = objectsOf(spec.rules);
  const hosts = kind === 'Ingress' ? rules.flatMap(({ host }) => textOf(host) ?? []) : textsOf(spec.hostnames);
  const names: unknown[] = kind === 'Ingress'
    ? rules.flatMap(({ http }) => objectsOf(fieldsOf(http).paths)).map(({ backend }) => fieldsOf(fieldsOf(backend).service).name)
    : rules.flatMap(({ backendRefs }) => objectsOf(backendRefs)).map(({ name }) => name);
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
