import { Duration } from 'cdk8s';
import { Container, ImagePullPolicy, ResourceRequirements, VolumeMount } from '../kubernetes/container';
import { EnvVar } from '../kubernetes/environment-variables';
import { SchedulingOptions } from '../kubernetes/scheduling';
import { Volume } from '../kubernetes/volume';

/**
 * The container image that Talos runs from: `<registry>/<repository>:<tag>`.
 *
 * @see https://github.com/siderolabs/talos/pkgs/container/talos
 */
export interface TalosImage {
  /**
   * The registry, with a path before the repository if need be, for example `registry.example.com:5000/mirror`.
   *
   * @default 'ghcr.io'
   */
  readonly registry?: string;

  /**
   * The repository.
   *
   * @default 'siderolabs/talos'
   */
  readonly repository?: string;

  /**
   * The tag. The mounts and the machine config still follow the Talos version.
   *
   * @default - the Talos version
   */
  readonly tag?: string;
}

/**
 * What can be chosen for the pods of a Talos node beyond what Talos asks of them.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/
 */
export interface TalosPodOptions extends SchedulingOptions {
  /**
   * The image.
   *
   * @default - `ghcr.io/siderolabs/talos` with the Talos version as its tag
   */
  readonly image?: TalosImage;

  /**
   * When the image is pulled.
   *
   * @default - `ALWAYS` for the tag `latest`, otherwise `IF_NOT_PRESENT`
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * The names of the Secrets with the registries' credentials.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * The computing resources of the Talos container, everything in it included.
   *
   * @default - none set aside, no limit
   */
  readonly resources?: ResourceRequirements;

  /**
   * Whether Talos can write to its volumes only. A CNI that installs plugins into `/opt/cni/bin` needs `false` from Talos 1.8 on; in 1.7 `/opt`
   * is a volume.
   *
   * @default - `true`; with a `cni` other than flannel `false` from Talos 1.8 on
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Labels of the pods, the workload, its Service and the claims of a Deployment or Pod, beside the constructs' own.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the pods and of the workload.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Environment variables of the Talos container, beside `PLATFORM` and `USERDATA`.
   *
   * @default - none
   */
  readonly env?: EnvVar[];

  /**
   * Volumes, beside Talos's own.
   *
   * @default - none
   */
  readonly volumes?: Volume[];

  /**
   * Volumes that the Talos container sees, beside its own.
   *
   * @default - none
   */
  readonly volumeMounts?: VolumeMount[];

  /**
   * Containers that end before Talos starts, or, with a restart policy, start before it and run beside it.
   *
   * @default - none
   */
  readonly initContainers?: Container[];

  /**
   * Containers that run beside Talos.
   *
   * @default - none
   */
  readonly containers?: Container[];

  /**
   * How long Talos may take to stop, `preStopSleep` included; whole seconds.
   *
   * @default - 60 seconds for a worker, otherwise 120 seconds
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * How long Talos goes on before it stops, so that load balancers can let go of it; whole seconds, zero for none.
   * The hosting cluster must be Kubernetes 1.30 or newer for it.
   *
   * @default - 10 seconds for a control plane, otherwise none
   * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
   */
  readonly preStopSleep?: Duration;
}
