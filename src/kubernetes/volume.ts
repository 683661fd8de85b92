import { ConfigMapVolumeSource, ProjectedVolumeSource, SecretVolumeSource } from './volume-files';

/*
 * Volumes beside Talos's own: the parts of Kubernetes' volume for it, under Kubernetes' own names.
 */

/**
 * What a volume in memory or on the hosting node's disk is.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
 */
export interface EmptyDirVolumeSource {
  /**
   * Where it is kept.
   *
   * @default EmptyDirMedium.DEFAULT
   */
  readonly medium?: EmptyDirMedium;

  /**
   * How large it may grow, as a quantity such as `64Mi`.
   *
   * @default - no limit
   */
  readonly sizeLimit?: string;
}

/**
 * Where an emptyDir volume is kept.
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
 * What a directory or file of the hosting node must be.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
 */
export enum HostPathType {
  /** Anything, unchecked. */
  DEFAULT = '',

  /** A directory, which is made if it isn't there. */
  DIRECTORY_OR_CREATE = 'DirectoryOrCreate',

  /** A directory. */
  DIRECTORY = 'Directory',

  /** A file, which is made if it isn't there. */
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
  /** Its absolute path. */
  readonly path: string;

  /**
   * What it must be.
   *
   * @default HostPathType.DEFAULT
   */
  readonly type?: HostPathType;
}

/**
 * A claim that is there already.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export interface PersistentVolumeClaimVolumeSource {
  /** Its name. */
  readonly claimName: string;

  /**
   * Whether it can only be read.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/**
 * A Secret in the pod's namespace.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/local-object-reference/
 */
export interface LocalObjectReference {
  /** Its name. */
  readonly name: string;
}

/**
 * A volume that a CSI driver of the hosting cluster makes for the pod, and takes away with it.
 *
 * @see https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#csi-ephemeral-volumes
 */
export interface CsiVolumeSource {
  /** The driver's name, for example `secrets-store.csi.k8s.io`. */
  readonly driver: string;

  /**
   * Whether it can only be read.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Its file system, for example `ext4`.
   *
   * @default - the driver's choice
   */
  readonly fsType?: string;

  /**
   * What the driver is told.
   *
   * @default - nothing
   */
  readonly volumeAttributes?: { [key: string]: string };

  /**
   * A Secret that the driver needs.
   *
   * @default - none
   */
  readonly nodePublishSecretRef?: LocalObjectReference;
}

/**
 * A volume of the pod: a name and one source.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export interface Volume {
  /** The name by which containers mount it; a DNS label. */
  readonly name: string;

  /**
   * Space that lives as long as the pod.
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
   * A claim that is there already.
   *
   * @default - another source
   */
  readonly persistentVolumeClaim?: PersistentVolumeClaimVolumeSource;

  /**
   * A Secret.
   *
   * @default - another source
   */
  readonly secret?: SecretVolumeSource;

  /**
   * A ConfigMap.
   *
   * @default - another source
   */
  readonly configMap?: ConfigMapVolumeSource;

  /**
   * A volume of a CSI driver.
   *
   * @default - another source
   */
  readonly csi?: CsiVolumeSource;

  /**
   * Files of several sources.
   *
   * @default - another source
   */
  readonly projected?: ProjectedVolumeSource;
}
