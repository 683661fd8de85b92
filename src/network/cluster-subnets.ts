import { IpFamily } from './addresses';

/**
 * The networks of a cluster's pods and Services: one of each, or one of IPv4 and one of IPv6.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/networking/
 */
export interface ClusterSubnets {
  /** The networks of its pods. */
  readonly podSubnets: string[];

  /** The networks of its Services. */
  readonly serviceSubnets: string[];
}

/** One of the two kinds of networks. */
export type SubnetProperty = keyof ClusterSubnets;

/** The prefix lengths that work, from that of the largest network to that of the smallest. */
export const SUBNET_SIZES: Readonly<Record<SubnetProperty, Readonly<Record<IpFamily, readonly [largest: number, smallest: number]>>>> = {
  // every node takes a /24 or a /64 of it, and the controller manager counts up to 2^16 nodes
  podSubnets: { IPv4: [8, 24], IPv6: [48, 64] },
  // the API server takes at most 2^20 addresses, and the DNS service is the tenth
  serviceSubnets: { IPv4: [12, 28], IPv6: [108, 124] },
};
