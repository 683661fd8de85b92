import { readBoolean, readStructure, readText } from '../input';
/*
 * Environment variables of a container, with Kubernetes' own names.
 */

/**
 * A key of a Secret or ConfigMap.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/
 */
export interface KeySelector {
  /** The name of the Secret or ConfigMap, in the pod's namespace. */
  readonly name: string;

  /** The key. */
  readonly key: string;

  /**
   * Whether the container starts if it doesn't exist.
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
 * The source of an environment variable's value: exactly one of the properties.
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
   * Whether the container starts if it doesn't exist.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * A source of environment variables: exactly one of `secretRef` and `configMapRef`. Each key becomes a variable.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#configure-all-key-value-pairs-in-a-configmap-as-container-environment-variables
 */
export interface EnvFromSource {
  /**
   * A text to put before each key.
   *
   * @default - none
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
   * @default - the value of `valueFrom`, or an empty text
   */
  readonly value?: string;

  /**
   * The source of the value.
   *
   * @default - none; `value` is the value
   */
  readonly valueFrom?: EnvVarSource;
}

export const readEnvSource = readStructure<EnvSource>({ name: readText }, { optional: readBoolean });
export const readEnvFromSource = readStructure<EnvFromSource>({}, { prefix: readText, secretRef: readEnvSource, configMapRef: readEnvSource });
export const readKeySelector = readStructure<KeySelector>({ name: readText, key: readText }, { optional: readBoolean });
export const readObjectFieldSelector = readStructure<ObjectFieldSelector>({ fieldPath: readText }, {});
export const readEnvVarSource = readStructure<EnvVarSource>({}, {
  secretKeyRef: readKeySelector,
  configMapKeyRef: readKeySelector,
  fieldRef: readObjectFieldSelector,
});
export const readEnvVar = readStructure<EnvVar>({ name: readText }, { value: readText, valueFrom: readEnvVarSource });
