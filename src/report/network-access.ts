import { ClusterObjects } from './cluster-objects';
import { LabelSelector, SelectorOperator, SelectorRequirement } from '../kubernetes/label-selector';
import { NetworkPolicyPeer, NetworkPolicySpec } from '../kubernetes/object-specs';
import { Machines } from '../update/manifests/machines';

/** Nothing restricts them. */
const EVERYONE = 'every pod and node of the hosting cluster: there is no NetworkPolicy';

const ANYWHERE = 'everyone';

/** Who may connect to a port of machines, as the NetworkPolicies among the manifests say. */
export function clientsOf(machines: Machines, port: number, protocol: string, cluster: ClusterObjects): string {
  const policies = cluster.ofKind('NetworkPolicy')
    .filter(({ metadata }) => metadata.namespace === machines.workload.metadata.namespace)
    .map(({ spec }) => spec as NetworkPolicySpec)
    .filter(({ policyTypes, podSelector }) => policyTypes.includes('Ingress') && selects(podSelector, machines.podLabels));
  if (policies.length === 0) {
    return EVERYONE;
  }
  const rules = policies.flatMap(({ ingress = [] }) => ingress)
    .filter(({ ports }) => ports === undefined || ports.some((candidate) => candidate.port === port && candidate.protocol === protocol));
  const peers = rules.flatMap(({ from }) => from?.map(peerText) ?? [ANYWHERE]);
  return peers.length === 0 ? 'nobody' : peers.includes(ANYWHERE) ? ANYWHERE : [...new Set(peers)].join(', ');
}

/** Whether a selector of a policy selects pods with these labels. */
export function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: { readonly [key: string]: string }): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value)
    && matchExpressions.every((requirement) => meets(requirement, labels[requirement.key]));
}

function meets({ operator, values = [] }: SelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case SelectorOperator.IN: return value !== undefined && values.includes(value);
    case SelectorOperator.NOT_IN: return value === undefined || !values.includes(value);
    case SelectorOperator.EXISTS: return value !== undefined;
    default: return value === undefined;
  }
}

function peerText({ ipBlock, podSelector, namespaceSelector }: NetworkPolicyPeer): string {
  if (ipBlock) {
    return ipBlock.cidr;
  }
  const pods = podSelector && selectorText(podSelector);
  if (!namespaceSelector) {
    return pods ? `pods with ${pods}` : 'pods of the namespace';
  }
  const namespaces = selectorText(namespaceSelector);
  return `${pods ? `pods with ${pods}` : 'pods'} in ${namespaces ? `namespaces with ${namespaces}` : 'all namespaces'}`;
}

/** As `kubectl get --selector` takes it; empty for a selector that selects everything. */
function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  return [
    ...Object.entries(matchLabels).map(([label, value]) => `${label}=${value}`),
    ...matchExpressions.map(({ key: label, operator, values = [] }) => {
      switch (operator) {
        case SelectorOperator.IN: return `${label} in (${values.join(', ')})`;
        case SelectorOperator.NOT_IN: return `${label} notin (${values.join(', ')})`;
        case SelectorOperator.EXISTS: return label;
        default: return `!${label}`;
      }
    }),
  ].join(',');
}
