import { Size } from 'cdk8s';
import { readChoice, readInstance, readMap, readStructure, readText } from '../input';
import { VolumeSource } from './storage-plan';
import { requireAbsolutePath, requireAnnotations, requireDnsSubdomain } from '../kubernetes/syntax';
import { EmptyDirMedium, HostPathType } from '../kubernetes/volume';
import { TalosError } from '../problem';

/**
 * How many pods, on how many nodes, can use a volume.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
 */
export enum AccessMode {
  /** The pods of one node can read and write. */
  READ_WRITE_ONCE = 'ReadWriteOnce',

  /** One pod can read and write. */
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',

  /** Pods of many nodes can read and write. */
  READ_WRITE_MANY = 'ReadWriteMany',
}

/**
 * Options of a claim of persistent storage.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims
 */
export interface ClaimOptions {
  /**
   * The minimum size.
   *
   * @default Size.gibibytes(10)
   */
  readonly size?: Size;

  /**
   * The name of the StorageClass.
   *
   * @default - the hosting cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * How many pods, on how many nodes, can use it.
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
 * Options of storage that lives as long as its pod.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
 */
export interface EphemeralOptions {
  /**
   * The medium.
   *
   * @default EmptyDirMedium.DEFAULT
   */
  readonly medium?: EmptyDirMedium;

  /**
   * The size limit; Kubernetes evicts a pod that exceeds it.
   *
   * @default - no limit
   */
  readonly sizeLimit?: Size;
}

/**
 * The storage of one of Talos's directories.
 *
 * @example
 * import { Size } from 'cdk8s';
 * import { MountStorage, NodeStorage, TalosMount } from 'cdk8s-talos';
 *
 * const fast = MountStorage.claim({ size: Size.gibibytes(50), storageClassName: 'fast' });
 * NodeStorage.persistent().withMount(TalosMount.VAR, fast);
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export class MountStorage {
  /**
   * An emptyDir volume, which is deleted with its pod.
   *
   * @param options medium and size limit
   * @throws if the size limit is zero or negative
   */
  public static ephemeral(options: EphemeralOptions = {}): MountStorage {
    options = readEphemeralOptions('options', options);
    return new MountStorage({
      kind: 'emptyDir',
      medium: options.medium,
      sizeLimit: options.sizeLimit && quantity('sizeLimit', options.sizeLimit),
    });
  }

  /**
   * A claim: one for each replica of a StatefulSet, or one for a Deployment or Pod.
   *
   * @param options size, class, access mode and annotations
   * @throws if the size is zero or negative, or the name of the class or an annotation isn't valid
   */
  public static claim(options: ClaimOptions = {}): MountStorage {
    options = readClaimOptions('options', options);
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
   * A claim that exists already.
   *
   * @param claimName its name, in the node's namespace
   * @throws if the name isn't valid
   */
  public static existingClaim(claimName: string): MountStorage {
    requireDnsSubdomain('claimName', readText('claimName', claimName));
    return new MountStorage({ kind: 'existingClaim', claimName });
  }

  /**
   * A directory of the hosting node.
   *
   * @param path its absolute path
   * @param type what must exist there; `DIRECTORY_OR_CREATE` by default
   * @throws if the path is relative
   */
  public static hostPath(path: string, type?: HostPathType): MountStorage {
    requireAbsolutePath('path', readText('path', path));
    return new MountStorage({ kind: 'hostPath', path, type: readChoice(HostPathType)('type', type ?? HostPathType.DIRECTORY_OR_CREATE) });
  }

  private constructor(
    /** @internal */
    public readonly _source: VolumeSource,
  ) {}
}

/** A size as Kubernetes writes it. Throws unless it is more than zero. */
export function quantity(property: string, size: Size): string {
  const kibibytes = size.toKibibytes();
  if (kibibytes <= 0) {
    throw new TalosError('talos:invalid-value', `'${property}' (${kibibytes}Ki) must be more than zero`);
  }
  const [unit, factor] = UNITS.find(([, kibibytesPerUnit]) => kibibytes % kibibytesPerUnit === 0)!;
  return `${kibibytes / factor}${unit}`;
}

const UNITS: [string, number][] = [['Gi', 2 ** 20], ['Mi', 2 ** 10], ['Ki', 1]];

export const readClaimOptions = readStructure<ClaimOptions>({}, {
  size: readInstance(Size),
  storageClassName: readText,
  accessMode: readChoice(AccessMode),
  annotations: readMap(readText),
});
export const readEphemeralOptions = readStructure<EphemeralOptions>({}, { medium: readChoice(EmptyDirMedium), sizeLimit: readInstance(Size) });
