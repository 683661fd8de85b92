import { ExecAction, HttpGetAction } from './probe';

/*
 * Lifecycle hooks: what Kubernetes does after a container has started and before it stops, under Kubernetes' own names.
 */

/**
 * A pause.
 *
 * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations
 */
export interface SleepAction {
  /** How many seconds it lasts, from 1 to the pod's `terminationGracePeriod`. */
  readonly seconds: number;
}

/**
 * What a hook does: exactly one of `exec`, `httpGet` and `sleep`.
 *
 * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations
 */
export interface LifecycleHandler {
  /**
   * Runs a command in the container.
   *
   * @default - another handler
   */
  readonly exec?: ExecAction;

  /**
   * Sends an HTTP GET request to the container.
   *
   * @default - another handler
   */
  readonly httpGet?: HttpGetAction;

  /**
   * Pauses. The hosting cluster must be Kubernetes 1.30 or newer for it.
   *
   * @default - another handler
   */
  readonly sleep?: SleepAction;
}

/**
 * The lifecycle hooks of a container.
 *
 * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
 */
export interface Lifecycle {
  /**
   * Happens right after the container has started. The container isn't running for Kubernetes until it is done; if it fails, the container is
   * killed.
   *
   * @default - nothing
   */
  readonly postStart?: LifecycleHandler;

  /**
   * Happens before the container is asked to stop, within the pod's `terminationGracePeriod`.
   *
   * @default - nothing
   */
  readonly preStop?: LifecycleHandler;
}
