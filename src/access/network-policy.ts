import { readInstance, readList, readNumber, readStructure } from '../input';
import { NetworkPeer } from './network-peer';

/**
 * Who may reach which port of machines, and what these may reach. The policy always admits the members of the control plane, the pods with the
 * cluster's name in the label `app.kubernetes.io/part-of`, and the kubelet of the hosting node, from which probes and port-forwards come. Policies
 * add up: another NetworkPolicy for the same pods opens further ports.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export interface MachineNetworkPolicy {
  /**
   * The clients of the Talos API (50000).
   *
   * @default - only pods of the cluster
   */
  readonly operators?: NetworkPeer[];

  /**
   * The clients that read metrics: those of the kubelets (10250), and of a control plane with `metrics` also those of etcd (2381), the controller
   * manager (10257), the scheduler (10259) and the API server (6443, or its port in the machine config).
   *
   * @default - only members of the control plane, which reach the kubelets
   */
  readonly metricsReaders?: NetworkPeer[];

  /**
   * What the machines may connect to on any port, in addition to their cluster and DNS: image registries, webhooks, an identity provider.
   *
   * @default - anywhere, on port 443
   */
  readonly egress?: NetworkPeer[];
}

/**
 * Who may reach which port of a control plane, and what it may reach. Its Jobs may then reach only the Talos API of the members, and DNS.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export interface ControlPlaneNetworkPolicy extends MachineNetworkPolicy {
  /**
   * The clients of the Kubernetes API (6443, or the port of the API server in the machine config).
   *
   * @default - anywhere
   */
  readonly kubernetesApiClients?: NetworkPeer[];

  /**
   * External workers, which reach the Kubernetes API and trustd (50001), and whose kubelet and Talos API (10250, 50000) the control plane reaches.
   * Pods with the cluster's label needn't be listed.
   *
   * @default - none
   */
  readonly workers?: NetworkPeer[];

  /**
   * The UDP port, from 1 to 65535, on which the inner cluster's CNI carries the packets of inner pods between machines.
   *
   * @default - flannel's port in the machine config, otherwise 4789
   */
  readonly overlayPort?: number;
}

export const readMachineNetworkPolicy = readStructure<MachineNetworkPolicy>({}, {
  operators: readList(readInstance(NetworkPeer)),
  metricsReaders: readList(readInstance(NetworkPeer)),
  egress: readList(readInstance(NetworkPeer)),
});
export const readControlPlaneNetworkPolicy = readStructure<ControlPlaneNetworkPolicy>({}, {
  ...readMachineNetworkPolicy.optional,
  kubernetesApiClients: readList(readInstance(NetworkPeer)),
  workers: readList(readInstance(NetworkPeer)),
  overlayPort: readNumber,
});
