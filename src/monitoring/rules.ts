import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Alert } from './alerts';
import { ClusterSeries } from './cluster-series';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { DOCS } from '../problem';

/**
 * Creates the PrometheusRule.
 *
 * @param alerts the alerts at synthesis, when the Jobs of the cluster are known
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
 */
export function createRules(scope: Construct, series: ClusterSeries, labels: { readonly [key: string]: string }, alerts: () => Alert[]): void {
  const { clusterName } = series;
  new KubernetesObject(scope, 'Rules', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: `${clusterName}-alerts`, labels },
    spec: { groups: [{ name: `talos-${clusterName}`, rules: Lazy.any({ produce: () => alerts().map((alert) => ruleOf(alert, series)) }) }] },
  });
}

function ruleOf({ name, severity, expression, duration, summary, description }: Alert, { clusterName, namespace }: ClusterSeries): object {
  return {
    alert: name,
    expr: expression,
    for: duration,
    labels: { severity, cluster: clusterName, namespace },
    annotations: {
      summary: `${clusterName}: ${summary}`,
      description: `${description} (Talos cluster ${clusterName} in the namespace ${namespace})`,
      runbook_url: `${DOCS}/monitoring.md#${name.toLowerCase()}`,
    },
  };
}
