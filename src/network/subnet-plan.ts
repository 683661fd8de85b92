import { refuse, TalosError } from '../problem';
import { IpFamily } from './addresses';
import { ClusterSubnets, SubnetProperty } from './cluster-subnets';
import { findOverlap } from './find-overlap';
import { freeNetwork, FreeNetworkUse } from './free-networks';
import { HostingNetwork } from './hosting-network';
import { cidrProblem } from './network-checks';
import { familyOf } from './networks';

const PROPERTIES: readonly SubnetProperty[] = ['podSubnets', 'serviceSubnets'];

/** The networks of the inner cluster. The default ones are free ones, of the address families of the given ones or of the hosting cluster. */
export function planSubnets({ podSubnets, serviceSubnets }: Partial<ClusterSubnets>, hostingNetwork: HostingNetwork): ClusterSubnets {
  const families = (podSubnets ?? serviceSubnets)?.map(familyOf) ?? [primaryFamily(hostingNetwork)];
  return {
    podSubnets: podSubnets ?? families.map((family) => freeNetwork('podSubnets', family)!),
    serviceSubnets: serviceSubnets ?? families.map((family) => freeNetwork('serviceSubnets', family)!),
  };
}

/** The address family of the hosting cluster, of two the one that its pods have first. */
function primaryFamily({ podCidrs, serviceCidrs }: HostingNetwork): IpFamily {
  const [primary] = [...podCidrs, ...serviceCidrs];
  return primary === undefined ? 'IPv4' : familyOf(primary);
}

/**
 * Throws unless the networks of the inner cluster overlap neither each other nor those of the hosting cluster, and begin with a family of its pods.
 *
 * @param owner what is written before the names of the properties, where they belong to another property
 */
export function requireSubnets(subnets: ClusterSubnets, hostingNetwork: HostingNetwork, owner: string = ''): void {
  PROPERTIES.forEach((property) => requireNetworks(`${owner}${property}`, property, subnets[property], hostingNetwork));
  const inner = findOverlap(subnets.podSubnets, subnets.serviceSubnets);
  if (inner) {
    throw new TalosError('talos:network-overlap', `'${owner}podSubnets' (${inner[0]}) overlaps '${owner}serviceSubnets' (${inner[1]}): `
      + remedy('podSubnets', familyOf(inner[0]), subnets, hostingNetwork));
  }
  const { podCidrs } = hostingNetwork;
  for (const property of PROPERTIES) {
    requireNoOverlap(`${owner}${property}`, subnets[property], hostingNetwork, (cidr) => remedy(property, familyOf(cidr), subnets, hostingNetwork));
    const [first] = subnets[property];
    if (podCidrs.length > 0 && !podCidrs.some((cidr) => familyOf(cidr) === familyOf(first))) {
      throw new TalosError('talos:network-overlap', `'${owner}${property}' (${first}) has another address family than the hosting cluster's pod network (${podCidrs.join(', ')}), `
        + `from which machines have their addresses: ${remedy(property, familyOf(podCidrs[0]), subnets, hostingNetwork)}`);
    }
  }
}

function requireNetworks(name: string, property: SubnetProperty, cidrs: readonly string[], hostingNetwork: HostingNetwork): void {
  if (cidrs.length === 0) {
    throw new TalosError('talos:missing-property', `'${name}' is empty: give it a range, or leave it out`);
  }
  cidrs.forEach((cidr) => refuse(cidrProblem(name, cidr, property, hostingNetwork._cidrs)));
}

function remedy(property: SubnetProperty, family: IpFamily, subnets: ClusterSubnets, hostingNetwork: HostingNetwork): string {
  return chooseAnother(property, family, hostingNetwork, property === 'podSubnets' ? subnets.serviceSubnets : subnets.podSubnets);
}

/** Throws where a network overlaps one of the hosting cluster's; the error ends with the remedy for that network. */
export function requireNoOverlap(property: string, cidrs: string[], hostingNetwork: HostingNetwork, remedyFor: (cidr: string) => string): void {
  for (const network of hostingNetwork._networks) {
    const common = findOverlap(cidrs, network.cidrs);
    if (common) {
      throw new TalosError('talos:network-overlap', `'${property}' (${common[0]}) overlaps the hosting cluster's ${network.name} (${common[1]}): ${remedyFor(common[0])}`);
    }
  }
}

/** The remedy for a network that is taken: a free one, if there is one. */
export function chooseAnother(use: FreeNetworkUse, family: IpFamily, hostingNetwork: HostingNetwork, others: readonly string[]): string {
  const free = freeNetwork(use, family, [...others, ...hostingNetwork._cidrs]);
  return free ? `choose another range, for example ${free}` : 'choose another range';
}
