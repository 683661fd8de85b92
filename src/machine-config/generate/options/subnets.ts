import * as ipaddr from 'ipaddr.js';
import { FilledOptions } from './options';
import { parseAddress, parsePrefix } from '../../../network/addresses';
import { parseCidr } from '../../../network/cidr';
import { Family, Property, SUBNET_SIZES } from '../../../network/cluster-subnets';
import { isAddress, parseUrl } from '../../../network/hosts';
import { listed, problem } from '../../../problem';

/** An IP range of one of the two networks. */
interface Subnet {
  readonly property: Property;
  readonly text: string;
  readonly family: Family;
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly bits: number;
}

const EXAMPLES: Readonly<Record<Property, Readonly<Record<Family, string>>>> = {
  podSubnets: { ipv4: '172.24.0.0/16', ipv6: 'fd00:172:24::/56' },
  serviceSubnets: { ipv4: '172.25.0.0/16', ipv6: 'fd00:172:25::/112' },
};

const SPECIAL_RANGES = ['unspecified', 'loopback', 'linkLocal', 'multicast', 'ipv4Mapped'];

/** What is wrong with the networks of pods and Services. */
export function* subnetProblems({ podSubnets, serviceSubnets, endpoint }: FilledOptions): Generator<string> {
  const malformed = [
    ...podSubnets.flatMap((text) => listed(rangeProblem('podSubnets', text))),
    ...serviceSubnets.flatMap((text) => listed(rangeProblem('serviceSubnets', text))),
  ];
  yield* malformed;
  if (malformed.length > 0) {
    return; // the rest is about ranges that can be read
  }
  const pods = podSubnets.map((text) => parseSubnet('podSubnets', text));
  const services = serviceSubnets.map((text) => parseSubnet('serviceSubnets', text));
  yield* countProblems('podSubnets', pods);
  yield* countProblems('serviceSubnets', services);
  yield* pairProblems(pods, services);
  yield* overlapProblems(pods, services);
  yield* endpointProblems(endpoint, [...pods, ...services]);
}

function rangeProblem(property: Property, text: string): string | undefined {
  if (parsePrefix(text) === undefined) {
    return parseAddress(text) === undefined
      ? problem(property, text, `is not an ip range: write it as an address and a prefix length, for example ${EXAMPLES[property].ipv4}`)
      : problem(property, text, 'has no prefix length: add one, for example /16');
  }
  const { family, address, bits } = parseSubnet(property, text);
  const first = (family === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(text).toString();
  if (first !== address.toString()) {
    return problem(property, text, `does not start at the first address of its range: write ${first}/${bits}`);
  }
  const [largest, smallest] = SUBNET_SIZES[property][family];
  if (bits < largest || bits > smallest) {
    return problem(property, text, `is too ${bits < largest ? 'large' : 'small'}: choose a range from /${largest} to /${smallest}`);
  }
  return SPECIAL_RANGES.includes(address.range())
    ? problem(property, text, `is a range for special use, which is not routed: choose a private one, for example ${EXAMPLES[property][family]}`)
    : undefined;
}

function parseSubnet(property: Property, text: string): Subnet {
  const [address, bits] = parseCidr(text);
  return { property, text, family: address.kind(), address, bits };
}

function* countProblems(property: Property, subnets: readonly Subnet[]): Generator<string> {
  if (subnets.length === 0) {
    yield `'${property}' is empty: give it a range, or leave it out for talos's default`;
  }
  for (const family of ['ipv4', 'ipv6']) {
    if (subnets.filter((subnet) => subnet.family === family).length > 1) {
      yield problem(property, texts(subnets), `has more than one ${family} range: keep one of each family`);
    }
  }
}

function* pairProblems(pods: readonly Subnet[], services: readonly Subnet[]): Generator<string> {
  const [podFamilies, serviceFamilies] = [pods, services].map(families);
  if (podFamilies && serviceFamilies && podFamilies !== serviceFamilies) {
    yield problem('podSubnets', texts(pods), `is ${podFamilies}, but 'serviceSubnets' (${texts(services)}) is ${serviceFamilies}: give both one range of the same families`);
  }
}

function* overlapProblems(pods: readonly Subnet[], services: readonly Subnet[]): Generator<string> {
  for (const pod of pods) {
    for (const service of services) {
      if (pod.family === service.family && pod.address.match(service.address, Math.min(pod.bits, service.bits))) {
        yield problem('podSubnets', pod.text, `overlaps 'serviceSubnets' (${service.text}): choose another range for one of them`);
      }
    }
  }
}

/** Nodes take no address of these ranges for their own, so an endpoint in one of them is never reached. */
function* endpointProblems(endpoint: string, subnets: readonly Subnet[]): Generator<string> {
  const host = parseUrl(endpoint)?.host ?? '';
  const address = isAddress(host) ? ipaddr.parse(host) : undefined;
  for (const subnet of subnets) {
    if (address?.kind() === subnet.family && address.match(subnet.address, subnet.bits)) {
      yield problem(subnet.property, subnet.text, `holds the address of 'endpoint' (${endpoint}), which is not inside the cluster: choose another range`);
    }
  }
}

function texts(subnets: readonly Subnet[]): string {
  return subnets.map(({ text }) => text).join(', ');
}

function families(subnets: readonly Subnet[]): string {
  return [...new Set(subnets.map(({ family }) => family))].sort().join(' and ');
}
