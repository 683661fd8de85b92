import { readChoice, readInstance, readStructure } from '../input';
import { HostingNetwork } from '../network/hosting-network';
import { withoutCredentials } from '../problem';
import { TalosVersion } from '../talos/talos-version';
import { documentLabel } from './documents/config-documents';
import { ValidationProblem } from './validation/check/check';

/**
 * Where Talos runs. Its checks of the machine config depend on it.
 *
 * @see https://www.talos.dev/latest/reference/cli/#talosctl-validate
 */
export enum TalosPlatform {
  /** In a container, for example in a pod. */
  CONTAINER = 'container',

  /** On a physical or virtual machine. */
  METAL = 'metal',
}

/**
 * A problem of a machine config.
 */
export interface MachineConfigProblem {
  /** A stable ID of what is wrong, for example `talos:deprecated-field`. */
  readonly id: string;

  /** The document: `v1alpha1` for the one with `machine` and `cluster`, otherwise its kind, followed by `/` and its name if it has one. */
  readonly document: string;

  /** The path in the document, for example `machine.network.interfaces[0].mtu`; empty for the whole document. */
  readonly path: string;

  /** What is wrong and what to do, without secrets. */
  readonly message: string;
}

/**
 * How to validate a machine config.
 */
export interface MachineConfigValidateOptions {
  /**
   * The release of Talos that reads it.
   *
   * @default - the release that the machine config is for
   */
  readonly talosVersion?: TalosVersion;

  /**
   * Where Talos runs.
   *
   * @default TalosPlatform.CONTAINER
   */
  readonly platform?: TalosPlatform;

  /**
   * The networks of the hosting cluster whose pods take the machine config, for `TalosPlatform.CONTAINER`. Addresses that none of its pods can
   * have, and inner networks that overlap its own, are then findings. With `HostingNetwork.of({})`, its networks aren't known.
   *
   * @default - no hosting cluster is considered
   */
  readonly hostingNetwork?: HostingNetwork;
}

/**
 * The result of validating a machine config.
 */
export interface MachineConfigValidation {
  /** Problems that Talos refuses. */
  readonly errors: MachineConfigProblem[];

  /**
   * Problems that Talos warns about and, for `TalosPlatform.CONTAINER`, settings that have no effect in a pod, or another one than on a machine of
   * its own.
   *
   * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/
   */
  readonly warnings: MachineConfigProblem[];

  /**
   * Problems that Talos accepts although the machine can't work with them, for example a missing token or overlapping networks. For
   * `TalosPlatform.CONTAINER`, also settings with which a pod can't run, or that would hurt its hosting node.
   *
   * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/
   */
  readonly findings: MachineConfigProblem[];
}

/** Problems as users see them. Many can be of a document with a very long name. */
export function publicProblems(problems: readonly ValidationProblem[]): MachineConfigProblem[] {
  const labels = new Map([...new Set(problems.map(({ document }) => document))].map((document) => [document, documentLabel(document)]));
  return problems.map(({ id, document, path, message }) => ({ id, document: labels.get(document)!, path: withoutCredentials(path), message }));
}

/** What stays the same in a problem while patches add to its values. */
export function keyOf({ id, document, path }: MachineConfigProblem): string {
  return [id, document, path].join(' ');
}

export const readMachineConfigValidateOptions = readStructure<MachineConfigValidateOptions>({}, {
  talosVersion: readInstance(TalosVersion),
  platform: readChoice(TalosPlatform),
  hostingNetwork: readInstance(HostingNetwork),
});
