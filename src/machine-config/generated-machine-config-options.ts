import { readBoolean, readInstance, readList, readMap, readNumber, readStructure, readText } from '../input';
import { Cni } from './cni';
import { TalosSecrets } from '../secrets/talos-secrets';
import { TalosVersion } from '../talos/talos-version';

/**
 * What a machine config is generated from: the options of `talosctl gen config`.
 *
 * @see https://www.talos.dev/latest/reference/cli/#talosctl-gen-config
 */
export interface GeneratedMachineConfigOptions {
  /** The name of the cluster: letters, digits, `-`, `_` and `.`. */
  readonly clusterName: string;

  /** The URL of the Kubernetes API as every machine reaches it, for example `https://cluster.example.org:6443`. */
  readonly endpoint: string;

  /** The secrets of the cluster. */
  readonly secrets: TalosSecrets;

  /**
   * The release of Talos that reads the machine config.
   *
   * @default TalosVersion.DEFAULT
   */
  readonly talosVersion?: TalosVersion;

  /**
   * The release in whose form the machine config is written: `talosVersion` or an older one, of which only the minor release counts. Talos reads the
   * forms of older releases, so patches that were written for them keep working. Everything else is as `talosVersion` says. It is
   * `--talos-version` of `talosctl gen config`.
   *
   * @default - `talosVersion`
   */
  readonly configContract?: TalosVersion;

  /**
   * The release of Kubernetes, for example `1.36.3`.
   *
   * @default - the installer of the machines' Talos release
   */
  readonly kubernetesVersion?: string;

  /**
   * Additional DNS names and IP addresses in the certificates of the Talos API and the Kubernetes API; names can begin with `*.`.
   *
   * @default - none
   */
  readonly additionalSans?: string[];

  /**
   * The networks of the pods: one, or one for IPv4 and one for IPv6.
   *
   * @default ['10.244.0.0/16']
   */
  readonly podSubnets?: string[];

  /**
   * The networks of the Services: one, or one for IPv4 and one for IPv6.
   *
   * @default ['10.96.0.0/12']
   */
  readonly serviceSubnets?: string[];

  /**
   * The DNS domain of the Services.
   *
   * @default 'cluster.local'
   */
  readonly dnsDomain?: string;

  /**
   * The CNI. Give workers the same one as their control planes; only control planes have its manifests. With another CNI than flannel, a
   * `TalosNode` of workers needs `readOnlyRootFilesystem: false` since Talos 1.8.
   *
   * @default - flannel
   */
  readonly cni?: Cni;

  /**
   * Whether ordinary pods can run on control planes.
   *
   * @default false
   */
  readonly allowSchedulingOnControlPlanes?: boolean;

  /**
   * The port on which the Kubernetes API listens on each control plane.
   *
   * @default 6443
   */
  readonly localApiServerPort?: number;

  /**
   * The port of KubePrism, the load balancer for the Kubernetes API in each machine; 0 disables it.
   *
   * @default 7445
   */
  readonly kubePrismPort?: number;

  /**
   * Whether machines find each other with the discovery service at discovery.talos.dev.
   *
   * @default true
   */
  readonly discovery?: boolean;

  /**
   * Whether KubeSpan, a WireGuard network, connects the machines. It needs `discovery`, and doesn't work in pods.
   *
   * @default false
   */
  readonly kubeSpan?: boolean;

  /**
   * The disk on which Talos is installed, for example `/dev/sda`.
   *
   * @default - none; machines in pods have none
   */
  readonly installDisk?: string;

  /**
   * The installer image; since 1.14 only with `installDisk`.
   *
   * @default - the installer of the machines' Talos release
   */
  readonly installImage?: string;

  /**
   * Additional kernel arguments of installed machines, up to 1.11; later releases have them in the image.
   *
   * @default - none
   */
  readonly installExtraKernelArgs?: string[];

  /**
   * Mirrors of registries: the endpoints to try in order, by registry, or `*` for all other registries.
   *
   * @default - none
   */
  readonly registryMirrors?: { [registry: string]: string[] };

  /**
   * PEM certificates of the certificate authorities of registries, by the host of the registry's endpoint.
   *
   * @default - none
   */
  readonly registryCaCerts?: { [host: string]: string };

  /**
   * Hosts of registry endpoints whose certificates Talos doesn't verify.
   *
   * @default - none
   */
  readonly registryInsecure?: string[];

  /**
   * Kernel parameters.
   *
   * @default - none
   */
  readonly sysctls?: { [name: string]: string };

  /**
   * Whether Talos writes verbose logs to the console.
   *
   * @default false
   */
  readonly debug?: boolean;

  /**
   * Network interfaces that Talos doesn't configure.
   *
   * @default - none
   */
  readonly ignoreInterfaces?: string[];
}

export const readGeneratedMachineConfigOptions = readStructure<GeneratedMachineConfigOptions>({
  clusterName: readText,
  endpoint: readText,
  secrets: readInstance(TalosSecrets),
}, {
  talosVersion: readInstance(TalosVersion),
  configContract: readInstance(TalosVersion),
  kubernetesVersion: readText,
  additionalSans: readList(readText),
  podSubnets: readList(readText),
  serviceSubnets: readList(readText),
  dnsDomain: readText,
  cni: readInstance(Cni),
  allowSchedulingOnControlPlanes: readBoolean,
  localApiServerPort: readNumber,
  kubePrismPort: readNumber,
  discovery: readBoolean,
  kubeSpan: readBoolean,
  installDisk: readText,
  installImage: readText,
  installExtraKernelArgs: readList(readText),
  registryMirrors: readMap(readList(readText)),
  registryCaCerts: readMap(readText),
  registryInsecure: readList(readText),
  sysctls: readMap(readText),
  debug: readBoolean,
  ignoreInterfaces: readList(readText),
});
