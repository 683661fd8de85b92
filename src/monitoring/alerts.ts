import { ClusterSeries } from './cluster-series';
import { API_SERVER, COMPONENTS, ETCD, MEMBER_KUBELET } from './components';
import { DAY_SECONDS, MonitoredCluster } from './monitored-cluster';
import { THRESHOLDS } from './thresholds';
import { CertificatePeriod } from '../secrets/bundle/certificate-period';

/** A condition that calls somebody. */
export interface Alert {
  readonly name: string;
  readonly severity: 'critical' | 'warning';
  /** The condition in PromQL. */
  readonly expression: string;
  /** How long the condition holds before. */
  readonly duration: string;
  /** One sentence that is the same for all clusters. */
  readonly summary: string;
  /** What it is about, with the labels and the value of the series. */
  readonly description: string;
}

const OF_CLUSTER = 'by (cluster, namespace)';
const OF_MEMBER = ['cluster', 'namespace', 'pod'];

/** The alerts of a cluster. */
export function alertsOf(cluster: MonitoredCluster): Alert[] {
  return [...reachability(cluster), ...etcd(cluster), ...certificates(cluster), ...hostingObjects(cluster)];
}

function* reachability({ series }: MonitoredCluster): Generator<Alert> {
  yield {
    name: 'TalosMetricsMissing',
    severity: 'critical',
    expression: COMPONENTS.map((component) => `absent(${series.of(component, 'up')})`).join(' or '),
    duration: '15m',
    summary: 'Prometheus reads no metrics of a component at any member.',
    description: 'There is no target of {{ $labels.job }}: Prometheus doesn\'t know the ServiceMonitors, or no member has a pod.',
  };
  yield {
    name: 'TalosKubernetesApiDown',
    severity: 'critical',
    expression: `sum ${OF_CLUSTER} (${series.of(API_SERVER, 'up')}) == 0`,
    duration: '5m',
    summary: 'Prometheus reads metrics of no API server.',
    description: 'No API server of the cluster answers, or none takes the token of Prometheus.',
  };
  yield {
    name: 'TalosComponentDown',
    severity: 'warning',
    expression: COMPONENTS.map((component) => `${series.of(component, 'up')} == 0`).join(' or '),
    duration: '10m',
    summary: 'Prometheus can\'t read the metrics of a component at a member.',
    description: '{{ $labels.job }} of {{ $labels.pod }} doesn\'t answer Prometheus, or refuses it.',
  };
}

function* etcd({ series, members }: MonitoredCluster): Generator<Alert> {
  const running = `sum ${OF_CLUSTER} (${series.of(ETCD, 'up')})`;
  const quorum = Math.floor(members / 2) + 1;
  yield {
    name: 'TalosEtcdQuorumLost',
    severity: 'critical',
    expression: `${running} < ${quorum}`,
    duration: '3m',
    summary: 'Too few members of etcd run for reads and writes.',
    description: `{{ $value }} of ${members} members of etcd run, and ${quorum} must.`,
  };
  if (members > 1) {
    yield {
      name: 'TalosEtcdMemberDown',
      severity: 'warning',
      expression: `${running} < ${members}`,
      duration: '10m',
      summary: 'A member of etcd doesn\'t run.',
      description: `{{ $value }} of ${members} members of etcd run.`,
    };
  }
  yield {
    name: 'TalosEtcdNoLeader',
    severity: 'critical',
    expression: `${series.of(ETCD, 'etcd_server_has_leader')} == 0`,
    duration: '2m',
    summary: 'A member of etcd knows no leader.',
    description: 'etcd of {{ $labels.pod }} knows no leader, and takes no writes.',
  };
  yield {
    name: 'TalosEtcdLeaderChanges',
    severity: 'warning',
    expression: `max ${OF_CLUSTER} (increase(${series.of(ETCD, 'etcd_server_leader_changes_seen_total')}[15m])) >= ${THRESHOLDS.leaderChanges}`,
    duration: '5m',
    summary: `The leader of etcd changed ${THRESHOLDS.leaderChanges} times or more in 15 minutes.`,
    description: 'The leader changed {{ $value | printf "%.0f" }} times in 15 minutes: writes pause at each change.',
  };
  yield {
    name: 'TalosEtcdSlowLog',
    severity: 'warning',
    expression: `${series.quantile(0.99, ETCD, 'etcd_disk_wal_fsync_duration_seconds', '5m', OF_MEMBER)} > ${THRESHOLDS.logSeconds}`,
    duration: '10m',
    summary: `1 % of the writes to etcd's log take longer than ${THRESHOLDS.logSeconds} s to reach the disk.`,
    description: 'The slowest 1 % of the writes to the log of etcd of {{ $labels.pod }} take {{ $value | humanizeDuration }} or longer.',
  };
  yield {
    name: 'TalosEtcdSlowCommits',
    severity: 'warning',
    expression: `${series.quantile(0.99, ETCD, 'etcd_disk_backend_commit_duration_seconds', '5m', OF_MEMBER)} > ${THRESHOLDS.commitSeconds}`,
    duration: '10m',
    summary: `1 % of the commits to etcd's database take longer than ${THRESHOLDS.commitSeconds} s.`,
    description: 'The slowest 1 % of the commits of etcd of {{ $labels.pod }} take {{ $value | humanizeDuration }} or longer.',
  };
  yield {
    name: 'TalosEtcdDatabaseLarge',
    severity: 'warning',
    expression: `${databaseShare(series)} > ${THRESHOLDS.databaseShare}`,
    duration: '10m',
    summary: `The database of etcd takes more than ${THRESHOLDS.databaseShare * 100} % of its quota.`,
    description: 'The database of {{ $labels.pod }} takes {{ $value | humanizePercentage }} of its quota. At 100 %, the cluster takes no writes.',
  };
}

/** The used part of the quota of etcd's database. */
export function databaseShare(series: ClusterSeries): string {
  return `${series.of(ETCD, 'etcd_mvcc_db_total_size_in_bytes')} / ${series.of(ETCD, 'etcd_server_quota_backend_bytes')}`;
}

function* certificates({ series, credentials, hasLongCertificates }: MonitoredCluster): Generator<Alert> {
  const { certificateDays } = THRESHOLDS;
  yield {
    name: 'TalosKubeletCertificateEnds',
    severity: 'warning',
    expression: `${series.of(MEMBER_KUBELET, 'kubelet_certificate_manager_client_ttl_seconds')} < ${certificateDays * DAY_SECONDS}`,
    duration: '1h',
    summary: `The client certificate of a member's kubelet ends in less than ${certificateDays} days.`,
    description: 'The certificate of the kubelet of {{ $labels.pod }} ends in {{ $value | humanizeDuration }}, and wasn\'t renewed.',
  };
  if (hasLongCertificates) {
    const remaining = series.quantile(0.01, API_SERVER, 'apiserver_client_certificate_expiration_seconds', '5m', ['cluster', 'namespace']);
    yield {
      name: 'TalosClientCertificateEnds',
      severity: 'warning',
      expression: `${remaining} < ${certificateDays * DAY_SECONDS}`,
      duration: '1h',
      summary: `A client of the Kubernetes API has a certificate that ends in less than ${certificateDays} days.`,
      description: 'A client uses a certificate that ends in {{ $value | humanizeDuration }}.',
    };
  }
  if (credentials) {
    yield {
      name: 'TalosCredentialsEnd',
      severity: 'warning',
      expression: `vector(time()) > ${lastCall(credentials)}`,
      duration: '1h',
      summary: `The talosconfig or the kubeconfig in the applied Secrets ends in less than ${THRESHOLDS.credentialDays} days.`,
      description: `It ends at ${credentials.notAfter.toISOString().replace('.000Z', 'Z')}: synthesize the manifests again, and apply them.`,
    };
  }
}

/** When new credentials are overdue, in seconds since 1970: some days before the old ones end, but not before there can be new ones. */
function lastCall({ notBefore, renewal = notBefore, notAfter }: CertificatePeriod): number {
  const [since, end] = [renewal, notAfter].map((date) => date.getTime() / 1000);
  return Math.max(end - THRESHOLDS.credentialDays * DAY_SECONDS, Math.floor((since + end) / 2));
}

/** What only kube-state-metrics sees. */
function* hostingObjects({ series, statefulSet, jobs: { once, scheduled: cronJobs } }: MonitoredCluster): Generator<Alert> {
  const [wanted, ready] = ['kube_statefulset_replicas', 'kube_statefulset_status_replicas_ready']
    .map((metric) => series.ofHost(metric, `statefulset="${statefulSet}"`));
  yield {
    name: 'TalosMemberNotReady',
    severity: 'warning',
    expression: `${wanted} - ${ready} > 0`,
    duration: '15m',
    summary: 'A pod of the control plane isn\'t ready.',
    description: '{{ $value }} pods of the StatefulSet {{ $labels.statefulset }} aren\'t ready.',
  };
  if (cronJobs.length > 0) {
    const [scheduled, succeeded, created, suspended] = [
      'kube_cronjob_status_last_schedule_time', 'kube_cronjob_status_last_successful_time', 'kube_cronjob_created', 'kube_cronjob_spec_suspend',
    ].map((metric) => series.ofHost(metric, `cronjob=~"${cronJobs.join('|')}"`));
    yield {
      name: 'TalosCronJobFails',
      severity: 'warning',
      expression: `(${scheduled} > (${succeeded} or ${created})) unless ${suspended} == 1`,
      duration: '1h',
      summary: 'The last Job of a CronJob of the cluster didn\'t succeed: a snapshot of etcd, new credentials, or a new token of Prometheus is missing.',
      description: 'No Job of the CronJob {{ $labels.cronjob }} has succeeded since {{ $value | humanizeTimestamp }}.',
    };
  }
  if (once.length > 0) {
    yield {
      name: 'TalosJobFailed',
      severity: 'warning',
      expression: failedJobs(series, once, cronJobs),
      duration: '5m',
      summary: 'A Job of the cluster failed, and Kubernetes doesn\'t try it again: what it should do isn\'t done.',
      description: 'The Job {{ $labels.job_name }} failed for the last time.',
    };
  }
}

/** The Jobs that failed for good, without those whose CronJob, which has their name without the hash, did the same later. */
function failedJobs(series: ClusterSeries, jobs: readonly string[], cronJobs: readonly string[]): string {
  const ofJobs = (metric: string, ...matchers: string[]) => series.ofHost(metric, `job_name=~"${jobs.join('|')}"`, ...matchers);
  // the number of failed pods would count those whose Job succeeded in the end
  const failed = `${ofJobs('kube_job_failed', 'condition="true"')} == 1`;
  if (cronJobs.length === 0) {
    return failed;
  }
  const created = `label_replace(${ofJobs('kube_job_created')}, "cronjob", "$1", "job_name", "(.*)-[0-9a-f]+")`;
  const succeeded = `max by (namespace, cronjob) (${series.ofHost('kube_cronjob_status_last_successful_time', `cronjob=~"${cronJobs.join('|')}"`)})`;
  return `(${failed}) unless on (namespace, job_name) (${created} < on (namespace, cronjob) group_left () ${succeeded})`;
}
