import { parse, SemVer } from 'semver';
import { kubernetesRange } from './kubernetes-versions';
import { Release } from './release';
import { defaultKubernetesVersion, knownTalosVersions, releaseImages } from './release-images';
import { TalosImages } from './talos-images';
import { TalosMount } from './talos-mount';
import { ConfigUpdate } from '../node/config-update';

/**
 * Where a machine config switches on host DNS, without which Talos refuses to run in a container.
 *
 * @see https://www.talos.dev/latest/talos-guides/network/host-dns/
 */
export enum HostDnsForm {
  /**
   * The field `machine.features.hostDNS`.
   */
  FEATURE = 'machine.features.hostDNS',

  /**
   * The document `kind: ResolverConfig`, field `hostDNS`.
   */
  RESOLVER_CONFIG = 'ResolverConfig.hostDNS',
}

/**
 * A form in which Talos takes its machine config from the environment variable `USERDATA`.
 */
export enum UserDataForm {
  /**
   * The YAML text, base64-encoded.
   */
  BASE64_YAML = 'base64(yaml)',

  /**
   * The YAML text, compressed with gzip, base64-encoded.
   */
  BASE64_GZIP = 'base64(gzip(yaml))',
}

/** What differs from one minor release to the next. */
interface ReleaseFacts {
  readonly patch: string;
  readonly persistentMounts: TalosMount[];
  readonly hostDnsForm: HostDnsForm;
}

const GUIDE_MOUNTS = [
  TalosMount.SYSTEM_STATE, TalosMount.VAR, TalosMount.ETC_CNI, TalosMount.ETC_KUBERNETES, TalosMount.USR_LIBEXEC_KUBERNETES,
];

/** The one table to extend for a new minor release of Talos; sources are Talos's release notes and constants. */
const RELEASES: { readonly [minor: string]: ReleaseFacts } = {
  '1.7': {
    patch: '1.7.7',
    persistentMounts: [...GUIDE_MOUNTS, TalosMount.OPT],
    hostDnsForm: HostDnsForm.FEATURE,
  },
  '1.8': {
    patch: '1.8.4',
    persistentMounts: GUIDE_MOUNTS,
    hostDnsForm: HostDnsForm.FEATURE,
  },
  '1.9': {
    patch: '1.9.6',
    persistentMounts: GUIDE_MOUNTS,
    hostDnsForm: HostDnsForm.FEATURE,
  },
  '1.10': {
    patch: '1.10.9',
    persistentMounts: GUIDE_MOUNTS,
    hostDnsForm: HostDnsForm.FEATURE,
  },
  '1.11': {
    patch: '1.11.6',
    persistentMounts: GUIDE_MOUNTS,
    hostDnsForm: HostDnsForm.FEATURE,
  },
  '1.12': {
    patch: '1.12.11',
    persistentMounts: GUIDE_MOUNTS,
    hostDnsForm: HostDnsForm.FEATURE,
  },
  '1.13': {
    patch: '1.13.9',
    persistentMounts: GUIDE_MOUNTS,
    hostDnsForm: HostDnsForm.FEATURE,
  },
  '1.14': {
    patch: '1.14.1',
    persistentMounts: [TalosMount.SYSTEM_STATE, TalosMount.VAR],
    hostDnsForm: HostDnsForm.RESOLVER_CONFIG,
  },
};

/**
 * A release of Talos Linux, and every fact that depends on it: image tag, mounts, config contract, form of host DNS, Kubernetes versions.
 *
 * @see https://github.com/siderolabs/talos/releases
 */
export class TalosVersion {
  /** Talos 1.7, in its patch release 1.7.7. */
  public static readonly V1_7 = TalosVersion.of('1.7');

  /** Talos 1.8, in its patch release 1.8.4. */
  public static readonly V1_8 = TalosVersion.of('1.8');

  /** Talos 1.9, in its patch release 1.9.6. */
  public static readonly V1_9 = TalosVersion.of('1.9');

  /** Talos 1.10, in its patch release 1.10.9. */
  public static readonly V1_10 = TalosVersion.of('1.10');

  /** Talos 1.11, in its patch release 1.11.6. */
  public static readonly V1_11 = TalosVersion.of('1.11');

  /** Talos 1.12, in its patch release 1.12.11. */
  public static readonly V1_12 = TalosVersion.of('1.12');

  /** Talos 1.13, in its patch release 1.13.9. */
  public static readonly V1_13 = TalosVersion.of('1.13');

  /** Talos 1.14, in its patch release 1.14.1. It has conditions in a pod: see `conditions`. */
  public static readonly V1_14 = TalosVersion.of('1.14');

  /** The newest release that works in an ordinary pod: 1.13. */
  public static readonly DEFAULT = TalosVersion.V1_13;

  /**
   * A release by its number, for example `v1.13.9`, or `v1.13` for the patch release of that minor that this library was checked against.
   *
   * @param version the number, with or without the leading `v`, with or without a patch number
   * @throws if the text isn't a version, or names a minor release that isn't known here
   */
  public static of(version: string): TalosVersion {
    const minorOnly = /^v?(\d+\.\d+)$/.exec(version);
    const number = minorOnly ? RELEASES[minorOnly[1]]?.patch ?? `${minorOnly[1]}.0` : version;
    const parsed = parse(number);
    const facts = parsed && RELEASES[`${parsed.major}.${parsed.minor}`];
    if (!parsed || !facts) {
      const problem = parsed ? 'is not a known release of Talos' : 'is not a version';
      throw new Error(`'version' (${version}) ${problem}: give one of ${Object.keys(RELEASES).join(', ')}, or a patch release such as v1.13.9`);
    }
    return new TalosVersion(parsed, facts);
  }

  /** The minor release, for example `1.13`. */
  public readonly minor: string;

  /** The tag of this release's images, for example `v1.13.9`. */
  public readonly imageTag: string;

  /**
   * The version contract of machine configs for this release, for example `v1.13`, as `talosctl gen config --talos-version` takes it.
   */
  public readonly configContract: string;

  /** Where machine configs of this release switch on host DNS. */
  public readonly hostDnsForm: HostDnsForm;

  /** The oldest minor release of Kubernetes that this release runs, for example `1.31`. */
  public readonly oldestKubernetesVersion: string;

  /** The newest minor release of Kubernetes that this release runs, for example `1.36`. */
  public readonly newestKubernetesVersion: string;

  private constructor(private readonly number: SemVer, private readonly facts: ReleaseFacts) {
    this.minor = `${number.major}.${number.minor}`;
    this.imageTag = `v${number.version}`;
    this.configContract = `v${this.minor}`;
    this.hostDnsForm = facts.hostDnsForm;
    const kubernetes = kubernetesRange(this.minor as Release);
    this.oldestKubernetesVersion = kubernetes.oldest;
    this.newestKubernetesVersion = kubernetes.newest;
  }

  /** The directories that must be empty at every start of the pod. */
  public get ephemeralMounts(): TalosMount[] {
    return [TalosMount.RUN, TalosMount.SYSTEM, TalosMount.TMP];
  }

  /** The directories that persist by default, as Talos's guide to Kubernetes has it. */
  public get persistentMounts(): TalosMount[] {
    return [...this.facts.persistentMounts];
  }

  /** The directories whose loss costs the node its data or its name: `/var`, and `/system/state` where the name hangs on it. */
  public get essentialMounts(): TalosMount[] {
    return this.keepsHostname ? [TalosMount.VAR] : [TalosMount.SYSTEM_STATE, TalosMount.VAR];
  }

  /** The forms in which this release takes its machine config from `USERDATA`. */
  public get userDataForms(): UserDataForm[] {
    return [UserDataForm.BASE64_YAML, UserDataForm.BASE64_GZIP];
  }

  /**
   * Whether the node takes its name from the pod. Until 1.14.2, Talos 1.14 derives a name from the identity in `/system/state` instead.
   *
   * @see https://github.com/siderolabs/talos/pull/14417
   */
  public get keepsHostname(): boolean {
    return this.minor !== '1.14' || this.number.compare('1.14.2') >= 0;
  }

  /**
   * Whether a worker connects to trustd by the name in the endpoint too, rather than only by the addresses to which it leads.
   *
   * @see https://github.com/siderolabs/talos/commit/96e604874
   * @internal
   */
  public get _connectsByName(): boolean {
    return this.number.compare('1.12.3') >= 0;
  }

  /**
   * What a changed machine config does to machines whose config is ours, unless told otherwise: it rolls, where that doesn't cost their names.
   *
   * @internal
   */
  public get _configUpdate(): ConfigUpdate {
    return this.keepsHostname ? ConfigUpdate.ROLL : ConfigUpdate.INITIAL;
  }

  /** The release of Kubernetes that this release runs unless told otherwise, for example `1.36.3`. */
  public get defaultKubernetesVersion(): string {
    return isKnown(this.number.version) ? defaultKubernetesVersion(this.number.version) : `${this.newestKubernetesVersion}.0`;
  }

  /**
   * Every image that machines of this release pull, for a registry without access to the internet.
   *
   * @param kubernetesVersion the release of Kubernetes; the default one unless given
   * @throws if the images of this patch release aren't known here, or it doesn't run that release of Kubernetes
   */
  public images(kubernetesVersion?: string): TalosImages {
    return releaseImages(this.number.version, kubernetesVersion ?? this.defaultKubernetesVersion);
  }

  /** What this release asks of the hosting cluster beyond an ordinary pod; empty up to 1.13. */
  public get conditions(): string[] {
    if (!this.isAtLeast('1.14')) {
      return [];
    }
    const conditions = [
      'the hosting nodes need Linux 6.13 or newer (Talos composes /etc as an overlay of detached mounts)',
      'hosts with plain containerd need a CRI customization, which is added to the machine config unless it has one of its own',
    ];
    if (!this.keepsHostname) {
      conditions.push('before 1.14.2 the node is not named like its pod, and /system/state must persist or the node gets another name with each pod');
    }
    return conditions;
  }

  /**
   * Whether this release is the given one or newer.
   *
   * @param minor a minor release, for example `1.12`
   */
  public isAtLeast(minor: string): boolean {
    const other = TalosVersion.of(minor).number;
    return this.number.major > other.major || (this.number.major === other.major && this.number.minor >= other.minor);
  }

  /** The version, for example `v1.13.9`. */
  public toString(): string {
    return this.imageTag;
  }
}

function isKnown(version: string): boolean {
  return knownTalosVersions().includes(version);
}
