import SemVer from 'semver/classes/semver';
import parse from 'semver/functions/parse';
import { readInstance, readStructure, readText } from '../input';
import { shortened, TalosError } from '../problem';
import { EMBEDDED_CONFIG_SINCE } from './embedded-config';
import { HostDnsForm } from './host-dns-form';
import { nearestPatchReleases, PatchRelease, patchReleasesOf } from './patch-release';
import { factsOf, isAtLeast, isRelease, Release, RELEASES } from './release';
import { CONNECTS_BY_NAME_SINCE, EPHEMERAL_MOUNTS, MinorRelease, NAMED_BY_IDENTITY } from './release-table';
import { TalosImages, talosImages } from './talos-images';
import { TalosMount } from './talos-mount';

/**
 * Options of a release of Talos.
 */
export interface TalosVersionOptions {
  /**
   * For a minor release that isn't known here, the release whose rules, mounts, images and Kubernetes versions it has, as far as you know. It has no
   * effect once this library knows the minor release.
   *
   * @default - a minor release that isn't known here is an error
   */
  readonly like?: TalosVersion;
}

const readTalosVersionOptions = readStructure<TalosVersionOptions>({}, {
  // the class isn't there yet
  like: (property, value) => readInstance(TalosVersion)(property, value),
});

/**
 * A release of Talos Linux, and every fact that depends on it: image tag, mounts, form of host DNS, Kubernetes versions.
 *
 * @see https://github.com/siderolabs/talos/releases
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { TalosNode, TalosVersion } from 'cdk8s-talos';
 *
 * const app = new App();
 * const chart = new Chart(app, 'lab', { namespace: 'lab' });
 * const talosVersion = TalosVersion.of('v1.13.9');
 * new TalosNode(chart, 'node', { talosVersion });
 *
 * // for a registry without access to the internet
 * const kubelet = talosVersion.images().kubelet; // ghcr.io/siderolabs/kubelet:v1.36.3
 */
export class TalosVersion {
  /** Talos 1.7, in its newest patch release that is known here. */
  public static readonly V1_7 = TalosVersion.of('1.7');

  /** Talos 1.8, in its newest patch release that is known here. */
  public static readonly V1_8 = TalosVersion.of('1.8');

  /** Talos 1.9, in its newest patch release that is known here. */
  public static readonly V1_9 = TalosVersion.of('1.9');

  /** Talos 1.10, in its newest patch release that is known here. */
  public static readonly V1_10 = TalosVersion.of('1.10');

  /** Talos 1.11, in its newest patch release that is known here. */
  public static readonly V1_11 = TalosVersion.of('1.11');

  /** Talos 1.12, in its newest patch release that is known here. */
  public static readonly V1_12 = TalosVersion.of('1.12');

  /** Talos 1.13, in its newest patch release that is known here. */
  public static readonly V1_13 = TalosVersion.of('1.13');

  /** Talos 1.14, in its newest patch release that is known here. It has conditions in a pod: see `conditions`. */
  public static readonly V1_14 = TalosVersion.of('1.14');

  /** The newest release that works in an ordinary pod: 1.13. */
  public static readonly DEFAULT = TalosVersion.V1_13;

  /**
   * A release by its number, for example `v1.13.9`, or `v1.13` for the newest patch release of that minor release that is known here.
   *
   * A patch release that isn't known here takes what its minor release's nearest one has, and constructs warn of it. Pin clusters in production to a
   * patch release: without one, an update of this library moves them to the newest Talos that it knows, and to its Kubernetes.
   *
   * @param version the number, with or without the leading `v`, with or without a patch number
   * @param options for a minor release that isn't known here
   * @throws if the text isn't a version, or names a minor release that isn't known here without a release that it is like
   */
  public static of(version: string, options: TalosVersionOptions = {}): TalosVersion {
    const minorOnly = /^v?(\d+\.\d+)$/.exec(readText('version', version))?.[1];
    const { like } = readTalosVersionOptions('options', options);
    const number = parse(minorOnly === undefined ? version : newestPatchOf(minorOnly));
    const minor = number && `${number.major}.${number.minor}`;
    if (minor && isRelease(minor)) {
      return new TalosVersion(number, minor, nearestPatchReleases(minor, number.version), minorOnly === undefined);
    }
    if (!minor || !like) {
      const isNewer = number && number.compare(`${RELEASES[0]}.0`) > 0;
      throw new TalosError('talos:unsupported-release', `'version' (${shortened(version)}) ${minor ? 'is not a known release of Talos' : 'is not a version'}: `
        + `give one of ${RELEASES.join(', ')}, ${isNewer ? `update cdk8s-talos, or say which release it is like: ${likeNewest(number)}` : 'or a patch release such as v1.13.9'}`);
    }
    if (minorOnly !== undefined) {
      throw new TalosError('talos:unsupported-release', `'version' (${shortened(version)}) is a minor release that is not known here: give its patch number too, such as v${minor}.0`);
    }
    return new TalosVersion(number, like._release, like.nearest, true);
  }

  /** The minor release, for example `1.13`. */
  public readonly minor: string;

  /** The tag of this release's images, for example `v1.13.9`. */
  public readonly imageTag: string;

  /** Where machine configs of this release switch on host DNS. */
  public readonly hostDnsForm: HostDnsForm;

  /** The oldest minor release of Kubernetes that this release runs, for example `1.31`. */
  public readonly oldestKubernetesVersion: string;

  /** The newest minor release of Kubernetes that this release runs, for example `1.36`. */
  public readonly newestKubernetesVersion: string;

  /**
   * The minor release whose rules it follows.
   *
   * @internal
   */
  public readonly _release: Release;

  /**
   * What that minor release brings.
   *
   * @internal
   */
  public readonly _facts: MinorRelease;

  /**
   * Whether an update of this library doesn't move it to another patch release.
   *
   * @internal
   */
  public readonly _isPinned: boolean;

  // each machine asks for it several times
  #keepsHostname?: boolean;

  /**
   * @param number its own number
   * @param release the minor release whose rules it follows
   * @param nearest the known patch releases, the nearest to this one first
   * @param isPinned whether the patch number was given
   */
  private constructor(private readonly number: SemVer, release: Release, private readonly nearest: readonly PatchRelease[], isPinned: boolean) {
    this._isPinned = isPinned;
    this._release = release;
    this._facts = factsOf(release);
    this.minor = `${number.major}.${number.minor}`;
    this.imageTag = `v${number.version}`;
    this.hostDnsForm = this._facts.hostDnsForm;
    this.oldestKubernetesVersion = this._facts.kubernetes.oldest;
    this.newestKubernetesVersion = this._facts.kubernetes.newest;
  }

  /** The directories that must be empty at every start of the pod. */
  public get ephemeralMounts(): TalosMount[] {
    return [...EPHEMERAL_MOUNTS];
  }

  /** The directories that persist by default, as in Talos's guide to Kubernetes. */
  public get persistentMounts(): TalosMount[] {
    return [...this._facts.persistentMounts];
  }

  /** The directories that a node must keep, or it loses its data or its name: `/var`, and `/system/state` where the name comes from it. */
  public get essentialMounts(): TalosMount[] {
    return this.keepsHostname ? [TalosMount.VAR] : [TalosMount.SYSTEM_STATE, TalosMount.VAR];
  }

  /** Whether the node takes its name from the pod. Talos 1.14 before 1.14.2 derives a name from the identity in `/system/state` instead. */
  public get keepsHostname(): boolean {
    this.#keepsHostname ??= this.isBefore(NAMED_BY_IDENTITY.since) || !this.isBefore(NAMED_BY_IDENTITY.before);
    return this.#keepsHostname;
  }

  /**
   * Whether a worker connects to trustd by the name in the endpoint too, not only by the addresses to which it leads.
   *
   * @internal
   */
  public get _connectsByName(): boolean {
    return !this.isBefore(CONNECTS_BY_NAME_SINCE);
  }

  /**
   * Whether it reads a machine config from the file that `EMBEDDED_CONFIG` names.
   *
   * @internal
   */
  public get _readsEmbeddedConfig(): boolean {
    return isAtLeast(this._release, EMBEDDED_CONFIG_SINCE);
  }

  /** The release of Kubernetes that this release installs by default, for example `1.36.3`. */
  public get defaultKubernetesVersion(): string {
    // an older one is never newer than what this release has; a test sees to it that each minor release has a row with one
    return this.nearest.find(({ kubernetes }) => kubernetes !== undefined)!.kubernetes!;
  }

  /**
   * Every image that machines of this release pull, for a registry without access to the internet. Images that aren't known of this release are those
   * of the nearest one, and `derivedFrom` names them.
   *
   * @param kubernetesVersion the release of Kubernetes; the default one unless given
   * @throws if this release doesn't run that release of Kubernetes
   */
  public images(kubernetesVersion?: string): TalosImages {
    return talosImages(
      this._release, this.number.version, this.nearest, readText('kubernetesVersion', kubernetesVersion ?? this.defaultKubernetesVersion),
    );
  }

  /** What this release needs from the hosting cluster beyond an ordinary pod; empty up to 1.13. */
  public get conditions(): string[] {
    const { oldestLinux, needsPodRuntime } = this._facts;
    return [
      ...oldestLinux ? [`the hosting nodes need Linux ${oldestLinux} or newer (Talos composes /etc as an overlay of detached mounts)`] : [],
      ...needsPodRuntime
        ? ['hosts with plain containerd need a CRI customization, which is added to the machine config unless it has one of its own']
        : [],
      ...this.keepsHostname
        ? []
        : [`before ${NAMED_BY_IDENTITY.before} the node is not named like its pod, and /system/state must persist or the node gets another name with each pod`],
    ];
  }

  /**
   * Whether this release is the given one or newer.
   *
   * @param minor a minor release, for example `1.12`
   * @throws if the minor release isn't known here
   */
  public isAtLeast(minor: string): boolean {
    return readText('minor', minor).replace(/^v/, '') === this.minor || isAtLeast(this._release, TalosVersion.of(minor)._release);
  }

  /**
   * This release, or the given one if that is older.
   *
   * @internal
   */
  public _atMost(newest: TalosVersion): TalosVersion {
    return isAtLeast(newest._release, this._release) ? this : newest;
  }

  /** The version, for example `v1.13.9`. */
  public toString(): string {
    return this.imageTag;
  }

  /**
   * What to tell of a release that isn't known here; undefined of the others.
   *
   * @internal
   */
  public get _unknownProblem(): string | undefined {
    const [{ talos }] = this.nearest;
    return talos === this.number.version
      ? undefined
      : `'talosVersion' (${this.imageTag}) isn't known to this version of cdk8s-talos: it is treated like v${talos}, and its default Kubernetes is `
        + `${this.defaultKubernetesVersion}; update cdk8s-talos if a newer version knows it`;
  }

  /**
   * Whether its minor release is newer than that of another release.
   *
   * @internal
   */
  public _isNewerMinorThan({ number }: TalosVersion): boolean {
    return this.number.major > number.major || (this.number.major === number.major && this.number.minor > number.minor);
  }

  /**
   * Whether a tag of an image names another release, such as `v1.13.8`. One with words of its own, such as `v1.13.9-acme`, is of the release itself.
   *
   * @internal
   */
  public _isOtherThan(tag: string): boolean {
    const named = parse(tag);
    const isPrerelease = ['alpha', 'beta', 'rc'].includes(String(named?.prerelease[0]));
    return named !== null && (isPrerelease ? this.number.compare(named) !== 0 : this.number.compareMain(named) !== 0);
  }

  private isBefore(version: string): boolean {
    return this.number.compare(version) < 0;
  }
}

function newestPatchOf(minor: string): string {
  const newest = isRelease(minor) ? patchReleasesOf(minor).pop() : undefined;
  return newest?.talos ?? `${minor}.0`;
}

/** How to write a release that isn't known here. */
function likeNewest({ version }: SemVer): string {
  return `TalosVersion.of('v${shortened(version)}', { like: TalosVersion.V${RELEASES[RELEASES.length - 1].replace('.', '_')} })`;
}
