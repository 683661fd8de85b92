import { TaintEffect } from './scheduling';

/**
 * A taint of a node of the inner cluster.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export interface NodeTaint {
  /** The key. */
  readonly key: string;

  /**
   * The value.
   *
   * @default - the empty value
   */
  readonly value?: string;

  /** What it does to pods that don't tolerate it. */
  readonly effect: TaintEffect;
}
