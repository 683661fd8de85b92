/*
 * Environment variables of a container, under Kubernetes' own names.
 */

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
 * A Secret or ConfigMap in the pod's namespace.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/
 */
export interface EnvSource {
  /** Its name. */
  readonly name: string;

  /**
   * Whether the container starts without it.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * Environment variables by the keys of a Secret or ConfigMap: exactly one of `secretRef` and `configMapRef`.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#configure-all-key-value-pairs-in-a-configmap-as-container-environment-variables
 */
export interface EnvFromSource {
  /**
   * What stands before each key in the variable's name.
   *
   * @default - nothing
   */
  readonly prefix?: string;

  /**
   * A Secret.
   *
   * @default - another source
   */
  readonly secretRef?: EnvSource;

  /**
   * A ConfigMap.
   *
   * @default - another source
   */
  readonly configMapRef?: EnvSource;
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
