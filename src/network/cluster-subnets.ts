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

export type Property = 'podSubnets' | 'serviceSubnets';

export type Family = 'ipv4' | 'ipv6';

/** The sizes that work, as prefix lengths from the largest range to the smallest. */
export const SUBNET_SIZES: Readonly<Record<Property, Readonly<Record<Family, readonly [largest: number, smallest: number]>>>> = {
  // every node takes a /24 or a /64 of it, and the controller manager counts up to 2^16 nodes
  podSubnets: { ipv4: [8, 24], ipv6: [48, 64] },
  // the API server takes at most 2^20 addresses, and the DNS service is the tenth
  serviceSubnets: { ipv4: [12, 28], ipv6: [108, 124] },
};
