import { ObjectFieldSelector } from './environment-variables';

/*
 * What volumes show as files, under Kubernetes' own names.
 */

/**
 * One key of a Secret or ConfigMap as a file.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#secret
 */
export interface KeyToPath {
  /** The key. */
  readonly key: string;

  /** The file's path in the volume; a relative one. */
  readonly path: string;

  /**
   * The file's mode, for example `0o400`.
   *
   * @default - the volume's `defaultMode`
   */
  readonly mode?: number;
}

/**
 * A Secret as files.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#secret
 */
export interface SecretVolumeSource {
  /** The Secret's name. */
  readonly secretName: string;

  /**
   * Which keys, and where.
   *
   * @default - each key as a file of its name
   */
  readonly items?: KeyToPath[];

  /**
   * The files' mode.
   *
   * @default 0o644
   */
  readonly defaultMode?: number;

  /**
   * Whether the pod starts without it.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * A ConfigMap as files.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#configmap
 */
export interface ConfigMapVolumeSource {
  /** The ConfigMap's name. */
  readonly name: string;

  /**
   * Which keys, and where.
   *
   * @default - each key as a file of its name
   */
  readonly items?: KeyToPath[];

  /**
   * The files' mode.
   *
   * @default 0o644
   */
  readonly defaultMode?: number;

  /**
   * Whether the pod starts without it.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * Keys of a Secret or ConfigMap as files.
 *
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
 */
export interface KeyProjection {
  /** The name of the Secret or ConfigMap. */
  readonly name: string;

  /**
   * Which keys, and where.
   *
   * @default - each key as a file of its name
   */
  readonly items?: KeyToPath[];

  /**
   * Whether the pod starts without it.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * A field of the pod as a file.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 */
export interface DownwardApiVolumeFile {
  /** The file's path in the volume; a relative one. */
  readonly path: string;

  /**
   * The field: `metadata.name`, `metadata.namespace`, `metadata.uid`, `metadata.labels` or `metadata.annotations`; of the last two also one by
   * its key, for example `metadata.labels['team']`.
   */
  readonly fieldRef: ObjectFieldSelector;

  /**
   * The file's mode, for example `0o400`.
   *
   * @default - the volume's `defaultMode`
   */
  readonly mode?: number;
}

/**
 * Fields of the pod as files.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 */
export interface DownwardApiProjection {
  /** Which fields, and where. */
  readonly items: DownwardApiVolumeFile[];
}

/**
 * A token of the pod's ServiceAccount as a file. Kubernetes writes a new one before it expires.
 *
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
 */
export interface ServiceAccountTokenProjection {
  /** The file's path in the volume; a relative one. */
  readonly path: string;

  /**
   * Whom the token is for.
   *
   * @default - the hosting cluster's API server
   */
  readonly audience?: string;

  /**
   * After how many seconds the token expires, from 600 to 2^32.
   *
   * @default 3600
   */
  readonly expirationSeconds?: number;
}

/**
 * Files of a projected volume: exactly one of the sources.
 *
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
 */
export interface VolumeProjection {
  /**
   * A Secret.
   *
   * @default - another source
   */
  readonly secret?: KeyProjection;

  /**
   * A ConfigMap.
   *
   * @default - another source
   */
  readonly configMap?: KeyProjection;

  /**
   * Fields of the pod.
   *
   * @default - another source
   */
  readonly downwardApi?: DownwardApiProjection;

  /**
   * A token of the pod's ServiceAccount.
   *
   * @default - another source
   */
  readonly serviceAccountToken?: ServiceAccountTokenProjection;
}

/**
 * Files of several sources in one volume.
 *
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
 */
export interface ProjectedVolumeSource {
  /** The sources. */
  readonly sources: VolumeProjection[];

  /**
   * The files' mode.
   *
   * @default 0o644
   */
  readonly defaultMode?: number;
}
