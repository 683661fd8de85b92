/*
 * Selections by labels, under Kubernetes' own names.
 */

/**
 * How a label is compared in a selector.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export enum SelectorOperator {
  /** The value is one of the given ones. */
  IN = 'In',

  /** The value is none of the given ones, or the label isn't there. */
  NOT_IN = 'NotIn',

  /** The label is there. */
  EXISTS = 'Exists',

  /** The label isn't there. */
  DOES_NOT_EXIST = 'DoesNotExist',

  /** The value is a number greater than the given one; only for labels of nodes. */
  GREATER_THAN = 'Gt',

  /** The value is a number less than the given one; only for labels of nodes. */
  LESS_THAN = 'Lt',
}

/**
 * One requirement of a selector.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export interface SelectorRequirement {
  /** The label's key. */
  readonly key: string;

  /** How the label is compared. */
  readonly operator: SelectorOperator;

  /**
   * What it is compared with.
   *
   * @default - no values, as `EXISTS` and `DOES_NOT_EXIST` have it
   */
  readonly values?: string[];
}

/**
 * A selection of pods by their labels; all parts must hold.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export interface LabelSelector {
  /**
   * Labels with these values.
   *
   * @default - none required
   */
  readonly matchLabels?: { [key: string]: string };

  /**
   * Requirements.
   *
   * @default - none
   */
  readonly matchExpressions?: SelectorRequirement[];
}
