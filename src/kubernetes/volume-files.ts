import { readBoolean, readList, readNumber, readStructure, readText } from '../input';
import { ObjectFieldSelector, readObjectFieldSelector } from './environment-variables';

/*
 * Objects and fields that volumes show as files, with Kubernetes' own names.
 */

/**
 * A key of a Secret or ConfigMap as a file.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#secret
 */
export interface KeyToPath {
  /** The key. */
  readonly key: string;

  /** The relative path of the file in the volume. */
  readonly path: string;

  /**
   * The mode of the file, for example `0o400`.
   *
   * @default - the volume's `defaultMode`
   */
  readonly mode?: number;
}

/**
 * The keys of a Secret as files.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#secret
 */
export interface SecretVolumeSource {
  /** The name of the Secret. */
  readonly secretName: string;

  /**
   * The keys and their files.
   *
   * @default - every key, as a file with its name
   */
  readonly items?: KeyToPath[];

  /**
   * The mode of the files.
   *
   * @default 0o644
   */
  readonly defaultMode?: number;

  /**
   * Whether the pod starts if it doesn't exist.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * The keys of a ConfigMap as files.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#configmap
 */
export interface ConfigMapVolumeSource {
  /** The name of the ConfigMap. */
  readonly name: string;

  /**
   * The keys and their files.
   *
   * @default - every key, as a file with its name
   */
  readonly items?: KeyToPath[];

  /**
   * The mode of the files.
   *
   * @default 0o644
   */
  readonly defaultMode?: number;

  /**
   * Whether the pod starts if it doesn't exist.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * Keys of a Secret or ConfigMap as files of a projected volume.
 *
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
 */
export interface KeyProjection {
  /** The name of the Secret or ConfigMap. */
  readonly name: string;

  /**
   * The keys and their files.
   *
   * @default - every key, as a file with its name
   */
  readonly items?: KeyToPath[];

  /**
   * Whether the pod starts if it doesn't exist.
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
  /** The relative path of the file in the volume. */
  readonly path: string;

  /**
   * The field: `metadata.name`, `metadata.namespace`, `metadata.uid`, `metadata.labels` or `metadata.annotations`, or one label or annotation, for
   * example `metadata.labels['team']`.
   */
  readonly fieldRef: ObjectFieldSelector;

  /**
   * The mode of the file, for example `0o400`.
   *
   * @default - the volume's `defaultMode`
   */
  readonly mode?: number;
}

/**
 * Fields of the pod as files of a projected volume.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 */
export interface DownwardApiProjection {
  /** The fields and their files. */
  readonly items: DownwardApiVolumeFile[];
}

/**
 * A token of the pod's ServiceAccount as a file of a projected volume. Kubernetes renews the token before it expires.
 *
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
 */
export interface ServiceAccountTokenProjection {
  /** The relative path of the file in the volume. */
  readonly path: string;

  /**
   * The recipient, which must find itself in the token.
   *
   * @default - the API server of the hosting cluster
   */
  readonly audience?: string;

  /**
   * The seconds until the token expires, from 600 to 2^32.
   *
   * @default 3600
   */
  readonly expirationSeconds?: number;
}

/**
 * A source of a projected volume: exactly one of the properties.
 *
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
 */
export interface VolumeProjection {
  /**
   * The keys of a Secret.
   *
   * @default - another source
   */
  readonly secret?: KeyProjection;

  /**
   * The keys of a ConfigMap.
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
 * Files from several sources in one volume.
 *
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
 */
export interface ProjectedVolumeSource {
  /** The sources. No two files can have the same path. */
  readonly sources: VolumeProjection[];

  /**
   * The mode of the files.
   *
   * @default 0o644
   */
  readonly defaultMode?: number;
}

export const readKeyToPath = readStructure<KeyToPath>({ key: readText, path: readText }, { mode: readNumber });
export const readConfigMapVolumeSource = readStructure<ConfigMapVolumeSource>({ name: readText }, {
  items: readList(readKeyToPath),
  defaultMode: readNumber,
  optional: readBoolean,
});
export const readDownwardApiVolumeFile = readStructure<DownwardApiVolumeFile>({ path: readText, fieldRef: readObjectFieldSelector }, {
  mode: readNumber,
});
export const readDownwardApiProjection = readStructure<DownwardApiProjection>({ items: readList(readDownwardApiVolumeFile) }, {});
export const readKeyProjection = readStructure<KeyProjection>({ name: readText }, { items: readList(readKeyToPath), optional: readBoolean });
export const readServiceAccountTokenProjection = readStructure<ServiceAccountTokenProjection>({ path: readText }, {
  audience: readText,
  expirationSeconds: readNumber,
});
export const readVolumeProjection = readStructure<VolumeProjection>({}, {
  secret: readKeyProjection,
  configMap: readKeyProjection,
  downwardApi: readDownwardApiProjection,
  serviceAccountToken: readServiceAccountTokenProjection,
});
export const readProjectedVolumeSource = readStructure<ProjectedVolumeSource>({ sources: readList(readVolumeProjection) }, {
  defaultMode: readNumber,
});
export const readSecretVolumeSource = readStructure<SecretVolumeSource>({ secretName: readText }, {
  items: readList(readKeyToPath),
  defaultMode: readNumber,
  optional: readBoolean,
});
