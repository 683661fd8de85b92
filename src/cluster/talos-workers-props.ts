import { MachineNetworkPolicy, readMachineNetworkPolicy } from '../access/network-policy';
import { MemberSpread } from '../control-plane/members';
import { TalosControlPlane } from '../control-plane/talos-control-plane';
import { readAnything, readBoolean, readChoice, readInstance, readList, readNumber, readStructure, readText } from '../input';
import { IMachineConfig } from '../machine-config/machine-config';
import { WorkerMachineOptions, readWorkerMachineOptions } from '../machine-config/worker-machine-options';
import { ConfigUpdate } from '../node/config-update';
import { MemberPatches, readMemberPatches } from '../node/member-patches';
import { ITalosMachineConfig } from '../node/talos-machine-config';
import { TalosPodOptions, readTalosPodOptions } from '../node/talos-pod-options';
import { TalosStorageOptions, readTalosStorageOptions } from '../node/talos-storage-options';
import { SecretDelivery } from '../secrets/secret-delivery';

/**
 * Options of a pool of workers.
 */
export interface WorkerPoolOptions extends TalosPodOptions, TalosStorageOptions, WorkerMachineOptions {
  /**
   * The name of the pool. The names of its objects begin with the name of the cluster and this one: `general` in `acme` makes `acme-general`,
   * which must be a DNS label of at most 52 characters.
   */
  readonly name: string;

  /**
   * The number of workers.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Whether somebody else sets the number of workers, for example a HorizontalPodAutoscaler or `kubectl scale`. The manifest then has no
   * `replicas`: a new pool begins with one worker, and so does one whose manifest had `replicas` until now.
   *
   * @default false
   */
  readonly externalReplicas?: boolean;

  /**
   * Whether the workers are stopped: no pod runs, and claims, Secrets and Services stay.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * How the workers are spread over hosting nodes.
   *
   * @default MemberSpread.PREFERRED
   */
  readonly workerSpread?: MemberSpread;

  /**
   * Patches of the machine configs of single workers, by the ordinals of their pods, applied after `patches`: for example a hostname, or labels of
   * the node. What the workers have in common can't change. Since Talos 1.12.
   *
   * @default - none
   */
  readonly memberPatches?: MemberPatches[];

  /**
   * A ready machine config, in place of one that is generated: a `MachineConfig` or a `TalosMachineConfig`. It must be for a worker. Properties
   * that only reach a generated machine config can't be given with it.
   *
   * @default - one is generated
   */
  readonly machineConfig?: IMachineConfig;

  /**
   * How the keys get to the workers. Where the control plane's delivery keeps keys from synthesis, only `SecretDelivery.existing()` with
   * `workerSecretName` can be given, which a pool in another namespace than the control plane needs.
   *
   * @default - as for the control plane
   */
  readonly secretDelivery?: SecretDelivery;

  /**
   * What happens when the machine config changes; `APPLY_JOB` is for control planes only.
   *
   * @default - `ConfigUpdate.ROLL`, or `ConfigUpdate.INITIAL` where the release loses the node's name with its state
   */
  readonly configUpdate?: ConfigUpdate;

  /**
   * How many workers may be evicted at once when hosting nodes are drained; zero for none.
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

export const readWorkerPoolOptions = readStructure<WorkerPoolOptions>({ name: readText }, {
  ...readTalosPodOptions.optional,
  ...readTalosStorageOptions.optional,
  ...readWorkerMachineOptions.optional,
  replicas: readNumber,
  externalReplicas: readBoolean,
  suspend: readBoolean,
  workerSpread: readChoice(MemberSpread),
  memberPatches: readList(readMemberPatches),
  machineConfig: readAnything,
  secretDelivery: readInstance(SecretDelivery),
  configUpdate: readChoice(ConfigUpdate),
  maxUnavailable: readNumber,
  networkPolicy: readMachineNetworkPolicy,
});
export const readTalosWorkersProps = readStructure<TalosWorkersProps>({
  ...readWorkerPoolOptions.required,
  controlPlane: readInstance(TalosControlPlane),
}, {
  ...readWorkerPoolOptions.optional,
});
