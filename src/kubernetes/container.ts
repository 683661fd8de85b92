import { EnvFromSource, EnvVar } from './environment-variables';
import { Lifecycle } from './lifecycle';
import { Probe } from './probe';

/*
 * Containers beside Talos in its pod: the parts of Kubernetes' container for it, under Kubernetes' own names.
 */

/**
 * When an image is pulled.
 *
 * @see https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
 */
export enum ImagePullPolicy {
  /** At every start of a container. */
  ALWAYS = 'Always',

  /** When the hosting node doesn't have it. */
  IF_NOT_PRESENT = 'IfNotPresent',

  /** Never. */
  NEVER = 'Never',
}

/**
 * A volume of the pod in a container.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export interface VolumeMount {
  /** The volume's name. */
  readonly name: string;

  /** Where it is seen in the container; an absolute path. */
  readonly mountPath: string;

  /**
   * Whether the container can only read it.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * A path within the volume; a relative one.
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
   * What is set aside.
   *
   * @default - as much as `limits`
   */
  readonly requests?: { [resource: string]: string };

  /**
   * What can't be exceeded.
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
  /** The number. */
  readonly containerPort: number;

  /**
   * The name by which Services can refer to it.
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
   * Capabilities beyond the container runtime's own.
   *
   * @default - none
   */
  readonly add?: string[];

  /**
   * Capabilities to take away; `ALL` for all.
   *
   * @default - none
   */
  readonly drop?: string[];
}

/**
 * A seccomp profile.
 *
 * @see https://kubernetes.io/docs/tutorials/security/seccomp/
 */
export enum SeccompProfileType {
  /** The container runtime's. */
  RUNTIME_DEFAULT = 'RuntimeDefault',

  /** None. */
  UNCONFINED = 'Unconfined',
}

/**
 * The seccomp profile of a container.
 *
 * @see https://kubernetes.io/docs/tutorials/security/seccomp/
 */
export interface SeccompProfile {
  /** Which profile. */
  readonly type: SeccompProfileType;
}

/**
 * What a container may do.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
 */
export interface SecurityContext {
  /**
   * Whether it has all rights of the hosting node.
   *
   * @default false
   */
  readonly privileged?: boolean;

  /**
   * Whether its processes can gain rights.
   *
   * @default - true, as Kubernetes has it
   */
  readonly allowPrivilegeEscalation?: boolean;

  /**
   * Whether it can write outside of its volumes only.
   *
   * @default false
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Whether it is refused as root.
   *
   * @default false
   */
  readonly runAsNonRoot?: boolean;

  /**
   * The number of its user.
   *
   * @default - the image's
   */
  readonly runAsUser?: number;

  /**
   * The number of its group.
   *
   * @default - the image's
   */
  readonly runAsGroup?: number;

  /**
   * Its Linux capabilities.
   *
   * @default - the container runtime's
   */
  readonly capabilities?: Capabilities;

  /**
   * Its seccomp profile.
   *
   * @default - the pod's
   */
  readonly seccompProfile?: SeccompProfile;
}

/**
 * When a container is started again.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export enum ContainerRestartPolicy {
  /** Always: makes an init container a sidecar, which starts before Talos and runs beside it. */
  ALWAYS = 'Always',
}

/**
 * A container beside Talos in its pod. Probes and lifecycle hooks are for containers that go on running: not for an init container without
 * `restartPolicy`.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container
 */
export interface Container {
  /** The name, of which there can be only one in a pod; a DNS label. */
  readonly name: string;

  /** The image. */
  readonly image: string;

  /**
   * When the image is pulled.
   *
   * @default - `ALWAYS` for the tag `latest`, otherwise `IF_NOT_PRESENT`
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * What is executed.
   *
   * @default - the image's entry point
   */
  readonly command?: string[];

  /**
   * Its arguments.
   *
   * @default - the image's
   */
  readonly args?: string[];

  /**
   * Where it is executed.
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
   * Secrets and ConfigMaps whose keys become environment variables. Of two with the same key, the later one counts; `env` counts more.
   *
   * @default - none
   */
  readonly envFrom?: EnvFromSource[];

  /**
   * Ports.
   *
   * @default - none
   */
  readonly ports?: ContainerPort[];

  /**
   * Computing resources.
   *
   * @default - none set aside, no limit
   */
  readonly resources?: ResourceRequirements;

  /**
   * Volumes of the pod that it sees.
   *
   * @default - none
   */
  readonly volumeMounts?: VolumeMount[];

  /**
   * What it may do.
   *
   * @default - what Kubernetes has by default
   */
  readonly securityContext?: SecurityContext;

  /**
   * Finds out whether it has started. Until then the other probes wait; when it fails, the container is started again.
   *
   * @default - started at once
   */
  readonly startupProbe?: Probe;

  /**
   * Finds out whether it still works. When it fails, the container is started again.
   *
   * @default - works as long as it runs
   */
  readonly livenessProbe?: Probe;

  /**
   * Finds out whether it is ready. Services lead to the pod only while all its containers are.
   *
   * @default - ready as soon as it has started
   */
  readonly readinessProbe?: Probe;

  /**
   * What happens after it has started and before it stops.
   *
   * @default - nothing
   */
  readonly lifecycle?: Lifecycle;

  /**
   * When it is started again; only for init containers.
   *
   * @default - an init container ends before Talos starts
   */
  readonly restartPolicy?: ContainerRestartPolicy;
}
