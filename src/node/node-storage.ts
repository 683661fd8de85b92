import { Size } from 'cdk8s';
import { readInstance, readStructure, readChoice } from '../input';
import { TalosError } from '../problem';
import { ClaimOptions, MountStorage, quantity } from './mount-storage';
import { PlannedVolume, StoragePlan, VolumeSource } from './storage-plan';
import { EmptyDirMedium } from '../kubernetes/volume';
import { TalosMount } from '../talos/talos-mount';
import { TalosVersion } from '../talos/talos-version';

/**
 * Options of storage in which nothing persists.
 */
export interface EphemeralNodeOptions {
  /**
   * The size limit of `/var`, which holds images, containers and etcd, and of `/opt` in Talos 1.7, which holds CNI plugins. With it, each other
   * directory is limited to 64 MiB. Kubernetes evicts a pod that exceeds a limit.
   *
   * @default - no limit
   */
  readonly sizeLimit?: Size;
}

/**
 * The storage of a Talos node: one that its persistent directories share by sub-paths, and others for single directories.
 *
 * @example
 * import { App, Chart, Size } from 'cdk8s';
 * import { MountStorage, NodeStorage, TalosMount, TalosNode } from 'cdk8s-talos';
 *
 * const chart = new Chart(new App(), 'talos', { namespace: 'talos' });
 * new TalosNode(chart, 'node', {
 *   storage: NodeStorage.persistent({ size: Size.gibibytes(20) })
 *     .withMount(TalosMount.SYSTEM_STATE, MountStorage.ephemeral()),
 * });
 *
 * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/#volume-mounts
 */
export class NodeStorage {
  /**
   * Keeps every directory that Talos's guide wants to persist in one claim, so that a machine needs one disk.
   *
   * @param options size, class, access mode and annotations of the claim
   * @throws if the size is zero or negative, or the name of the class or an annotation isn't valid
   */
  public static persistent(options: ClaimOptions = {}): NodeStorage {
    return NodeStorage.shared(MountStorage.claim(options));
  }

  /**
   * Keeps only what must persist in one claim; the rest is deleted with the pod. See `TalosVersion.essentialMounts`.
   *
   * @param options size, class, access mode and annotations of the claim
   * @throws if the size is zero or negative, or the name of the class or an annotation isn't valid
   */
  public static essential(options: ClaimOptions = {}): NodeStorage {
    return new NodeStorage((version) => version.essentialMounts, MountStorage.claim(options), new Map());
  }

  /**
   * Keeps nothing: a new pod is a new machine.
   *
   * @param options the size limit
   * @throws if the size limit is zero or negative
   */
  public static ephemeral(options: EphemeralNodeOptions = {}): NodeStorage {
    const { sizeLimit } = readEphemeralNodeOptions('options', options);
    return new NodeStorage(() => [], MountStorage.ephemeral(), new Map(), sizeLimit && quantity('sizeLimit', sizeLimit));
  }

  /**
   * Keeps every directory that Talos's guide wants to persist in one storage of any kind.
   *
   * @param storage a claim, an existing claim or a directory of the hosting node
   * @throws if the storage is ephemeral
   */
  public static shared(storage: MountStorage): NodeStorage {
    if (readInstance(MountStorage)('storage', storage)._source.kind === 'emptyDir') {
      throw new TalosError('talos:conflicting-properties', '\'storage\' (ephemeral) can\'t be shared: use NodeStorage.ephemeral()');
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
   * The same storage, with another one for a single directory.
   *
   * @param mount the directory
   * @param storage its storage
   * @throws if the directory already has a storage of its own, or must be empty at every start and the storage would persist
   */
  public withMount(mount: TalosMount, storage: MountStorage): NodeStorage {
    readChoice(TalosMount)('mount', mount);
    readInstance(MountStorage)('storage', storage);
    if (this.exceptions.has(mount)) {
      throw new TalosError('talos:invalid-value', `'mount' (${mount}) is given twice: give each directory one storage`);
    }
    if (TalosVersion.DEFAULT.ephemeralMounts.includes(mount) && storage._source.kind !== 'emptyDir') {
      throw new TalosError('talos:invalid-value', `'mount' (${mount}) must be empty at every start: give it MountStorage.ephemeral()`);
    }
    return new NodeStorage(this.sharing, this.storage, new Map([...this.exceptions, [mount, storage]]), this.sizeLimit);
  }

  /**
   * The volumes of a node of this release, and where they are mounted.
   *
   * @param freshState whether `/system/state` must be deleted with the pod
   * @internal
   */
  public _plan(version: TalosVersion, freshState: boolean): StoragePlan {
    const mounts = [...version.ephemeralMounts, ...version.persistentMounts];
    for (const mount of this.exceptions.keys()) {
      if (!mounts.includes(mount)) {
        throw new TalosError('talos:unsupported-release', `'storage' has ${mount}, which Talos ${version.minor} doesn't use: leave it out, or choose one of ${mounts.join(', ')}`);
      }
    }
    const state = this.exceptions.get(TalosMount.SYSTEM_STATE);
    if (freshState && state && state._source.kind !== 'emptyDir') {
      throw new TalosError('talos:conflicting-properties', `'storage' keeps ${TalosMount.SYSTEM_STATE}, where an old machine config wins over a new one: `
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
    return new StoragePlan(volumes, volumeMounts);
  }

  private ephemeralSource(mount: TalosMount): VolumeSource {
    if (IN_MEMORY.includes(mount)) {
      return { kind: 'emptyDir', medium: EmptyDirMedium.MEMORY, sizeLimit: SMALL };
    }
    return { kind: 'emptyDir', sizeLimit: this.sizeLimit && (LARGE.includes(mount) ? this.sizeLimit : SMALL) };
  }
}

const SHARED_VOLUME = 'data';

/** Directories with images, containers and etcd, and with the programs of CNI plugins. */
const LARGE = [TalosMount.VAR, TalosMount.OPT];

/** Enough for every other directory: Talos writes less than a megabyte into each. */
const SMALL = '64Mi';

/** On disk, unmounting these would take ten seconds of every shutdown; the state also holds keys. */
const IN_MEMORY = [TalosMount.RUN, TalosMount.SYSTEM, TalosMount.TMP, TalosMount.SYSTEM_STATE];

/** The name of a volume as in Talos's guide: `etc-cni` for `/etc/cni`. */
function volumeName(mount: TalosMount): string {
  return mount.slice(1).replaceAll('/', '-');
}

export const readEphemeralNodeOptions = readStructure<EphemeralNodeOptions>({}, { sizeLimit: readInstance(Size) });
