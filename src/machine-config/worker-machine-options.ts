import { readChoice, readInstance, readList, readMap, readStructure, readText } from '../input';
import { MachineConfigPatch, readPatches } from './machine-config-patch';
import { MachineSettings, readMachineSettings } from './machine-settings';
import { TaintEffect } from '../kubernetes/scheduling';
import { TalosVersion } from '../talos/talos-version';

/**
 * Options for the machine config of a worker, in a pool or external.
 */
export interface WorkerMachineOptions extends MachineSettings {
  /**
   * The release of Talos. It can be older or newer than the control plane's if it runs the release of Kubernetes.
   *
   * @default - the control plane's
   */
  readonly talosVersion?: TalosVersion;

  /**
   * The release in whose form the machine config is generated: that of the machine or an older one, for example the one for which the patches are
   * written.
   *
   * @default - the one that the control plane was given, but none that is newer than the machine's release; otherwise the machine's release
   */
  readonly configContract?: TalosVersion;

  /**
   * The release of Kubernetes: the control plane's or up to three minor releases older, never newer.
   *
   * @default - the control plane's, or the newest that the Talos release runs if that is older
   * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
   */
  readonly kubernetesVersion?: string;

  /**
   * Labels of the nodes in the inner cluster. A node can't set most labels of the domains `kubernetes.io` and `k8s.io` on itself, including its
   * role.
   *
   * @default - only those that Kubernetes sets
   * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
   */
  readonly nodeLabels?: { [key: string]: string };

  /**
   * Taints of the nodes in the inner cluster, one for each key. They apply when a node registers for the first time. Kubernetes doesn't let nodes
   * change them later: after a change, delete the Node and restart its machine.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
   */
  readonly nodeTaints?: NodeTaint[];

  /**
   * Patches of the machine config, applied after all others.
   *
   * @default - none
   */
  readonly patches?: MachineConfigPatch[];
}

/**
 * A taint of a node of the inner cluster.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export interface NodeTaint {
  /** The key. */
  readonly key: string;

  /**
   * The value.
   *
   * @default - the empty value
   */
  readonly value?: string;

  /** The effect on pods that don't tolerate the taint. */
  readonly effect: TaintEffect;
}

export const readNodeTaint = readStructure<NodeTaint>({ key: readText, effect: readChoice(TaintEffect) }, { value: readText });
export const readWorkerMachineOptions = readStructure<WorkerMachineOptions>({}, {
  ...readMachineSettings.optional,
  talosVersion: readInstance(TalosVersion),
  configContract: readInstance(TalosVersion),
  kubernetesVersion: readText,
  nodeLabels: readMap(readText),
  nodeTaints: readList(readNodeTaint),
  patches: readPatches,
});
