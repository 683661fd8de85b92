import { Affinity } from '../kubernetes/scheduling';
import { PodFacts } from '../machine-config/fitness/pod-facts';
import { MachineConfig } from '../machine-config/machine-config';
import { needsWritableRoot } from '../machine-config/pod-requirements';
import { HostingNetwork } from '../network/hosting-network';
import { TalosPodOptions } from '../node/talos-pod-options';
import { TalosVersion } from '../talos/talos-version';

/**
 * How the machines of a control plane or a pool are spread over hosting nodes.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
export enum MemberSpread {
  /** Each on a hosting node of its own; a machine without one waits. */
  REQUIRED = 'Required',

  /** Each on a hosting node of its own where possible. */
  PREFERRED = 'Preferred',

  /** Anywhere. */
  NONE = 'None',
}

/** The affinity of a user, with the spread of machines added. */
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
 * The addresses by which the members of etcd know each other.
 *
 * @see https://etcd.io/docs/v3.6/op-guide/runtime-configuration/
 */
export enum MemberAddresses {
  /**
   * The addresses of the pods, which change with each pod. A single member survives that, and so do three when one at a time is replaced. When
   * all of several members are replaced at once, the cluster loses its quorum permanently.
   */
  POD_IP = 'PodIP',

  /**
   * The addresses of Services, one for each member, which its pod takes as an address of its own. All members can be replaced at once.
   */
  STABLE = 'Stable',
}

/** The numbers of members that a control plane can have. */
export const MEMBER_COUNTS = [1, 3, 5, 7];

/** The most members that a control plane can have. */
export const MOST_MEMBERS = 7;

/** What is known of the pods of members. */
export function memberFacts(
  props: TalosPodOptions & { readonly memberAddresses?: MemberAddresses }, hostingNetwork: HostingNetwork, talosVersion: TalosVersion,
  config?: MachineConfig,
): PodFacts {
  return {
    hostingNetwork,
    hasServiceAddress: props.memberAddresses === MemberAddresses.STABLE,
    hasWritableRoot: !(props.readOnlyRootFilesystem ?? !needsWritableRoot(config, talosVersion)),
    areOfCluster: true,
  };
}
