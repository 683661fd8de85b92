import { DEFAULT_DNS_DOMAIN, DEFAULT_SUBNETS } from '../../../talos/default-subnets';
import { KUBE_PRISM } from '../../../talos/ports';
import { Release } from '../../../talos/release';

/** The CNI that makes the pod network: Talos's own flannel, another one by the URLs of its manifests, or none. */
export type CniName = 'flannel' | 'custom' | 'none';

/** The options of `talosctl gen config` and of Talos's generator. An option that is left out has Talos's default. */
export interface GenerateOptions {
  /** The cluster's name: letters, digits, `-`, `_` and `.`. */
  readonly clusterName: string;

  /** URL of the Kubernetes API as every node reaches it, for example `https://cluster.example.org:6443`. */
  readonly endpoint: string;

  /**
   * The Talos release in whose form the machine config is written.
   * It must not be newer than the Talos of the nodes, which refuse what their release doesn't know.
   */
  readonly contract: Release;

  /**
   * The Talos release that reads the machine config.
   * @default - the contract
   */
  readonly release?: Release;

  /** The Kubernetes version, for example `1.36.3`; a `v` before it is left out. */
  readonly kubernetesVersion: string;

  /**
   * Further DNS names and IP addresses in the certificates of the Talos API and the Kubernetes API. Names may begin with `*.`.
   * @default - none
   */
  readonly additionalSans?: readonly string[];

  /**
   * The networks of the pods: one, or one of IPv4 and one of IPv6.
   * @default ['10.244.0.0/16']
   */
  readonly podSubnets?: readonly string[];

  /**
   * The networks of the Services: one, or one of IPv4 and one of IPv6.
   * @default ['10.96.0.0/12']
   */
  readonly serviceSubnets?: readonly string[];

  /**
   * The DNS domain of the Services.
   * @default cluster.local
   */
  readonly dnsDomain?: string;

  /**
   * The CNI. Up to 1.13, a choice is written even where it is the default.
   * @default flannel
   */
  readonly cniName?: CniName;

  /**
   * URLs of the manifests of a `custom` CNI.
   * @default - none
   */
  readonly cniUrls?: readonly string[];

  /**
   * Manifests of Kubernetes objects by name: YAML that Talos applies. Only control planes have them.
   * @default - none
   */
  readonly inlineManifests?: Readonly<Record<string, string>>;

  /**
   * Whether ordinary pods run on control planes too.
   * @default false
   */
  readonly allowSchedulingOnControlPlanes?: boolean;

  /**
   * The port that the Kubernetes API listens on at each control plane.
   * @default 6443
   */
  readonly localApiServerPort?: number;

  /**
   * The port of KubePrism, the load balancer for the Kubernetes API in each node; 0 turns it off.
   * @default 7445
   */
  readonly kubePrismPort?: number;

  /**
   * Whether members find each other by the discovery service.
   * @default true
   */
  readonly discovery?: boolean;

  /**
   * Whether the WireGuard network KubeSpan connects the nodes. It needs `discovery`.
   * @default - not written, which means false
   */
  readonly kubeSpan?: boolean;

  /**
   * Whether host DNS answers the pods' DNS on 1.7. From 1.8 on it always does: false has no effect.
   * @default false on 1.7
   */
  readonly hostDnsForwardKubeDnsToHost?: boolean;

  /**
   * The disk to install Talos on, for example `/dev/sda`. From 1.14 on, give the device itself, not a link to it.
   * @default - none, as fits pods
   */
  readonly installDisk?: string;

  /**
   * The installer image. From 1.14 on it is written only with an `installDisk`.
   * @default - the nodes' own
   */
  readonly installImage?: string;

  /**
   * Further kernel arguments. Talos 1.12 and 1.13 on metal refuse them unless a patch sets `grubUseUKICmdline` to
   * false, and from 1.14 on they are not written: there they are a part of the image.
   * @default - none
   */
  readonly installExtraKernelArgs?: readonly string[];

  /**
   * The mirrors of registries: for each registry, or `*` for all others, the endpoints in the order in which they are tried.
   * @default - none
   */
  readonly registryMirrors?: Readonly<Record<string, readonly string[]>>;

  /**
   * PEM certificates of the authorities that sign the certificates of registries, by the host of the registry's endpoint.
   * @default - none
   */
  readonly registryCaCerts?: Readonly<Record<string, string>>;

  /**
   * Hosts of registries' endpoints whose certificates are not verified.
   * @default - none
   */
  readonly registryInsecure?: readonly string[];

  /**
   * Kernel parameters.
   * @default - none
   */
  readonly sysctls?: Readonly<Record<string, string>>;

  /**
   * Whether Talos writes verbose logs to the console.
   * @default false
   */
  readonly debug?: boolean;

  /**
   * Network interfaces that Talos leaves as they are.
   * @default - none
   */
  readonly ignoreInterfaces?: readonly string[];

  /**
   * Patches of all machines, as `--config-patch` takes them.
   * @default - none
   */
  readonly configPatches?: readonly string[];

  /**
   * Patches of control planes, after those of all machines.
   * @default - none
   */
  readonly configPatchesControlPlane?: readonly string[];

  /**
   * Patches of workers, after those of all machines.
   * @default - none
   */
  readonly configPatchesWorker?: readonly string[];
}

const DEFAULTS = {
  ...DEFAULT_SUBNETS,
  dnsDomain: DEFAULT_DNS_DOMAIN,
  additionalSans: [],
  kubePrismPort: KUBE_PRISM.port,
  discovery: true,
  debug: false,
} as const satisfies Partial<GenerateOptions>;

/** The options with Talos's defaults. */
export type FilledOptions = GenerateOptions & Required<Pick<GenerateOptions, keyof typeof DEFAULTS | 'release'>>;

/** Fills in Talos's defaults. */
export function withDefaults(options: GenerateOptions): FilledOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as unknown as GenerateOptions;
  return { ...DEFAULTS, release: options.contract, ...given, kubernetesVersion: options.kubernetesVersion.replace(/^v/, '') };
}
