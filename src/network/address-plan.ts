import { readInstance, readNumber, readStructure, readText } from '../input';
import { shortened, TalosError } from '../problem';
import { IpFamily } from './addresses';
import { ClusterSubnets, SUBNET_SIZES } from './cluster-subnets';
import { findOverlap } from './find-overlap';
import { freeNetwork } from './free-networks';
import { HostingNetwork } from './hosting-network';
import { requireNetwork } from './network-checks';
import { familyOf, prefixLengthOf, subnet, subnetCount } from './networks';
import { chooseAnother, requireNoOverlap } from './subnet-plan';

const POD_PREFIX_LENGTHS: Readonly<Record<IpFamily, number>> = { IPv4: 18, IPv6: 56 };
const SERVICE_PREFIX_LENGTHS: Readonly<Record<IpFamily, number>> = { IPv4: 20, IPv6: 112 };

/** Why the lengths have bounds. */
const POD_REASONS: Readonly<Record<IpFamily, string>> = {
  IPv4: 'every node takes a /24 of it, and Kubernetes counts 65536 nodes at most',
  IPv6: 'every node takes a /64 of it, and Kubernetes counts 65536 nodes at most',
};
const SERVICE_REASON = 'Kubernetes takes at most 2^20 addresses for Services, and the tenth is that of DNS';

/**
 * The ranges from which the clusters of a fleet get their networks.
 */
export interface AddressPlanOptions {
  /**
   * The range from which clusters get their networks of pods. A larger range with the same first address can replace it later, no other one.
   *
   * @default '10.192.0.0/11'
   */
  readonly podRange?: string;

  /**
   * The range from which clusters get their networks of Services. A larger range with the same first address can replace it later, no other one.
   *
   * @default '10.184.0.0/13'
   */
  readonly serviceRange?: string;

  /**
   * The prefix length of each cluster's network of pods. Kubernetes gives every node a /24 of it, or a /64 of IPv6, so a /18 is for 64 nodes.
   * Another length moves the networks of all clusters.
   *
   * @default - 18, or 56 for IPv6: 64 or 256 nodes
   * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
   */
  readonly podPrefixLength?: number;

  /**
   * The prefix length of each cluster's network of Services. Another length moves the networks of all clusters.
   *
   * @default - 20, or 112 for IPv6: 4096 or 65536 addresses
   * @see https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/
   */
  readonly servicePrefixLength?: number;

  /**
   * The networks of the hosting cluster, which the ranges must not overlap.
   *
   * @default - not known, so not checked
   */
  readonly hostingNetwork?: HostingNetwork;
}

/**
 * Gives each cluster of a fleet networks of its own for pods and Services, by the number of the cluster.
 *
 * The default ranges are for 128 clusters. They overlap none of the default networks of kind, kubeadm, k3s, GKE, EKS, AKS, OpenShift, Calico, kOps,
 * Kubespray and Docker. Only Cilium's pool (`10.0.0.0/8`) and the automatic subnets of Google Cloud (`10.128.0.0/9`) are so large that they do.
 * Give the hosting cluster's networks to `hostingNetwork`, so that an overlap is refused.
 *
 * A plan has one address family. Dual stack takes two plans, one for each family. A cluster has the same number in both, and its networks are those
 * of the first plan followed by those of the second.
 *
 * @example
 * import { AddressPlan, HostingNetwork } from 'cdk8s-talos';
 *
 * // yours: see docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
 * const hostingNetwork = HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'] });
 * const plan = AddressPlan.of({ hostingNetwork });
 * const subnets = plan.allocate('acme', 0);
 * // subnets.podSubnets is ['10.192.0.0/18'] and subnets.serviceSubnets is ['10.184.0.0/20']
 * @see https://kubernetes.io/docs/concepts/services-networking/dual-stack/
 */
export class AddressPlan {
  /**
   * Makes a plan from two ranges.
   *
   * @param options the ranges, and how large each cluster's networks are
   * @throws if a range isn't a network, overlaps the other one or the hosting cluster's networks, or has no networks of that size
   */
  public static of(options: AddressPlanOptions = {}): AddressPlan {
    return new AddressPlan(readAddressPlanOptions('options', options));
  }

  /** The range from which clusters get their networks of pods. */
  public readonly podRange: string;

  /** The range from which clusters get their networks of Services. */
  public readonly serviceRange: string;

  /** The prefix length of each cluster's network of pods. */
  public readonly podPrefixLength: number;

  /** The prefix length of each cluster's network of Services. */
  public readonly servicePrefixLength: number;

  private readonly numbers = new Map<string, number>();
  private readonly names = new Map<number, string>();

  private constructor(options: AddressPlanOptions) {
    const { podRange = freeNetwork('podRange', 'IPv4')!, serviceRange = freeNetwork('serviceRange', 'IPv4')! } = options;
    requireRanges(podRange, serviceRange, options.hostingNetwork ?? HostingNetwork.of({}));
    const family = familyOf(podRange);
    const { podPrefixLength = POD_PREFIX_LENGTHS[family], servicePrefixLength = SERVICE_PREFIX_LENGTHS[family] } = options;
    requirePrefixLength('pod', podPrefixLength, podRange, SUBNET_SIZES.podSubnets[family], POD_REASONS[family]);
    requirePrefixLength('service', servicePrefixLength, serviceRange, SUBNET_SIZES.serviceSubnets[family], SERVICE_REASON);
    [this.podRange, this.podPrefixLength] = [podRange, podPrefixLength];
    [this.serviceRange, this.servicePrefixLength] = [serviceRange, servicePrefixLength];
  }

  /** The number of clusters that the plan has networks for. */
  public get capacity(): number {
    const [pods, services] = [subnetCount(this.podRange, this.podPrefixLength), subnetCount(this.serviceRange, this.servicePrefixLength)];
    const capacity = pods < services ? pods : services;
    return capacity < Number.MAX_SAFE_INTEGER ? Number(capacity) : Number.MAX_SAFE_INTEGER;
  }

  /**
   * The networks of a cluster: in each range the network with the cluster's number. They depend on no other cluster, so adding and removing clusters
   * moves nobody's networks. A cluster can't change them once its nodes and Services have addresses there.
   *
   * Keep the number beside the name of the cluster, and give it to no other cluster while this one exists. The same name and number always give the
   * same networks.
   *
   * @param clusterName the name of the cluster
   * @param number its number, a whole number from 0 that is less than `capacity`
   * @throws if the number isn't such a number, another cluster has it, or the cluster has another one
   * @see https://kubernetes.io/docs/concepts/cluster-administration/networking/
   */
  public allocate(clusterName: string, number: number): ClusterSubnets {
    this.requireNumber(readText('clusterName', clusterName), readNumber('number', number));
    this.requireUnshared(clusterName, number);
    this.numbers.set(clusterName, number);
    this.names.set(number, clusterName);
    return {
      podSubnets: [subnet(this.podRange, this.podPrefixLength, number)],
      serviceSubnets: [subnet(this.serviceRange, this.servicePrefixLength, number)],
    };
  }

  private requireNumber(clusterName: string, number: number): void {
    if (clusterName === '') {
      throw new TalosError('talos:missing-property', '\'clusterName\' is empty: give the name of the cluster');
    }
    if (!Number.isInteger(number) || number < 0) {
      throw new TalosError('talos:invalid-value', `'number' (${number}) of cluster '${shortened(clusterName)}' is not a whole number from 0: count the clusters, beginning with 0`);
    }
    if (number >= this.capacity) {
      throw new TalosError('talos:invalid-value', `'number' (${number}) of cluster '${shortened(clusterName)}' is beyond the plan, which is exhausted with ${this.capacity} clusters (0 to `
        + `${this.capacity - 1}), each with a /${this.podPrefixLength} of 'podRange' (${this.podRange}) and a /${this.servicePrefixLength} of `
        + `'serviceRange' (${this.serviceRange}): add a plan with other ranges, or, while no cluster is there, choose larger ranges or longer prefixes`);
    }
  }

  private requireUnshared(clusterName: string, number: number): void {
    const [owner, former] = [this.names.get(number) ?? clusterName, this.numbers.get(clusterName) ?? number];
    if (owner !== clusterName) {
      throw new TalosError('talos:name-taken', `'number' (${number}) of cluster '${shortened(clusterName)}' is that of cluster '${shortened(owner)}' already: give it another one, that no cluster has`);
    }
    if (former !== number) {
      throw new TalosError('talos:conflicting-properties', `'number' (${number}) of cluster '${shortened(clusterName)}' is another than before (${former}): a cluster can't change its networks, so `
        + `give it ${former} again, or the other cluster another name`);
    }
  }
}

function requireRanges(podRange: string, serviceRange: string, hostingNetwork: HostingNetwork): void {
  requireNetwork('podRange', podRange, 'podRange', hostingNetwork._cidrs);
  requireNetwork('serviceRange', serviceRange, 'serviceRange', hostingNetwork._cidrs);
  const family = familyOf(podRange);
  if (family !== familyOf(serviceRange)) {
    throw new TalosError('talos:network-overlap', `'podRange' (${podRange}) has another address family than 'serviceRange' (${serviceRange}): give both of one family, and dual stack `
      + 'a plan for each');
  }
  const anotherPodRange = chooseAnother('podRange', family, hostingNetwork, [serviceRange]);
  if (findOverlap([podRange], [serviceRange])) {
    throw new TalosError('talos:network-overlap', `'podRange' (${podRange}) overlaps 'serviceRange' (${serviceRange}): ${anotherPodRange}`);
  }
  requireNoOverlap('podRange', [podRange], hostingNetwork, () => anotherPodRange);
  requireNoOverlap('serviceRange', [serviceRange], hostingNetwork, () => chooseAnother('serviceRange', family, hostingNetwork, [podRange]));
}

function requirePrefixLength(name: 'pod' | 'service', length: number, range: string, [largest, smallest]: readonly [number, number], reason: string): void {
  const rangeLength = prefixLengthOf(range);
  if (rangeLength > smallest) {
    throw new TalosError('talos:invalid-value', `'${name}Range' (${range}) is too small for a cluster: choose one of /${smallest} or larger, as ${reason}`);
  }
  const least = Math.max(rangeLength, largest);
  if (!Number.isInteger(length) || length < least || length > smallest) {
    throw new TalosError('talos:invalid-value', `'${name}PrefixLength' (${length}) does not fit '${name}Range' (${range}): choose a whole number from ${least} to ${smallest}, `
      + `as ${reason}`);
  }
}

export const readAddressPlanOptions = readStructure<AddressPlanOptions>({}, {
  podRange: readText,
  serviceRange: readText,
  podPrefixLength: readNumber,
  servicePrefixLength: readNumber,
  hostingNetwork: readInstance(HostingNetwork),
});
