import { ChildProcess, execFileSync, spawn, spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, Testing } from 'cdk8s';
import { parse, stringify } from 'yaml';
import { TalosControlPlane, TalosMonitoring } from '../../src';
import { controlPlaneProps, newChart, STABLE } from '../support/control-planes';

/*
 * Prometheus itself judges alerts and queries. Debian's package `prometheus` has both programs.
 */

const has = (program: string) => spawnSync(program, ['--version']).status === 0;

function objects(): any[] {
  const chart = newChart();
  const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ ...STABLE, metrics: true }));
  new TalosMonitoring(chart, 'monitoring', { controlPlane });
  const labels = { 'app.kubernetes.io/part-of': 'acme' };
  new ApiObject(chart, 'snapshots', { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'snapshots', labels } });
  for (const name of ['acme-upgrade-k8s-01234567', 'snapshots-restored']) {
    new ApiObject(chart, name, { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, labels } });
  }
  return Testing.synth(chart);
}

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'prometheus-')); });
afterAll(() => rmSync(folder, { recursive: true }));

const rulesOf = (own: any[]) => own.find(({ kind }) => kind === 'PrometheusRule').spec;

/** Times of series, one a minute: `1x60` is sixty times the same, `0+2x60` adds two each time. */
type Series = { readonly [selector: string]: string };

const OF = (job: string, pod = '') => `job="talos-${job}",cluster="acme",namespace="tenant"${pod && `,pod="acme-control-plane-${pod}"`}`;
const up = (job: string, pod: string | number, values = '1x180'): Series => ({ [`up{${OF(job, `${pod}`)}}`]: values });
const COMPONENTS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet'];
const HEALTHY: Series = Object.assign({}, ...COMPONENTS.flatMap((job) => [0, 1, 2].map((pod) => up(job, pod))));
const without = (...selectors: string[]): Series =>
  Object.fromEntries(Object.entries(HEALTHY).filter(([key]) => !selectors.some((part) => key.includes(part))));
const histogram = (metric: string, labels: string, buckets: { readonly [le: string]: string }): Series =>
  Object.fromEntries(Object.entries(buckets).map(([le, values]) => [`${metric}_bucket{${labels},le="${le}"}`, values]));
const host = (metric: string, value: number, labels = 'statefulset="acme-control-plane"'): Series =>
  ({ [`${metric}{namespace="tenant",${labels},job="kube-state-metrics"}`]: `${value}x180` });
const cronJob = (metric: string, value: number) => host(`kube_cronjob_${metric}`, value, 'cronjob="snapshots"');

const job = (metric: string, value: number, name = 'acme-upgrade-k8s-01234567', ...further: string[]) =>
  host(`kube_job_${metric}`, value, [`job_name="${name}"`, ...further].join(','));
const failed = (name?: string): Series => ({
  ...job('failed', 1, name, 'condition="true"'), ...job('failed', 0, name, 'condition="false"'), ...job('created', 1800, name), ...job('status_failed', 11, name),
});
const tokenJob: string = objects().find(({ kind, metadata }) => kind === 'Job' && metadata.name.startsWith('acme-metrics-token')).metadata.name;
const tokenRenewal = (metric: string, value: number) => host(`kube_cronjob_${metric}`, value, 'cronjob="acme-metrics-token"');

/** What happens, and which alerts there are two hours later. */
const SCENARIOS: { readonly [name: string]: readonly [series: Series, alerts: readonly string[]] } = {
  'all is well, without kube-state-metrics': [HEALTHY, []],
  'other clusters have problems': [{
    ...HEALTHY, [`up{${OF('etcd', '0').replace('tenant', 'other')}}`]: '0x180', [`up{${OF('etcd', '0').replace('acme"', 'globex"')}}`]: '0x180',
  }, []],
  'nothing is read': [{}, ['TalosMetricsMissing']],
  'one component isn\'t read': [without('kube-scheduler'), ['TalosMetricsMissing']],
  'a member has no pod': [without('plane-2'), ['TalosEtcdMemberDown']],
  'two members have no pod': [without('plane-2', 'plane-1'), ['TalosEtcdMemberDown', 'TalosEtcdQuorumLost']],
  'etcd of a member doesn\'t answer': [{ ...HEALTHY, ...up('etcd', 1, '0x180') }, ['TalosComponentDown', 'TalosEtcdMemberDown']],
  'a member restarts': [{ ...HEALTHY, ...up('etcd', 1, '1x110 0x2 1x60') }, []],
  'no API server takes the token': [Object.assign({}, HEALTHY, ...[0, 1, 2].map((pod) => up('kube-apiserver', pod, '0x180'))), ['TalosComponentDown', 'TalosKubernetesApiDown']],
  'a member knows no leader': [{ ...HEALTHY, [`etcd_server_has_leader{${OF('etcd', '0')}}`]: '0x180' }, ['TalosEtcdNoLeader']],
  'the leader changes for ever': [{ ...HEALTHY, [`etcd_server_leader_changes_seen_total{${OF('etcd', '0')}}`]: '0+1x180' }, ['TalosEtcdLeaderChanges']],
  'a rolling update changes the leader': [{ ...HEALTHY, [`etcd_server_leader_changes_seen_total{${OF('etcd', '0')}}`]: '1x112 2x1 3x1 4x60' }, []],
  'the disk is slow': [{
    ...HEALTHY,
    ...histogram('etcd_disk_wal_fsync_duration_seconds', OF('etcd', '0'), { '0.512': '0+9x180', '1.024': '0+10x180', '+Inf': '0+10x180' }),
    ...histogram('etcd_disk_backend_commit_duration_seconds', OF('etcd', '0'), { '0.256': '0+9x180', '0.512': '0+10x180', '+Inf': '0+10x180' }),
  }, ['TalosEtcdSlowCommits', 'TalosEtcdSlowLog']],
  'the disk is fast': [{
    ...HEALTHY,
    ...histogram('etcd_disk_wal_fsync_duration_seconds', OF('etcd', '0'), { '0.002': '0+10x180', '+Inf': '0+10x180' }),
    ...histogram('etcd_disk_backend_commit_duration_seconds', OF('etcd', '0'), { '0.004': '0+10x180', '+Inf': '0+10x180' }),
  }, []],
  'the database is large': [{
    ...HEALTHY, [`etcd_mvcc_db_total_size_in_bytes{${OF('etcd', '0')}}`]: '81x180', [`etcd_server_quota_backend_bytes{${OF('etcd', '0')}}`]: '100x180',
  }, ['TalosEtcdDatabaseLarge']],
  'the database is half of its quota': [{
    ...HEALTHY, [`etcd_mvcc_db_total_size_in_bytes{${OF('etcd', '0')}}`]: '50x180', [`etcd_server_quota_backend_bytes{${OF('etcd', '0')}}`]: '100x180',
  }, []],
  'a kubelet gets no certificate': [{ ...HEALTHY, [`kubelet_certificate_manager_client_ttl_seconds{${OF('kubelet', '0')}}`]: '600000x180' }, ['TalosKubeletCertificateEnds']],
  'a kubelet has one for half a year, another none': [{
    ...HEALTHY,
    [`kubelet_certificate_manager_client_ttl_seconds{${OF('kubelet', '0')}}`]: '16000000x180',
    [`kubelet_certificate_manager_client_ttl_seconds{${OF('kubelet', '1')}}`]: 'Inf '.repeat(180).trim(),
  }, []],
  'a client has a certificate for two days': [{
    ...HEALTHY,
    ...histogram('apiserver_client_certificate_expiration_seconds', OF('kube-apiserver', '0'), {
      '172800': '0+1x180', '604800': '0+1x180', '2592000': '0+10x180', '+Inf': '0+10x180',
    }),
  }, ['TalosClientCertificateEnds']],
  'clients have certificates for months': [{
    ...HEALTHY,
    ...histogram('apiserver_client_certificate_expiration_seconds', OF('kube-apiserver', '0'), { '604800': '0x180', '2592000': '0x180', '+Inf': '0+10x180' }),
  }, []],
  'a pod isn\'t ready': [{ ...HEALTHY, ...host('kube_statefulset_replicas', 3), ...host('kube_statefulset_status_replicas_ready', 2) }, ['TalosMemberNotReady']],
  'all pods are ready': [{ ...HEALTHY, ...host('kube_statefulset_replicas', 3), ...host('kube_statefulset_status_replicas_ready', 3) }, []],
  'a snapshot fails': [{
    ...HEALTHY, ...cronJob('status_last_schedule_time', 3600), ...cronJob('status_last_successful_time', 1800), ...cronJob('created', 60), ...cronJob('spec_suspend', 0),
  }, ['TalosCronJobFails']],
  'no snapshot has ever succeeded': [{ ...HEALTHY, ...cronJob('status_last_schedule_time', 3600), ...cronJob('created', 60), ...cronJob('spec_suspend', 0) }, ['TalosCronJobFails']],
  'a snapshot succeeds': [{ ...HEALTHY, ...cronJob('status_last_schedule_time', 3600), ...cronJob('status_last_successful_time', 3605), ...cronJob('created', 60) }, []],
  'a Job fails': [{ ...HEALTHY, ...failed() }, ['TalosJobFailed']],
  'a Job of another cluster fails': [{ ...HEALTHY, ...failed('globex-upgrade-k8s-01234567') }, []],
  'a Job succeeds after some of its pods failed': [{
    ...HEALTHY, ...job('complete', 1, undefined, 'condition="true"'), ...job('created', 1800), ...job('status_failed', 3), ...job('status_succeeded', 1),
  }, []],
  'a failed Job is deleted, and runs again': [{
    ...HEALTHY, ['kube_job_failed{namespace="tenant",job_name="acme-upgrade-k8s-01234567",condition="true",job="kube-state-metrics"}']: '1x110 _x70',
  }, []],
  'the first token isn\'t made': [{ ...HEALTHY, ...failed(tokenJob), ...tokenRenewal('created', 1800) }, ['TalosJobFailed']],
  'the first token isn\'t made, but a later one is': [{ ...HEALTHY, ...failed(tokenJob), ...tokenRenewal('status_last_successful_time', 3600) }, []],
  'a token is made, but not one with another task': [{ ...HEALTHY, ...failed(tokenJob), ...tokenRenewal('status_last_successful_time', 900) }, ['TalosJobFailed']],
  'a Job fails, and a token is made': [{ ...HEALTHY, ...failed(), ...tokenRenewal('status_last_successful_time', 3600) }, ['TalosJobFailed']],
  'a Job of somebody else fails, and the CronJob of a similar name succeeds': [{
    ...HEALTHY, ...failed('snapshots-restored'), ...cronJob('status_last_successful_time', 3600),
  }, ['TalosJobFailed']],
  'snapshots are suspended': [{ ...HEALTHY, ...cronJob('status_last_schedule_time', 3600), ...cronJob('created', 60), ...cronJob('spec_suspend', 1) }, []],
};

(has('promtool') ? describe : describe.skip)('promtool', () => {
  const own = objects();
  const promtool = (...args: string[]) => execFileSync('promtool', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  const question = (series: Series, test: object) => stringify({
    rule_files: ['rules.yaml'],
    evaluation_interval: '1m',
    tests: [{ interval: '1m', input_series: Object.entries(series).map(([key, values]) => ({ series: key, values })), ...test }],
  });
  beforeAll(() => writeFileSync(join(folder, 'rules.yaml'), stringify(rulesOf(own))));

  test('takes the rules', () => {
    expect(promtool('check', 'rules', 'rules.yaml')).toContain(`SUCCESS: ${rulesOf(own).groups[0].rules.length} rules found`);
  });

  test.each(Object.keys(SCENARIOS))('%s', (name) => {
    const [series, expected] = SCENARIOS[name];
    writeFileSync(join(folder, 'test.yaml'), question(series, {
      promql_expr_test: [{
        expr: 'count by (alertname) (ALERTS{alertstate="firing"}) > bool 0',
        eval_time: '2h',
        exp_samples: expected.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
      }],
    }));
    expect(promtool('test', 'rules', 'test.yaml')).toContain('SUCCESS');
  });

  test('takes the configuration in the documentation, which has the jobs of the ServiceMonitors', () => {
    const [, text] = /^```yaml\n(scrape_configs:.*?)^```$/ms.exec(readFileSync(join(__dirname, '..', '..', 'docs', 'monitoring.md'), 'utf8'))!;
    // Debian's Prometheus knows no Kubernetes
    writeFileSync(join(folder, 'documented.yaml'), text.replace(/kubernetes_sd_configs: (&members) .*$/m, 'static_configs: $1 []').replace(/kubernetes_sd_configs/g, 'static_configs'));
    expect(promtool('check', 'config', '--syntax-only', 'documented.yaml')).toContain('SUCCESS');
    const jobs = own.filter(({ kind }) => kind === 'ServiceMonitor').flatMap(({ spec }) => spec.endpoints)
      .map(({ port, relabelings: [{ replacement }] }) => `${replacement} ${port}`);
    const documented = parse(text, { merge: true }).scrape_configs
      .map(({ job_name: name, relabel_configs: [{ regex }] }: any) => `${name} ${regex.replace('acme-metrics;', '')}`);
    expect(documented).toEqual(jobs);
  });

  test('would see an alert that isn\'t expected', () => {
    const [series] = SCENARIOS['the disk is slow'];
    writeFileSync(join(folder, 'wrong.yaml'), question(series, {
      promql_expr_test: [{ expr: 'count(ALERTS{alertstate="firing"})', eval_time: '2h', exp_samples: [] }],
    }));
    expect(() => promtool('test', 'rules', 'wrong.yaml')).toThrow();
  });

  test('writes what people read', () => {
    const [series] = SCENARIOS['a kubelet gets no certificate'];
    const rule = rulesOf(own).groups[0].rules.find(({ alert }: any) => alert === 'TalosKubeletCertificateEnds');
    writeFileSync(join(folder, 'text.yaml'), question(series, {
      alert_rule_test: [{
        eval_time: '2h',
        alertname: rule.alert,
        exp_alerts: [{
          exp_labels: { severity: 'warning', job: 'talos-kubelet', cluster: 'acme', namespace: 'tenant', pod: 'acme-control-plane-0' },
          exp_annotations: {
            ...rule.annotations,
            description: 'The certificate of the kubelet of acme-control-plane-0 ends in 6d 22h 40m 0s, and wasn\'t renewed. (Talos cluster acme in the namespace tenant)',
          },
        }],
      }],
    }));
    expect(promtool('test', 'rules', 'text.yaml')).toContain('SUCCESS');
  });
});

(has('prometheus') ? describe : describe.skip)('Prometheus with the metrics of real components', () => {
  const own = objects();
  const endpoints = own.filter(({ kind }) => kind === 'ServiceMonitor').flatMap(({ spec }) => spec.endpoints);
  let members: Server;
  let prometheus: ChildProcess;
  let url: string;

  beforeAll(async () => {
    members = createServer((request, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(readFileSync(join(__dirname, '..', 'fixtures', 'metrics', `${request.url!.slice(1)}.txt`)));
    });
    const target = await listen(members);
    writeFileSync(join(folder, 'rules.yaml'), stringify(rulesOf(own)));
    writeFileSync(join(folder, 'prometheus.yaml'), stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: ['rules.yaml'],
      // as the Operator makes it of a ServiceMonitor, with what it finds of pods
      scrape_configs: endpoints.map(({ port, relabelings, metricRelabelings }) => ({
        job_name: port,
        metrics_path: `/${port}`,
        static_configs: [{ targets: [target], labels: { namespace: 'tenant', pod: 'acme-control-plane-0' } }],
        relabel_configs: relabelings.map(snakeCase),
        metric_relabel_configs: metricRelabelings.map(snakeCase),
      })),
    }));
    const free = createServer();
    const address = await listen(free);
    free.close();
    url = `http://${address}`;
    prometheus = spawn('prometheus', [
      '--config.file', 'prometheus.yaml', '--storage.tsdb.path', 'data', '--web.listen-address', address,
    ], { cwd: folder, stdio: 'ignore' });
    for (let attempt = 0; attempt < 100 && await ready() < 5; attempt++) {
      await new Promise((done) => setTimeout(done, 200));
    }
    // rates want two samples
    await new Promise((done) => setTimeout(done, 3000));
  }, 60_000);
  afterAll(() => {
    prometheus.kill();
    members.close();
  });

  const ask = async (query: string): Promise<any> => (await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`)).json();
  const ready = () => ask('up == 1').then(({ data }) => data.result.length, () => 0);

  test('has the labels by which alerts select', async () => {
    const { data } = await ask('up');
    expect(data.result.map(({ metric }: any) => metric.job).sort())
      .toEqual(['talos-etcd', 'talos-kube-apiserver', 'talos-kube-controller-manager', 'talos-kube-scheduler', 'talos-kubelet']);
    data.result.forEach(({ metric }: any) => expect(metric).toMatchObject({ cluster: 'acme', namespace: 'tenant', pod: 'acme-control-plane-0' }));
  });

  test('answers each query of the dashboard', async () => {
    const { panels } = JSON.parse(own.find(({ kind }) => kind === 'ConfigMap').data['talos-tenant-acme.json']);
    const queries: string[] = panels.flatMap(({ targets = [] }: any) => targets.map(({ expr }: any) => expr));
    expect(queries.length).toBeGreaterThan(20);
    for (const query of queries) {
      const { status, data } = await ask(query.replace(/\$__rate_interval/g, '10s'));
      expect({ query, status, isEmpty: data?.result.length === 0 }).toEqual({ query, status: 'success', isEmpty: false });
    }
  });

  test('answers what each alert compares', async () => {
    for (const { alert, expr } of rulesOf(own).groups[0].rules.filter(({ expr: text }: any) => !text.includes('kube_') && !text.includes('absent'))) {
      const { status, data } = await ask(expr.replace(/ (<|>|==|>=) \d[\d.]*/g, '').replace(/\[\d+m\]/g, '[10s]'));
      expect({ alert, status, isEmpty: data?.result.length === 0 }).toEqual({ alert, status: 'success', isEmpty: false });
    }
  });
});

function snakeCase(fields: object): object {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]));
}

/** Listens on a free port, and returns the address. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
