import { Duration, Size } from 'cdk8s';
import { ReadinessJobOptions } from './readiness-job';
import { WorkerPoolOptions } from './talos-workers-props';
import { ControlPlaneOptions } from '../control-plane/talos-control-plane-props';
import { ResourceRequirements } from '../kubernetes/container';
import { Cni } from '../machine-config/cni';
import { MachineConfigPatch } from '../machine-config/machine-config-patch';
import { HostingNetwork } from '../network/hosting-network';
import { TalosSecrets } from '../secrets/talos-secrets';
import { TalosVersion } from '../talos/talos-version';

/**
 * What any cluster has.
 */
export interface ClusterOptions {
  /** The name of the cluster, from which all objects have theirs; a DNS label of up to 38 characters that begins with a letter. */
  readonly clusterName: string;

  /**
   * The namespace of the cluster's objects.
   *
   * @default - the chart's, or one with the cluster's name where the chart has none
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is made, so that it admits privileged pods. One that a `TalosNamespace` or another cluster of the app makes already
   * isn't made again.
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
   * The release of Talos, for all machines for which no other is chosen.
   *
   * @default - the release that a ready machine config is for, otherwise `TalosVersion.DEFAULT`, and for workers that of the control plane
   */
  readonly talosVersion?: TalosVersion;

  /**
   * A Job that ends when the cluster is healthy, and, where the ordinary kubeconfig is for clients outside, a Secret with one whose server is
   * the name inside the hosting cluster.
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
   * @default - those in the ready machine config of the control plane, one of the two must be given
   */
  readonly secrets?: TalosSecrets;

  /**
   * The control plane.
   *
   * @default - a single member, within the hosting cluster
   */
  readonly controlPlane?: ControlPlaneOptions;

  /**
   * The pools of workers.
   *
   * @default - none
   */
  readonly workerPools?: WorkerPoolOptions[];
}

/**
 * Properties of an ephemeral cluster.
 */
export interface EphemeralClusterProps extends ClusterOptions {
  /**
   * How many workers there are, beside the control plane, on which ordinary pods run too.
   *
   * @default 0
   */
  readonly workers?: number;

  /**
   * The secrets of the cluster.
   *
   * @default - others with each synthesis, so that applying it again makes another cluster
   */
  readonly secrets?: TalosSecrets;

  /**
   * The release of Kubernetes inside.
   *
   * @default - the default of the Talos release
   */
  readonly kubernetesVersion?: string;

  /**
   * The networks of the hosting cluster.
   *
   * @default - not known, with a warning that says what isn't checked
   */
  readonly hostingNetwork?: HostingNetwork;

  /**
   * What brings the network of the inner cluster's pods.
   *
   * @default - flannel
   */
  readonly cni?: Cni;

  /**
   * Changes to the machine configs of the control plane and the workers, for example a mirror of image registries.
   *
   * @default - none
   */
  readonly patches?: MachineConfigPatch[];

  /**
   * How large `/var` of each machine may grow, which is in an emptyDir volume; the pod is evicted beyond that.
   *
   * @default Size.gibibytes(10)
   */
  readonly sizeLimit?: Size;

  /**
   * The computing resources of the control plane.
   *
   * @default - 500m of CPU and 1536Mi of memory are requested, no limit
   */
  readonly controlPlaneResources?: ResourceRequirements;

  /**
   * The computing resources of each worker.
   *
   * @default - 250m of CPU and 768Mi of memory are requested, no limit
   */
  readonly workerResources?: ResourceRequirements;

  /**
   * After how long the cluster may be deleted, in whole minutes. The label `cleanup.kyverno.io/ttl` and the annotation `janitor/ttl` say so, of
   * the namespace, or of each object where the cluster doesn't make the namespace; Kyverno and kube-janitor act on them where they run.
   *
   * @default Duration.hours(24)
   * @see https://kyverno.io/docs/guides/ttl-cleanup/
   * @see https://codeberg.org/hjacobs/kube-janitor
   */
  readonly ttl?: Duration;
}
