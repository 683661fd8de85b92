/**
 * By which addresses the members of etcd know each other.
 *
 * @see https://etcd.io/docs/v3.6/op-guide/runtime-configuration/
 */
export enum MemberAddresses {
  /**
   * Those of the pods, which are new with each pod. One member gets over it, and so does one of three at a time; when all of several members
   * are replaced at once, the cluster has lost its quorum for ever.
   */
  POD_IP = 'PodIP',

  /**
   * Those of Services, one for each member, which the pod takes as an address of its own. All members can be replaced at once.
   */
  STABLE = 'Stable',
}
