import { readInstance, readList, readNumber, readStructure } from '../input';
import { NetworkPeer } from './network-peer';

/**
 * Who may reach which port of a control plane, and what it may reach. The policy always admits the members, the pods with the cluster's name in
 * the label `app.kubernetes.io/part-of`, and the kubelet of the hosting node, from which probes and port-forwards come.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export interface ControlPlaneNetworkPolicy {
  /**
   * The clients of the Kubernetes API (6443).
   *
   * @default - anywhere
   */
  readonly kubernetesApiClients?: NetworkPeer[];

  /**
   * The clients of the Talos API (50000).
   *
   * @default - only pods of the cluster
   */
  readonly operators?: NetworkPeer[];

  /**
   * External workers, which reach the Kubernetes API and trustd (6443, 50001), and whose kubelet and Talos API (10250, 50000) the control plane
   * reaches. Pods with the cluster's label needn't be listed.
   *
   * @default - none
   */
  readonly workers?: NetworkPeer[];

  /**
   * The clients that read the metrics of the kubelets (10250).
   *
   * @default - only members
   */
  readonly metricsReaders?: NetworkPeer[];

  /**
   * What the control plane may connect to on any port, in addition to its cluster and DNS: image registries, webhooks, an identity provider.
   *
   * @default - anywhere, on port 443
   */
  readonly egress?: NetworkPeer[];

  /**
   * The UDP port, from 1 to 65535, on which the inner cluster's CNI carries the packets of inner pods between machines.
   *
   * @default 4789
   */
  readonly overlayPort?: number;
}

export const readControlPlaneNetworkPolicy = readStructure<ControlPlaneNetworkPolicy>({}, {
  kubernetesApiClients: readList(readInstance(NetworkPeer)),
  operators: readList(readInstance(NetworkPeer)),
  workers: readList(readInstance(NetworkPeer)),
  metricsReaders: readList(readInstance(NetworkPeer)),
  egress: readList(readInstance(NetworkPeer)),
  overlayPort: readNumber,
});
