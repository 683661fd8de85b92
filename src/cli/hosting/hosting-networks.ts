import { configuredNetworks } from './configured-networks';
import { Kubectl } from './kubectl';
import { sourceOf } from './where-to-find';
import { IpFamily } from '../../network/addresses';
import { findOverlap } from '../../network/find-overlap';
import { freeNetwork } from '../../network/free-networks';
import { familyOf, formatNetwork, Network, networkOfAddress, overlap, parseNetwork, withoutHostBits } from '../../network/networks';

/** The networks of a hosting cluster, as far as it shows them. */
export interface HostingNetworks {
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
  readonly nodeCidrs: readonly string[];
  /** For each property that isn't known, or perhaps only in part: what to fill in, and how to find it. */
  readonly remarks: { readonly [property: string]: string };
}

/** The networks of which the addresses of nodes, and the parts that nodes have for pods, are taken to be a part at least. */
const NODE_PREFIX = { IPv4: 24, IPv6: 64 };
const POD_PREFIX = { IPv4: 16, IPv6: 56 };

/** Networks that have more addresses than these say nothing. */
const LEAST_PREFIX = { IPv4: 8, IPv6: 32 };

/** What is known of a hosting cluster that nobody asks. */
export function unknownNetworks(): HostingNetworks {
  return withRemarks({ podCidrs: [], serviceCidrs: [], nodeCidrs: [] }, undefined, false);
}

/**
 * Asks a hosting cluster for its networks. Where configuration doesn't say those of pods, or pods have other addresses than it says, the addresses
 * of the pods that the user may see do.
 */
export function hostingNetworksOf(kubectl: Kubectl, nodes: readonly any[]): HostingNetworks {
  const systemPods = kubectl.json(['get', 'pods', '--namespace', 'kube-system', '--output', 'json'])?.items ?? [];
  const pods = systemPods.length > 0 ? systemPods : kubectl.json(['get', 'pods', '--output', 'json'])?.items ?? [];
  const configured = configuredNetworks(kubectl, systemPods);
  const shown = networksOf(configured.serviceCidrs);
  const serviceCidrs = shown.length > 0 ? shown : rangesOfServices(kubectl);
  // a pool may have the networks of Services in it
  const said = networksOf(configured.podCidrs).filter((cidr) => !findOverlap([cidr], serviceCidrs));
  const known = said.length > 0 ? said : covering(partsOfNodes(kubectl, nodes), POD_PREFIX, serviceCidrs);
  const others = addressesOf(pods).map(networkOfAddress).filter((address) => !findOverlap([address], known));
  const seen = covering(others, POD_PREFIX, serviceCidrs);
  return withRemarks({
    podCidrs: [...known, ...seen],
    serviceCidrs,
    nodeCidrs: covering(nodeAddressesOf(nodes, pods).map(networkOfAddress), NODE_PREFIX),
  }, nodes, seen.length > 0);
}

function withRemarks(networks: Omit<HostingNetworks, 'remarks'>, nodes: readonly any[] | undefined, isSeen: boolean): HostingNetworks {
  const missing = Object.entries(networks).filter(([, cidrs]) => cidrs.length === 0)
    .map(([property]) => [property, `fill in what is ${sourceOf(property, nodes)}`]);
  const partial = isSeen ? [['podCidrs', `from the addresses of a few pods; compare with what is ${sourceOf('podCidrs', nodes)}`]] : [];
  return { ...networks, remarks: Object.fromEntries([...missing, ...partial]) };
}

/** The networks that nodes have for pods. Cilium has its own list of them. */
function partsOfNodes(kubectl: Kubectl, nodes: readonly any[]): string[] {
  const ofCilium: string[] = kubectl.list('ciliumnodes.cilium.io')?.flatMap(({ spec }) => spec?.ipam?.podCIDRs ?? []) ?? [];
  return ofCilium.length > 0 ? ofCilium : nodes.flatMap(({ spec }) => spec?.podCIDRs ?? spec?.podCIDR ?? []);
}

function addressesOf(pods: readonly any[]): string[] {
  const own = pods.filter(({ spec }) => !spec?.hostNetwork);
  return own.flatMap(({ status }) => status?.podIPs?.map(({ ip }: any) => String(ip)) ?? status?.podIP ?? []);
}

/** Pods say the address of their node to whom nodes don't say it. */
function nodeAddressesOf(nodes: readonly any[], pods: readonly any[]): string[] {
  const addresses = nodes.flatMap(({ status }) => status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => String(address));
  return addresses.length > 0 ? addresses : pods.flatMap(({ status }) => status?.hostIP ?? []);
}

/** The networks that a cluster needs in place of the default ones, where these overlap those of the hosting cluster: one, or none that is free. */
export function ownNetworks({ podCidrs, serviceCidrs, nodeCidrs }: Omit<HostingNetworks, 'remarks'>): { readonly [property: string]: string | undefined } {
  const taken = [...podCidrs, ...serviceCidrs, ...nodeCidrs];
  const family = familyOf(taken[0] ?? '');
  const uses = (['podSubnets', 'serviceSubnets'] as const).filter((use) => findOverlap([freeNetwork(use, family)!], taken));
  return Object.fromEntries(uses.map((use) => [use, freeNetwork(use, family, taken)]));
}

function networksOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => parseNetwork(text) ?? []).map((network) => formatNetwork(withoutHostBits(network))))];
}

/**
 * The API server refuses an address outside of the range of Services, and names the range. It has one for each family. The namespace is that of
 * the context, in which the user may most likely make Services.
 */
function rangesOfServices(kubectl: Kubectl): string[] {
  return networksOf(['192.0.2.1', '2001:db8::1'].flatMap((clusterIP) => {
    const metadata = { name: 'cdk8s-talos-probe' };
    const service = { apiVersion: 'v1', kind: 'Service', metadata, spec: { clusterIP, ports: [{ port: 80 }] } };
    const answer = kubectl.text(['create', '--dry-run=server', '--filename', '-'], JSON.stringify(service));
    return 'failure' in answer ? answer.failure.match(/[0-9a-fA-F.:]+\/\d+/g) ?? [] : [];
  }));
}

/**
 * For each family, the smallest network that has all of them and none of the others, and is at least as large as usual. Where they are too far
 * apart for one, each has its own.
 */
function covering(cidrs: readonly string[], usual: Readonly<Record<IpFamily, number>>, others: readonly string[] = []): string[] {
  const all = cidrs.flatMap((cidr) => parseNetwork(cidr) ?? []);
  return (['IPv4', 'IPv6'] as const).flatMap((family) => {
    const networks = all.filter(({ address }) => address.family === family);
    const isUsable = (network: Network) => network.prefixLength >= LEAST_PREFIX[family] && !findOverlap([formatNetwork(network)], others);
    const common = commonNetwork(networks, usual[family]);
    const parts = common && isUsable(common)
      ? [common]
      : networks.map((network) => [commonNetwork([network], usual[family])!].find(isUsable) ?? network);
    return [...new Set(parts.map(formatNetwork))];
  });
}

/** The smallest network that has all of them. */
function commonNetwork(networks: readonly Network[], usual: number): Network | undefined {
  if (networks.length === 0) {
    return undefined;
  }
  let prefixLength = Math.min(usual, ...networks.map((network) => network.prefixLength));
  let candidate = withoutHostBits({ ...networks[0], prefixLength });
  while (!networks.every((network) => overlap(candidate, network))) {
    prefixLength--;
    candidate = withoutHostBits({ ...candidate, prefixLength });
  }
  return candidate;
}
