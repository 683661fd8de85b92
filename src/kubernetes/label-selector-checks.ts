import { shortened, TalosError } from '../problem';
import { LabelSelector, SelectorOperator, SelectorRequirement } from './label-selector';
import { requireLabelKey, requireLabels, requireLabelValue } from './syntax';

/*
 * The checks that Kubernetes makes of label selectors, made at synthesis.
 * See https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */

const { IN, NOT_IN, EXISTS, DOES_NOT_EXIST, GREATER_THAN, LESS_THAN } = SelectorOperator;

/** Requires a label selector. */
export function requireLabelSelector(property: string, { matchLabels = {}, matchExpressions = [] }: LabelSelector = {}): void {
  requireLabels(`${property}.matchLabels`, matchLabels);
  for (const requirement of matchExpressions) {
    if ([GREATER_THAN, LESS_THAN].includes(requirement.operator)) {
      throw new TalosError('talos:invalid-value', `'${property}.matchExpressions' compares ${requirement.key} by ${requirement.operator}, which only node selectors can: `
        + 'use SelectorOperator.IN, NOT_IN, EXISTS or DOES_NOT_EXIST');
    }
    requireRequirement(`${property}.matchExpressions`, requirement);
  }
}

/** Requires a requirement of a selector of pods or nodes. */
export function requireRequirement(property: string, { key, operator, values = [] }: SelectorRequirement): void {
  requireLabelKey(property, key);
  const refuse = (remedy: string) => new TalosError('talos:invalid-value', `'${property}' compares ${key} by ${operator} with ${values.length} values (${shortened(values.join(', '))}): ${remedy}`);
  if ([IN, NOT_IN].includes(operator) && values.length === 0) {
    throw refuse('give one or more');
  }
  if ([EXISTS, DOES_NOT_EXIST].includes(operator) && values.length > 0) {
    throw refuse('leave them out, or use SelectorOperator.IN or NOT_IN');
  }
  if ([GREATER_THAN, LESS_THAN].includes(operator) && !(values.length === 1 && /^[-+]?\d{1,18}$/.test(values[0]))) {
    throw refuse('give one whole number');
  }
  if ([IN, NOT_IN].includes(operator)) {
    values.forEach((value) => requireLabelValue(property, key, value));
  }
}
