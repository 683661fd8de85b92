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
 * A key of a Secret or ConfigMap in the pod's namespace.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/
 */
export interface KeySelector {
  /** The name of the Secret or ConfigMap. */
  readonly name: string;

  /** The key. */
  readonly key: string;

  /**
   * Whether the container starts without it.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * A field of the pod.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 */
export interface ObjectFieldSelector {
  /** The path of the field, for example `metadata.name` or `status.podIP`. */
  readonly fieldPath: string;
}

/**
 * Where the value of an environment variable comes from: one of the fields.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */
export interface EnvVarSource {
  /**
   * A key of a Secret.
   *
   * @default - another source
   */
  readonly secretKeyRef?: KeySelector;

  /**
   * A key of a ConfigMap.
   *
   * @default - another source
   */
  readonly configMapKeyRef?: KeySelector;

  /**
   * A field of the pod.
   *
   * @default - another source
   */
  readonly fieldRef?: ObjectFieldSelector;
}

/**
 * An environment variable.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */
export interface EnvVar {
  /** The name. */
  readonly name: string;

  /**
   * The value.
   *
   * @default - the empty text, or what `valueFrom` gives
   */
  readonly value?: string;

  /**
   * Where the value comes from.
   *
   * @default - from `value`
   */
  readonly valueFrom?: EnvVarSource;
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
 * A container beside Talos in its pod.
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
   * When it is started again; only for init containers.
   *
   * @default - an init container ends before Talos starts
   */
  readonly restartPolicy?: ContainerRestartPolicy;
}
