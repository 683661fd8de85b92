import { NetworkPeer } from './network-peer';
import { ControlPlaneNetworkPolicy, MachineNetworkPolicy } from './network-policy';
import { Protocol } from '../kubernetes/container';
import { unlessEmpty } from '../kubernetes/manifest';
import { NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from '../kubernetes/object-specs';
import { requirePort } from '../kubernetes/syntax';
import { ETCD_CLIENT, ETCD_PEER, FLANNEL, KUBELET, KUBERNETES_API, TALOS_API, TalosPort, TRUSTD } from '../talos/ports';

type Labels = { readonly [key: string]: string };
type Rule = { readonly ports?: NetworkPolicyPort[]; readonly peers: NetworkPeer[] };

const ETCD = [tcp(ETCD_CLIENT), tcp(ETCD_PEER)];
const DNS = [udp(53), tcp({ port: 53 })];
const HTTPS = tcp({ port: 443 });

/** The ports that the machine config of a control plane chooses. */
export interface ChosenPorts {
  /** The port of its API servers. */
  readonly apiServerPort: number;
  /** The UDP port of flannel, if that is known to be the CNI. */
  readonly flannelPort?: number;
  /** The ports that only metrics are read at. */
  readonly metricsPorts: readonly TalosPort[];
}

/** The port table of a control plane as a policy. Kubernetes itself admits the kubelet of the hosting node. */
export function controlPlanePolicySpec(
  policy: ControlPlaneNetworkPolicy, ports: ChosenPorts, memberLabels: Labels, clusterLabels: Labels,
): NetworkPolicySpec {
  const members = [NetworkPeer.pods({ matchLabels: memberLabels })];
  // members, workers and the Jobs with talosctl
  const cluster = [NetworkPeer.pods({ matchLabels: clusterLabels })];
  const { kubernetesApiClients = [NetworkPeer.anywhere()], workers = [] } = policy;
  const overlay = overlayOf(policy, ports);
  const kubernetesApi = tcp({ port: ports.apiServerPort });
  const { metricsPorts } = ports;
  return policySpec(memberLabels, [
    { ports: [...ETCD, tcp(KUBELET)], peers: members },
    { ports: [tcp(TALOS_API), tcp(TRUSTD), kubernetesApi, overlay], peers: cluster },
    { ports: [tcp(TRUSTD), kubernetesApi, overlay], peers: workers },
    { ports: [kubernetesApi], peers: kubernetesApiClients },
    ...machineClients(policy, metricsPorts.length > 0 ? [...metricsPorts.map(tcp), kubernetesApi] : []),
  ], [
    { ports: ETCD, peers: members },
    { ports: [tcp(TALOS_API), tcp(TRUSTD), kubernetesApi, tcp(KUBELET), overlay], peers: cluster },
    { ports: [tcp(TALOS_API), tcp(KUBELET), overlay], peers: workers },
    ...machineEgress(policy),
  ]);
}

/** The pods of a cluster, as a pool meets them. */
export interface PoolSurroundings {
  /** The policy of the control plane, which says where the overlay network leads. */
  readonly controlPlane: ControlPlaneNetworkPolicy;
  /** The ports that the control plane's machine config chooses. */
  readonly ports: ChosenPorts;
  /** The members of the control plane. */
  readonly members: NetworkPeer;
  /** Members, workers and Jobs. */
  readonly cluster: NetworkPeer[];
}

/** The port table of a pool as a policy. */
export function workersPolicySpec(policy: MachineNetworkPolicy, workerLabels: Labels, surroundings: PoolSurroundings): NetworkPolicySpec {
  const { controlPlane, ports, members, cluster } = surroundings;
  const overlay = overlayOf(controlPlane, ports);
  const { workers = [] } = controlPlane;
  return policySpec(workerLabels, [
    { ports: [tcp(KUBELET)], peers: [members] },
    { ports: [tcp(TALOS_API), overlay], peers: cluster },
    { ports: [overlay], peers: workers },
    ...machineClients(policy),
  ], [
    { ports: [tcp(TRUSTD), tcp({ port: ports.apiServerPort })], peers: [members] },
    { ports: [tcp(TALOS_API), tcp(KUBELET), overlay], peers: cluster },
    { ports: [overlay], peers: workers },
    ...machineEgress(policy),
  ]);
}

/**
 * The policy of Jobs with talosctl: they reach the members, and the Kubernetes API of the hosting cluster where they use it. Nobody reaches them.
 *
 * @param ports further TCP ports that they reach anywhere
 * @param memberPorts further TCP ports of members that they reach
 */
export function jobsPolicySpec(
  jobLabels: Labels, memberLabels: Labels, usesKubernetes: boolean = false, ports: number[] = [], memberPorts: number[] = [],
): NetworkPolicySpec {
  return policySpec(jobLabels, [], [
    { ports: [tcp(TALOS_API), ...memberPorts.map((port) => tcp({ port }))], peers: [NetworkPeer.pods({ matchLabels: memberLabels })] },
    // policies see the port of the API server or that of its Service, as the CNI has it
    { ports: [HTTPS, tcp(KUBERNETES_API)], peers: usesKubernetes ? [NetworkPeer.anywhere()] : [] },
    { ports: ports.map((port) => tcp({ port })), peers: ports.length > 0 ? [NetworkPeer.anywhere()] : [] },
    { ports: DNS, peers: [NetworkPeer.anywhere()] },
  ]);
}

/** @param metrics the ports besides that of the kubelet at which metrics are read */
function machineClients({ operators = [], metricsReaders = [] }: MachineNetworkPolicy, metrics: NetworkPolicyPort[] = []): Rule[] {
  return [{ ports: [tcp(TALOS_API)], peers: operators }, { ports: [tcp(KUBELET), ...metrics], peers: metricsReaders }];
}

function machineEgress({ egress }: MachineNetworkPolicy): Rule[] {
  return [
    { ports: DNS, peers: [NetworkPeer.anywhere()] },
    egress ? { peers: egress } : { ports: [HTTPS], peers: [NetworkPeer.anywhere()] },
  ];
}

function overlayOf(policy: ControlPlaneNetworkPolicy, { flannelPort = FLANNEL.port }: ChosenPorts): NetworkPolicyPort {
  const { overlayPort = flannelPort } = policy;
  requirePort('networkPolicy.overlayPort', overlayPort);
  return udp(overlayPort);
}

function policySpec(podLabels: Labels, incoming: Rule[], outgoing: Rule[]): NetworkPolicySpec {
  return {
    podSelector: { matchLabels: podLabels },
    policyTypes: ['Ingress', 'Egress'],
    // an empty list isn't stored, so that each apply would count as a change
    ingress: unlessEmpty(incoming.filter(hasPeers).map(({ ports, peers }) => ({ ports, from: unlessAnywhere(peers) }))),
    egress: unlessEmpty(outgoing.filter(hasPeers).map(({ ports, peers }) => ({ ports, to: unlessAnywhere(peers) }))),
  };
}

/** In Kubernetes, a rule without peers applies to everyone. */
function hasPeers({ peers }: Rule): boolean {
  return peers.length > 0;
}

function unlessAnywhere(peers: NetworkPeer[]): NetworkPolicyPeer[] | undefined {
  const known = peers.flatMap(({ _peer }) => _peer ?? []);
  return known.length < peers.length ? undefined : known;
}

function tcp({ port }: Pick<TalosPort, 'port'>): NetworkPolicyPort {
  return { protocol: Protocol.TCP, port };
}

function udp(port: number): NetworkPolicyPort {
  return { protocol: Protocol.UDP, port };
}
