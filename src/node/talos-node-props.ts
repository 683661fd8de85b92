import { readAnything, readBoolean, readChoice, readInstance, readNumber, readStructure, readText } from '../input';
import { ConfigUpdate } from './config-update';
import { TalosPodOptions, readTalosPodOptions } from './talos-pod-options';
import { TalosStorageOptions, readTalosStorageOptions } from './talos-storage-options';
import { TalosWorkload } from './talos-workload';
import { IMachineConfig } from '../machine-config/machine-config';
import { HostingNetwork } from '../network/hosting-network';
import { SecretDelivery } from '../secrets/secret-delivery';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';

/**
 * Properties of a `TalosNode`.
 */
export interface TalosNodeProps extends TalosPodOptions, TalosStorageOptions {
  /**
   * The name of the workload and its Service, with which the names of the pods, and so of the machines, begin. A DNS label that begins with a
   * letter; up to 52 characters for a StatefulSet, otherwise up to 63.
   *
   * @default - the construct's path, joined by `-`
   */
  readonly name?: string;

  /**
   * The release of Talos.
   *
   * @default - the release that the machine config is for, otherwise `TalosVersion.DEFAULT`
   */
  readonly talosVersion?: TalosVersion;

  /**
   * The machine config: a `TalosMachineConfig`, or a `MachineConfig`, for which a Secret with the node's name and `-config` is made.
   *
   * @default - the machines wait in maintenance mode for `talosctl apply-config --insecure`
   */
  readonly machineConfig?: IMachineConfig;

  /**
   * How the keys in a `MachineConfig` get to the machines. A `TalosMachineConfig` has a `secretDelivery` of its own.
   *
   * @default SecretDelivery.inline()
   */
  readonly secretDelivery?: SecretDelivery;

  /**
   * What happens when the machine config changes.
   *
   * @default ConfigUpdate.INITIAL
   */
  readonly configUpdate?: ConfigUpdate;

  /**
   * The networks of the hosting cluster, against which the addresses and networks in the machine config are checked.
   *
   * @default - not known: what may not work is a warning
   * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/
   */
  readonly hostingNetwork?: HostingNetwork;

  /**
   * The role of the machines in their cluster, which decides on ports and probes.
   *
   * @default - the role in the machine config; where it isn't known here, no role is assumed
   */
  readonly role?: TalosRole;

  /**
   * The kind of workload.
   *
   * @default TalosWorkload.STATEFUL_SET
   */
  readonly workload?: TalosWorkload;

  /**
   * The number of machines.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Whether somebody else sets the number of machines, for example a HorizontalPodAutoscaler or `kubectl scale`. The manifest then has no
   * `replicas`: a new workload begins with one machine, and so does one whose manifest had `replicas` until now.
   *
   * @default false
   */
  readonly externalReplicas?: boolean;

  /**
   * Whether the machines are stopped: no pod runs, and claims, Secrets and Services stay. Without the property, the machines start again with their
   * data.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

export const readTalosNodeProps = readStructure<TalosNodeProps>({}, {
  ...readTalosPodOptions.optional,
  ...readTalosStorageOptions.optional,
  name: readText,
  talosVersion: readInstance(TalosVersion),
  machineConfig: readAnything,
  secretDelivery: readInstance(SecretDelivery),
  configUpdate: readChoice(ConfigUpdate),
  hostingNetwork: readInstance(HostingNetwork),
  role: readChoice(TalosRole),
  workload: readChoice(TalosWorkload),
  replicas: readNumber,
  externalReplicas: readBoolean,
  suspend: readBoolean,
});
