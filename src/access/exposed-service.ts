import { ApiObject } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { Exposure } from './exposure';
import type { LoadBalancerOptions } from './exposure-options';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { unlessEmpty, Wire } from '../kubernetes/manifest';
import { takeName } from '../kubernetes/taken-names';
import { isAddress } from '../network/addresses';
import { TalosPort } from '../talos/ports';

/** A Service's specification; the typed schema spells the load balancer's address in another way. */
type ServiceSpec = Wire<Omit<k8s.ServiceSpec, 'loadBalancerIp'>> & { readonly loadBalancerIP?: string };

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
  const { name, labels, selector, exposure } = options;
  if (exposure.kind === 'none') {
    return [];
  }
  takeName(scope, 'Service', name);
  const annotations = exposure.kind === 'ingress' || exposure.kind === 'gateway' ? undefined : exposure.annotations;
  const service = new KubernetesObject(scope, id, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels, annotations: unlessEmpty(annotations) },
    spec: { selector, ports: servicePorts(options), ...exposedSpec(exposure) },
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

function servicePorts({ ports, exposure }: ExposedServiceOptions): Wire<k8s.ServicePort>[] {
  return ports.map(({ name, port }, index) => ({
    name,
    port,
    targetPort: name,
    protocol: 'TCP',
    nodePort: exposure.kind === 'nodePort' && index === 0 ? exposure.port : undefined,
  }));
}

function exposedSpec(exposure: Exposure): ServiceSpec {
  switch (exposure.kind) {
    case 'nodePort':
      return { type: 'NodePort', externalTrafficPolicy: exposure.externalTrafficPolicy };
    case 'loadBalancer':
      return {
        type: 'LoadBalancer',
        loadBalancerClass: exposure.loadBalancerClass,
        loadBalancerIP: requestedAddress(exposure),
        loadBalancerSourceRanges: unlessEmpty(exposure.sourceRanges),
        externalTrafficPolicy: exposure.externalTrafficPolicy,
      };
    default:
      return { type: 'ClusterIP' };
  }
}

/** Load balancers that are told twice which address to take refuse both. */
function requestedAddress({ host, annotations = {} }: LoadBalancerOptions): string | undefined {
  const annotated = host !== undefined && Object.values(annotations).some((value) => value.includes(host));
  return host !== undefined && isAddress(host) && !annotated ? host : undefined;
}
