import { Duration, Size } from 'cdk8s';
import { readBoolean, readInstance, readList, readNumber, readStructure, readText } from '../input';
import { ReadinessJobOptions, readReadinessJobOptions } from './readiness-job';
import { WorkerPoolOptions, readWorkerPoolOptions } from './talos-workers-props';
import { ControlPlaneOptions, readControlPlaneOptions } from '../control-plane/talos-control-plane-props';
import { ResourceRequirements, readResourceRequirements } from '../kubernetes/container';
import { Cni } from '../machine-config/cni';
import { MachineConfigPatch, readPatches } from '../machine-config/machine-config-patch';
import { ControlPlaneSettings, readControlPlaneSettings } from '../machine-config/machine-settings';
import { HostingNetwork } from '../network/hosting-network';
import { SecretDelivery } from '../secrets/secret-delivery';
import { TalosSecrets } from '../secrets/talos-secrets';
import { TalosVersion } from '../talos/talos-version';

/**
 * Options of every cluster.
 */
export interface ClusterOptions extends ControlPlaneSettings {
  /** The name of the cluster, with which the names of its objects begin; a DNS label of up to 38 characters that begins with a letter. */
  readonly clusterName: string;

  /**
   * The namespace of the cluster's objects.
   *
   * @default - the chart's namespace, or else the name of the cluster
   */
  readonly namespace?: string;

  /**
   * Whether to make the namespace, which then admits privileged pods. A namespace that a `TalosNamespace` or another cluster of the app already
   * makes isn't made again.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * Whether NetworkPolicies deny all traffic of the pods in the namespace, others' pods included, that no policy allows. The control plane and the
   * pools then have a `networkPolicy`, `{}` where none is chosen, and Jobs reach only the members and DNS.
   *
   * @default false
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies
   */
  readonly defaultDeny?: boolean;

  /**
   * The release of Talos, for all machines without another choice.
   *
   * @default - the release that a ready machine config is for; otherwise `TalosVersion.DEFAULT`, and for workers the release of the control plane
   */
  readonly talosVersion?: TalosVersion;

  /**
   * The release in whose form machine configs are generated, for all machines without another choice, for example the release for which the patches
   * are written. A control plane or pool that has an older `talosVersion` of its own takes that one's form.
   *
   * @default - for each machine, its own release
   */
  readonly configContract?: TalosVersion;

  /**
   * How the keys of the cluster get to its machines and Jobs.
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

  /**
   * Patches of the machine configs of all machines in pods, for example the name servers. They come first: those of the role and those
   * of the control plane or the pool itself are applied after them.
   *
   * @default - none
   */
  readonly patches?: MachineConfigPatch[];

  /**
   * Patches of the machine config of the control plane, for example an argument of etcd. They are applied after `patches`.
   *
   * @default - none
   */
  readonly controlPlanePatches?: MachineConfigPatch[];

  /**
   * Patches of the machine configs of all pools of workers. They are applied after `patches`.
   *
   * @default - none
   */
  readonly workerPatches?: MachineConfigPatch[];

  /**
   * A Job that completes when the cluster is healthy. Where the ordinary kubeconfig is for clients outside, there is also a Secret with a
   * kubeconfig for clients inside the hosting cluster.
   *
   * @default - no such Job
   */
  readonly readinessJob?: ReadinessJobOptions;
}

/**
 * Properties of a `TalosCluster`.
 */
export interface TalosClusterProps extends ClusterOptions {
  /**
   * The secrets of the cluster.
   *
   * @default - those in the ready machine config of the control plane, or those that `secretDelivery` brings; one of the three must be given
   */
  readonly secrets?: TalosSecrets;

  /**
   * The control plane.
   *
   * @default - a single member, reachable only inside the hosting cluster
   */
  readonly controlPlane?: ControlPlaneOptions;

  /**
   * The pools of workers.
   *
   * @default - none
   */
  readonly workerPools?: WorkerPoolOptions[];

  /**
   * Whether all machines are stopped: no pod runs, there is no Job, and claims, Secrets and Services stay. Without the property, the machines start
   * again with their data.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * Properties of an ephemeral cluster.
 */
export interface EphemeralClusterProps extends ClusterOptions {
  /**
   * The number of workers, in addition to the control plane, on which ordinary pods also run.
   *
   * @default 0
   */
  readonly workers?: number;

  /**
   * The secrets of the cluster.
   *
   * @default - those that `secretDelivery` brings; otherwise new ones with each synthesis, so that another apply makes another cluster
   */
  readonly secrets?: TalosSecrets;

  /**
   * The release of Kubernetes in the inner cluster.
   *
   * @default - the default of the Talos release
   */
  readonly kubernetesVersion?: string;

  /**
   * The networks of the hosting cluster.
   *
   * @default - not known; a warning says what isn't checked
   */
  readonly hostingNetwork?: HostingNetwork;

  /**
   * The CNI of the inner cluster.
   *
   * @default - flannel
   */
  readonly cni?: Cni;

  /**
   * The size limit of each machine's `/var`, which is an emptyDir volume. Kubernetes evicts a pod that exceeds it.
   *
   * @default Size.gibibytes(10)
   */
  readonly sizeLimit?: Size;

  /**
   * The computing resources of the control plane.
   *
   * @default - requests of half a CPU and 1.5 GiB, no limits
   */
  readonly controlPlaneResources?: ResourceRequirements;

  /**
   * The computing resources of each worker.
   *
   * @default - requests of a quarter of a CPU and 768 MiB, no limits
   */
  readonly workerResources?: ResourceRequirements;

  /**
   * The time after which the cluster may be deleted, in whole minutes. It is the label `cleanup.kyverno.io/ttl` and the annotation `janitor/ttl`
   * of the namespace, or of each object where the cluster doesn't make the namespace. Kyverno and kube-janitor act on them where they run.
   *
   * @default Duration.hours(24)
   * @see https://kyverno.io/docs/guides/ttl-cleanup/
   * @see https://codeberg.org/hjacobs/kube-janitor
   */
  readonly ttl?: Duration;
}

export const readClusterOptions = readStructure<ClusterOptions>({ clusterName: readText }, {
  ...readControlPlaneSettings.optional,
  namespace: readText,
  createNamespace: readBoolean,
  defaultDeny: readBoolean,
  talosVersion: readInstance(TalosVersion),
  configContract: readInstance(TalosVersion),
  secretDelivery: readInstance(SecretDelivery),
  sharedSecrets: readBoolean,
  patches: readPatches,
  controlPlanePatches: readPatches,
  workerPatches: readPatches,
  readinessJob: readReadinessJobOptions,
});
export const readEphemeralClusterProps = readStructure<EphemeralClusterProps>({ ...readClusterOptions.required }, {
  ...readClusterOptions.optional,
  workers: readNumber,
  secrets: readInstance(TalosSecrets),
  kubernetesVersion: readText,
  hostingNetwork: readInstance(HostingNetwork),
  cni: readInstance(Cni),
  sizeLimit: readInstance(Size),
  controlPlaneResources: readResourceRequirements,
  workerResources: readResourceRequirements,
  ttl: readInstance(Duration),
});
export const readTalosClusterProps = readStructure<TalosClusterProps>({ ...readClusterOptions.required }, {
  ...readClusterOptions.optional,
  secrets: readInstance(TalosSecrets),
  controlPlane: readControlPlaneOptions,
  workerPools: readList(readWorkerPoolOptions),
  suspend: readBoolean,
});
