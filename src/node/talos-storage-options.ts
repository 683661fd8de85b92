import { readChoice, readInstance, readStructure } from '../input';
import { NodeStorage } from './node-storage';

/**
 * What happens to a claim of a StatefulSet.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention
 */
export enum ClaimRetention {
  /** Kubernetes keeps it, with its data. */
  RETAIN = 'Retain',

  /** Kubernetes deletes it, with its data. */
  DELETE = 'Delete',
}

/**
 * What happens to the claims of a StatefulSet that no longer needs them.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention
 */
export interface ClaimRetentionPolicy {
  /**
   * When the StatefulSet is deleted.
   *
   * @default ClaimRetention.RETAIN
   */
  readonly whenDeleted?: ClaimRetention;

  /**
   * When the StatefulSet gets fewer replicas.
   *
   * @default ClaimRetention.RETAIN
   */
  readonly whenScaled?: ClaimRetention;
}

/**
 * The storage of Talos machines, and the retention of its claims.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export interface TalosStorageOptions {
  /**
   * The storage of the machines.
   *
   * @default NodeStorage.persistent()
   */
  readonly storage?: NodeStorage;

  /**
   * What happens to the claims of a StatefulSet that no longer needs them.
   *
   * @default - they are kept, with their data
   */
  readonly claimRetentionPolicy?: ClaimRetentionPolicy;
}

export const readClaimRetentionPolicy = readStructure<ClaimRetentionPolicy>({}, {
  whenDeleted: readChoice(ClaimRetention),
  whenScaled: readChoice(ClaimRetention),
});
export const readTalosStorageOptions = readStructure<TalosStorageOptions>({}, {
  storage: readInstance(NodeStorage),
  claimRetentionPolicy: readClaimRetentionPolicy,
});
