import { Duration } from 'cdk8s';
import { readAnything, readBoolean, readChoice, readInstance, readList, readNumber, readStructure, readText } from '../input';
import { BootstrapMode } from './bootstrap-mode';
import { KubernetesUpgrade } from './kubernetes-upgrade';
import { MemberAddresses, MemberSpread } from './members';
import { ApiExposure } from '../access/api-exposure';
import { ControlPlaneNetworkPolicy, readControlPlaneNetworkPolicy } from '../access/network-policy';
import { EtcdRecovery } from '../jobs/etcd-recovery';
import { SnapshotTarget } from '../jobs/snapshot-target';
import { ToolImages, readToolImages } from '../jobs/tool-images';
import { Cni } from '../machine-config/cni';
import { IMachineConfig } from '../machine-config/machine-config';
import { MachineConfigPatch, readPatches } from '../machine-config/machine-config-patch';
import { ControlPlaneSettings, readControlPlaneSettings } from '../machine-config/machine-settings';
import { HostingNetwork } from '../network/hosting-network';
import { ConfigUpdate } from '../node/config-update';
import { MemberPatches, readMemberPatches } from '../node/member-patches';
import { ITalosMachineConfig } from '../node/talos-machine-config';
import { TalosPodOptions, readTalosPodOptions } from '../node/talos-pod-options';
import { TalosStorageOptions, readTalosStorageOptions } from '../node/talos-storage-options';
import { SecretDelivery } from '../secrets/secret-delivery';
import { ClientCertificateOptions, TalosSecrets, readClientCertificateOptions } from '../secrets/talos-secrets';
import { TalosVersion } from '../talos/talos-version';

/**
 * Options of a control plane.
 */
export interface ControlPlaneOptions extends TalosPodOptions, TalosStorageOptions, ControlPlaneSettings {
  /**
   * The release of Talos.
   *
   * @default - the release that `machineConfig` is for, otherwise `TalosVersion.DEFAULT`
   */
  readonly talosVersion?: TalosVersion;

  /**
   * The release in whose form the machine config is generated: that of Talos or an older one, for example the one for which the patches are written.
   * Pools and external workers take the same form, unless their own release is older.
   *
   * @default - the release of Talos
   */
  readonly configContract?: TalosVersion;

  /**
   * The release of Kubernetes in the inner cluster.
   *
   * @default - the default of the Talos release
   */
  readonly kubernetesVersion?: string;

  /**
   * A ready machine config, in place of one that is generated from `secrets`: a `MachineConfig` or a `TalosMachineConfig`. It must fit the other
   * properties, which is checked unless it is made elsewhere. Properties that only reach a generated machine config can't be given with it.
   *
   * @default - one is generated
   */
  readonly machineConfig?: IMachineConfig;

  /**
   * The number of members: 1, 3, 5 or 7.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * The number of existing members, for a scale-down: a Job makes those above `replicas` leave etcd, the last one first, and removes the pod of each
   * at once. (A member whose pod is deleted before it has left takes its vote with it, which may cost the quorum.) Meanwhile no change of the
   * manifests replaces a pod. Remove the property when the Job is complete.
   *
   * @default - no member leaves
   * @see https://www.talos.dev/latest/talos-guides/howto/scaling-down/
   */
  readonly scaleDownFrom?: number;

  /**
   * Whether the members are stopped: no pod runs, there is no Job, and claims, Secrets and Services stay. Without the property, the members start
   * again with their data.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * The time after which a Job is deleted once it has ended, in whole seconds. Argo CD and Flux would make a deleted Job again, which then runs again
   * and changes nothing; they delete old Jobs by themselves. Jobs that make Secrets for a `secretDelivery` always stay.
   *
   * @default - Jobs stay
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/
   */
  readonly jobTtlAfterFinished?: Duration;

  /**
   * The addresses by which the members of etcd know each other. Required for more than one member.
   *
   * @default - `MemberAddresses.POD_IP` for a single member
   */
  readonly memberAddresses?: MemberAddresses;

  /**
   * The networks of the hosting cluster.
   *
   * @default - not known; a warning says what isn't checked
   */
  readonly hostingNetwork?: HostingNetwork;

  /**
   * The host by which the machines of the cluster reach the Kubernetes API: a DNS name or an IP address. Machines inside the hosting cluster join
   * fastest with the default.
   *
   * @default - the DNS name of the headless Service, or with `externalWorkers` the host of `kubernetesApi`
   */
  readonly endpointHost?: string;

  /**
   * Whether external workers join, which run outside of the hosting cluster. The Service of the Kubernetes API then also carries trustd (50001),
   * and its address or `endpointHost` must be reachable from outside.
   *
   * @default false
   */
  readonly externalWorkers?: boolean;

  /**
   * The network of the inner cluster's pods: one range, or one of IPv4 and one of IPv6.
   *
   * @default - `172.24.0.0/16`, or `fd00:172:24::/56` where the hosting cluster or `serviceSubnets` uses IPv6
   */
  readonly podSubnets?: string[];

  /**
   * The network of the inner cluster's Services: one range, or one of IPv4 and one of IPv6.
   *
   * @default - `172.25.0.0/16`, or `fd00:172:25::/112` where the hosting cluster or `podSubnets` uses IPv6
   */
  readonly serviceSubnets?: string[];

  /**
   * The DNS domain of the inner cluster's Services.
   *
   * @default 'cluster.local'
   */
  readonly dnsDomain?: string;

  /**
   * Whether machines also find each other by the discovery service at discovery.talos.dev, which pods and external workers must then reach.
   *
   * @default false
   * @see https://www.talos.dev/latest/talos-guides/discovery/
   */
  readonly discovery?: boolean;

  /**
   * The CNI of the inner cluster. With one other than flannel, the root file system of the machines is writable unless `readOnlyRootFilesystem`
   * says otherwise.
   *
   * @default - flannel
   */
  readonly cni?: Cni;

  /**
   * Whether ordinary pods also run on the control plane.
   *
   * @default false
   */
  readonly allowSchedulingOnControlPlanes?: boolean;

  /**
   * Further DNS names and IP addresses in the certificates, without ports; those of the exposures are always there.
   *
   * @default - none
   */
  readonly additionalSans?: string[];

  /**
   * Patches of the machine config, applied after all others but `memberPatches`.
   *
   * @default - none
   */
  readonly patches?: MachineConfigPatch[];

  /**
   * Patches of the machine configs of single members, by the ordinals of their pods: for example a hostname, or labels of the node. What the
   * members have in common can't change. Since Talos 1.12.
   *
   * @default - none
   */
  readonly memberPatches?: MemberPatches[];

  /**
   * How clients reach the Kubernetes API.
   *
   * @default ApiExposure.clusterIp()
   */
  readonly kubernetesApi?: ApiExposure;

  /**
   * How clients reach the Talos API, which controls the machines.
   *
   * @default ApiExposure.none()
   */
  readonly talosApi?: ApiExposure;

  /**
   * What happens when the machine config changes.
   *
   * @default - `ConfigUpdate.ROLL`, or `ConfigUpdate.INITIAL` where the release loses the node's name with its state
   */
  readonly configUpdate?: ConfigUpdate;

  /**
   * How etcd is bootstrapped.
   *
   * @default BootstrapMode.JOB
   */
  readonly bootstrap?: BootstrapMode;

  /**
   * The snapshot from which etcd is recovered, after a loss of all data, or in a copy of a cluster. The Job that bootstraps etcd is this recovery
   * then. It does nothing where etcd has data, so the property may stay; remove it only when the Job is complete, or etcd begins empty.
   *
   * @default - etcd begins empty
   * @see https://www.talos.dev/latest/advanced/disaster-recovery/
   */
  readonly recoverFrom?: EtcdRecovery;

  /**
   * Who upgrades kube-proxy, CoreDNS and flannel when `kubernetesVersion` or `talosVersion` changes.
   *
   * @default - `KubernetesUpgrade.JOB`, or `MANUAL` where a Job can't do it: with `ConfigUpdate.INITIAL`, a ready machine config that is made
   * elsewhere, or images of Kubernetes with digests or of several releases
   */
  readonly kubernetesUpgrade?: KubernetesUpgrade;

  /**
   * Where the Job that upgrades Kubernetes puts a snapshot of etcd before it changes anything. A pod of the Job takes one, and upgrades nothing
   * without it. The members run the new release by then: for a way back to the one before, take a snapshot before you apply.
   *
   * @default - no snapshot is taken
   */
  readonly snapshotTarget?: SnapshotTarget;

  /**
   * How several members are spread over hosting nodes, in addition to `affinity`.
   *
   * @default MemberSpread.REQUIRED
   */
  readonly memberSpread?: MemberSpread;

  /**
   * Whether a single member may be evicted when its hosting node is drained; the cluster is then unavailable for about half a minute. Of several
   * members, one at a time may always be evicted.
   *
   * @default true
   */
  readonly allowSingleMemberEviction?: boolean;

  /**
   * Whether to make Secrets with an administrator's talosconfig and kubeconfig.
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
   * @default - no policy: everyone whom the hosting cluster admits
   */
  readonly networkPolicy?: ControlPlaneNetworkPolicy;

  /**
   * Whether to make a ConfigMap with the text of `describe()`.
   *
   * @default false
   */
  readonly notes?: boolean;

  /**
   * The images of the tools in Jobs and init containers.
   *
   * @default - the official ones
   */
  readonly toolImages?: ToolImages;
}

/**
 * Properties of a `TalosControlPlane`.
 */
export interface TalosControlPlaneProps extends ControlPlaneOptions {
  /** The name of the cluster, with which the names of its objects begin; a DNS label of up to 38 characters that begins with a letter. */
  readonly clusterName: string;

  /**
   * The secrets of the cluster.
   *
   * @default - those in `machineConfig`, or those that `secretDelivery` brings; one of the three must be given
   */
  readonly secrets?: TalosSecrets;

  /**
   * How the keys of the cluster get to its machines and Jobs. Pools take the same way, unless they have their own.
   *
   * @default SecretDelivery.inline()
   */
  readonly secretDelivery?: SecretDelivery;

  /**
   * Whether other clusters of the app may have the same secrets and set this too. An administrator of one of them is an administrator of all.
   *
   * @default false
   */
  readonly sharedSecrets?: boolean;
}

/** The properties, with a Secret for the ready machine config. */
export interface BoundControlPlaneProps extends TalosControlPlaneProps {
  readonly machineConfig?: ITalosMachineConfig;
}

export const readControlPlaneOptions = readStructure<ControlPlaneOptions>({}, {
  ...readTalosPodOptions.optional,
  ...readTalosStorageOptions.optional,
  ...readControlPlaneSettings.optional,
  talosVersion: readInstance(TalosVersion),
  configContract: readInstance(TalosVersion),
  kubernetesVersion: readText,
  machineConfig: readAnything,
  replicas: readNumber,
  scaleDownFrom: readNumber,
  suspend: readBoolean,
  jobTtlAfterFinished: readInstance(Duration),
  memberAddresses: readChoice(MemberAddresses),
  hostingNetwork: readInstance(HostingNetwork),
  endpointHost: readText,
  externalWorkers: readBoolean,
  podSubnets: readList(readText),
  serviceSubnets: readList(readText),
  dnsDomain: readText,
  discovery: readBoolean,
  cni: readInstance(Cni),
  allowSchedulingOnControlPlanes: readBoolean,
  additionalSans: readList(readText),
  patches: readPatches,
  memberPatches: readList(readMemberPatches),
  kubernetesApi: readInstance(ApiExposure),
  talosApi: readInstance(ApiExposure),
  credentials: readClientCertificateOptions,
  configUpdate: readChoice(ConfigUpdate),
  bootstrap: readChoice(BootstrapMode),
  recoverFrom: readInstance(EtcdRecovery),
  kubernetesUpgrade: readChoice(KubernetesUpgrade),
  snapshotTarget: readInstance(SnapshotTarget),
  memberSpread: readChoice(MemberSpread),
  allowSingleMemberEviction: readBoolean,
  credentialSecrets: readBoolean,
  networkPolicy: readControlPlaneNetworkPolicy,
  notes: readBoolean,
  toolImages: readToolImages,
});
export const readTalosControlPlaneProps = readStructure<TalosControlPlaneProps>({ clusterName: readText }, {
  ...readControlPlaneOptions.optional,
  secrets: readInstance(TalosSecrets),
  secretDelivery: readInstance(SecretDelivery),
  sharedSecrets: readBoolean,
});
