import { readBoolean, readChoice, readMap, readStructure, readText } from '../input';
import { ConfigMapVolumeSource, ProjectedVolumeSource, SecretVolumeSource, readConfigMapVolumeSource, readProjectedVolumeSource, readSecretVolumeSource } from './volume-files';

/*
 * Volumes in addition to Talos's own, with Kubernetes' own names.
 */

/**
 * An empty directory that lives as long as the pod.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
 */
export interface EmptyDirVolumeSource {
  /**
   * Where the files are kept.
   *
   * @default EmptyDirMedium.DEFAULT
   */
  readonly medium?: EmptyDirMedium;

  /**
   * The largest size, as a quantity such as `64Mi`. Kubernetes evicts the pod beyond it.
   *
   * @default - no limit
   */
  readonly sizeLimit?: string;
}

/**
 * Where the files of an `emptyDir` volume are kept.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
 */
export enum EmptyDirMedium {
  /** On the hosting node's disk. */
  DEFAULT = '',

  /** In memory. */
  MEMORY = 'Memory',
}

/**
 * What must exist at a path of the hosting node.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
 */
export enum HostPathType {
  /** Anything; Kubernetes doesn't check it. */
  DEFAULT = '',

  /** A directory; Kubernetes creates it if nothing exists. */
  DIRECTORY_OR_CREATE = 'DirectoryOrCreate',

  /** A directory. */
  DIRECTORY = 'Directory',

  /** A file; Kubernetes creates it if nothing exists. */
  FILE_OR_CREATE = 'FileOrCreate',

  /** A file. */
  FILE = 'File',

  /** A socket. */
  SOCKET = 'Socket',

  /** A character device. */
  CHAR_DEVICE = 'CharDevice',

  /** A block device. */
  BLOCK_DEVICE = 'BlockDevice',
}

/**
 * A directory or file of the hosting node.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
 */
export interface HostPathVolumeSource {
  /** The absolute path. */
  readonly path: string;

  /**
   * What must exist there.
   *
   * @default HostPathType.DEFAULT
   */
  readonly type?: HostPathType;
}

/**
 * An existing PersistentVolumeClaim.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export interface PersistentVolumeClaimVolumeSource {
  /** The name of the claim. */
  readonly claimName: string;

  /**
   * Whether the volume is read-only.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/**
 * A reference to an object in the pod's namespace.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/local-object-reference/
 */
export interface LocalObjectReference {
  /** The name of the object. */
  readonly name: string;
}

/**
 * A volume that a CSI driver creates for the pod and deletes with it.
 *
 * @see https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#csi-ephemeral-volumes
 */
export interface CsiVolumeSource {
  /** The name of the driver, for example `secrets-store.csi.k8s.io`. */
  readonly driver: string;

  /**
   * Whether the volume is read-only.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * The file system, for example `ext4`.
   *
   * @default - the driver's default
   */
  readonly fsType?: string;

  /**
   * Parameters of the driver.
   *
   * @default - none
   */
  readonly volumeAttributes?: { [key: string]: string };

  /**
   * The Secret with the driver's credentials.
   *
   * @default - none
   */
  readonly nodePublishSecretRef?: LocalObjectReference;
}

/**
 * A volume of the pod: a name and exactly one source.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export interface Volume {
  /** The name by which containers mount the volume; a DNS label. */
  readonly name: string;

  /**
   * An empty directory that lives as long as the pod.
   *
   * @default - another source
   */
  readonly emptyDir?: EmptyDirVolumeSource;

  /**
   * A directory or file of the hosting node.
   *
   * @default - another source
   */
  readonly hostPath?: HostPathVolumeSource;

  /**
   * An existing PersistentVolumeClaim.
   *
   * @default - another source
   */
  readonly persistentVolumeClaim?: PersistentVolumeClaimVolumeSource;

  /**
   * The keys of a Secret as files.
   *
   * @default - another source
   */
  readonly secret?: SecretVolumeSource;

  /**
   * The keys of a ConfigMap as files.
   *
   * @default - another source
   */
  readonly configMap?: ConfigMapVolumeSource;

  /**
   * A volume that a CSI driver creates for the pod.
   *
   * @default - another source
   */
  readonly csi?: CsiVolumeSource;

  /**
   * Files from several sources.
   *
   * @default - another source
   */
  readonly projected?: ProjectedVolumeSource;
}

export const readLocalObjectReference = readStructure<LocalObjectReference>({ name: readText }, {});
export const readCsiVolumeSource = readStructure<CsiVolumeSource>({ driver: readText }, {
  readOnly: readBoolean,
  fsType: readText,
  volumeAttributes: readMap(readText),
  nodePublishSecretRef: readLocalObjectReference,
});
export const readEmptyDirVolumeSource = readStructure<EmptyDirVolumeSource>({}, { medium: readChoice(EmptyDirMedium), sizeLimit: readText });
export const readHostPathVolumeSource = readStructure<HostPathVolumeSource>({ path: readText }, { type: readChoice(HostPathType) });
export const readPersistentVolumeClaimVolumeSource = readStructure<PersistentVolumeClaimVolumeSource>({ claimName: readText }, {
  readOnly: readBoolean,
});
export const readVolume = readStructure<Volume>({ name: readText }, {
  emptyDir: readEmptyDirVolumeSource,
  hostPath: readHostPathVolumeSource,
  persistentVolumeClaim: readPersistentVolumeClaimVolumeSource,
  secret: readSecretVolumeSource,
  configMap: readConfigMapVolumeSource,
  csi: readCsiVolumeSource,
  projected: readProjectedVolumeSource,
});
