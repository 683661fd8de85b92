/**
 * Who upgrades what Kubernetes runs in its own pods, which the machine config of a running cluster doesn't change: kube-proxy, CoreDNS and flannel.
 *
 * @see https://www.talos.dev/latest/kubernetes-guides/upgrading-kubernetes/
 */
export enum KubernetesUpgrade {
  /**
   * A Job calls `talosctl upgrade-k8s` as soon as every member runs the new release; it changes nothing where nothing differs from what Talos
   * installs.
   */
  JOB = 'Job',

  /** A person calls `talosctl upgrade-k8s`. */
  MANUAL = 'Manual',
}
