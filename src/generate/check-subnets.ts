import * as ipaddr from 'ipaddr.js';
import { parseAddress, parsePrefix } from '../config/network-addresses';
import { FilledOptions } from './options';

type Property = 'podSubnets' | 'serviceSubnets';
type Family = 'ipv4' | 'ipv6';

/** An IP range of one of the two networks. */
interface Subnet {
  readonly property: Property;
  readonly text: string;
  readonly family: Family;
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly bits: number;
}

/** The sizes that work, as prefix lengths from the largest range to the smallest. */
const SIZES: Readonly<Record<Property, Readonly<Record<Family, readonly [largest: number, smallest: number]>>>> = {
  // every node takes a /24 or a /64 of it, and the controller manager counts up to 2^16 nodes
  podSubnets: { ipv4: [8, 24], ipv6: [48, 64] },
  // the API server takes at most 2^20 addresses, and the DNS service is the tenth
  serviceSubnets: { ipv4: [12, 28], ipv6: [108, 124] },
};

const NAMES: Readonly<Record<Property, string>> = { podSubnets: 'pods', serviceSubnets: 'services' };
const SPECIAL_RANGES = ['unspecified', 'loopback', 'linkLocal', 'multicast', 'ipv4Mapped'];

/** What is wrong with the networks of pods and Services. */
export function* subnetProblems(options: FilledOptions): Generator<string> {
  const pods: Subnet[] = [];
  const services: Subnet[] = [];
  for (const [property, subnets] of [['podSubnets', pods], ['serviceSubnets', services]] as const) {
    for (const text of options[property]) {
      const subnet = parseSubnet(property, text);
      if (typeof subnet === 'string') {
        yield subnet;
      } else {
        subnets.push(subnet);
      }
    }
  }
  if (pods.length < options.podSubnets.length || services.length < options.serviceSubnets.length) {
    return;
  }
  const counts = [...familyProblems('podSubnets', pods), ...familyProblems('serviceSubnets', services)];
  yield* counts;
  if (counts.length === 0) {
    yield* pairProblems(pods, services);
  }
  yield* overlapProblems(pods, services);
}

/** The first range that holds an address, for example that of the endpoint. */
export function subnetOf(address: string, { podSubnets, serviceSubnets }: FilledOptions): { property: Property; text: string } | undefined {
  const subnets = [...podSubnets.map(text => parseSubnet('podSubnets', text)), ...serviceSubnets.map(text => parseSubnet('serviceSubnets', text))];
  const parsed = ipaddr.parse(address);
  return subnets.find((subnet): subnet is Subnet => typeof subnet !== 'string' && subnet.family === parsed.kind() && parsed.match(subnet.address, subnet.bits));
}

/** The range, or what is wrong with it. */
function parseSubnet(property: Property, text: string): Subnet | string {
  const shown = `'${property}' (${text})`;
  if (parsePrefix(text) === undefined) {
    return parseAddress(text) === undefined
      ? `${shown} is not an ip range: write it as an address and a prefix length, for example 172.24.0.0/16`
      : `${shown} has no prefix length: add one, for example /16`;
  }
  const [address, bits] = ipaddr.parseCIDR(text);
  const family = address.kind();
  const network = (family === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(text);
  if (network.toString() !== address.toString()) {
    return `${shown} does not start at the first address of its range: write ${network.toString()}/${bits}`;
  }
  const [largest, smallest] = SIZES[property][family];
  if (bits < largest || bits > smallest) {
    return `${shown} is too ${bits < largest ? 'large' : 'small'} for ${NAMES[property]}: choose a range from /${largest} to /${smallest}`;
  }
  if (SPECIAL_RANGES.includes(address.range())) {
    return `${shown} is in a range for special use, where addresses are not routed: choose a private range, for example ${family === 'ipv4' ? '172.24.0.0/16' : 'fd00:172:24::/56'}`;
  }
  return { property, text, family, address, bits };
}

function* familyProblems(property: Property, subnets: readonly Subnet[]): Generator<string> {
  const texts = subnets.map(({ text }) => text).join(', ');
  if (subnets.length === 0) {
    yield `'${property}' is empty: leave it out for the default, or give it a range`;
  }
  for (const family of ['ipv4', 'ipv6']) {
    if (subnets.filter(subnet => subnet.family === family).length > 1) {
      yield `'${property}' (${texts}) has more than one ${family} range: keep one of each family`;
    }
  }
}

function* pairProblems(pods: readonly Subnet[], services: readonly Subnet[]): Generator<string> {
  const [podFamilies, serviceFamilies] = [pods, services].map(subnets => subnets.map(({ family }) => family).sort().join(' and '));
  if (podFamilies !== serviceFamilies) {
    const [podTexts, serviceTexts] = [pods, services].map(subnets => subnets.map(({ text }) => text).join(', '));
    yield `'podSubnets' (${podTexts}) is ${podFamilies} and 'serviceSubnets' (${serviceTexts}) is ${serviceFamilies}: give both the same families, one range each`;
  }
}

function* overlapProblems(pods: readonly Subnet[], services: readonly Subnet[]): Generator<string> {
  for (const pod of pods) {
    for (const service of services) {
      if (pod.family === service.family && pod.address.match(service.address, Math.min(pod.bits, service.bits))) {
        yield `'podSubnets' (${pod.text}) overlaps 'serviceSubnets' (${service.text}): choose another range for one of them`;
      }
    }
  }
}
