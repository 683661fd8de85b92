import { MachineNetworkPolicy } from '../access/network-policy';
import { TalosControlPlane } from '../control-plane/talos-control-plane';
import { IMachineConfig } from '../machine-config/machine-config';
import { WorkerMachineOptions } from '../machine-config/worker-machine-options';
import { ConfigUpdate } from '../node/config-update';
import { ITalosMachineConfig } from '../node/talos-machine-config';
import { TalosPodOptions } from '../node/talos-pod-options';
import { TalosStorageOptions } from '../node/talos-storage-options';

/**
 * What can be chosen for a pool of workers.
 */
export interface WorkerPoolOptions extends TalosPodOptions, TalosStorageOptions, WorkerMachineOptions {
  /**
   * The name of the pool, from which its objects have theirs, after the name of the cluster: `general` in `acme` makes `acme-general`. A DNS
   * label that ends up with at most 52 characters.
   */
  readonly name: string;

  /**
   * How many workers there are; at least 1.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * A ready machine config, instead of one that is generated: a `MachineConfig` or a `TalosMachineConfig`. It must be that of a worker;
   * properties from which one would be generated can't be given beside it.
   *
   * @default - one is generated
   */
  readonly machineConfig?: IMachineConfig;

  /**
   * What a changed machine config does; `APPLY_JOB` is for control planes only.
   *
   * @default - `ConfigUpdate.ROLL`, or `ConfigUpdate.INITIAL` where the release loses the node's name with its state
   */
  readonly configUpdate?: ConfigUpdate;

  /**
   * How many workers may be evicted at once when nodes of the hosting cluster are drained; zero for none.
   *
   * @default 1
   * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
   */
  readonly maxUnavailable?: number;

  /**
   * Who may reach which port of the workers, and what they may reach. It needs the `networkPolicy` of the control plane, whose `workers` and
   * `overlayPort` hold for the pool too.
   *
   * @default - no policy: everyone whom the hosting cluster lets through
   */
  readonly networkPolicy?: MachineNetworkPolicy;
}

/**
 * Properties of `TalosWorkers`.
 */
export interface TalosWorkersProps extends WorkerPoolOptions {
  /** The control plane of the cluster. */
  readonly controlPlane: TalosControlPlane;
}

/** The properties, with a Secret for the ready machine config. */
export interface BoundWorkersProps extends TalosWorkersProps {
  readonly machineConfig?: ITalosMachineConfig;
}
