import type { ClusterIpOptions, GatewayOptions, IngressOptions, LoadBalancerOptions, NodePortOptions } from './api-exposure';

/** What an exposure is; exactly one kind. */
export type Exposure =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'clusterIp' } & ClusterIpOptions)
  | ({ readonly kind: 'nodePort' } & NodePortOptions)
  | ({ readonly kind: 'loadBalancer' } & LoadBalancerOptions)
  | ({ readonly kind: 'ingress' } & IngressOptions)
  | ({ readonly kind: 'gateway' } & GatewayOptions);
