import { isIpv6, overlap, requireCidr } from './cidr';
import { ClusterSubnets } from './cluster-subnets';
import { HostingNetwork } from './hosting-network';

type Property = keyof ClusterSubnets;

/** Ranges that no common hosting cluster uses, the default first. */
const CHOICES: { readonly [property in Property]: string[] } = {
  podSubnets: ['172.24.0.0/16', '172.26.0.0/16', '10.208.0.0/16', '192.168.192.0/20', 'fd00:172:24::/56', 'fd00:172:26::/56'],
  serviceSubnets: ['172.25.0.0/16', '172.27.0.0/16', '10.209.0.0/16', '192.168.208.0/20', 'fd00:172:25::/112', 'fd00:172:27::/112'],
};

/** The networks of the inner cluster: what is given, otherwise ranges of the address families that the rest has. */
export function planSubnets({ podSubnets, serviceSubnets }: Partial<ClusterSubnets>, host: HostingNetwork): ClusterSubnets {
  const families = podSubnets ?? serviceSubnets ?? primaryNetworks(host);
  const subnets = {
    podSubnets: podSubnets ?? defaultRanges('podSubnets', families),
    serviceSubnets: serviceSubnets ?? defaultRanges('serviceSubnets', families),
  };
  requireWritten(subnets);
  return subnets;
}

/**
 * That the networks of the inner cluster have no address in common with each other or with the hosting cluster's, and begin with its family.
 *
 * @param owner what is written before the names of the properties, where they belong to another one
 */
export function requireSubnets(subnets: ClusterSubnets, host: HostingNetwork, owner: string = ''): void {
  requireWritten(subnets);
  const properties: Property[] = ['podSubnets', 'serviceSubnets'];
  const inner = overlap(subnets.podSubnets, subnets.serviceSubnets);
  if (inner) {
    throw new Error(`'${owner}podSubnets' (${inner[0]}) overlaps '${owner}serviceSubnets' (${inner[1]}): ${remedy('podSubnets', inner[0], subnets, host)}`);
  }
  for (const property of properties) {
    requireApart(`${owner}${property}`, subnets[property], host, (cidr) => remedy(property, cidr, subnets, host));
    const [first] = subnets[property];
    if (host.podCidrs.length > 0 && !host.podCidrs.some((cidr) => isIpv6(cidr) === isIpv6(first))) {
      throw new Error(`'${owner}${property}' (${first}) has another address family than the hosting cluster's pod network (${host.podCidrs.join(', ')}), `
        + `from which machines have their addresses: ${remedy(property, host.podCidrs[0], subnets, host)}`);
    }
  }
}

/** That networks have no address in common with the hosting cluster's; the error ends with the remedy for the one that has. */
export function requireApart(property: string, cidrs: string[], host: HostingNetwork, remedyFor: (cidr: string) => string): void {
  for (const network of host._networks) {
    const common = overlap(cidrs, network.cidrs);
    if (common) {
      throw new Error(`'${property}' (${common[0]}) overlaps the hosting cluster's ${network.name} (${common[1]}): ${remedyFor(common[0])}`);
    }
  }
}

/** The remedy for a range that is taken: the first of the choices that is of the same family and free. */
export function chooseAnother(choices: readonly string[], family: string, host: HostingNetwork, others: readonly string[]): string {
  const taken = [...others, ...host._networks.flatMap(({ cidrs }) => cidrs)];
  const free = choices.find((choice) => isIpv6(choice) === isIpv6(family) && !overlap([choice], taken));
  return free ? `choose another range, for example ${free}` : 'choose another range';
}

/** The networks that decide which address family a pod has first. */
function primaryNetworks({ podCidrs, serviceCidrs }: HostingNetwork): string[] {
  const [primary = '172.24.0.0/16'] = podCidrs.length > 0 ? podCidrs : serviceCidrs;
  return [primary];
}

function defaultRanges(property: Property, families: string[]): string[] {
  return families.map((family) => CHOICES[property].find((choice) => isIpv6(choice) === isIpv6(family))!);
}

function remedy(property: Property, family: string, subnets: ClusterSubnets, host: HostingNetwork): string {
  return chooseAnother(CHOICES[property], family, host, property === 'podSubnets' ? subnets.serviceSubnets : subnets.podSubnets);
}

function requireWritten(subnets: ClusterSubnets): void {
  subnets.podSubnets.forEach((cidr) => requireCidr('podSubnets', cidr));
  subnets.serviceSubnets.forEach((cidr) => requireCidr('serviceSubnets', cidr));
  for (const [property, cidrs] of Object.entries(subnets)) {
    if (cidrs.length === 0) {
      throw new Error(`'${property}' is empty: give it a range, or leave it out`);
    }
  }
}
