import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { TalosError } from '../problem';
import { requireDnsLabel } from './syntax';

/** The namespaces of constructs that differ from their chart's. */
const declaredNamespaces = new WeakMap<IConstruct, string>();

/** Sets the namespace of everything below a construct. */
export function declareNamespace(construct: IConstruct, namespace: string): void {
  declaredNamespaces.set(construct, namespace);
}

/** The namespace of a construct's objects: that of the nearest scope that has one. */
export function namespaceOf(construct: IConstruct): string | undefined {
  const { scope } = construct.node;
  return ownNamespace(construct) ?? (scope && namespaceOf(scope));
}

function ownNamespace(scope: IConstruct): string | undefined {
  return declaredNamespaces.get(scope) ?? (Chart.isChart(scope) ? scope.namespace : undefined);
}

/**
 * The namespace of a construct's objects.
 *
 * @throws if no scope has a namespace, or it isn't a DNS label
 */
export function requireNamespace(construct: IConstruct): string {
  const namespace = namespaceOf(construct);
  if (namespace === undefined) {
    throw new TalosError('talos:missing-property', '\'namespace\' of the chart is missing, so the machines couldn\'t find each other by name: give the chart one, '
      + 'or use a scope that has one, such as a TalosCluster');
  }
  requireDnsLabel('namespace', namespace);
  return namespace;
}
