import { Kubectl } from './kubectl';
import { IpFamily } from '../../network/addresses';
import { findOverlap } from '../../network/find-overlap';
import { freeNetwork } from '../../network/free-networks';
import { canonicalNetwork, familyOf, formatNetwork, networkOfAddress, overlap, parseNetwork, withoutHostBits } from '../../network/networks';

/** The networks of a hosting cluster, as far as it shows them. */
export interface HostingNetworks {
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
  readonly nodeCidrs: readonly string[];
}

/** The networks of which the addresses of nodes, and the parts that nodes have for pods, are taken to be a part at least. */
const NODE_PREFIX = { IPv4: 24, IPv6: 64 };
const POD_PREFIX = { IPv4: 16, IPv6: 56 };

/** Asks a hosting cluster for its networks. */
export function hostingNetworksOf(kubectl: Kubectl, nodes: readonly any[]): HostingNetworks {
  const kubeadm = kubectl.json(['get', 'configmap', 'kubeadm-config', '--namespace', 'kube-system', '--output', 'json'])?.data?.ClusterConfiguration ?? '';
  const addresses = nodes.flatMap(({ status }) => status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => String(address));
  return {
    podCidrs: networksIn(kubeadm, 'podSubnet') ?? covering(nodes.flatMap(({ spec }) => spec?.podCIDRs ?? [spec?.podCIDR ?? []].flat()), POD_PREFIX),
    serviceCidrs: kubectl.list('servicecidrs')?.flatMap(({ spec }) => spec?.cidrs ?? []) ?? networksIn(kubeadm, 'serviceSubnet') ?? rangeOfServices(kubectl),
    nodeCidrs: covering(addresses.map(networkOfAddress), NODE_PREFIX),
  };
}

/** The networks that a cluster needs in place of the default ones, where these overlap those of the hosting cluster: one, or none that is free. */
export function ownNetworks({ podCidrs, serviceCidrs, nodeCidrs }: HostingNetworks): { readonly [property: string]: string | undefined } {
  const taken = [...podCidrs, ...serviceCidrs, ...nodeCidrs];
  const family = familyOf(serviceCidrs[0] ?? '');
  const uses = (['podSubnets', 'serviceSubnets'] as const).filter((use) => findOverlap([freeNetwork(use, family)!], taken));
  return Object.fromEntries(uses.map((use) => [use, freeNetwork(use, family, taken)]));
}

/** A setting of kubeadm's configuration, which kind and minikube have too. */
function networksIn(configuration: string, setting: string): string[] | undefined {
  const found = new RegExp(`^ *${setting}: *"?([0-9a-fA-F.:/,]+)"?\\s*$`, 'm').exec(configuration)?.[1].split(',').flatMap((cidr) => canonicalNetwork(cidr) ?? []);
  return found?.length ? found : undefined;
}

/** The API server refuses an address outside of the range of Services, and names the range. */
function rangeOfServices(kubectl: Kubectl): string[] {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'cdk8s-talos-probe', namespace: 'default' }, spec: { clusterIP: '192.0.2.1', ports: [{ port: 80 }] } };
  const answer = kubectl.text(['create', '--dry-run=server', '--filename', '-'], JSON.stringify(service));
  return 'failure' in answer ? [...answer.failure.matchAll(/[0-9a-fA-F.:]+\/\d+/g)].flatMap(([cidr]) => canonicalNetwork(cidr) ?? []) : [];
}

/** For each family, the smallest network that has all of them, and at least as large as usual. */
function covering(cidrs: readonly string[], least: Readonly<Record<IpFamily, number>>): string[] {
  const all = cidrs.flatMap((cidr) => parseNetwork(cidr) ?? []);
  return (['IPv4', 'IPv6'] as const).flatMap((family) => {
    const networks = all.filter(({ address }) => address.family === family);
    if (networks.length === 0) {
      return [];
    }
    let [candidate] = networks;
    let prefixLength = Math.min(least[family], ...networks.map((network) => network.prefixLength));
    do {
      candidate = withoutHostBits({ ...candidate, prefixLength });
      prefixLength--;
    } while (!networks.every((network) => overlap(candidate, network)));
    return [formatNetwork(candidate)];
  });
}
