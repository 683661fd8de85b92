import { ClusterObjects } from './cluster-objects';
import { SelectorOperator } from '../kubernetes/label-selector';
import { fieldsOf, objectsOf, textFieldsOf, textsOf } from '../update/manifests/fields';
import { Machines } from '../update/manifests/machines';

/** Nothing restricts them. */
const EVERYONE = 'everyone who can reach the pods: there is no NetworkPolicy';

const ANYWHERE = 'everyone';

/** Who may connect to a port of machines, as the NetworkPolicies among the manifests say. */
export function clientsOf(machines: Machines, port: MachinePort, cluster: ClusterObjects): string {
  const policies = cluster.ofKind('NetworkPolicy')
    .filter(({ metadata }) => metadata.namespace === machines.workload.metadata.namespace)
    .map(({ spec }) => fieldsOf(spec))
    // a policy without types is one for what comes in
    .filter(({ policyTypes, podSelector }) => textsOf(policyTypes ?? ['Ingress']).includes('Ingress') && selects(podSelector, machines.podLabels));
  if (policies.length === 0) {
    return EVERYONE;
  }
  const rules = policies.flatMap(({ ingress }) => objectsOf(ingress))
    .filter(({ ports }) => isEmpty(ports) || objectsOf(ports).some((some) => has(some, port)));
  const peers = rules.flatMap(({ from }) => isEmpty(from) ? [ANYWHERE] : objectsOf(from).map(peerText));
  return peers.length === 0 ? 'nobody' : peers.includes(ANYWHERE) ? ANYWHERE : [...new Set(peers)].join(', ');
}

export type MachinePort = Machines['ports'][number];

/** A list that isn't there, and one without items, mean everything in a rule. */
function isEmpty(list: unknown): boolean {
  return list === undefined || list === null || (Array.isArray(list) && list.length === 0);
}

/** Whether a port of a rule, which can be a range, a name or each port, has the port of a machine. */
function has({ port, endPort, protocol = 'TCP' }: { readonly [field: string]: any }, { name, containerPort, protocol: own }: MachinePort): boolean {
  return protocol === own && (port === undefined || port === containerPort || port === name || (port <= containerPort && containerPort <= endPort));
}

/** Whether a selector of a policy selects pods with these labels. */
function selects(selector: unknown, labels: { readonly [key: string]: string }): boolean {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  return Object.entries(textFieldsOf(matchLabels)).every(([key, value]) => labels[key] === value)
    && objectsOf(matchExpressions).every(({ key, operator, values }) => meets(operator, textsOf(values), labels[key]));
}

function meets(operator: unknown, values: readonly string[], value: string | undefined): boolean {
  switch (operator) {
    case SelectorOperator.IN: return value !== undefined && values.includes(value);
    case SelectorOperator.NOT_IN: return value === undefined || !values.includes(value);
    case SelectorOperator.EXISTS: return value !== undefined;
    default: return value === undefined;
  }
}

function peerText({ ipBlock, podSelector, namespaceSelector }: { readonly [field: string]: any }): string {
  if (ipBlock) {
    const without = textsOf(ipBlock.except);
    return `${ipBlock.cidr}${without.length > 0 ? ` without ${without.join(', ')}` : ''}`;
  }
  const pods = selectorText(podSelector);
  if (!namespaceSelector) {
    return pods ? `pods with ${pods}` : 'pods of the namespace';
  }
  const namespaces = selectorText(namespaceSelector);
  return `${pods ? `pods with ${pods}` : 'pods'} in ${namespaces ? `namespaces with ${namespaces}` : 'all namespaces'}`;
}

/** As `kubectl get --selector` takes it; empty for a selector that selects everything. */
function selectorText(selector: unknown): string {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  return [
    ...Object.entries(textFieldsOf(matchLabels)).map(([label, value]) => `${label}=${value}`),
    ...objectsOf(matchExpressions).map(({ key: label, operator, values }) => {
      switch (operator) {
        case SelectorOperator.IN: return `${label} in (${textsOf(values).join(', ')})`;
        case SelectorOperator.NOT_IN: return `${label} notin (${textsOf(values).join(', ')})`;
        case SelectorOperator.EXISTS: return label;
        default: return `!${label}`;
      }
    }),
  ].join(',');
}
