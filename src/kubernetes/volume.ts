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
}
