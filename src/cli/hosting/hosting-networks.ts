import { Kubectl } from './kubectl';
import { IpFamily } from '../../network/addresses';
import { findOverlap } from '../../network/find-overlap';
import { freeNetwork } from '../../network/free-networks';
import { familyOf, formatNetwork, Network, networkOfAddress, overlap, parseNetwork, withoutHostBits } from '../../network/networks';

/** The networks of a hosting cluster, as far as it shows them. */
export interface HostingNetworks {
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
  readonly nodeCidrs: readonly string[];
}

/** The networks of which the addresses of nodes, and the parts that nodes have for pods, are taken to be a part at least. */
const NODE_PREFIX = { IPv4: 24, IPv6: 64 };
const POD_PREFIX = { IPv4: 16, IPv6: 56 };

/** Networks that have more addresses than these say nothing. */
const LEAST_PREFIX = { IPv4: 8, IPv6: 32 };

/** Asks a hosting cluster for its networks. */
export function hostingNetworksOf(kubectl: Kubectl, nodes: readonly any[]): HostingNetworks {
  const { data } = kubectl.json(['get', 'configmap', 'kubeadm-config', '--namespace', 'kube-system', '--output', 'json']) ?? {};
  const kubeadm = String(data?.ClusterConfiguration ?? '');
  const addresses = nodes.flatMap(({ status }) => status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => String(address));
  const shown = networksOf(kubectl.list('servicecidrs')?.flatMap(({ spec }) => spec?.cidrs ?? []) ?? []);
  const serviceCidrs = [shown, networksIn(kubeadm, 'serviceSubnet')].find((found) => found.length > 0) ?? rangesOfServices(kubectl);
  const configured = networksIn(kubeadm, 'podSubnet');
  const partsOfNodes = nodes.flatMap(({ spec }) => spec?.podCIDRs ?? spec?.podCIDR ?? []);
  return {
    podCidrs: configured.length > 0 ? configured : covering(partsOfNodes, POD_PREFIX, serviceCidrs),
    serviceCidrs,
    nodeCidrs: covering(addresses.map(networkOfAddress), NODE_PREFIX),
  };
}

/** The networks that a cluster needs in place of the default ones, where these overlap those of the hosting cluster: one, or none that is free. */
export function ownNetworks({ podCidrs, serviceCidrs, nodeCidrs }: HostingNetworks): { readonly [property: string]: string | undefined } {
  const taken = [...podCidrs, ...serviceCidrs, ...nodeCidrs];
  const family = familyOf(taken[0] ?? '');
  const uses = (['podSubnets', 'serviceSubnets'] as const).filter((use) => findOverlap([freeNetwork(use, family)!], taken));
  return Object.fromEntries(uses.map((use) => [use, freeNetwork(use, family, taken)]));
}

/** A setting of kubeadm's configuration, which kind and minikube have too. */
function networksIn(configuration: string, setting: string): string[] {
  return networksOf(new RegExp(`^ *${setting}: *"?([0-9a-fA-F.:/,]+)"?\\s*$`, 'm').exec(configuration)?.[1].split(',') ?? []);
}

function networksOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => parseNetwork(text) ?? []).map((network) => formatNetwork(withoutHostBits(network))))];
}

/** The API server refuses an address outside of the range of Services, and names the range. It has one for each family. */
function rangesOfServices(kubectl: Kubectl): string[] {
  return networksOf(['192.0.2.1', '2001:db8::1'].flatMap((clusterIP) => {
    const metadata = { name: 'cdk8s-talos-probe', namespace: 'default' };
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
