import { BootstrapMode } from './bootstrap-mode';
import { MemberAddresses, MemberSpread } from './members';
import { ApiExposure } from '../access/api-exposure';
import { ControlPlaneNetworkPolicy } from '../access/network-policy';
import { ToolImages } from '../jobs/tool-images';
import { Cni } from '../machine-config/cni';
import { IMachineConfig } from '../machine-config/machine-config';
import { MachineConfigPatch } from '../machine-config/machine-config-patch';
import { HostingNetwork } from '../network/hosting-network';
import { ConfigUpdate } from '../node/config-update';
import { ITalosMachineConfig } from '../node/talos-machine-config';
import { TalosPodOptions } from '../node/talos-pod-options';
import { TalosStorageOptions } from '../node/talos-storage-options';
import { ClientCertificateOptions, TalosSecrets } from '../secrets/talos-secrets';
import { TalosApiRole } from '../talos/talos-api-role';
import { TalosVersion } from '../talos/talos-version';

/**
 * What can be chosen for a control plane.
 */
export interface ControlPlaneOptions extends TalosPodOptions, TalosStorageOptions {
  /**
   * The release of Talos.
   *
   * @default - the release that `machineConfig` is for, otherwise `TalosVersion.DEFAULT`
   */
  readonly talosVersion?: TalosVersion;

  /**
   * The release of Kubernetes inside.
   *
   * @default - the default of the Talos release
   */
  readonly kubernetesVersion?: string;

  /**
   * A ready machine config, instead of one that is generated from `secrets`: a `MachineConfig` or a `TalosMachineConfig`. It must fit what else
   * is chosen here, which is checked unless it is made elsewhere; properties from which one would be generated can't be given beside it.
   *
   * @default - one is generated
   */
  readonly machineConfig?: IMachineConfig;

  /**
   * How many members there are: 1, 3, 5 or 7.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * The number of members that are there, while they become fewer: a Job lets those above `replicas` leave etcd, the last one first, and their
   * pods stay until this property is removed. (A member whose pod goes first takes its vote with it, and the quorum may go too.)
   *
   * @default - nobody leaves
   * @see https://www.talos.dev/latest/talos-guides/howto/scaling-down/
   */
  readonly scaleDownFrom?: number;

  /**
   * By which addresses the members of etcd know each other. More than one member needs a choice.
   *
   * @default - `MemberAddresses.POD_IP` for a single member
   */
  readonly memberAddresses?: MemberAddresses;

  /**
   * The networks of the hosting cluster.
   *
   * @default - not known, with a warning that says what isn't checked
   */
  readonly hostingNetwork?: HostingNetwork;

  /**
   * The host of the Kubernetes API as the machines of the cluster reach it; a DNS name or an address. Machines inside the hosting cluster join
   * fastest by the default.
   *
   * @default - the name of the headless Service
   */
  readonly endpointHost?: string;

  /**
   * Whether machines outside of the hosting cluster join. The Service of the Kubernetes API carries trustd (50001) then, and its address or
   * `endpointHost` must be reachable from outside.
   *
   * @default false
   */
  readonly externalWorkers?: boolean;

  /**
   * The network of the inner cluster's pods: one range, or one of IPv4 and one of IPv6.
   *
   * @default - `172.24.0.0/16`, or `fd00:172:24::/56` where the hosting cluster or `serviceSubnets` is of IPv6
   */
  readonly podSubnets?: string[];

  /**
   * The network of the inner cluster's Services: one range, or one of IPv4 and one of IPv6.
   *
   * @default - `172.25.0.0/16`, or `fd00:172:25::/112` where the hosting cluster or `podSubnets` is of IPv6
   */
  readonly serviceSubnets?: string[];

  /**
   * The DNS domain of the inner cluster's Services.
   *
   * @default 'cluster.local'
   */
  readonly dnsDomain?: string;

  /**
   * Whether machines find each other by the discovery service at discovery.talos.dev too, which hosting and outside machines must reach then.
   *
   * @default false
   * @see https://www.talos.dev/latest/talos-guides/discovery/
   */
  readonly discovery?: boolean;

  /**
   * What brings the network of the inner cluster's pods. With another one than flannel, the machines' root is writable unless
   * `readOnlyRootFilesystem` says otherwise.
   *
   * @default - flannel
   */
  readonly cni?: Cni;

  /**
   * Whether ordinary pods run on the control planes too.
   *
   * @default false
   */
  readonly allowSchedulingOnControlPlanes?: boolean;

  /**
   * Further names and addresses in the certificates, without ports; those of the exposures are there anyway.
   *
   * @default - none
   */
  readonly additionalSans?: string[];

  /**
   * Changes to the machine config, after all others.
   *
   * @default - none
   */
  readonly patches?: MachineConfigPatch[];

  /**
   * How the Kubernetes API is reached.
   *
   * @default ApiExposure.clusterIp()
   */
  readonly kubernetesApi?: ApiExposure;

  /**
   * How the Talos API is reached, which controls the machines.
   *
   * @default ApiExposure.none()
   */
  readonly talosApi?: ApiExposure;

  /**
   * What a changed machine config does.
   *
   * @default - `ConfigUpdate.ROLL`, or `ConfigUpdate.INITIAL` where the release loses the node's name with its state
   */
  readonly configUpdate?: ConfigUpdate;

  /**
   * How etcd comes to life for the first time.
   *
   * @default BootstrapMode.JOB
   */
  readonly bootstrap?: BootstrapMode;

  /**
   * How several members are kept on different nodes of the hosting cluster, beside what `affinity` says.
   *
   * @default MemberSpread.REQUIRED
   */
  readonly memberSpread?: MemberSpread;

  /**
   * Whether a single member may be evicted when its node is drained; the cluster is away for about half a minute then. Of several members, one
   * at a time may always be evicted.
   *
   * @default true
   */
  readonly allowSingleMemberEviction?: boolean;

  /**
   * Whether Secrets with a talosconfig and a kubeconfig of an administrator are made.
   *
   * @default true
   */
  readonly credentialSecrets?: boolean;

  /**
   * The validity and the generation of the cluster's credentials: the Secrets of an administrator and of Jobs, `talosconfig()` and `kubeconfig()`.
   *
   * @default - valid for one year, and renewed after half of it
   */
  readonly credentials?: ClientCertificateOptions;

  /**
   * Who may reach which port of the members, and what they may reach.
   *
   * @default - no policy: everyone whom the hosting cluster lets through
   */
  readonly networkPolicy?: ControlPlaneNetworkPolicy;

  /**
   * Whether what `describe()` says is also a ConfigMap.
   *
   * @default false
   */
  readonly notes?: boolean;

  /**
   * The images of the tools that Jobs and init containers need.
   *
   * @default - the official ones
   */
  readonly toolImages?: ToolImages;
}

/**
 * Properties of a `TalosControlPlane`.
 */
export interface TalosControlPlaneProps extends ControlPlaneOptions {
  /** The name of the cluster, from which all objects have theirs; a DNS label of up to 38 characters that begins with a letter. */
  readonly clusterName: string;

  /**
   * The secrets of the cluster.
   *
   * @default - those in `machineConfig`, one of the two must be given
   */
  readonly secrets?: TalosSecrets;
}

/** The properties, with a Secret for the ready machine config. */
export interface BoundControlPlaneProps extends TalosControlPlaneProps {
  readonly machineConfig?: ITalosMachineConfig;
}

/**
 * What is in a talosconfig of a control plane. Its validity and generation are those of the control plane's `credentials` by default.
 */
export interface ControlPlaneTalosconfigOptions extends ClientCertificateOptions {
  /**
   * The hosts that `talosctl` connects to.
   *
   * @default - where the Talos API is exposed, or the headless Service
   */
  readonly endpoints?: string[];

  /**
   * The machines that commands are about.
   *
   * @default - each command must name them
   */
  readonly nodes?: string[];

  /**
   * What its holder may do.
   *
   * @default [TalosApiRole.ADMIN]
   */
  readonly roles?: TalosApiRole[];
}

/**
 * What is in a kubeconfig of a control plane. Its validity and generation are those of the control plane's `credentials` by default.
 */
export interface ControlPlaneKubeconfigOptions extends ClientCertificateOptions {
  /**
   * The URL of the Kubernetes API.
   *
   * @default - where the Kubernetes API is exposed
   */
  readonly endpoint?: string;

  /**
   * The name of the user.
   *
   * @default 'admin'
   */
  readonly user?: string;

  /**
   * The groups of the user.
   *
   * @default ['system:masters']
   */
  readonly groups?: string[];
}
