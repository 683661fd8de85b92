import { NetworkPeer } from './network-peer';

/**
 * Who may reach which port of a control plane, and what it may reach. Its members, and the pods that carry its name in the label
 * `app.kubernetes.io/part-of`, are let through by themselves; so is the kubelet of the hosting node, by which probes and port-forwards come.
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
   * @default - none but pods of the cluster
   */
  readonly operators?: NetworkPeer[];

  /**
   * Workers outside of the hosting cluster, which reach the Kubernetes API and trustd (6443, 50001), and whose kubelet and Talos API
   * (10250, 50000) the control plane reaches. Pods with the cluster's label need not be named.
   *
   * @default - none
   */
  readonly workers?: NetworkPeer[];

  /**
   * Who reads the metrics of the kubelets (10250).
   *
   * @default - none but members
   */
  readonly metricsReaders?: NetworkPeer[];

  /**
   * What the control plane may connect to, on any port, beside its cluster and DNS: image registries, webhooks, an identity provider.
   *
   * @default - anywhere on port 443
   */
  readonly egress?: NetworkPeer[];

  /**
   * The UDP port by which the inner cluster's network carries the packets of pods between machines.
   *
   * @default 4789
   */
  readonly overlayPort?: number;
}
