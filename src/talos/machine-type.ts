/**
 * What a machine is, as `machine.type` has it.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/
 */
export enum MachineType {
  /** It runs etcd and the Kubernetes API. */
  CONTROL_PLANE = 'controlplane',

  /** A control plane that bootstraps etcd by itself. */
  INIT = 'init',

  /** It runs workloads. */
  WORKER = 'worker',
}
