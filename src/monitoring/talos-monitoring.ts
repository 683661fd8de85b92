import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { alertsOf } from './alerts';
import { ClusterSeries, metricsIn } from './cluster-series';
import { Component, COMPONENTS } from './components';
import { createDashboard } from './dashboard';
import { jobsOf, monitoredCluster } from './monitored-cluster';
import { queriesOf } from './panels';
import { createRules } from './rules';
import { createServiceMonitors } from './service-monitors';
import { readTalosMonitoringProps, TalosMonitoringProps } from './talos-monitoring-props';
import { jobsPolicySpec } from '../access/network-policy-spec';
import { TalosControlPlane } from '../control-plane/talos-control-plane';
import { MetricsTokenJob } from '../jobs/metrics-token-job';
import { located } from '../kubernetes/construct-errors';
import { Protocol } from '../kubernetes/container';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { clusterLabels, labelObjectsOf } from '../kubernetes/labels';
import { declareNamespace, requireNamespace } from '../kubernetes/namespace-scope';
import { createNetworkPolicy } from '../kubernetes/network-policies';
import { ServiceSpec } from '../kubernetes/object-specs';
import { requireDnsSubdomain, requireLabels } from '../kubernetes/syntax';
import { takeName } from '../kubernetes/taken-names';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import { METRICS_PORTS, METRICS_SETTINGS } from '../machine-config/open-metrics';
import { TalosError } from '../problem';
import { KUBERNETES_API } from '../talos/ports';

type Labels = { readonly [key: string]: string };

/**
 * What a Prometheus needs to watch a control plane: a headless Service for the metrics of etcd, the API server, the controller manager, the scheduler
 * and the kubelet of each member, ServiceMonitors and a PrometheusRule of the Prometheus Operator, and a dashboard of Grafana. A Job makes an account
 * in the inner cluster that may read metrics, and puts a token of it into a Secret of the hosting cluster.
 *
 * Its objects are in the namespace of the control plane.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { NetworkPeer, TalosControlPlane, TalosMonitoring, TalosSecrets } from 'cdk8s-talos';
 *
 * const chart = new Chart(new App(), 'acme', { namespace: 'acme' });
 * const controlPlane = new TalosControlPlane(chart, 'control-plane', {
 *   clusterName: 'acme',
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   metrics: true,
 *   networkPolicy: { metricsReaders: [NetworkPeer.podsInNamespaces({ matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } })] },
 * });
 * new TalosMonitoring(chart, 'monitoring', { controlPlane, labels: { release: 'kube-prometheus-stack' } });
 *
 * @see https://prometheus-operator.dev/docs/developer/getting-started/
 */
export class TalosMonitoring extends Construct {
  /** The headless Service with a port for the metrics of each component. */
  public readonly service: ApiObject;

  /** The Secret with the token (`token`) and the certificate of the inner cluster's authority (`ca.crt`). */
  public readonly tokenSecretName: string;

  private readonly controlPlane: TalosControlPlane;

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if the control plane keeps its metrics to itself, its `networkPolicy` lets nobody read them, nothing makes the token, or a name is taken
   */
  constructor(scope: Construct, id: string, props: TalosMonitoringProps) {
    super(scope, id);
    try {
      props = readTalosMonitoringProps('props', props);
      const { controlPlane, labels = {}, interval = Duration.seconds(30), allMetrics = false } = props;
      this.controlPlane = controlPlane;
      const { clusterName, _cluster: cluster } = controlPlane;
      requireReadableMetrics(controlPlane);
      const intervalSeconds = wholeSeconds('interval', interval, 1)!;
      const namespace = requireNamespace(controlPlane);
      declareNamespace(this, namespace);
      const serviceLabels = { ...controlPlane.talosNode.selectorLabels, 'app.kubernetes.io/component': 'metrics' };
      labelObjectsOf(this, { ...serviceLabels, ...clusterLabels(clusterName) });
      requireLabels('labels', labels, { ...serviceLabels, ...clusterLabels(clusterName) });
      this.service = this.createService(serviceLabels);
      this.tokenSecretName = props.tokenSecretName ?? this.createTokenJob(namespace);
      requireDnsSubdomain('tokenSecretName', this.tokenSecretName);

      const series = new ClusterSeries(clusterName, namespace);
      const monitored = monitoredCluster(controlPlane, series);
      if (props.serviceMonitors ?? true) {
        // what the hosting cluster knows of Jobs, no ServiceMonitor here reads
        const queries = [...alertsOf({ ...monitored, jobs: { once: [], scheduled: [] } }).map(({ expression }) => expression), ...queriesOf(series)];
        createServiceMonitors(this, {
          clusterName,
          serviceLabels,
          tokenSecretName: this.tokenSecretName,
          intervalSeconds,
          keptMetrics: (component) => allMetrics ? undefined : metricsIn(queries, component),
          labels,
        });
      }
      if ((props.alerts ?? true) && !cluster.isSuspended) {
        createRules(this, series, labels, () => alertsOf({ ...monitored, jobs: jobsOf(controlPlane, series) }));
      }
      if (props.dashboard ?? true) {
        createDashboard(this, series, cluster.runningMembers);
      }
    } catch (error) {
      throw located(this, error);
    }
  }

  private createService(labels: Labels): ApiObject {
    const { clusterName, talosNode, _cluster: { addresses } } = this.controlPlane;
    const name = `${clusterName}-metrics`;
    takeName(this, 'Service', name);
    const portOf = ({ port }: Component) => port === KUBERNETES_API ? addresses.apiServerPort : port.port;
    const spec: ServiceSpec = {
      clusterIP: 'None',
      // a member that isn't ready is the one to watch
      publishNotReadyAddresses: true,
      selector: talosNode.selectorLabels,
      ports: COMPONENTS.map((component) => ({
        name: component.port.name, port: portOf(component), targetPort: portOf(component), protocol: Protocol.TCP,
      })),
    };
    return new KubernetesObject(this, 'Service', { apiVersion: 'v1', kind: 'Service', metadata: { name, labels }, spec });
  }

  private createTokenJob(namespace: string): string {
    const { clusterName, insideEndpoint, talosNode, _cluster: cluster } = this.controlPlane;
    if (!cluster.hasCredentials) {
      throw new TalosError('talos:missing-property', '\'tokenSecretName\' is missing, because the Job that would make the token needs the kubeconfig of \'credentialSecrets\', '
        + 'which the control plane doesn\'t make: give a Secret with a token, or turn \'credentialSecrets\' on');
    }
    const job = new MetricsTokenJob(this, 'Token', {
      ...cluster.jobImages, clusterName, namespace, kubernetesEndpoint: insideEndpoint, suspend: cluster.isSuspended,
    });
    if (cluster.networkPolicy) {
      const { apiServerPort } = cluster.addresses;
      createNetworkPolicy(this, 'TokenNetworkPolicy', { name: job.secretName, labels: job.selectorLabels },
        jobsPolicySpec(job.selectorLabels, talosNode.selectorLabels, true, apiServerPort === KUBERNETES_API.port ? [] : [apiServerPort]));
    }
    return job.secretName;
  }
}

/** Refuses a control plane whose metrics nobody could read. */
function requireReadableMetrics({ machineConfig: { config }, _cluster: { networkPolicy } }: TalosControlPlane): void {
  const open = config?._facts.metricsPorts.map(({ port }) => port);
  const closed = METRICS_PORTS.map(({ port }) => port).filter((port) => open && !open.includes(port));
  if (closed.length > 0) {
    throw new TalosError('talos:conflicting-properties', `'controlPlane' keeps metrics (${closed.join(', ')}) inside of its machines: set its 'metrics' to true, `
      + `or in a ready 'machineConfig' ${METRICS_SETTINGS.join(', ')}`);
  }
  if (networkPolicy && !networkPolicy.metricsReaders?.length) {
    throw new TalosError('talos:conflicting-properties', '\'networkPolicy\' of the control plane lets nobody read metrics: list the pods of Prometheus in \'networkPolicy.metricsReaders\'');
  }
}
