import { isIpv6, overlap, requireCidr } from './cidr';
import { HostNetwork } from './host-network';

/** The networks of the inner cluster. */
export interface AddressPlan {
  readonly podSubnets: string[];
  readonly serviceSubnets: string[];
}

type Property = keyof AddressPlan;

/** Ranges that no common hosting cluster uses, the default first. */
const CHOICES: { readonly [property in Property]: string[] } = {
  podSubnets: ['172.24.0.0/16', '172.26.0.0/16', '10.208.0.0/16', '192.168.192.0/20', 'fd00:172:24::/56', 'fd00:172:26::/56'],
  serviceSubnets: ['172.25.0.0/16', '172.27.0.0/16', '10.209.0.0/16', '192.168.208.0/20', 'fd00:172:25::/112', 'fd00:172:27::/112'],
};

/** The networks of the inner cluster: what is given, otherwise ranges of the address families that the rest has. */
export function planAddresses({ podSubnets, serviceSubnets }: Partial<AddressPlan>, host: HostNetwork): AddressPlan {
  const families = podSubnets ?? serviceSubnets ?? primaryNetworks(host);
  const plan = {
    podSubnets: podSubnets ?? defaultRanges('podSubnets', families),
    serviceSubnets: serviceSubnets ?? defaultRanges('serviceSubnets', families),
  };
  requireWritten(plan);
  return plan;
}

/**
 * That the networks of the inner cluster have no address in common with each other or with the hosting cluster's, and begin with its family.
 *
 * @param owner what is written before the names of the properties, where they belong to another one
 */
export function requireAddressPlan(plan: AddressPlan, host: HostNetwork, owner: string = ''): void {
  requireWritten(plan);
  const properties: Property[] = ['podSubnets', 'serviceSubnets'];
  const inner = overlap(plan.podSubnets, plan.serviceSubnets);
  if (inner) {
    throw new Error(`'${owner}podSubnets' (${inner[0]}) overlaps '${owner}serviceSubnets' (${inner[1]}): ${remedy('podSubnets', inner[0], plan, host)}`);
  }
  for (const property of properties) {
    for (const { name, cidrs } of host._networks) {
      const common = overlap(plan[property], cidrs);
      if (common) {
        throw new Error(`'${owner}${property}' (${common[0]}) overlaps the hosting cluster's ${name} (${common[1]}): ${remedy(property, common[0], plan, host)}`);
      }
    }
    const [first] = plan[property];
    if (host.podCidrs.length > 0 && !host.podCidrs.some((cidr) => isIpv6(cidr) === isIpv6(first))) {
      throw new Error(`'${owner}${property}' (${first}) has another address family than the hosting cluster's pod network (${host.podCidrs.join(', ')}), `
        + `from which machines have their addresses: ${remedy(property, host.podCidrs[0], plan, host)}`);
    }
  }
}

/** The networks that decide which address family a pod has first. */
function primaryNetworks({ podCidrs, serviceCidrs }: HostNetwork): string[] {
  const [primary = '172.24.0.0/16'] = podCidrs.length > 0 ? podCidrs : serviceCidrs;
  return [primary];
}

function defaultRanges(property: Property, families: string[]): string[] {
  return families.map((family) => CHOICES[property].find((choice) => isIpv6(choice) === isIpv6(family))!);
}

/** A range of the same family that is free. */
function remedy(property: Property, family: string, plan: AddressPlan, host: HostNetwork): string {
  const other = property === 'podSubnets' ? plan.serviceSubnets : plan.podSubnets;
  const taken = [...other, ...host._networks.flatMap(({ cidrs }) => cidrs)];
  const free = CHOICES[property].find((choice) => isIpv6(choice) === isIpv6(family) && !overlap([choice], taken));
  return free ? `choose another range, for example ${free}` : 'choose another range';
}

function requireWritten(plan: AddressPlan): void {
  plan.podSubnets.forEach((cidr) => requireCidr('podSubnets', cidr));
  plan.serviceSubnets.forEach((cidr) => requireCidr('serviceSubnets', cidr));
  for (const [property, cidrs] of Object.entries(plan)) {
    if (cidrs.length === 0) {
      throw new Error(`'${property}' is empty: give it a range, or leave it out`);
    }
  }
}
