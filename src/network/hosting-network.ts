import { networkOf, overlap, requireCidr } from './cidr';
import { isHostAddress } from './host';
import { requireDnsSubdomain } from '../kubernetes/syntax';

/**
 * The networks of the hosting cluster.
 */
export interface HostingNetworkOptions {
  /**
   * The networks of its pods, for example `['10.244.0.0/16']`.
   *
   * @default - not known, so not checked
   */
  readonly podCidrs?: string[];

  /**
   * The networks of its Services, for example `['10.96.0.0/16']`; of two address families the first is the one that Services have by default.
   *
   * @default - not known, so not checked
   */
  readonly serviceCidrs?: string[];

  /**
   * The networks of its nodes.
   *
   * @default - not known, so not checked
   */
  readonly nodeCidrs?: string[];

  /**
   * The addresses of its DNS servers, where they lie in none of the other networks.
   *
   * @default - in the network of its Services
   */
  readonly dnsAddresses?: string[];

  /**
   * The domain of its Services.
   *
   * @default 'cluster.local'
   */
  readonly dnsDomain?: string;
}

/**
 * What must be known of the hosting cluster's networks, so that those of the inner cluster can be checked against them: etcd waits for ever,
 * without an error, for an address that the inner cluster takes for one of its own pods or Services.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/networking/
 */
export class HostingNetwork {
  /**
   * The hosting cluster's networks.
   *
   * @param options the networks
   * @throws if one isn't a network, or the networks of pods and Services overlap
   */
  public static of(options: HostingNetworkOptions): HostingNetwork {
    return new HostingNetwork(options);
  }

  /** The networks of its pods. */
  public readonly podCidrs: string[];

  /** The networks of its Services. */
  public readonly serviceCidrs: string[];

  /** The networks of its nodes. */
  public readonly nodeCidrs: string[];

  /** The addresses of its DNS servers. */
  public readonly dnsAddresses: string[];

  /** The domain of its Services. */
  public readonly dnsDomain: string;

  private constructor(options: HostingNetworkOptions) {
    const { podCidrs = [], serviceCidrs = [], nodeCidrs = [], dnsAddresses = [], dnsDomain = 'cluster.local' } = options;
    podCidrs.forEach((cidr) => requireCidr('podCidrs', cidr));
    serviceCidrs.forEach((cidr) => requireCidr('serviceCidrs', cidr));
    nodeCidrs.forEach((cidr) => requireCidr('nodeCidrs', cidr));
    dnsAddresses.forEach(requireAddress);
    const common = overlap(podCidrs, serviceCidrs);
    if (common) {
      throw new Error(`'podCidrs' (${common[0]}) overlaps 'serviceCidrs' (${common[1]}), which no cluster has: give its own networks`);
    }
    requireDnsSubdomain('dnsDomain', dnsDomain);
    [this.podCidrs, this.serviceCidrs, this.nodeCidrs, this.dnsAddresses] = [[...podCidrs], [...serviceCidrs], [...nodeCidrs], [...dnsAddresses]];
    this.dnsDomain = dnsDomain;
  }

  /** Which networks aren't known, and so aren't checked. */
  public get unknown(): string[] {
    return [...this.podCidrs.length ? [] : ['podCidrs'], ...this.serviceCidrs.length ? [] : ['serviceCidrs'], ...this.nodeCidrs.length ? [] : ['nodeCidrs']];
  }

  /**
   * The networks with what they are called.
   *
   * @internal
   */
  public get _networks(): { readonly name: string; readonly cidrs: string[] }[] {
    return [
      { name: 'pod network', cidrs: this.podCidrs },
      { name: 'Service network', cidrs: this.serviceCidrs },
      { name: 'node network', cidrs: this.nodeCidrs },
      { name: 'DNS server', cidrs: this.dnsAddresses.map(networkOf) },
    ];
  }
}

function requireAddress(address: string): void {
  if (!isHostAddress(address)) {
    throw new Error(`'dnsAddresses' (${address}) is not an address: write one, for example 10.96.0.10`);
  }
}
