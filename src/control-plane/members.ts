import { Affinity } from '../kubernetes/scheduling';

/**
 * How members are kept on different nodes of the hosting cluster.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
export enum MemberSpread {
  /** Each on a node of its own; a member that finds none waits. */
  REQUIRED = 'Required',

  /** Each on a node of its own where that can be. */
  PREFERRED = 'Preferred',

  /** Anywhere. */
  NONE = 'None',
}

/** The spread of several members, beside what was asked for otherwise. */
export function withMemberSpread(affinity: Affinity | undefined, spread: MemberSpread): Affinity | undefined {
  if (spread === MemberSpread.NONE) {
    return affinity;
  }
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required = [],
    preferredDuringSchedulingIgnoredDuringExecution: preferred = [],
  } = affinity?.podAntiAffinity ?? {};
  const apart = { topologyKey: 'kubernetes.io/hostname' };
  return {
    ...affinity,
    podAntiAffinity: spread === MemberSpread.REQUIRED
      ? { ...affinity?.podAntiAffinity, requiredDuringSchedulingIgnoredDuringExecution: [apart, ...required] }
      : { ...affinity?.podAntiAffinity, preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: apart }, ...preferred] },
  };
}

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

/*
 * What can't be right in the properties of a control plane, beyond what each of them says of itself.
 */

export const MEMBER_COUNTS = [1, 3, 5, 7];

/** The most members that a control plane can have. */
export const MOST_MEMBERS = 7;
