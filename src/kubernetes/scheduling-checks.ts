import { TalosError } from '../problem';
import { SelectorOperator } from './label-selector';
import { requireLabelSelector, requireRequirement } from './label-selector-checks';
import {
  NodeAffinity, NodeSelectorTerm, PodAffinity, PodAffinityTerm, SchedulingOptions, TaintEffect, Toleration, TolerationOperator,
  TopologySpreadConstraint, UnsatisfiableAction,
} from './scheduling';
import { requireDnsLabel, requireDnsSubdomain, requireLabelKey, requireLabels, requireLabelValue, requireUnique, requireWholeNumber } from './syntax';

/*
 * The checks that Kubernetes makes of where pods run, made at synthesis.
 * See https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */

const { IN, NOT_IN } = SelectorOperator;
const HIGHEST_WEIGHT = 100;

/** Requires scheduling options. */
export function requireScheduling(options: SchedulingOptions): void {
  requireLabels('nodeSelector', options.nodeSelector ?? {});
  for (const [property, name] of [['priorityClassName', options.priorityClassName], ['runtimeClassName', options.runtimeClassName]]) {
    if (name !== undefined) {
      requireDnsSubdomain(property!, name);
    }
  }
  options.tolerations?.forEach(requireToleration);
  requireNodeAffinity(options.affinity?.nodeAffinity ?? {});
  requirePodAffinity('affinity.podAffinity', options.affinity?.podAffinity ?? {});
  requirePodAffinity('affinity.podAntiAffinity', options.affinity?.podAntiAffinity ?? {});
  requireSpread(options.topologySpreadConstraints ?? []);
}

function requireToleration({ key = '', operator, value, effect, tolerationSeconds }: Toleration): void {
  if (key === '' && operator !== TolerationOperator.EXISTS) {
    throw new TalosError('talos:missing-property', '\'tolerations\' has one without a key: give it a key, or TolerationOperator.EXISTS for every taint');
  }
  if (key !== '') {
    requireLabelKey('tolerations', key);
  }
  if (operator === TolerationOperator.EXISTS && value) {
    throw new TalosError('talos:invalid-value', `'tolerations' compares ${key} with '${value}' by TolerationOperator.EXISTS: leave out the value, or use TolerationOperator.EQUAL`);
  }
  requireLabelValue('tolerations', key, value ?? '');
  if (tolerationSeconds !== undefined) {
    requireWholeNumber('tolerations.tolerationSeconds', tolerationSeconds, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    if (effect !== TaintEffect.NO_EXECUTE) {
      throw new TalosError('talos:conflicting-properties', `'tolerations.tolerationSeconds' (${tolerationSeconds}) only has a meaning for TaintEffect.NO_EXECUTE: give that effect, or leave it out`);
    }
  }
}

function requireNodeAffinity(affinity: NodeAffinity): void {
  const property = 'affinity.nodeAffinity';
  const { requiredDuringSchedulingIgnoredDuringExecution: required, preferredDuringSchedulingIgnoredDuringExecution: preferred } = affinity;
  if (required?.nodeSelectorTerms.length === 0) {
    throw new TalosError('talos:missing-property', `'${property}.requiredDuringSchedulingIgnoredDuringExecution' has no terms: give one, or leave it out`);
  }
  required?.nodeSelectorTerms.forEach((term) => requireNodeSelectorTerm(property, term));
  preferred?.forEach(({ weight, preference }) => {
    requireWholeNumber(`${property}.weight`, weight, 1, HIGHEST_WEIGHT);
    requireNodeSelectorTerm(property, preference);
  });
}

function requireNodeSelectorTerm(property: string, { matchExpressions = [], matchFields = [] }: NodeSelectorTerm): void {
  matchExpressions.forEach((requirement) => requireRequirement(`${property}.matchExpressions`, requirement));
  for (const { key, operator, values = [] } of matchFields) {
    if (key !== 'metadata.name' || ![IN, NOT_IN].includes(operator) || values.length !== 1) {
      throw new TalosError('talos:invalid-value', `'${property}.matchFields' compares ${key} by ${operator} with ${values.length} values: nodes have the field metadata.name only, `
        + 'to compare by SelectorOperator.IN or NOT_IN with one value');
    }
    requireDnsSubdomain(`${property}.matchFields.values`, values[0]);
  }
}

function requirePodAffinity(property: string, affinity: PodAffinity): void {
  affinity.requiredDuringSchedulingIgnoredDuringExecution?.forEach((term) => requirePodAffinityTerm(property, term));
  affinity.preferredDuringSchedulingIgnoredDuringExecution?.forEach(({ weight, podAffinityTerm }) => {
    requireWholeNumber(`${property}.weight`, weight, 1, HIGHEST_WEIGHT);
    requirePodAffinityTerm(property, podAffinityTerm);
  });
}

function requirePodAffinityTerm(property: string, { topologyKey, labelSelector, namespaces, namespaceSelector }: PodAffinityTerm): void {
  requireLabelKey(`${property}.topologyKey`, topologyKey);
  requireLabelSelector(`${property}.labelSelector`, labelSelector);
  requireLabelSelector(`${property}.namespaceSelector`, namespaceSelector);
  namespaces?.forEach((name) => requireDnsLabel(`${property}.namespaces`, name));
}

function requireSpread(constraints: TopologySpreadConstraint[]): void {
  const property = 'topologySpreadConstraints';
  for (const { maxSkew, topologyKey, whenUnsatisfiable, minDomains, labelSelector } of constraints) {
    requireWholeNumber(`${property}.maxSkew`, maxSkew, 1);
    requireLabelKey(`${property}.topologyKey`, topologyKey);
    requireLabelSelector(`${property}.labelSelector`, labelSelector);
    if (minDomains !== undefined) {
      requireWholeNumber(`${property}.minDomains`, minDomains, 1);
      if (whenUnsatisfiable !== UnsatisfiableAction.DO_NOT_SCHEDULE) {
        throw new TalosError('talos:conflicting-properties', `'${property}.minDomains' (${minDomains}) only has a meaning for UnsatisfiableAction.DO_NOT_SCHEDULE: choose that, or leave it out`);
      }
    }
  }
  requireUnique(property, constraints.map(({ topologyKey, whenUnsatisfiable }) => `${topologyKey}, ${whenUnsatisfiable}`));
}
