import { Duration } from 'cdk8s';
import { TalosControlPlane } from '../control-plane/talos-control-plane';
import { readBoolean, readInstance, readMap, readStructure, readText } from '../input';

/**
 * Properties of a `TalosMonitoring`.
 */
export interface TalosMonitoringProps {
  /** The control plane, with `metrics`, or with a ready machine config that opens the metrics. */
  readonly controlPlane: TalosControlPlane;

  /**
   * Labels of the ServiceMonitors and the PrometheusRule, by which a Prometheus selects them: for example `{ release: 'kube-prometheus-stack' }`.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * The time between two reads of all metrics, in whole seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly interval?: Duration;

  /**
   * Whether Prometheus keeps all metrics, about 20,000 series of each API server, and not only those that the alerts and the dashboard use.
   *
   * @default false
   */
  readonly allMetrics?: boolean;

  /**
   * Whether to make the ServiceMonitors, which need the Prometheus Operator.
   *
   * @default true
   */
  readonly serviceMonitors?: boolean;

  /**
   * Whether to make the PrometheusRule with the alerts, which needs the Prometheus Operator. There are no alerts while the members are stopped.
   *
   * @default true
   */
  readonly alerts?: boolean;

  /**
   * Whether to make a ConfigMap with a dashboard for Grafana, labelled `grafana_dashboard: "1"`.
   *
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * A Secret in the control plane's namespace with a token of the inner cluster, under the key `token`, and the certificate of the inner cluster's
   * authority, under `ca.crt`. The token may `get` the URL `/metrics` and the resource `nodes/metrics`.
   *
   * @default - a Job makes one, and a CronJob renews it each day
   */
  readonly tokenSecretName?: string;
}

export const readTalosMonitoringProps = readStructure<TalosMonitoringProps>({ controlPlane: readInstance(TalosControlPlane) }, {
  labels: readMap(readText),
  interval: readInstance(Duration),
  allMetrics: readBoolean,
  serviceMonitors: readBoolean,
  alerts: readBoolean,
  dashboard: readBoolean,
  tokenSecretName: readText,
});
