import { Affinity } from './scheduling';

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
