import { readChoice, readList, readMap, readStructure, readText } from '../input';
/*
 * Selectors of labels, with Kubernetes' own names.
 */

/**
 * How a selector compares a label.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export enum SelectorOperator {
  /** The value is one of `values`. */
  IN = 'In',

  /** The value is none of `values`, or there is no such label. */
  NOT_IN = 'NotIn',

  /** The label exists. */
  EXISTS = 'Exists',

  /** The label doesn't exist. */
  DOES_NOT_EXIST = 'DoesNotExist',

  /** The value is a number greater than the one in `values`; only for labels of nodes. */
  GREATER_THAN = 'Gt',

  /** The value is a number less than the one in `values`; only for labels of nodes. */
  LESS_THAN = 'Lt',
}

/**
 * A requirement of a selector.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export interface SelectorRequirement {
  /** The key of the label. */
  readonly key: string;

  /** How the selector compares the label. */
  readonly operator: SelectorOperator;

  /**
   * The values to compare with: none for `EXISTS` and `DOES_NOT_EXIST`, one for `GREATER_THAN` and `LESS_THAN`.
   *
   * @default - none
   */
  readonly values?: string[];
}

/**
 * A selector of objects by their labels. All labels and requirements must match.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export interface LabelSelector {
  /**
   * Labels and their values.
   *
   * @default - none
   */
  readonly matchLabels?: { [key: string]: string };

  /**
   * Requirements on labels.
   *
   * @default - none
   */
  readonly matchExpressions?: SelectorRequirement[];
}

export const readSelectorRequirement = readStructure<SelectorRequirement>({ key: readText, operator: readChoice(SelectorOperator) }, {
  values: readList(readText),
});
export const readLabelSelector = readStructure<LabelSelector>({}, {
  matchLabels: readMap(readText),
  matchExpressions: readList(readSelectorRequirement),
});
