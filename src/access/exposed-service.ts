import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Exposure } from './exposure';
import type { LoadBalancerOptions } from './exposure-options';
import { Protocol } from '../kubernetes/container';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { unlessEmpty } from '../kubernetes/manifest';
import { ServicePort, ServiceSpec } from '../kubernetes/object-specs';
import { takeName } from '../kubernetes/taken-names';
import { isHostAddress } from '../network/host';
import { TalosPort } from '../talos/ports';

/** What a Service for an API of a control plane is made of. */
export interface ExposedServiceOptions {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  readonly selector: { readonly [key: string]: string };
  readonly ports: TalosPort[];
  readonly exposure: Exposure;
}

/** The Service for an API, and the Ingress or route that leads to it. */
export function createExposedService(scope: Construct, id: string, options: ExposedServiceOptions): ApiObject[] {
  const { name, labels, exposure } = options;
  if (exposure.kind === 'none') {
    return [];
  }
  takeName(scope, 'Service', name);
  const annotations = exposure.kind === 'ingress' || exposure.kind === 'gateway' ? undefined : exposure.annotations;
  const service = new KubernetesObject(scope, id, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels, annotations: unlessEmpty(annotations) },
    spec: serviceSpec(options),
  });
  const [{ port }] = options.ports;
  switch (exposure.kind) {
    case 'ingress':
      return [service, new KubernetesObject(scope, `${id}Ingress`, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name, labels, annotations: unlessEmpty(exposure.annotations ?? NGINX_PASSTHROUGH) },
        spec: {
          ingressClassName: exposure.ingressClassName,
          rules: [{ host: exposure.host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: port } } } }] } }],
        },
      })];
    case 'gateway':
      return [service, new KubernetesObject(scope, `${id}Route`, {
        apiVersion: 'gateway.networking.k8s.io/v1alpha2',
        kind: 'TLSRoute',
        metadata: { name, labels },
        spec: {
          parentRefs: [{ name: exposure.gatewayName, namespace: exposure.gatewayNamespace, sectionName: exposure.sectionName }],
          hostnames: [exposure.host],
          rules: [{ backendRefs: [{ name, port }] }],
        },
      })];
    default:
      return [service];
  }
}

const NGINX_PASSTHROUGH = {
  'nginx.ingress.kubernetes.io/ssl-passthrough': 'true',
  'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
};

function servicePorts({ ports, exposure }: ExposedServiceOptions): ServicePort[] {
  return ports.map(({ name, port }, index) => ({
    name,
    port,
    targetPort: name,
    protocol: Protocol.TCP,
    nodePort: exposure.kind === 'nodePort' && index === 0 ? exposure.port : undefined,
  }));
}

function serviceSpec(options: ExposedServiceOptions): ServiceSpec {
  const { selector, exposure } = options;
  const common = { selector, ports: servicePorts(options) };
  switch (exposure.kind) {
    case 'nodePort':
      return { ...common, type: 'NodePort', externalTrafficPolicy: exposure.externalTrafficPolicy };
    case 'loadBalancer':
      return {
        ...common,
        type: 'LoadBalancer',
        loadBalancerClass: exposure.loadBalancerClass,
        loadBalancerIP: requestedAddress(exposure),
        loadBalancerSourceRanges: unlessEmpty(exposure.sourceRanges),
        externalTrafficPolicy: exposure.externalTrafficPolicy,
      };
    default:
      return { ...common, type: 'ClusterIP' };
  }
}

/** Load balancers that are told twice which address to take refuse both. */
function requestedAddress({ host, annotations = {} }: LoadBalancerOptions): string | undefined {
  const annotated = host !== undefined && Object.values(annotations).some((value) => value.includes(host));
  return host !== undefined && isHostAddress(host) && !annotated ? host : undefined;
}
