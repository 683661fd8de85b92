import { NodeStorage } from './node-storage';

/**
 * What happens to a claim of a StatefulSet.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention
 */
export enum ClaimRetention {
  /** It stays, with its data. */
  RETAIN = 'Retain',

  /** It is deleted, with its data. */
  DELETE = 'Delete',
}

/**
 * What happens to the claims of a StatefulSet when their pods go for good.
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
 * Where the files of Talos machines are kept, and what becomes of them.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export interface TalosStorageOptions {
  /**
   * Where the machines' files are kept.
   *
   * @default NodeStorage.persistent()
   */
  readonly storage?: NodeStorage;

  /**
   * What happens to the claims of a StatefulSet when their pods go for good.
   *
   * @default - they stay, with their data
   */
  readonly claimRetentionPolicy?: ClaimRetentionPolicy;
}
