/**
 * The images of a release of Talos with a release of Kubernetes, by their full names.
 */
export interface TalosImages {
  /** Talos itself. */
  readonly talos: string;

  /** The command line tool. */
  readonly talosctl: string;

  /** The kubelet of every machine. */
  readonly kubelet: string;

  /** The API server of Kubernetes. */
  readonly kubeApiServer: string;

  /** The controller manager of Kubernetes. */
  readonly kubeControllerManager: string;

  /** The scheduler of Kubernetes. */
  readonly kubeScheduler: string;

  /** The proxy of every machine. */
  readonly kubeProxy: string;

  /** etcd of the control planes. */
  readonly etcd: string;

  /** The DNS of the cluster. */
  readonly coreDns: string;

  /** The pods' network, unless the cluster has another one. */
  readonly flannel: string;

  /** What holds a pod's namespaces. */
  readonly pause: string;

  /**
   * Needed where flannel enforces network policies.
   *
   * @default - the release has none
   */
  readonly kubeNetworkPolicies?: string;

  /**
   * Needed beside flannel in 1.7.
   *
   * @default - the release has none
   */
  readonly installCni?: string;
}
