import { Duration } from 'cdk8s';
import { readBoolean, readChoice, readInstance, readList, readMap, readStructure, readText } from '../input';
import { Preflight } from './preflight';
import { Container, ImagePullPolicy, ResourceRequirements, VolumeMount, readContainer, readResourceRequirements, readVolumeMount } from '../kubernetes/container';
import { EnvVar, readEnvVar } from '../kubernetes/environment-variables';
import { SchedulingOptions, readSchedulingOptions } from '../kubernetes/scheduling';
import { Volume, readVolume } from '../kubernetes/volume';

/**
 * The container image that Talos runs from: `<registry>/<repository>:<tag>`, with `@<digest>` after it if there is a digest.
 *
 * @see https://github.com/siderolabs/talos/pkgs/container/talos
 */
export interface TalosImage {
  /**
   * The registry, with a path if the repository lies below one, for example `registry.example.com:5000/mirror`.
   *
   * @default - the registry that the repository begins with, otherwise `ghcr.io`
   */
  readonly registry?: string;

  /**
   * The repository. It can begin with its registry: a host with a dot or a port, or `localhost`, for example `factory.talos.dev/installer`.
   *
   * @default 'siderolabs/talos'
   */
  readonly repository?: string;

  /**
   * The tag. It changes neither the mounts nor the machine config, which follow the Talos version.
   *
   * @default - the Talos version
   */
  readonly tag?: string;

  /**
   * The digest, `sha256:` and 64 lower-case hexadecimal digits. The hosting nodes then run exactly this image, whatever the tag points to.
   *
   * @default - none, the tag decides
   * @see https://kubernetes.io/docs/concepts/containers/images/#image-names
   */
  readonly digest?: string;
}

/**
 * Options of the pods of a TalosNode.
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
   * When Kubernetes pulls the image.
   *
   * @default - `ALWAYS` for the tag `latest`, otherwise `IF_NOT_PRESENT`
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * The names of the Secrets with the credentials of the registries.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * The computing resources of the Talos container, which all inner pods on this machine share. They replace the default as a whole: `{}` requests
   * nothing, and the pod is then among the first to be evicted from its hosting node.
   *
   * @default - requests without limits: 250m of CPU and 768Mi of memory for a worker, otherwise 500m and 1536Mi
   */
  readonly resources?: ResourceRequirements;

  /**
   * Whether Talos can write to its volumes only. A CNI that installs plugins into `/opt/cni/bin` needs `false` from Talos 1.8 on; in 1.7, `/opt`
   * is a volume.
   *
   * @default - `true`, or `false` from Talos 1.8 on if the machine config of the control plane has another CNI than flannel
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Labels of the pods, the workload, its Service and the claims of a Deployment or Pod, in addition to those of the construct.
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
   * Environment variables of the Talos container, in addition to `PLATFORM` and `USERDATA`.
   *
   * @default - none
   */
  readonly env?: EnvVar[];

  /**
   * Volumes of the pods, in addition to Talos's own.
   *
   * @default - none
   */
  readonly volumes?: Volume[];

  /**
   * Volumes that the Talos container mounts, in addition to its own.
   *
   * @default - none
   */
  readonly volumeMounts?: VolumeMount[];

  /**
   * A check of the hosting node before Talos starts, for example `Preflight.initContainer()`. It comes before the other init containers.
   *
   * @default - none
   */
  readonly preflight?: Preflight;

  /**
   * Containers that end before Talos starts. With the restart policy `ALWAYS`, they start before Talos and run beside it.
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
   * The time that Talos has to stop, including `preStopSleep`; whole seconds, at least 1.
   *
   * @default - 60 seconds for a worker, otherwise 120 seconds
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * The time that Talos continues to run before it stops, so that load balancers can remove it; whole seconds, 0 for none. It needs Kubernetes
   * 1.30 or newer in the hosting cluster.
   *
   * @default - 10 seconds for a control plane, otherwise none
   * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
   */
  readonly preStopSleep?: Duration;
}

export const readTalosImage = readStructure<TalosImage>({}, { registry: readText, repository: readText, tag: readText, digest: readText });
export const readTalosPodOptions = readStructure<TalosPodOptions>({}, {
  ...readSchedulingOptions.optional,
  image: readTalosImage,
  imagePullPolicy: readChoice(ImagePullPolicy),
  imagePullSecrets: readList(readText),
  resources: readResourceRequirements,
  readOnlyRootFilesystem: readBoolean,
  labels: readMap(readText),
  annotations: readMap(readText),
  env: readList(readEnvVar),
  volumes: readList(readVolume),
  volumeMounts: readList(readVolumeMount),
  preflight: readInstance(Preflight),
  initContainers: readList(readContainer),
  containers: readList(readContainer),
  terminationGracePeriod: readInstance(Duration),
  preStopSleep: readInstance(Duration),
});
