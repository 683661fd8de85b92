import { ClusterIpOptions, GatewayOptions, IngressOptions, LoadBalancerOptions, NodePortOptions } from './exposure-options';

/** What an exposure is; exactly one kind. */
export type Exposure =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'clusterIp' } & ClusterIpOptions)
  | ({ readonly kind: 'nodePort' } & NodePortOptions)
  | ({ readonly kind: 'loadBalancer' } & LoadBalancerOptions)
  | ({ readonly kind: 'ingress' } & IngressOptions)
  | ({ readonly kind: 'gateway' } & GatewayOptions);

export const EXPOSURES: { readonly [kind in Exposure['kind']]: string } = {
  none: 'only inside the hosting cluster',
  clusterIp: 'only inside the hosting cluster',
  nodePort: 'by a port of the hosting nodes',
  loadBalancer: 'through a load balancer',
  ingress: 'through an Ingress',
  gateway: 'through a Gateway',
};
