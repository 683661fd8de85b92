import { Size } from 'cdk8s';
import { requireAbsolutePath, requireAnnotations, requireDnsSubdomain } from './kubernetes-syntax';
import { PlannedVolume, StoragePlan, VolumeSource } from './storage-plan';
import { TalosMount } from './talos-mount';
import { TalosVersion } from './talos-version';
import { EmptyDirMedium, HostPathType } from './volume';

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
 * The space of a node of which nothing persists.
 */
export interface EphemeralNodeOptions {
  /**
   * How large `/var` may grow, with images, containers and etcd, and `/opt` of Talos 1.7, with CNI plugins; the other directories have 64 MiB
   * each then. The pod is evicted beyond that.
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

/**
 * Where the files of a Talos node are kept: one storage that its persistent directories share by sub-paths, and exceptions by directory.
 *
 * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/#volume-mounts
 */
export class NodeStorage {
  /**
   * Every directory that Talos's guide wants to persist, from one claim: a node costs one disk.
   *
   * @throws if the size is zero or negative, or the class isn't a name
   */
  public static persistent(options: ClaimOptions = {}): NodeStorage {
    return NodeStorage.shared(MountStorage.claim(options));
  }

  /**
   * Only what must persist, from one claim; the rest goes with the pod. See `TalosVersion.essentialMounts`.
   *
   * @throws if the size is zero or negative, or the class isn't a name
   */
  public static essential(options: ClaimOptions = {}): NodeStorage {
    return new NodeStorage((version) => version.essentialMounts, MountStorage.claim(options), new Map());
  }

  /**
   * Nothing persists: a new pod is a new node.
   *
   * @param options how large it may grow
   * @throws if the size limit is zero or negative
   */
  public static ephemeral(options: EphemeralNodeOptions = {}): NodeStorage {
    const { sizeLimit } = options;
    return new NodeStorage(() => [], MountStorage.ephemeral(), new Map(), sizeLimit && quantity('sizeLimit', sizeLimit));
  }

  /**
   * Every directory that Talos's guide wants to persist, from one storage of any kind.
   *
   * @param storage a claim, an existing claim or a directory of the hosting node
   * @throws if the storage is ephemeral
   */
  public static shared(storage: MountStorage): NodeStorage {
    if (storage._source.kind === 'emptyDir') {
      throw new Error('\'storage\' (ephemeral) can\'t be shared: use NodeStorage.ephemeral()');
    }
    return new NodeStorage((version) => version.persistentMounts, storage, new Map());
  }

  private constructor(
    private readonly sharing: (version: TalosVersion) => TalosMount[],
    private readonly storage: MountStorage,
    private readonly exceptions: ReadonlyMap<TalosMount, MountStorage>,
    private readonly sizeLimit?: string,
  ) {}

  /**
   * The same storage with an exception for one directory.
   *
   * @param mount the directory
   * @param storage where its files are kept
   * @throws if the directory has an exception already, or must be empty at every start and the storage would persist
   */
  public withMount(mount: TalosMount, storage: MountStorage): NodeStorage {
    if (this.exceptions.has(mount)) {
      throw new Error(`'mount' (${mount}) is given twice: give each directory one storage`);
    }
    if (TalosVersion.DEFAULT.ephemeralMounts.includes(mount) && storage._source.kind !== 'emptyDir') {
      throw new Error(`'mount' (${mount}) must be empty at every start: give it MountStorage.ephemeral()`);
    }
    return new NodeStorage(this.sharing, this.storage, new Map([...this.exceptions, [mount, storage]]), this.sizeLimit);
  }

  /**
   * The volumes of a node of this release, and where they are mounted.
   *
   * @param freshState whether `/system/state` must go with the pod
   * @internal
   */
  public _plan(version: TalosVersion, freshState: boolean): StoragePlan {
    const mounts = [...version.ephemeralMounts, ...version.persistentMounts];
    for (const mount of this.exceptions.keys()) {
      if (!mounts.includes(mount)) {
        throw new Error(`'storage' has ${mount}, which Talos ${version.minor} doesn't use: leave it out, or choose one of ${mounts.join(', ')}`);
      }
    }
    const state = this.exceptions.get(TalosMount.SYSTEM_STATE);
    if (freshState && state && state._source.kind !== 'emptyDir') {
      throw new Error(`'storage' keeps ${TalosMount.SYSTEM_STATE}, where an old machine config wins over a new one: `
        + 'leave the directory out of the storage, or use ConfigUpdate.INITIAL');
    }

    const shared = this.sharing(version).filter((mount) => !this.exceptions.has(mount) && !(freshState && mount === TalosMount.SYSTEM_STATE));
    const volumes: PlannedVolume[] = shared.length > 0 ? [{ name: SHARED_VOLUME, source: this.storage._source }] : [];
    const volumeMounts = mounts.map((mount) => {
      const name = volumeName(mount);
      if (shared.includes(mount)) {
        return { mount, volume: SHARED_VOLUME, subPath: name };
      }
      volumes.push({ name, source: this.exceptions.get(mount)?._source ?? this.ephemeralSource(mount) });
      return { mount, volume: name };
    });
    return { volumes, volumeMounts };
  }

  private ephemeralSource(mount: TalosMount): VolumeSource {
    if (IN_MEMORY.includes(mount)) {
      return { kind: 'emptyDir', medium: EmptyDirMedium.MEMORY, sizeLimit: SMALL };
    }
    return { kind: 'emptyDir', sizeLimit: this.sizeLimit && (LARGE.includes(mount) ? this.sizeLimit : SMALL) };
  }
}

const SHARED_VOLUME = 'data';

/** Where images, containers and etcd are, and the programs of CNI plugins. */
const LARGE = [TalosMount.VAR, TalosMount.OPT];

/** Ample for every other directory: Talos writes less than a megabyte into each. */
const SMALL = '64Mi';

/** On disk, Talos would spend ten seconds of every shutdown on unmounting these; the state holds keys besides. */
const IN_MEMORY = [TalosMount.RUN, TalosMount.SYSTEM, TalosMount.TMP, TalosMount.SYSTEM_STATE];

/** The names of the guide: `/etc/cni` is `etc-cni`. */
function volumeName(mount: TalosMount): string {
  return mount.slice(1).replaceAll('/', '-');
}

function quantity(property: string, size: Size): string {
  const kibibytes = size.toKibibytes();
  if (kibibytes <= 0) {
    throw new Error(`'${property}' (${kibibytes}Ki) must be more than zero`);
  }
  const [unit, factor] = UNITS.find(([, kibibytesPerUnit]) => kibibytes % kibibytesPerUnit === 0)!;
  return `${kibibytes / factor}${unit}`;
}

const UNITS: [string, number][] = [['Gi', 2 ** 20], ['Mi', 2 ** 10], ['Ki', 1]];
