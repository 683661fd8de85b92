/**
 * The kind of workload that runs Talos machines.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/
 */
export enum TalosWorkload {
  /** A StatefulSet: machines with lasting names and storage of their own. */
  STATEFUL_SET = 'StatefulSet',

  /** A Deployment: machines get a new name, and are new nodes of their cluster, with each pod. */
  DEPLOYMENT = 'Deployment',

  /** A Pod: one machine, which nothing replaces. */
  POD = 'Pod',
}
