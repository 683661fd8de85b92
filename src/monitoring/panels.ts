import { databaseShare } from './alerts';
import { ClusterSeries } from './cluster-series';
import { API_SERVER, Component, COMPONENTS, CONTROLLER_MANAGER, ETCD, MEMBER_KUBELET, SCHEDULER } from './components';
import { THRESHOLDS } from './thresholds';

/** A query with what names its series. */
export interface Target {
  readonly query: string;
  readonly legend: string;
}

/** A panel of a dashboard. */
export interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly targets: readonly Target[];
  /** From where on it is a problem: values below it, or above it. */
  readonly limit?: { readonly value: number; readonly isLeast?: boolean };
  /** Whether it shows one number, and not how it changes. */
  readonly isNumber?: boolean;
}

/** The window of rates, which Grafana chooses by the interval of the data source and of the panel. */
export const RATE_WINDOW = '$__rate_interval';

const OF_MEMBER = ['pod'];

/** The rows of the dashboard of a cluster, by their titles. */
export function rowsOf(series: ClusterSeries, members: number): { readonly [row: string]: readonly Panel[] } {
  const rate = (component: Component, metric: string, by: string, ...matchers: string[]): Target =>
    ({ query: `sum by (${by}) (${series.rate(component, metric, RATE_WINDOW, ...matchers)})`, legend: legendOf(by) });
  const slowest = (component: Component, histogram: string, by: string[] = OF_MEMBER, ...matchers: string[]): Target =>
    ({ query: series.quantile(0.99, component, histogram, RATE_WINDOW, by, ...matchers), legend: legendOf(by.join(', ')) });
  const gauge = (component: Component, metric: string, ...matchers: string[]): Target => ({ query: series.of(component, metric, ...matchers), legend: '{{pod}}' });
  const running = (component: Component): Target => ({ query: `sum(${series.of(component, 'up')})`, legend: component.job });
  const allComponents = (target: (component: Component) => Target): Target[] => COMPONENTS.map((component) => ({ ...target(component), legend: `${component.job} {{pod}}` }));
  return {
    'Members': [
      ...COMPONENTS.map((component): Panel => (
        { title: component.job.replace('talos-', ''), unit: 'none', targets: [running(component)], limit: { value: members, isLeast: true }, isNumber: true }
      )),
      { title: 'Leader', unit: 'none', targets: [{ query: `min(${series.of(ETCD, 'etcd_server_has_leader')})`, legend: 'leader' }], limit: { value: 1, isLeast: true }, isNumber: true },
    ],
    'etcd': [
      { title: 'Slowest 1 % of writes to the log', unit: 's', targets: [slowest(ETCD, 'etcd_disk_wal_fsync_duration_seconds')], limit: { value: THRESHOLDS.logSeconds } },
      { title: 'Slowest 1 % of commits', unit: 's', targets: [slowest(ETCD, 'etcd_disk_backend_commit_duration_seconds')], limit: { value: THRESHOLDS.commitSeconds } },
      { title: 'Used part of the quota', unit: 'percentunit', targets: [{ query: databaseShare(series), legend: '{{pod}}' }], limit: { value: THRESHOLDS.databaseShare } },
      {
        title: 'Size of the database',
        unit: 'bytes',
        targets: [
          { query: `max(${series.of(ETCD, 'etcd_mvcc_db_total_size_in_bytes')})`, legend: 'on disk' },
          { query: `max(${series.of(ETCD, 'etcd_mvcc_db_total_size_in_use_in_bytes')})`, legend: 'in use' },
        ],
      },
      {
        title: 'Leader changes in 15 minutes',
        unit: 'none',
        targets: [{ query: `increase(${series.of(ETCD, 'etcd_server_leader_changes_seen_total')}[15m])`, legend: '{{pod}}' }],
        limit: { value: THRESHOLDS.leaderChanges },
      },
      {
        title: 'Proposals',
        unit: 'ops',
        targets: [
          { ...rate(ETCD, 'etcd_server_proposals_committed_total', 'pod'), legend: 'committed {{pod}}' },
          { ...rate(ETCD, 'etcd_server_proposals_failed_total', 'pod'), legend: 'failed {{pod}}' },
        ],
      },
      { title: 'Slowest 1 % of round trips between members', unit: 's', targets: [slowest(ETCD, 'etcd_network_peer_round_trip_time_seconds')] },
    ],
    'Kubernetes API': [
      { title: 'Requests by answer', unit: 'reqps', targets: [rate(API_SERVER, 'apiserver_request_total', 'code')] },
      {
        title: 'Slowest 1 % of requests',
        unit: 's',
        targets: [slowest(API_SERVER, 'apiserver_request_duration_seconds', ['verb'], 'verb!~"WATCH|CONNECT|WATCHLIST"')],
      },
      { title: 'Requests in work', unit: 'none', targets: [{ query: `sum by (request_kind) (${series.of(API_SERVER, 'apiserver_current_inflight_requests')})`, legend: '{{request_kind}}' }] },
    ],
    'Controllers, scheduler and kubelets': [
      { title: 'Waiting work of controllers', unit: 'none', targets: [{ query: `topk(10, sum by (name) (${series.of(CONTROLLER_MANAGER, 'workqueue_depth')}))`, legend: '{{name}}' }] },
      { title: 'Pending pods', unit: 'none', targets: [{ query: `sum by (queue) (${series.of(SCHEDULER, 'scheduler_pending_pods')})`, legend: '{{queue}}' }] },
      { title: 'Attempts to schedule pods', unit: 'ops', targets: [rate(SCHEDULER, 'scheduler_schedule_attempts_total', 'result')] },
      { title: 'Pods on members', unit: 'none', targets: [gauge(MEMBER_KUBELET, 'kubelet_running_pods')] },
    ],
    'Resources': [
      { title: 'CPU', unit: 'none', targets: allComponents((component) => rate(component, 'process_cpu_seconds_total', 'pod')) },
      { title: 'Memory', unit: 'bytes', targets: allComponents((component) => gauge(component, 'process_resident_memory_bytes')) },
    ],
  };
}

function legendOf(by: string): string {
  return by.split(', ').map((label) => `{{${label}}}`).join(' ');
}

/** All queries of the dashboard of a cluster. */
export function queriesOf(series: ClusterSeries): string[] {
  return Object.values(rowsOf(series, 1)).flat().flatMap(({ targets }) => targets.map(({ query }) => query));
}
