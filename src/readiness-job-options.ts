import { Duration } from 'cdk8s';

/**
 * A Job that ends when a cluster is healthy, as `talosctl health` has it: etcd, every machine, every node, the control plane, kube-proxy and
 * CoreDNS. That wants etcd at the addresses of the pods; with `MemberAddresses.STABLE`, or a hosting cluster of two address families, the Job
 * asks whether etcd answers at every member and every node is ready.
 *
 * @see https://www.talos.dev/latest/reference/cli/#talosctl-health
 */
export interface ReadinessJobOptions {
  /**
   * After how long the Job fails.
   *
   * @default Duration.minutes(20)
   */
  readonly timeout?: Duration;
}
