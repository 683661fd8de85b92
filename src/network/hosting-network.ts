import { readList, readStructure, readText } from '../input';
import { TalosError } from '../problem';
import { requireAddress } from './addresses';
import { findOverlap } from './find-overlap';
import { requireNetwork } from './network-checks';
import { networkOfAddress } from './networks';
import { requireDnsSubdomain } from '../kubernetes/syntax';

/**
 * The networks of the hosting cluster.
 */
export interface HostingNetworkOptions {
  /**
   * The networks of its pods. On many clusters, `kubectl get nodes --output jsonpath='{.items[*].spec.podCIDRs}'` prints the part of each node: give
   * the network that has all of them.
   *
   * @default - not known, so not checked
   * @see https://github.com/cdk8s-talos/cdk8s-talos/blob/main/docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
   */
  readonly podCidrs?: string[];

  /**
   * The networks of its Services, which `kubectl get servicecidrs` prints (Kubernetes 1.33 or newer). With two address families, the first is the one
   * that Services have by default.
   *
   * @default - not known, so not checked
   * @see https://github.com/cdk8s-talos/cdk8s-talos/blob/main/docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
   */
  readonly serviceCidrs?: string[];

  /**
   * The networks of its nodes, whose addresses `kubectl get nodes --output wide` prints.
   *
   * @default - not known, so not checked
   * @see https://github.com/cdk8s-talos/cdk8s-talos/blob/main/docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
   */
  readonly nodeCidrs?: string[];

  /**
   * The IP addresses of its DNS servers, where they lie in none of the other networks.
   *
   * @default - in the network of its Services
   */
  readonly dnsAddresses?: string[];

  /**
   * The DNS domain of its Services.
   *
   * @default 'cluster.local'
   */
  readonly dnsDomain?: string;
}

/** The command that prints each network of a usual hosting cluster. */
export const NETWORK_COMMANDS: { readonly [property: string]: string } = {
  podCidrs: 'kubectl get nodes --output jsonpath=\'{.items[*].spec.podCIDRs}\'',
  serviceCidrs: 'kubectl get servicecidrs',
  nodeCidrs: 'kubectl get nodes --output wide',
};

/**
 * The networks of the hosting cluster, which those of an inner cluster must not overlap: Talos ignores the addresses of its machine that lie in the
 * inner cluster's networks of pods and Services. A machine that has no other address waits without an error, and etcd doesn't start.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { HostingNetwork, TalosCluster, TalosSecrets } from 'cdk8s-talos';
 *
 * // yours: see docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
 * const hostingNetwork = HostingNetwork.of({
 *   podCidrs: ['10.244.0.0/16'],
 *   serviceCidrs: ['10.96.0.0/16'],
 *   nodeCidrs: ['192.168.0.0/24'],
 * });
 * new TalosCluster(new Chart(new App(), 'acme'), 'cluster', {
 *   clusterName: 'acme',
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   controlPlane: { hostingNetwork },
 * });
 * @see https://kubernetes.io/docs/concepts/cluster-administration/networking/
 */
export class HostingNetwork {
  /**
   * Describes the networks of the hosting cluster.
   *
   * @param options the networks
   * @throws if a network or address isn't one, or the networks of pods and Services overlap
   */
  public static of(options: HostingNetworkOptions): HostingNetwork {
    return new HostingNetwork(readHostingNetworkOptions('options', options));
  }

  /** The networks of its pods. */
  public readonly podCidrs: string[];

  /** The networks of its Services. */
  public readonly serviceCidrs: string[];

  /** The networks of its nodes. */
  public readonly nodeCidrs: string[];

  /** The IP addresses of its DNS servers. */
  public readonly dnsAddresses: string[];

  /** The DNS domain of its Services. */
  public readonly dnsDomain: string;

  private constructor(options: HostingNetworkOptions) {
    const { podCidrs = [], serviceCidrs = [], nodeCidrs = [], dnsAddresses = [], dnsDomain = 'cluster.local' } = options;
    for (const [property, cidrs] of Object.entries({ podCidrs, serviceCidrs, nodeCidrs })) {
      cidrs.forEach((cidr) => requireNetwork(property, cidr));
    }
    dnsAddresses.forEach((address) => requireAddress('dnsAddresses', address, '10.96.0.10'));
    const common = findOverlap(podCidrs, serviceCidrs);
    if (common) {
      throw new TalosError('talos:network-overlap', `'podCidrs' (${common[0]}) overlaps 'serviceCidrs' (${common[1]}), which no cluster has: give its own networks`);
    }
    requireDnsSubdomain('dnsDomain', dnsDomain);
    [this.podCidrs, this.serviceCidrs, this.nodeCidrs, this.dnsAddresses] = [podCidrs, serviceCidrs, nodeCidrs, dnsAddresses];
    this.dnsDomain = dnsDomain;
  }

  /** The names of the properties whose networks aren't known, so that no check covers them. */
  public get unknown(): string[] {
    return [...this.podCidrs.length ? [] : ['podCidrs'], ...this.serviceCidrs.length ? [] : ['serviceCidrs'], ...this.nodeCidrs.length ? [] : ['nodeCidrs']];
  }

  /**
   * The commands that print the networks that aren't known.
   *
   * @internal
   */
  public get _commands(): string[] {
    return this.unknown.map((property) => NETWORK_COMMANDS[property]);
  }

  /**
   * The networks by what errors call them.
   *
   * @internal
   */
  public get _networks(): { readonly name: string; readonly cidrs: string[] }[] {
    return [
      { name: 'pod network', cidrs: this.podCidrs },
      { name: 'Service network', cidrs: this.serviceCidrs },
      { name: 'node network', cidrs: this.nodeCidrs },
      { name: 'DNS server', cidrs: this.dnsAddresses.map(networkOfAddress) },
    ];
  }

  /**
   * All networks of the hosting cluster.
   *
   * @internal
   */
  public get _cidrs(): string[] {
    return this._networks.flatMap(({ cidrs }) => cidrs);
  }
}

export const readHostingNetworkOptions = readStructure<HostingNetworkOptions>({}, {
  podCidrs: readList(readText),
  serviceCidrs: readList(readText),
  nodeCidrs: readList(readText),
  dnsAddresses: readList(readText),
  dnsDomain: readText,
});
