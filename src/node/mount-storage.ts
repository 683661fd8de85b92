import { Size } from 'cdk8s';
import { VolumeSource } from './storage-plan';
import { requireAbsolutePath, requireAnnotations, requireDnsSubdomain } from '../kubernetes/syntax';
import { EmptyDirMedium, HostPathType } from '../kubernetes/volume';

/**
 * From how many pods, on how many nodes, a volume can be used.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
 */
export enum AccessMode {
  /** By the pods of one node, for reading and writing. */
  READ_WRITE_ONCE = 'ReadWriteOnce',

  /** By one pod, for reading and writing. */
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',

  /** By pods of many nodes, for reading and writing. */
  READ_WRITE_MANY = 'ReadWriteMany',
}

/**
 * A claim of persistent storage.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims
 */
export interface ClaimOptions {
  /**
   * How large it is, at least.
   *
   * @default Size.gibibytes(10)
   */
  readonly size?: Size;

  /**
   * The name of its StorageClass.
   *
   * @default - the hosting cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * From how many pods, on how many nodes, it can be used.
   *
   * @default AccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: AccessMode;

  /**
   * Annotations of the claim.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Space that lives as long as the pod.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
 */
export interface EphemeralOptions {
  /**
   * Where it is kept.
   *
   * @default EmptyDirMedium.DEFAULT
   */
  readonly medium?: EmptyDirMedium;

  /**
   * How large it may grow; the pod is evicted beyond that.
   *
   * @default - no limit
   */
  readonly sizeLimit?: Size;
}

/**
 * Where the files of one of Talos's directories are kept.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export class MountStorage {
  /**
   * An emptyDir volume: it is gone with the pod.
   *
   * @throws if the size limit is zero or negative
   */
  public static ephemeral(options: EphemeralOptions = {}): MountStorage {
    return new MountStorage({
      kind: 'emptyDir',
      medium: options.medium,
      sizeLimit: options.sizeLimit && quantity('sizeLimit', options.sizeLimit),
    });
  }

  /**
   * A claim: one for each replica of a StatefulSet, one for a Deployment or Pod.
   *
   * @throws if the size is zero or negative, or the class isn't a name
   */
  public static claim(options: ClaimOptions = {}): MountStorage {
    if (options.storageClassName !== undefined) {
      requireDnsSubdomain('storageClassName', options.storageClassName);
    }
    requireAnnotations('annotations', options.annotations ?? {});
    return new MountStorage({
      kind: 'claim',
      size: quantity('size', options.size ?? Size.gibibytes(10)),
      storageClassName: options.storageClassName,
      accessMode: options.accessMode ?? AccessMode.READ_WRITE_ONCE,
      annotations: options.annotations,
    });
  }

  /**
   * A claim that is there already.
   *
   * @param claimName its name, in the node's namespace
   * @throws if that isn't a name
   */
  public static existingClaim(claimName: string): MountStorage {
    requireDnsSubdomain('claimName', claimName);
    return new MountStorage({ kind: 'existingClaim', claimName });
  }

  /**
   * A directory of the hosting node.
   *
   * @param path its absolute path
   * @param type what must be there; `DIRECTORY_OR_CREATE` unless given
   * @throws if the path is relative
   */
  public static hostPath(path: string, type?: HostPathType): MountStorage {
    requireAbsolutePath('path', path);
    return new MountStorage({ kind: 'hostPath', path, type: type ?? HostPathType.DIRECTORY_OR_CREATE });
  }

  private constructor(
    /** @internal */
    public readonly _source: VolumeSource,
  ) {}
}

export function quantity(property: string, size: Size): string {
  const kibibytes = size.toKibibytes();
  if (kibibytes <= 0) {
    throw new Error(`'${property}' (${kibibytes}Ki) must be more than zero`);
  }
  const [unit, factor] = UNITS.find(([, kibibytesPerUnit]) => kibibytes % kibibytesPerUnit === 0)!;
  return `${kibibytes / factor}${unit}`;
}

const UNITS: [string, number][] = [['Gi', 2 ** 20], ['Mi', 2 ** 10], ['Ki', 1]];
