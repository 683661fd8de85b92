import { readBoolean, readChoice, readList, readMap, readNumber, readStructure, readText } from '../input';
import { EnvFromSource, EnvVar, readEnvFromSource, readEnvVar } from './environment-variables';
import { Lifecycle, readLifecycle } from './lifecycle';
import { Probe, readProbe } from './probe';

/*
 * Containers beside Talos in its pod, with Kubernetes' own names.
 */

/**
 * When Kubernetes pulls an image.
 *
 * @see https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
 */
export enum ImagePullPolicy {
  /** Whenever a container starts. */
  ALWAYS = 'Always',

  /** If the hosting node doesn't have the image. */
  IF_NOT_PRESENT = 'IfNotPresent',

  /** Never. */
  NEVER = 'Never',
}

/**
 * Where a container mounts a volume of the pod.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export interface VolumeMount {
  /** The volume's name. */
  readonly name: string;

  /** The absolute path in the container. */
  readonly mountPath: string;

  /**
   * Whether the mount is read-only.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * A relative path in the volume, to mount only a part of it.
   *
   * @default - the volume's root
   */
  readonly subPath?: string;
}

/**
 * Computing resources of a container, as quantities by resource name, for example `{ cpu: '750m', memory: '2Gi' }`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export interface ResourceRequirements {
  /**
   * The amounts that the scheduler reserves on a node.
   *
   * @default - as much as `limits`
   */
  readonly requests?: { [resource: string]: string };

  /**
   * The most that the container can use.
   *
   * @default - no limit
   */
  readonly limits?: { [resource: string]: string };
}

/**
 * A transport protocol.
 *
 * @see https://kubernetes.io/docs/reference/networking/service-protocols/
 */
export enum Protocol {
  /** TCP. */
  TCP = 'TCP',

  /** UDP. */
  UDP = 'UDP',

  /** SCTP. */
  SCTP = 'SCTP',
}

/**
 * A port of a container.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports
 */
export interface ContainerPort {
  /** The number, from 1 to 65535. */
  readonly containerPort: number;

  /**
   * The name by which Services refer to the port: up to 15 lower-case letters, digits and `-`.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * The protocol.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
}

/**
 * Linux capabilities of a container.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container
 */
export interface Capabilities {
  /**
   * Capabilities to add to those of the container runtime.
   *
   * @default - none
   */
  readonly add?: string[];

  /**
   * Capabilities to drop; `ALL` drops all.
   *
   * @default - none
   */
  readonly drop?: string[];
}

/**
 * The type of a seccomp profile.
 *
 * @see https://kubernetes.io/docs/tutorials/security/seccomp/
 */
export enum SeccompProfileType {
  /** The default profile of the container runtime. */
  RUNTIME_DEFAULT = 'RuntimeDefault',

  /** No profile. */
  UNCONFINED = 'Unconfined',
}

/**
 * The seccomp profile of a container.
 *
 * @see https://kubernetes.io/docs/tutorials/security/seccomp/
 */
export interface SeccompProfile {
  /** The type of the profile. */
  readonly type: SeccompProfileType;
}

/**
 * The security settings of a container.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
 */
export interface SecurityContext {
  /**
   * Whether the container has all rights of root on the hosting node.
   *
   * @default false
   */
  readonly privileged?: boolean;

  /**
   * Whether a process can gain more rights than its parent.
   *
   * @default true
   */
  readonly allowPrivilegeEscalation?: boolean;

  /**
   * Whether the container can write to its volumes only.
   *
   * @default false
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Whether Kubernetes refuses to run the container as root.
   *
   * @default false
   */
  readonly runAsNonRoot?: boolean;

  /**
   * The ID of the user.
   *
   * @default - the image's
   */
  readonly runAsUser?: number;

  /**
   * The ID of the group.
   *
   * @default - the image's
   */
  readonly runAsGroup?: number;

  /**
   * The Linux capabilities.
   *
   * @default - the container runtime's
   */
  readonly capabilities?: Capabilities;

  /**
   * The seccomp profile.
   *
   * @default - the pod's
   */
  readonly seccompProfile?: SeccompProfile;
}

/**
 * When Kubernetes restarts an init container.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export enum ContainerRestartPolicy {
  /** Always. The init container becomes a sidecar: it starts before Talos and runs beside it. */
  ALWAYS = 'Always',
}

/**
 * A container beside Talos in its pod. An init container can have probes and lifecycle hooks only if its `restartPolicy` is `ALWAYS`.
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { Container, TalosNode } from 'cdk8s-talos';
 *
 * declare const chart: Chart;
 * const metrics: Container = {
 *   name: 'metrics',
 *   image: 'registry.example.com/metrics:1.0',
 *   envFrom: [{ secretRef: { name: 'metrics' } }],
 *   livenessProbe: { httpGet: { path: '/healthz', port: 9100 } },
 * };
 * new TalosNode(chart, 'node', { containers: [metrics] });
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container
 */
export interface Container {
  /** The name, unique in the pod; a DNS label. */
  readonly name: string;

  /** The image. */
  readonly image: string;

  /**
   * When Kubernetes pulls the image.
   *
   * @default - `ALWAYS` for the tag `latest`, otherwise `IF_NOT_PRESENT`
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * The program that runs, instead of the image's entry point.
   *
   * @default - the image's entry point
   */
  readonly command?: string[];

  /**
   * The arguments of the program.
   *
   * @default - the image's
   */
  readonly args?: string[];

  /**
   * The working directory.
   *
   * @default - the image's working directory
   */
  readonly workingDir?: string;

  /**
   * Environment variables.
   *
   * @default - none
   */
  readonly env?: EnvVar[];

  /**
   * Secrets and ConfigMaps whose keys become environment variables. The later one wins if two have the same key; `env` wins over both.
   *
   * @default - none
   */
  readonly envFrom?: EnvFromSource[];

  /**
   * The ports.
   *
   * @default - none
   */
  readonly ports?: ContainerPort[];

  /**
   * The computing resources.
   *
   * @default - no requests, no limits
   */
  readonly resources?: ResourceRequirements;

  /**
   * The volumes of the pod that the container mounts.
   *
   * @default - none
   */
  readonly volumeMounts?: VolumeMount[];

  /**
   * The security settings.
   *
   * @default - Kubernetes' defaults
   */
  readonly securityContext?: SecurityContext;

  /**
   * Checks whether the container has started. Kubernetes restarts the container if the probe fails, and runs the other probes once it succeeds.
   *
   * @default - none
   */
  readonly startupProbe?: Probe;

  /**
   * Checks whether the container still works. Kubernetes restarts the container if the probe fails.
   *
   * @default - none
   */
  readonly livenessProbe?: Probe;

  /**
   * Checks whether the container is ready. Services send traffic to the pod only while all its containers are ready.
   *
   * @default - none; the container is ready while it runs
   */
  readonly readinessProbe?: Probe;

  /**
   * The lifecycle hooks.
   *
   * @default - none
   */
  readonly lifecycle?: Lifecycle;

  /**
   * When Kubernetes restarts the container; for init containers only.
   *
   * @default - the init container ends before Talos starts
   */
  readonly restartPolicy?: ContainerRestartPolicy;
}

export const readCapabilities = readStructure<Capabilities>({}, { add: readList(readText), drop: readList(readText) });
export const readContainerPort = readStructure<ContainerPort>({ containerPort: readNumber }, { name: readText, protocol: readChoice(Protocol) });
export const readResourceRequirements = readStructure<ResourceRequirements>({}, { requests: readMap(readText), limits: readMap(readText) });
export const readVolumeMount = readStructure<VolumeMount>({ name: readText, mountPath: readText }, { readOnly: readBoolean, subPath: readText });
export const readSeccompProfile = readStructure<SeccompProfile>({ type: readChoice(SeccompProfileType) }, {});
export const readSecurityContext = readStructure<SecurityContext>({}, {
  privileged: readBoolean,
  allowPrivilegeEscalation: readBoolean,
  readOnlyRootFilesystem: readBoolean,
  runAsNonRoot: readBoolean,
  runAsUser: readNumber,
  runAsGroup: readNumber,
  capabilities: readCapabilities,
  seccompProfile: readSeccompProfile,
});
export const readContainer = readStructure<Container>({ name: readText, image: readText }, {
  imagePullPolicy: readChoice(ImagePullPolicy),
  command: readList(readText),
  args: readList(readText),
  workingDir: readText,
  env: readList(readEnvVar),
  envFrom: readList(readEnvFromSource),
  ports: readList(readContainerPort),
  resources: readResourceRequirements,
  volumeMounts: readList(readVolumeMount),
  securityContext: readSecurityContext,
  startupProbe: readProbe,
  livenessProbe: readProbe,
  readinessProbe: readProbe,
  lifecycle: readLifecycle,
  restartPolicy: readChoice(ContainerRestartPolicy),
});
