import { ConfigUpdate } from './config-update';
import { TalosPodOptions } from './talos-pod-options';
import { TalosStorageOptions } from './talos-storage-options';
import { TalosWorkload } from './talos-workload';
import { IMachineConfig } from '../machine-config/machine-config';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';

/**
 * Properties of a `TalosNode`.
 */
export interface TalosNodeProps extends TalosPodOptions, TalosStorageOptions {
  /**
   * The name of the workload and its Service, from which the pods, and so the Talos nodes, have theirs; a DNS label that begins with a
   * letter, up to 52 characters for a StatefulSet, otherwise up to 63.
   *
   * @default - the ids on the way from the app to the construct, joined by `-`
   */
  readonly name?: string;

  /**
   * The release of Talos.
   *
   * @default - the release that the machine config is for, otherwise `TalosVersion.DEFAULT`
   */
  readonly talosVersion?: TalosVersion;

  /**
   * The machine config: a `MachineConfig`, for which a Secret with the name of the node and `-config` is made, or a `TalosMachineConfig`.
   *
   * @default - the machines wait in maintenance mode for `talosctl apply-config --insecure`
   */
  readonly machineConfig?: IMachineConfig;

  /**
   * What a changed machine config does.
   *
   * @default ConfigUpdate.INITIAL
   */
  readonly configUpdate?: ConfigUpdate;

  /**
   * What the machines do in their cluster, on which ports and probes depend.
   *
   * @default - what the machine config says; where it isn't known here, nothing is presumed
   */
  readonly role?: TalosRole;

  /**
   * The kind of workload.
   *
   * @default TalosWorkload.STATEFUL_SET
   */
  readonly workload?: TalosWorkload;

  /**
   * How many machines there are; at least 1.
   *
   * @default 1
   */
  readonly replicas?: number;
}
