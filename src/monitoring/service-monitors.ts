import { Construct } from 'constructs';
import { API_SERVER_NAME, Component, ETCD, TOKEN_COMPONENTS } from './components';
import { METRICS_TOKEN } from '../jobs/metrics-token-job';
import { KubernetesObject } from '../kubernetes/kubernetes-object';

/** What ServiceMonitors depend on. */
export interface ServiceMonitorsOptions {
  readonly clusterName: string;
  /** The labels of the Service with the ports of all components. */
  readonly serviceLabels: { readonly [key: string]: string };
  /** The Secret with the token, and the certificate of the authority. */
  readonly tokenSecretName: string;
  readonly intervalSeconds: number;
  /** The metrics of a component that are kept; all of them where it is undefined. */
  readonly keptMetrics: (component: Component) => readonly string[] | undefined;
  readonly labels: { readonly [key: string]: string };
}

/**
 * Creates the ServiceMonitors. That of etcd is one of its own: the Prometheus Operator leaves a ServiceMonitor out while the Secret that it names
 * isn't there.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor
 */
export function createServiceMonitors(scope: Construct, options: ServiceMonitorsOptions): void {
  createServiceMonitor(scope, 'EtcdMonitor', `${options.clusterName}-etcd`, [ETCD], options);
  createServiceMonitor(scope, 'KubernetesMonitor', `${options.clusterName}-kubernetes`, TOKEN_COMPONENTS, options);
}

function createServiceMonitor(scope: Construct, id: string, name: string, components: readonly Component[], options: ServiceMonitorsOptions): void {
  const { serviceLabels, labels } = options;
  new KubernetesObject(scope, id, {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name, labels },
    spec: { selector: { matchLabels: serviceLabels }, endpoints: components.map((component) => endpoint(component, options)) },
  });
}

function endpoint(component: Component, { clusterName, tokenSecretName, intervalSeconds, keptMetrics }: ServiceMonitorsOptions): object {
  const { job, port, tls } = component;
  const kept = keptMetrics(component);
  const label = (targetLabel: string, replacement: string) => ({ action: 'replace', targetLabel, replacement });
  return {
    port: port.name,
    scheme: tls === 'none' ? 'http' : 'https',
    interval: `${intervalSeconds}s`,
    ...tls === 'none' ? {} : {
      authorization: { type: 'Bearer', credentials: { name: tokenSecretName, key: METRICS_TOKEN.token } },
      tlsConfig: tls === 'verified'
        ? { serverName: API_SERVER_NAME, ca: { secret: { name: tokenSecretName, key: METRICS_TOKEN.authority } } }
        : { insecureSkipVerify: true },
    },
    // the Operator itself adds those of the namespace and the pod
    relabelings: [label('job', job), label('cluster', clusterName)],
    ...kept && { metricRelabelings: [{ action: 'keep', sourceLabels: ['__name__'], regex: kept.join('|') }] },
  };
}
