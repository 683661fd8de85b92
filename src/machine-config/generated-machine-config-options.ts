import { Cni } from './cni';
import { TalosSecrets } from '../secrets/talos-secrets';
import { TalosVersion } from '../talos/talos-version';

/**
 * What a machine config is generated from: what `talosctl gen config` can be told.
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
   * The release of Kubernetes, for example `1.36.3`.
   *
   * @default - the default of the Talos release
   */
  readonly kubernetesVersion?: string;

  /**
   * Further names and addresses in the certificates of the Talos and the Kubernetes API; names may begin with `*.`.
   *
   * @default - none
   */
  readonly additionalSans?: string[];

  /**
   * The network of the pods: one range, or one of IPv4 and one of IPv6.
   *
   * @default ['10.244.0.0/16']
   */
  readonly podSubnets?: string[];

  /**
   * The network of the Services: one range, or one of IPv4 and one of IPv6.
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
   * What brings the network of the pods. Give workers the same one as their control planes, which alone carry its manifests. With another one
   * than flannel, a `TalosNode` needs `readOnlyRootFilesystem: false` from Talos 1.8 on.
   *
   * @default - flannel
   */
  readonly cni?: Cni;

  /**
   * Whether ordinary pods run on control planes too.
   *
   * @default false
   */
  readonly allowSchedulingOnControlPlanes?: boolean;

  /**
   * The port on which the Kubernetes API listens at each control plane.
   *
   * @default 6443
   */
  readonly localApiServerPort?: number;

  /**
   * The port of KubePrism, the load balancer for the Kubernetes API in each machine; 0 switches it off.
   *
   * @default 7445
   */
  readonly kubePrismPort?: number;

  /**
   * Whether machines find each other by the discovery service at discovery.talos.dev.
   *
   * @default true
   */
  readonly discovery?: boolean;

  /**
   * Whether machines are joined by the WireGuard network KubeSpan; it needs `discovery`, and doesn't work in pods.
   *
   * @default false
   */
  readonly kubeSpan?: boolean;

  /**
   * The disk on which Talos is installed, for example `/dev/sda`.
   *
   * @default - none, as fits pods
   */
  readonly installDisk?: string;

  /**
   * The image of the installer; from 1.14 on only with `installDisk`.
   *
   * @default - the machines' own
   */
  readonly installImage?: string;

  /**
   * Further kernel arguments of installed machines, up to 1.11; from then on they are a part of the image.
   *
   * @default - none
   */
  readonly installExtraKernelArgs?: string[];

  /**
   * Where images come from instead: registry, or `*` for all others, to endpoints that are tried in order.
   *
   * @default - none
   */
  readonly registryMirrors?: { [registry: string]: string[] };

  /**
   * PEM certificates of the authorities that vouch for registries, by the host of the registry's endpoint.
   *
   * @default - none
   */
  readonly registryCaCerts?: { [host: string]: string };

  /**
   * Hosts of registries' endpoints whose certificates aren't verified.
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
   * Network interfaces that Talos leaves as they are.
   *
   * @default - none
   */
  readonly ignoreInterfaces?: string[];
}
