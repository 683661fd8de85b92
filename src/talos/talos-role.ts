/**
 * What a Talos machine does in its cluster.
 *
 * @see https://www.talos.dev/latest/learn-more/control-plane/
 */
export enum TalosRole {
  /** It runs etcd and the Kubernetes API. */
  CONTROL_PLANE = 'control-plane',

  /** It runs workloads. */
  WORKER = 'worker',
}
