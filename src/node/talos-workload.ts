/**
 * The kind of workload that runs Talos machines.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/
 */
export enum TalosWorkload {
  /** A StatefulSet: machines with stable names and storage of their own. */
  STATEFUL_SET = 'StatefulSet',

  /** A Deployment: with each new pod, a machine gets a new name and becomes a new node of its cluster. */
  DEPLOYMENT = 'Deployment',

  /** A Pod: one machine; nothing replaces its pod. */
  POD = 'Pod',
}
