/**
 * The networks of a cluster's pods and Services: one of each, or one of IPv4 and one of IPv6.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/networking/
 */
export interface ClusterSubnets {
  /** The network of its pods. */
  readonly podSubnets: string[];

  /** The network of its Services. */
  readonly serviceSubnets: string[];
}
