import { readNumber, readStructure } from '../input';
import { ExecAction, HttpGetAction, readExecAction, readHttpGetAction } from './probe';

/*
 * Lifecycle hooks, which Kubernetes runs after a container starts and before it stops, with Kubernetes' own names.
 */

/**
 * A pause.
 *
 * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations
 */
export interface SleepAction {
  /** The seconds, from 1 to the pod's `terminationGracePeriod`. */
  readonly seconds: number;
}

/**
 * The action of a hook: exactly one of `exec`, `httpGet` and `sleep`.
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
   * Pauses. It needs Kubernetes 1.30 or newer in the hosting cluster.
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
   * Runs right after the container starts. Kubernetes kills the container if the hook fails.
   *
   * @default - none
   */
  readonly postStart?: LifecycleHandler;

  /**
   * Runs before Kubernetes stops the container. Its time counts towards the pod's `terminationGracePeriod`.
   *
   * @default - none
   */
  readonly preStop?: LifecycleHandler;
}

export const readSleepAction = readStructure<SleepAction>({ seconds: readNumber }, {});
export const readLifecycleHandler = readStructure<LifecycleHandler>({}, { exec: readExecAction, httpGet: readHttpGetAction, sleep: readSleepAction });
export const readLifecycle = readStructure<Lifecycle>({}, { postStart: readLifecycleHandler, preStop: readLifecycleHandler });
