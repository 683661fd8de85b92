import { isIpv6, overlap, prefixLengthOf, requireCidr, subnet, subnetCount } from './cidr';
import { ClusterSubnets, SUBNET_SIZES } from './cluster-subnets';
import { HostingNetwork } from './hosting-network';
import { chooseAnother, requireApart } from './subnet-plan';

/** Ranges that no common hosting cluster uses, the default first. */
const POD_RANGES = ['10.192.0.0/11', '10.64.0.0/11', 'fd00:192::/40', 'fd00:193::/40'];
const SERVICE_RANGES = ['10.184.0.0/13', '10.232.0.0/13', 'fd00:232::/96', 'fd00:233::/96'];

const POD_PREFIX_LENGTHS = { ipv4: 18, ipv6: 56 };
const SERVICE_PREFIX_LENGTHS = { ipv4: 20, ipv6: 112 };

/** Why the lengths have bounds. */
const POD_REASONS = {
  ipv4: 'every node takes a /24 of it, and Kubernetes counts 65536 nodes at most',
  ipv6: 'every node takes a /64 of it, and Kubernetes counts 65536 nodes at most',
};
const SERVICE_REASON = 'Kubernetes takes at most 2^20 addresses for Services, and the tenth is that of DNS';

/**
 * The ranges that the clusters of a fleet share.
 */
export interface AddressPlanOptions {
  /**
   * The range that has the networks of pods. It may grow later if it begins at the same address, but not move.
   *
   * @default '10.192.0.0/11'
   */
  readonly podRange?: string;

  /**
   * The range that has the networks of Services. It may grow later if it begins at the same address, but not move.
   *
   * @default '10.184.0.0/13'
   */
  readonly serviceRange?: string;

  /**
   * The length of the prefix of each cluster's network of pods. Kubernetes gives every node a /24 of it, or a /64 of IPv6, so a /18 is for 64 nodes.
   * Another length moves the networks of all clusters.
   *
   * @default - 18, or 56 of IPv6: 64 or 256 nodes
   * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
   */
  readonly podPrefixLength?: number;

  /**
   * The length of the prefix of each cluster's network of Services. Another length moves the networks of all clusters.
   *
   * @default - 20, or 112 of IPv6: 4096 or 65536 addresses
   * @see https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/
   */
  readonly servicePrefixLength?: number;

  /**
   * The networks of the hosting cluster, with which the ranges must have no address in common.
   *
   * @default - not known, so not checked
   */
  readonly hostingNetwork?: HostingNetwork;
}

/**
 * Gives each cluster of a fleet networks of its own for pods and Services, by its number.
 *
 * The default ranges are for 128 clusters. They overlap none of the default networks of kind, kubeadm, k3s, GKE, EKS, AKS, OpenShift, Calico, kOps,
 * Kubespray and Docker, but two that are larger: Cilium's pool (`10.0.0.0/8`) and the automatic subnets of Google Cloud (`10.128.0.0/9`).
 * Give the hosting cluster's networks to `hostingNetwork`, which refuses an overlap.
 *
 * A plan has one address family. Dual stack takes two plans, one of each family: a cluster has the same number in both, and its networks are those
 * of the one followed by those of the other.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dual-stack/
 */
export class AddressPlan {
  /**
   * A plan that shares out two ranges.
   *
   * @param options the ranges, and how large each cluster's networks are
   * @throws if a range isn't a network, overlaps the other one or the hosting cluster's networks, or has no networks of that size
   */
  public static of(options: AddressPlanOptions = {}): AddressPlan {
    return new AddressPlan(options);
  }

  /** The range that has the networks of pods. */
  public readonly podRange: string;

  /** The range that has the networks of Services. */
  public readonly serviceRange: string;

  /** The length of the prefix of each cluster's network of pods. */
  public readonly podPrefixLength: number;

  /** The length of the prefix of each cluster's network of Services. */
  public readonly servicePrefixLength: number;

  private readonly numbers = new Map<string, number>();
  private readonly names = new Map<number, string>();

  private constructor(options: AddressPlanOptions) {
    const { podRange = POD_RANGES[0], serviceRange = SERVICE_RANGES[0], hostingNetwork = HostingNetwork.of({}) } = options;
    requireRanges(podRange, serviceRange, hostingNetwork);
    const family = isIpv6(podRange) ? 'ipv6' : 'ipv4';
    const { podPrefixLength = POD_PREFIX_LENGTHS[family], servicePrefixLength = SERVICE_PREFIX_LENGTHS[family] } = options;
    requirePrefixLength('pod', podPrefixLength, podRange, SUBNET_SIZES.podSubnets[family], POD_REASONS[family]);
    requirePrefixLength('service', servicePrefixLength, serviceRange, SUBNET_SIZES.serviceSubnets[family], SERVICE_REASON);
    [this.podRange, this.podPrefixLength] = [podRange, podPrefixLength];
    [this.serviceRange, this.servicePrefixLength] = [serviceRange, servicePrefixLength];
  }

  /** How many clusters it is for: their numbers are less. */
  public get capacity(): number {
    const [pods, services] = [subnetCount(this.podRange, this.podPrefixLength), subnetCount(this.serviceRange, this.servicePrefixLength)];
    const capacity = pods < services ? pods : services;
    return capacity < Number.MAX_SAFE_INTEGER ? Number(capacity) : Number.MAX_SAFE_INTEGER;
  }

  /**
   * The networks of a cluster: in each range the one that has its number. No other cluster has a part in this, so those that come and go move
   * nobody's networks; a cluster can't change them once its nodes and Services have addresses there.
   *
   * The number is the cluster's for life: keep it beside the name, and give it to no other while the cluster is there. Asked again, the answer is
   * the same.
   *
   * @param clusterName the name of the cluster
   * @param number its number, from 0
   * @throws if the number isn't one, another cluster has it, the cluster has another one, or the ranges end before it
   * @see https://kubernetes.io/docs/concepts/cluster-administration/networking/
   */
  public allocate(clusterName: string, number: number): ClusterSubnets {
    this.requireNumber(clusterName, number);
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
      throw new Error('\'clusterName\' is empty: give the name of the cluster');
    }
    if (!Number.isInteger(number) || number < 0) {
      throw new Error(`'number' (${number}) of cluster '${clusterName}' is not a whole number from 0: count the clusters, beginning with 0`);
    }
    if (number >= this.capacity) {
      throw new Error(`'number' (${number}) of cluster '${clusterName}' is beyond the plan, which is exhausted with ${this.capacity} clusters (0 to `
        + `${this.capacity - 1}), each with a /${this.podPrefixLength} of 'podRange' (${this.podRange}) and a /${this.servicePrefixLength} of `
        + `'serviceRange' (${this.serviceRange}): add a plan with other ranges, or, while no cluster is there, choose larger ranges or longer prefixes`);
    }
  }

  private requireUnshared(clusterName: string, number: number): void {
    const [owner, former] = [this.names.get(number) ?? clusterName, this.numbers.get(clusterName) ?? number];
    if (owner !== clusterName) {
      throw new Error(`'number' (${number}) of cluster '${clusterName}' is that of cluster '${owner}' already: give it another one, that no cluster has`);
    }
    if (former !== number) {
      throw new Error(`'number' (${number}) of cluster '${clusterName}' is another than before (${former}): a cluster can't change its networks, so `
        + `give it ${former} again, or the other cluster another name`);
    }
  }
}

function requireRanges(podRange: string, serviceRange: string, host: HostingNetwork): void {
  requireCidr('podRange', podRange);
  requireCidr('serviceRange', serviceRange);
  if (isIpv6(podRange) !== isIpv6(serviceRange)) {
    throw new Error(`'podRange' (${podRange}) has another address family than 'serviceRange' (${serviceRange}): give both of one family, and dual stack `
      + 'a plan for each');
  }
  const anotherPodRange = chooseAnother(POD_RANGES, podRange, host, [serviceRange]);
  if (overlap([podRange], [serviceRange])) {
    throw new Error(`'podRange' (${podRange}) overlaps 'serviceRange' (${serviceRange}): ${anotherPodRange}`);
  }
  requireApart('podRange', [podRange], host, () => anotherPodRange);
  requireApart('serviceRange', [serviceRange], host, () => chooseAnother(SERVICE_RANGES, serviceRange, host, [podRange]));
}

function requirePrefixLength(name: 'pod' | 'service', length: number, range: string, [largest, smallest]: readonly [number, number], reason: string): void {
  const rangeLength = prefixLengthOf(range);
  if (rangeLength > smallest) {
    throw new Error(`'${name}Range' (${range}) is too small for a cluster: choose one of /${smallest} or larger, as ${reason}`);
  }
  const least = Math.max(rangeLength, largest);
  if (!Number.isInteger(length) || length < least || length > smallest) {
    throw new Error(`'${name}PrefixLength' (${length}) does not fit '${name}Range' (${range}): choose a whole number from ${least} to ${smallest}, `
      + `as ${reason}`);
  }
}
