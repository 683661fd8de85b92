import { NetworkPeer } from './network-peer';
import { ControlPlaneNetworkPolicy } from './network-policy';
import { Protocol } from '../kubernetes/container';
import { NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from '../kubernetes/object-specs';
import { requirePort } from '../kubernetes/syntax';
import { ETCD_CLIENT, ETCD_PEER, FLANNEL, KUBELET, KUBERNETES_API, TALOS_API, TalosPort, TRUSTD } from '../talos/ports';

type Labels = { readonly [key: string]: string };
type Rule = { readonly ports?: NetworkPolicyPort[]; readonly peers: NetworkPeer[] };

const ETCD = [tcp(ETCD_CLIENT), tcp(ETCD_PEER)];
const DNS = [udp(53), tcp({ port: 53 })];
const HTTPS = tcp({ port: 443 });

/** The port table of a control plane as a policy. Kubernetes itself admits the kubelet of the hosting node. */
export function networkPolicySpec(policy: ControlPlaneNetworkPolicy, memberLabels: Labels, clusterLabels: Labels): NetworkPolicySpec {
  const members = NetworkPeer.pods({ matchLabels: memberLabels });
  // members, workers and the Jobs with talosctl
  const cluster = NetworkPeer.pods({ matchLabels: clusterLabels });
  const { kubernetesApiClients = [NetworkPeer.anywhere()], operators = [], workers = [], metricsReaders = [], egress } = policy;
  const { overlayPort = FLANNEL.port } = policy;
  requirePort('networkPolicy.overlayPort', overlayPort);
  const overlay = udp(overlayPort);
  const incoming: Rule[] = [
    { ports: [...ETCD, tcp(KUBELET)], peers: [members] },
    { ports: [tcp(TALOS_API), tcp(TRUSTD), tcp(KUBERNETES_API), overlay], peers: [cluster] },
    { ports: [tcp(TRUSTD), tcp(KUBERNETES_API), overlay], peers: workers },
    { ports: [tcp(KUBERNETES_API)], peers: kubernetesApiClients },
    { ports: [tcp(TALOS_API)], peers: operators },
    { ports: [tcp(KUBELET)], peers: metricsReaders },
  ];
  const outgoing: Rule[] = [
    { ports: ETCD, peers: [members] },
    { ports: [tcp(TALOS_API), tcp(TRUSTD), tcp(KUBERNETES_API), tcp(KUBELET), overlay], peers: [cluster] },
    { ports: [tcp(TALOS_API), tcp(KUBELET), overlay], peers: workers },
    { ports: DNS, peers: [NetworkPeer.anywhere()] },
    egress ? { peers: egress } : { ports: [HTTPS], peers: [NetworkPeer.anywhere()] },
  ];
  return {
    podSelector: { matchLabels: memberLabels },
    policyTypes: ['Ingress', 'Egress'],
    ingress: incoming.filter(hasPeers).map(({ ports, peers }) => ({ ports, from: unlessAnywhere(peers) })),
    egress: outgoing.filter(hasPeers).map(({ ports, peers }) => ({ ports, to: unlessAnywhere(peers) })),
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
