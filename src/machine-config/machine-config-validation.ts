import { TalosVersion } from '../talos/talos-version';

/**
 * Where Talos runs, on which depends what it asks of a machine config.
 *
 * @see https://www.talos.dev/latest/reference/cli/#talosctl-validate
 */
export enum TalosPlatform {
  /** In a container, as in a pod. */
  CONTAINER = 'container',

  /** On a machine of its own. */
  METAL = 'metal',
}

/**
 * What a problem of a machine config is about.
 */
export interface MachineConfigProblem {
  /** The document: `v1alpha1` for the one with `machine` and `cluster`, otherwise its kind, and its name behind a `/` if it has one. */
  readonly document: string;

  /** The path in the document, for example `machine.network.interfaces[0].mtu`; empty for the document as a whole. */
  readonly path: string;

  /** What is wrong and what to do, without secrets. */
  readonly message: string;
}

/**
 * How a machine config is validated.
 */
export interface MachineConfigValidateOptions {
  /**
   * The release of Talos that reads it.
   *
   * @default - the one that the machine config is for
   */
  readonly talosVersion?: TalosVersion;

  /**
   * Where Talos runs.
   *
   * @default TalosPlatform.CONTAINER
   */
  readonly platform?: TalosPlatform;
}

/**
 * What is wrong with a machine config.
 */
export interface MachineConfigValidation {
  /** What Talos refuses. */
  readonly errors: MachineConfigProblem[];

  /** What Talos warns of. */
  readonly warnings: MachineConfigProblem[];

  /** What Talos lets pass although it can't work, such as a missing token or networks that overlap. */
  readonly findings: MachineConfigProblem[];
}
