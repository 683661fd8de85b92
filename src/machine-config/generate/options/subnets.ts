import { contractOf } from './contract';
import { FilledOptions } from './options';
import { IpFamily, isAddress } from '../../../network/addresses';
import { SUBNET_SIZES, SubnetProperty } from '../../../network/cluster-subnets';
import { findOverlap } from '../../../network/find-overlap';
import { freeNetwork } from '../../../network/free-networks';
import { cidrProblem, networkProblem } from '../../../network/network-checks';
import { familyOf, Network, networkOfAddress, overlap, parseNetwork, prefixLengthOf } from '../../../network/networks';
import { splitUrl } from '../../../network/url';
import { listed, problem, shortened } from '../../../problem';
import { Release } from '../../../talos/release';

const FAMILIES: readonly IpFamily[] = ['IPv4', 'IPv6'];

/** Networks that mean something on one machine or link only: unspecified, loopback, link-local, multicast and mapped addresses. */
const SPECIAL_NETWORKS = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '::/128', '::1/128', 'fe80::/10', 'ff00::/8', '::ffff:0:0/96'];

let parsedSpecialNetworks: readonly Network[] | undefined;

function specialNetworks(): readonly Network[] {
  parsedSpecialNetworks ??= SPECIAL_NETWORKS.map((network) => parseNetwork(network)!);
  return parsedSpecialNetworks;
}

/** What is wrong with the networks of pods and Services. */
export function* subnetProblems({ podSubnets, serviceSubnets, endpoint, contract }: FilledOptions): Generator<string> {
  const malformed = [
    ...podSubnets.flatMap((subnet) => listed(subnetProblem('podSubnets', subnet, contract))),
    ...serviceSubnets.flatMap((subnet) => listed(subnetProblem('serviceSubnets', subnet, contract))),
  ];
  yield* malformed;
  if (malformed.length > 0) {
    return; // the other checks need networks
  }
  yield* countProblems('podSubnets', podSubnets);
  yield* countProblems('serviceSubnets', serviceSubnets);
  yield* pairProblems(podSubnets, serviceSubnets);
  yield* overlapProblems(podSubnets, serviceSubnets);
  yield* endpointAddressProblems('podSubnets', podSubnets, endpoint);
  yield* endpointAddressProblems('serviceSubnets', serviceSubnets, endpoint);
}

function subnetProblem(property: SubnetProperty, subnet: string, release: Release): string | undefined {
  // in documents Talos refuses networks with host bits
  const form = contractOf(release).kubernetesDocuments ? networkProblem : cidrProblem;
  return form(property, subnet, property) ?? sizeProblem(property, subnet) ?? specialNetworkProblem(property, subnet);
}

function sizeProblem(property: SubnetProperty, subnet: string): string | undefined {
  const [largest, smallest] = SUBNET_SIZES[property][familyOf(subnet)];
  const prefixLength = prefixLengthOf(subnet);
  return prefixLength < largest || prefixLength > smallest
    ? problem(property, subnet, `is too ${prefixLength < largest ? 'large' : 'small'}: choose a range from /${largest} to /${smallest}`)
    : undefined;
}

function specialNetworkProblem(property: SubnetProperty, subnet: string): string | undefined {
  const network = parseNetwork(subnet)!;
  const special = specialNetworks().findIndex((other) => overlap(network, other));
  return special < 0
    ? undefined
    : problem(property, subnet, `overlaps ${SPECIAL_NETWORKS[special]}, which is not routed: choose a private range, for example ${freeNetwork(property, familyOf(subnet))}`);
}

function* countProblems(property: SubnetProperty, subnets: readonly string[]): Generator<string> {
  if (subnets.length === 0) {
    yield `'${property}' is empty: give it a range, or leave it out for Talos's default`;
  }
  for (const family of FAMILIES) {
    if (subnets.filter((subnet) => familyOf(subnet) === family).length > 1) {
      yield problem(property, subnets.join(', '), `has more than one ${family} range: keep one of each family`);
    }
  }
}

function* pairProblems(pods: readonly string[], services: readonly string[]): Generator<string> {
  const [podFamilies, serviceFamilies] = [pods, services].map(familiesOf);
  if (podFamilies && serviceFamilies && podFamilies !== serviceFamilies) {
    yield problem('podSubnets', pods.join(', '), `is ${podFamilies}, but 'serviceSubnets' (${services.join(', ')}) is ${serviceFamilies}: `
      + 'give both one range of the same families');
  }
}

function familiesOf(subnets: readonly string[]): string {
  return FAMILIES.filter((family) => subnets.some((subnet) => familyOf(subnet) === family)).join(' and ');
}

function* overlapProblems(pods: readonly string[], services: readonly string[]): Generator<string> {
  for (const pod of pods) {
    const [, service] = findOverlap([pod], services) ?? [];
    if (service !== undefined) {
      yield problem('podSubnets', pod, `overlaps 'serviceSubnets' (${service}): choose another range for one of them`);
    }
  }
}

/** Nodes have no address of their own in these networks, so they would look for the endpoint inside of the cluster. */
function* endpointAddressProblems(property: SubnetProperty, subnets: readonly string[], endpoint: string): Generator<string> {
  const host = splitUrl(endpoint)?.host ?? '';
  const [subnet] = isAddress(host) ? findOverlap(subnets, [networkOfAddress(host)]) ?? [] : [];
  if (subnet !== undefined) {
    yield problem(property, subnet, `holds the address of 'endpoint' (${shortened(endpoint)}), which is not inside the cluster: choose another range`);
  }
}
