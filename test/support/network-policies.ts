/*
 * What the network policies of an app allow, as Kubernetes evaluates them.
 */

/** A pod, or a machine outside of the hosting cluster by its address. */
export interface Endpoint {
  readonly namespace?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly cidr?: string;
}

/** Whether a connection is allowed at both of its ends. */
export function isAllowed(objects: any[], from: Endpoint, to: Endpoint, port: string): boolean {
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  return isOpen(policies, from, 'Egress', ({ egress = [] }) => egress.map((rule: any) => ({ ports: rule.ports, peers: rule.to })), to, port)
    && isOpen(policies, to, 'Ingress', ({ ingress = [] }) => ingress.map((rule: any) => ({ ports: rule.ports, peers: rule.from })), from, port);
}

type RulesOf = (spec: any) => { readonly ports?: any[]; readonly peers?: any[] }[];

function isOpen(policies: any[], pod: Endpoint, direction: string, rulesOf: RulesOf, other: Endpoint, port: string): boolean {
  const own = policies.filter(({ metadata, spec }) =>
    metadata.namespace === pod.namespace && spec.policyTypes.includes(direction) && matches(spec.podSelector, pod.labels));
  return own.length === 0 || own.some(({ metadata, spec }) => rulesOf(spec).some(({ ports, peers }) =>
    (ports?.some((open) => `${open.protocol.toLowerCase()}/${open.port}` === port) ?? true)
      && (peers?.some((peer) => isPeer(peer, other, metadata.namespace)) ?? true)));
}

function isPeer({ ipBlock, podSelector, namespaceSelector }: any, { namespace, labels, cidr }: Endpoint, own: string): boolean {
  if (ipBlock || namespace === undefined) {
    return ipBlock !== undefined && ipBlock.cidr === cidr;
  }
  const isNamespace = namespaceSelector ? matches(namespaceSelector, { 'kubernetes.io/metadata.name': namespace }) : namespace === own;
  return isNamespace && matches(podSelector ?? {}, labels);
}

function matches({ matchLabels = {} }: any, labels: { readonly [key: string]: string } = {}): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}
