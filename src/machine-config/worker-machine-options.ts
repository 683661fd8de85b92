import { MachineConfigPatch } from './machine-config-patch';
import { TaintEffect } from '../kubernetes/scheduling';
import { TalosVersion } from '../talos/talos-version';

/**
 * What can be chosen for the machine config of a worker, wherever it runs.
 */
export interface WorkerMachineOptions {
  /**
   * The release of Talos. It may be another one than the control plane's, older or newer, as long as it runs the release of Kubernetes.
   *
   * @default - the control plane's
   */
  readonly talosVersion?: TalosVersion;

  /**
   * The release of Kubernetes: that of the control plane or up to three minor releases older, never newer.
   *
   * @default - the control plane's, or the newest that the Talos release runs if that is older
   * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
   */
  readonly kubernetesVersion?: string;

  /**
   * Labels of the nodes in the inner cluster. Of those with `kubernetes.io` or `k8s.io` in their key a node can give itself few only, and no
   * role.
   *
   * @default - none but Kubernetes' own
   * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
   */
  readonly nodeLabels?: { [key: string]: string };

  /**
   * Taints of the nodes in the inner cluster, one for each key. They count when a node registers for the first time; Kubernetes lets no node
   * change them later, so after a change delete the Node and restart its machine.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
   */
  readonly nodeTaints?: NodeTaint[];

  /**
   * Changes to the machine config, after all others.
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

  /** What it does to pods that don't tolerate it. */
  readonly effect: TaintEffect;
}
