import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import { parse } from 'yaml';
import {
  BootstrapMode, KubernetesUpgrade, MachineConfigPatch, MemberAddresses, NetworkPeer, SecretDelivery, TalosCluster, TalosClusterProps,
  TalosControlPlane, TalosControlPlaneProps, TalosMachineConfig, TalosMonitoring, TalosMonitoringProps,
} from '../../src';
import { clusterProps } from '../support/clusters';
import { controlPlaneProps, newChart, RELEASES, STABLE } from '../support/control-planes';
import { RULES } from '../support/manifest-rules';
import { isAllowed } from '../support/network-policies';

const root = join(__dirname, '..', '..');

/** A control plane and what monitors it. */
class Synthesized {
  public readonly objects: any[];

  constructor(controlPlane: Partial<TalosControlPlaneProps> = {}, monitoring: Partial<TalosMonitoringProps> = {}, chart: Chart = newChart()) {
    new TalosMonitoring(chart, 'monitoring', {
      controlPlane: new TalosControlPlane(chart, 'cp', controlPlaneProps({ metrics: true, ...controlPlane })), ...monitoring,
    });
    this.objects = Testing.synth(chart);
  }

  public find(kind: string, name: string): any {
    return this.objects.find((object) => object.kind === kind && object.metadata.name === name);
  }

  public ids(): string[] {
    return this.objects.map(({ kind, metadata }) => `${kind} ${metadata.name.replace(/-[0-9a-f]{8}$/, '')}`);
  }

  public get endpoints(): any[] {
    return ['acme-etcd', 'acme-kubernetes'].flatMap((name) => this.find('ServiceMonitor', name).spec.endpoints);
  }

  public get alerts(): any[] {
    return this.find('PrometheusRule', 'acme-alerts').spec.groups[0].rules;
  }

  public get dashboard(): any {
    const [[, json]] = Object.entries<string>(this.find('ConfigMap', 'acme-dashboard').data);
    return JSON.parse(json);
  }

  public get queries(): string[] {
    return this.dashboard.panels.flatMap(({ targets = [] }: any) => targets.map(({ expr }: any) => expr));
  }
}

const OWN = [
  'Service acme-metrics', 'ServiceAccount acme-metrics-token', 'Role acme-metrics-token', 'RoleBinding acme-metrics-token', 'Job acme-metrics-token',
  'CronJob acme-metrics-token', 'ServiceMonitor acme-etcd', 'ServiceMonitor acme-kubernetes', 'PrometheusRule acme-alerts', 'ConfigMap acme-dashboard',
];
const READERS = { networkPolicy: { metricsReaders: [NetworkPeer.pods({ matchLabels: { app: 'prometheus' } })] } };
const TOKEN = OWN.filter((id) => /acme-metrics-token/.test(id));
const ownIds = (...args: ConstructorParameters<typeof Synthesized>) => new Synthesized(...args).ids().filter((id) => OWN.includes(id));

describe('the objects', () => {
  test.each<[string, Partial<TalosControlPlaneProps>, Partial<TalosMonitoringProps>, string[]]>([
    ['all', {}, {}, OWN],
    ['no ServiceMonitors', {}, { serviceMonitors: false }, OWN.filter((id) => !id.startsWith('ServiceMonitor'))],
    ['no alerts', {}, { alerts: false }, OWN.filter((id) => !id.startsWith('PrometheusRule'))],
    ['no dashboard', {}, { dashboard: false }, OWN.filter((id) => !id.startsWith('ConfigMap'))],
    ['a token of somebody else', { credentialSecrets: false }, { tokenSecretName: 'reader' }, OWN.filter((id) => !TOKEN.includes(id))],
    ['of stopped members', { suspend: true }, {}, OWN.filter((id) => !/^Job|^PrometheusRule/.test(id))],
    ['of keys that synthesis never sees', { secrets: undefined, secretDelivery: SecretDelivery.generateOnce() }, {}, OWN],
  ])('%s', (_, controlPlane, monitoring, expected) => {
    expect(ownIds(controlPlane, monitoring)).toEqual(expected);
  });

  test.each(Object.entries(RULES))('keep the rule %s', (_, rule) => {
    expect(rule(new Synthesized({ ...STABLE, ...READERS }).objects)).toEqual([]);
    expect(rule(new Synthesized({ secrets: undefined, secretDelivery: SecretDelivery.generateOnce() }).objects)).toEqual([]);
  });

  test('are in the namespace of the control plane, also where the chart has none', () => {
    const chart = new Chart(new App(), 'test');
    const { controlPlane } = new TalosCluster(chart, 'cluster', clusterProps({ metrics: true }));
    new TalosMonitoring(chart, 'monitoring', { controlPlane });
    const own = Testing.synth(chart).filter(({ metadata }: any) => OWN.some((id) => id.endsWith(` ${metadata.name}`)));
    expect(own.map(({ metadata }: any) => metadata.namespace)).toEqual(own.map(() => 'acme'));
  });

  test('are there once', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ metrics: true }));
    new TalosMonitoring(chart, 'one', { controlPlane });
    expect(() => new TalosMonitoring(chart, 'other', { controlPlane })).toThrow('\'name\' (acme-metrics) is already the name of the Service at test/one');
  });

  test('of stopped members make no token', () => {
    expect(new Synthesized({ suspend: true }).find('CronJob', 'acme-metrics-token').spec.suspend).toBe(true);
    expect(new Synthesized().find('CronJob', 'acme-metrics-token').spec.suspend).toBeUndefined();
  });
});

describe('the Service', () => {
  test('leads to members that aren\'t ready too, and to no address of its own', () => {
    expect(new Synthesized().find('Service', 'acme-metrics').spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
  });

  test.each(RELEASES)('has the ports that the machine config of %s opens', (talosVersion) => {
    const ports = (patches: MachineConfigPatch[]) =>
      new Synthesized({ talosVersion, patches }).find('Service', 'acme-metrics').spec.ports.map(({ name, port }: any) => `${name} ${port}`);
    const expected = ['etcd-metrics 2381', 'k8s-api 6443', 'kube-controller-manager 10257', 'kube-scheduler 10259', 'kubelet 10250'];
    expect(ports([])).toEqual(expected);
    const moved = MachineConfigPatch.fromDocuments({ cluster: { controlPlane: { localAPIServerPort: 7443 } } });
    expect(ports([moved.toDocuments(talosVersion)])).toEqual(expected.map((port) => port.replace('6443', '7443')));
  });

  test('is no load balancer\'s and no Ingress\'s', () => {
    const { objects } = new Synthesized();
    const services = objects.filter(({ kind, spec }) => kind === 'Service' && spec.ports.some(({ port }: any) => port === 2381));
    expect(services.map(({ metadata }) => metadata.name)).toEqual(['acme-metrics']);
  });
});

describe('the ServiceMonitors', () => {
  test('select the Service with the metrics, and its ports', () => {
    const monitoring = new Synthesized();
    const { metadata: { labels }, spec: { ports } } = monitoring.find('Service', 'acme-metrics');
    const { matchLabels } = monitoring.find('ServiceMonitor', 'acme-etcd').spec.selector;
    expect(monitoring.find('ServiceMonitor', 'acme-kubernetes').spec.selector.matchLabels).toEqual(matchLabels);
    const selected = monitoring.objects.filter(({ kind, metadata }) => kind === 'Service'
      && Object.entries(matchLabels).every(([key, value]) => metadata.labels[key] === value));
    expect(selected.map(({ metadata }) => metadata.name)).toEqual(['acme-metrics']);
    expect(labels).toMatchObject(matchLabels);
    expect(monitoring.endpoints.map(({ port }) => port)).toEqual(ports.map(({ name }: any) => name));
  });

  test('show the token to all but etcd, which has no TLS, and trust the API server by its authority', () => {
    const [etcd, apiServer, ...others] = new Synthesized().endpoints;
    expect(etcd).toMatchObject({ scheme: 'http' });
    expect(etcd).not.toHaveProperty('authorization');
    const authorization = { type: 'Bearer', credentials: { name: 'acme-metrics-token', key: 'token' } };
    expect(apiServer).toMatchObject({
      scheme: 'https', authorization, tlsConfig: { serverName: 'kubernetes.default.svc', ca: { secret: { name: 'acme-metrics-token', key: 'ca.crt' } } },
    });
    others.forEach((endpoint) => expect(endpoint).toMatchObject({ scheme: 'https', authorization, tlsConfig: { insecureSkipVerify: true } }));
    expect(others).toHaveLength(3);
  });

  test('take labels, an interval and another Secret', () => {
    const monitoring = new Synthesized({}, { labels: { release: 'kps' }, interval: Duration.minutes(2), tokenSecretName: 'reader' });
    expect(monitoring.find('ServiceMonitor', 'acme-etcd').metadata.labels).toMatchObject({ 'release': 'kps', 'app.kubernetes.io/part-of': 'acme' });
    expect(monitoring.find('PrometheusRule', 'acme-alerts').metadata.labels.release).toBe('kps');
    expect(monitoring.endpoints.map(({ interval }) => interval)).toEqual(Array(5).fill('120s'));
    expect(JSON.stringify(monitoring.endpoints)).not.toContain('acme-metrics-token');
  });

  test('keep the metrics that alerts and the dashboard use, or all', () => {
    const used = new Synthesized();
    const text = JSON.stringify([...used.alerts, ...used.queries]);
    for (const { metricRelabelings: [{ action, sourceLabels, regex }] } of used.endpoints) {
      expect({ action, sourceLabels }).toEqual({ action: 'keep', sourceLabels: ['__name__'] });
      regex.split('|').forEach((metric: string) => expect(text).toContain(`${metric}{`));
    }
    new Synthesized({}, { allMetrics: true }).endpoints.forEach((endpoint) => expect(endpoint).not.toHaveProperty('metricRelabelings'));
  });

  test('keep the same metrics of stopped members, whatever reads them', () => {
    const kept = (props: Partial<TalosControlPlaneProps>) =>
      new Synthesized(props, { alerts: false, dashboard: false }).endpoints.map(({ metricRelabelings }) => metricRelabelings);
    expect(kept({ suspend: true })).toEqual(kept({}));
  });

  // with names that don't exist, alerts would be silent and panels empty
  test('keep metrics that the components really have', () => {
    const { endpoints } = new Synthesized();
    for (const { port, metricRelabelings: [{ regex }] } of endpoints) {
      const text = readFileSync(join(root, 'test', 'fixtures', 'metrics', `${port}.txt`), 'utf8');
      const names = new Set(text.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.replace(/[{ ].*/, '')));
      expect([...names].sort()).toEqual(regex.split('|'));
    }
    expect(readdirSync(join(root, 'test', 'fixtures', 'metrics')).sort()).toEqual(endpoints.map(({ port }) => `${port}.txt`).sort());
  });
});

describe('who may read', () => {
  const at = (labels: { [key: string]: string }) => ({ namespace: 'tenant', labels });
  const prometheus = at({ app: 'prometheus' });
  const METRICS = ['tcp/2381', 'tcp/6443', 'tcp/10257', 'tcp/10259', 'tcp/10250'];
  const podOf = (monitoring: Synthesized, kind: string, prefix: string) =>
    at(monitoring.objects.find(({ kind: own, metadata }) => own === kind && metadata.name.startsWith(prefix)).spec.template.metadata.labels);

  test('is the Prometheus, by a policy, and the Job reaches both clusters', () => {
    const monitoring = new Synthesized({ networkPolicy: { ...READERS.networkPolicy, kubernetesApiClients: [] } });
    const [members, job] = [podOf(monitoring, 'StatefulSet', 'acme-control-plane'), podOf(monitoring, 'Job', 'acme-metrics-token')];
    const reached = (from: object) => METRICS.map((port) => isAllowed(monitoring.objects, from, members, port));
    expect(reached(prometheus)).toEqual(METRICS.map(() => true));
    expect(reached(at({ app: 'other' }))).toEqual(METRICS.map(() => false));
    expect(reached(job)).toEqual([false, true, false, false, false]);
    expect(isAllowed(monitoring.objects, job, { cidr: '192.0.2.1/32' }, 'tcp/443')).toBe(true);
    expect(isAllowed(monitoring.objects, prometheus, job, 'tcp/80')).toBe(false);
  });

  test('includes the Job where the API server has another port', () => {
    const patches = [MachineConfigPatch.fromDocuments({ cluster: { controlPlane: { localAPIServerPort: 7443 } } })];
    const monitoring = new Synthesized({ ...READERS, patches });
    const members = podOf(monitoring, 'StatefulSet', 'acme-control-plane');
    expect(isAllowed(monitoring.objects, podOf(monitoring, 'Job', 'acme-metrics-token'), members, 'tcp/7443')).toBe(true);
    expect(isAllowed(monitoring.objects, prometheus, members, 'tcp/7443')).toBe(true);
  });

  test('is nobody by a policy where the control plane has none', () => {
    expect(new Synthesized().ids().filter((id) => id.startsWith('NetworkPolicy'))).toEqual([]);
  });
});

describe('the alerts', () => {
  const names = (props: Partial<TalosControlPlaneProps> = {}) => new Synthesized(props).alerts.map(({ alert }) => alert);

  test('are of one cluster alone', () => {
    const { alerts, queries } = new Synthesized(STABLE);
    for (const query of [...alerts.map(({ expr }) => expr), ...queries]) {
      for (const [, matchers] of query.matchAll(/\{([^}]*)\}/g)) {
        expect(matchers).toMatch(/^job="talos-[a-z-]+",cluster="acme",namespace="tenant"|^namespace="tenant",(statefulset="acme-control-plane"|cronjob=~"acme-metrics-token"|job_name=~"acme-[^"]*"(,condition="true")?)$/);
      }
    }
    alerts.forEach(({ labels }) => expect(labels).toEqual({ severity: expect.stringMatching(/^(critical|warning)$/), cluster: 'acme', namespace: 'tenant' }));
  });

  test('say what is wrong, and where to read what to do', () => {
    for (const { alert, annotations } of new Synthesized(STABLE).alerts) {
      expect(annotations).toEqual({
        summary: expect.stringMatching(/^acme: .*\.$/),
        description: expect.stringMatching(/\. \(Talos cluster acme in the namespace tenant\)$/),
        runbook_url: `https://github.com/cdk8s-talos/cdk8s-talos/blob/main/docs/monitoring.md#${alert.toLowerCase()}`,
      });
    }
  });

  test('are in the documentation, with what to do', () => {
    const docs = readFileSync(join(root, 'docs', 'monitoring.md'), 'utf8');
    const { alerts } = new Synthesized(STABLE);
    expect([...docs.matchAll(/^### (Talos\w+)$/gm)].map(([, name]) => name)).toEqual(alerts.map(({ alert }) => alert));
    const rows = [...docs.matchAll(/^\| \[(Talos\w+)\]\(#\w+\) \| (\w+) \| (\w+) \| (.*) \|$/gm)].map(([, ...cells]) => cells);
    expect(rows).toEqual(alerts.map((rule) => [rule.alert, rule.labels.severity, rule.for, rule.annotations.summary.replace('acme: ', '')]));
  });

  test.each<[number, string, string]>([[1, '< 1', 'none'], [3, '< 2', '< 3'], [5, '< 3', '< 5']])('of %s members', (replicas, quorum, all) => {
    const { alerts } = new Synthesized({ ...STABLE, replicas });
    const condition = (name: string) => /< \d$/.exec(alerts.find(({ alert }) => alert === name)?.expr)?.[0] ?? 'none';
    expect([condition('TalosEtcdQuorumLost'), condition('TalosEtcdMemberDown')]).toEqual([quorum, all]);
  });

  test('of members that leave are those of the others, and of the Job that lets them leave', () => {
    const alerts = (props: Partial<TalosControlPlaneProps>) => JSON.stringify(new Synthesized({ ...STABLE, ...props }).alerts);
    const leaving = alerts({ scaleDownFrom: 5 });
    expect(leaving).toContain('|acme-scale-down-');
    expect(leaving.replace(/\|acme-scale-down-[0-9a-f]{8}/g, '')).toBe(alerts({}));
  });

  test.each<[string, Partial<TalosControlPlaneProps>, string, boolean]>([
    ['credentials of a year', {}, 'TalosClientCertificateEnds', true],
    ['credentials of some days', { credentials: { validity: Duration.days(10) } }, 'TalosClientCertificateEnds', false],
    ['kubeconfigs of some hours', { patches: [MachineConfigPatch.fromDocuments({ cluster: { adminKubeconfig: { certLifetime: '8h' } } })] }, 'TalosClientCertificateEnds', false],
    ['credentials of a year', {}, 'TalosCredentialsEnd', true],
    ['credentials that Jobs make', { secrets: undefined, secretDelivery: SecretDelivery.generateOnce() }, 'TalosCredentialsEnd', false],
  ])('of %s', (_, props, alert, isThere) => {
    expect(names(props).includes(alert)).toBe(isThere);
  });

  test.each<[string, TalosControlPlaneProps['credentials'], string]>([
    ['a month before they end', { notBefore: new Date('2030-01-01T00:00:00Z'), validity: Duration.days(100) }, '2030-03-12T00:00:00Z'],
    ['in the second half of a short life', { notBefore: new Date('2030-01-01T00:00:00Z'), validity: Duration.days(20) }, '2030-01-11T00:00:00Z'],
  ])('call for new credentials %s', (_, credentials, since) => {
    const { expr } = new Synthesized({ credentials }).alerts.find(({ alert }) => alert === 'TalosCredentialsEnd');
    expect(expr).toBe(`vector(time()) > ${Date.parse(since) / 1000}`);
  });

  test('watch the Jobs of the cluster, also those that come later', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ metrics: true, secrets: undefined, secretDelivery: SecretDelivery.generateOnce() }));
    new TalosMonitoring(chart, 'monitoring', { controlPlane });
    for (const kind of ['CronJob', 'Job']) {
      const job = (name: string, labels: { [key: string]: string }, namespace = 'tenant') =>
        new ApiObject(chart, `${namespace}-${name}-${kind}`, { apiVersion: 'batch/v1', kind, metadata: { name, namespace, labels } });
      job('acme-own', { 'app.kubernetes.io/part-of': 'acme' });
      job('globex-own', { 'app.kubernetes.io/part-of': 'globex' });
      job('acme-elsewhere', { 'app.kubernetes.io/part-of': 'acme' }, 'other');
    }
    const objects = Testing.synth(chart);
    const { spec } = objects.find(({ kind }: any) => kind === 'PrometheusRule')!;
    const expression = (name: string) => spec.groups[0].rules.find(({ alert }: any) => alert === name).expr;
    expect(expression('TalosCronJobFails')).toContain('cronjob=~"acme-credentials|acme-metrics-token|acme-own"');
    const [, selected] = /kube_job_failed\{namespace="tenant",job_name=~"([^"]*)",condition="true"\}/.exec(expression('TalosJobFailed'))!;
    const jobs = selected.split('|');
    expect(jobs.map((name) => name.replace(/-[0-9a-f]{8}$/, ''))).toEqual(['acme-bootstrap', 'acme-credentials', 'acme-metrics-token', 'acme-own', 'acme-secrets', 'acme-upgrade-k8s']);
    expect(jobs.filter((name) => objects.some(({ kind, metadata }: any) => kind === 'Job' && metadata.name === name))).toEqual(jobs);
  });

  test.each<[string, Partial<TalosControlPlaneProps>, string[]]>([
    ['CronJobs', {}, ['TalosJobFailed']],
    ['Jobs and CronJobs', { bootstrap: BootstrapMode.MANUAL, kubernetesUpgrade: KubernetesUpgrade.MANUAL }, []],
  ])('watch no %s where there are none', (_, props, expected) => {
    const { alerts } = new Synthesized(props, { tokenSecretName: 'reader' });
    expect(alerts.map(({ alert }) => alert).filter((alert) => /Job/.test(alert))).toEqual(expected);
  });
});

describe('the dashboard', () => {
  test('is found by Grafana\'s sidecar, and no other has its file', () => {
    const { metadata, data } = new Synthesized().find('ConfigMap', 'acme-dashboard');
    expect(metadata.labels.grafana_dashboard).toBe('1');
    expect(Object.keys(data)).toEqual(['talos-tenant-acme.json']);
  });

  test('has panels that don\'t overlap, each with an id and queries', () => {
    const { panels, uid } = new Synthesized(STABLE).dashboard;
    expect(uid).toMatch(/^[a-z0-9-]{1,40}$/);
    expect(new Set(panels.map(({ id }: any) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }: any) =>
      Array.from({ length: w * h }, (_, index) => `${x + index % w},${y + Math.floor(index / w)}`));
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.every(({ gridPos: { x, w } }: any) => x + w <= 24)).toBe(true);
    panels.filter(({ type }: any) => type !== 'row').forEach(({ targets }: any) => expect(targets.length).toBeGreaterThan(0));
  });

  test('of clusters of one name are different', () => {
    const uid = (namespace: string) => new Synthesized({}, {}, newChart(namespace)).dashboard.uid;
    expect(uid('a')).not.toBe(uid('b'));
    expect(uid('a')).toBe(uid('a'));
  });
});

describe('refused is', () => {
  const readyConfig = (chart: Chart) => ({ machineConfig: TalosMachineConfig.fromSecretName(chart, 'sealed', 'sealed'), bootstrap: BootstrapMode.MANUAL });
  const opened = MachineConfigPatch.fromDocuments({ cluster: { etcd: { extraArgs: { 'listen-metrics-urls': 'http://0.0.0.0:2381' } } } });

  test.each<[string, Partial<TalosControlPlaneProps>, Partial<TalosMonitoringProps>, string]>([
    ['a control plane without open metrics', { metrics: false }, {}, 'test/monitoring: \'controlPlane\' keeps metrics (2381, 10257, 10259) inside of its machines: set its \'metrics\' to true, '
      + 'or in a ready \'machineConfig\' cluster.etcd.extraArgs.listen-metrics-urls (http://0.0.0.0:2381), cluster.controllerManager.extraArgs.bind-address (0.0.0.0), '],
    ['one with some open metrics', { metrics: false, patches: [opened] }, {}, '\'controlPlane\' keeps metrics (10257, 10259) inside'],
    ['a policy that lets no Prometheus in', { networkPolicy: {} }, {}, '\'networkPolicy\' of the control plane lets nobody read metrics: list the pods of Prometheus'],
    ['a token of nobody', { credentialSecrets: false }, {}, '\'tokenSecretName\' is missing, because the Job'],
    ['an interval that isn\'t whole', {}, { interval: Duration.millis(1500) }, '\'interval, in seconds\' (1.5)'],
    ['a label of the construct', {}, { labels: { 'app.kubernetes.io/part-of': 'other' } }, '\'labels\''],
    ['a name of no Secret', {}, { tokenSecretName: 'A' }, '\'tokenSecretName\' (A)'],
  ])('%s', (_, controlPlane, monitoring, message) => {
    expect(() => new Synthesized(controlPlane, monitoring)).toThrow(message);
  });

  test('no machine config that is made elsewhere', () => {
    const chart = newChart();
    expect(new Synthesized({ metrics: undefined, ...readyConfig(chart) }, { tokenSecretName: 'reader' }, chart).ids()).toContain('ServiceMonitor acme-etcd');
  });

  test('no patch that opens what the property opens', () => {
    const patches = [MachineConfigPatch.fromDocuments({
      cluster: {
        etcd: { extraArgs: { 'listen-metrics-urls': 'http://[::]:2381' } },
        controllerManager: { extraArgs: { 'bind-address': '::' } },
        scheduler: { extraArgs: { 'bind-address': '0.0.0.0' } },
      },
    })];
    expect(ownIds({ metrics: undefined, patches })).toEqual(OWN);
  });
});

test('the documented PodMonitor selects the pods of pools alone, and their kubelets', () => {
  const [, text] = /^```yaml\n(.*?kind: PodMonitor.*?)^```$/ms.exec(readFileSync(join(root, 'docs', 'monitoring.md'), 'utf8'))!;
  const { metadata, spec: { selector: { matchLabels }, podMetricsEndpoints: [{ port, authorization, relabelings }] } } = parse(text);
  const chart = newChart(metadata.namespace);
  const { controlPlane } = new TalosCluster(chart, 'cluster', clusterProps({ metrics: true, workerPools: [{ name: 'general' }, { name: 'gpu' }] }));
  const { tokenSecretName } = new TalosMonitoring(chart, 'monitoring', { controlPlane });
  const templates = Testing.synth(chart).flatMap(({ spec }: any) => spec?.template ?? spec?.jobTemplate?.spec.template ?? []);
  const selected = templates.filter((template: any) => Object.entries(matchLabels).every(([key, value]) => template.metadata.labels[key] === value));
  expect(selected.map((template: any) => template.metadata.labels['app.kubernetes.io/instance'])).toEqual(['acme-general', 'acme-gpu']);
  selected.forEach(({ spec }: any) => expect(spec.containers[0].ports).toContainEqual({ name: port, containerPort: 10250, protocol: 'TCP' }));
  expect(authorization.credentials).toEqual({ name: tokenSecretName, key: 'token' });
  expect(relabelings.map(({ replacement }: any) => replacement)).toEqual(['talos-worker-kubelet', controlPlane.clusterName]);
});

test('a cluster passes metrics on to its control plane', () => {
  const props: Partial<TalosClusterProps> = { metrics: true, controlPlane: { replicas: 3, memberAddresses: MemberAddresses.POD_IP } };
  const { controlPlane } = new TalosCluster(newChart(), 'cluster', clusterProps(props));
  expect(controlPlane._cluster.ports.metricsPorts.map(({ port }) => port)).toEqual([2381, 10257, 10259]);
  expect(controlPlane.describe()).toMatch(/2381 {2}etcd-metrics: clients that read metrics\n.*10257.*\n.*10259/);
});
