import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { requireDnsLabel } from './syntax';

/** The namespaces of constructs that have one of their own, whatever their chart's is. */
const declaredNamespaces = new WeakMap<IConstruct, string>();

/** Gives everything below a construct a namespace. */
export function declareNamespace(construct: IConstruct, namespace: string): void {
  declaredNamespaces.set(construct, namespace);
}

/** The namespace in which a construct's objects lie: that of the nearest scope which has one. */
export function namespaceOf(construct: IConstruct): string | undefined {
  return [...construct.node.scopes].reverse().map(ownNamespace).find((namespace) => namespace !== undefined);
}

function ownNamespace(scope: IConstruct): string | undefined {
  return declaredNamespaces.get(scope) ?? (Chart.isChart(scope) ? scope.namespace : undefined);
}

/**
 * The namespace in which a construct's objects lie.
 *
 * @throws if neither a scope nor the chart has one, or it can't be the name of a namespace
 */
export function requireNamespace(construct: IConstruct): string {
  const namespace = namespaceOf(construct);
  if (namespace === undefined) {
    throw new Error('\'namespace\' of the chart is missing, without which the machines don\'t know each other\'s names: give the chart one, '
      + 'or take a scope that has one, such as a TalosCluster');
  }
  requireDnsLabel('namespace', namespace);
  return namespace;
}
