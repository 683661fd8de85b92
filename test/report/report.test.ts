import * as fc from 'fast-check';
import {
  ApiExposure, DescriptionFormat, HostingNetwork, MachineConfigPatch, MemberAddresses, MemberSpread, MountStorage, NetworkPeer, NodeStorage,
  SecretDelivery, SecretText, TalosCluster, TalosClusterProps,
} from '../../src';
import { ClusterObjects } from '../../src/report/cluster-objects';
import { clusterReport } from '../../src/report/cluster-report';
import { writeReports } from '../../src/report/description-format';
import { clusterProps, SynthesizedCluster } from '../support/clusters';
import { newChart, secrets } from '../support/control-planes';
import { runs } from '../support/releases';
import { committedManifests, exampleNames, exampleObjects } from '../support/synthesize-example';

const FORMATS = Object.values(DescriptionFormat);

/** The rows of a table in the report on a cluster. */
function rows(props: Partial<TalosClusterProps>, title: string): readonly (readonly string[])[] {
  const [cluster] = ClusterObjects.in(SynthesizedCluster.of(props).objects);
  return clusterReport(cluster).sections.find((section) => section.title === title)?.table?.rows ?? [];
}

/** Texts of which nobody may see any: all of the bundle but its certificates. */
const SECRET_TEXTS = [secrets.toYaml()].flatMap((yaml) => [...yaml.matchAll(/: "?([A-Za-z0-9+/=._-]{16,})"?$/gm)].map(([, text]) => text));

describe.each(exampleNames)('the example %s', (name) => {
  const clusters = ClusterObjects.in(exampleObjects(committedManifests(name)));

  test('has each of its workloads in a report', () => {
    const workloads = exampleObjects(committedManifests(name)).filter(({ kind }) => kind === 'StatefulSet').map(({ metadata }) => metadata.name);
    expect(clusters.flatMap(({ machines }) => machines.map(({ workload }) => workload.metadata.name)).sort()).toEqual(workloads.sort());
  });

  test('leads each Service to machines of its cluster', () => {
    const services = clusters.map(clusterReport).flatMap(({ sections }) => sections.find(({ title }) => title === 'Services')!.table!.rows);
    expect(services.filter(([,,,, machines]) => machines === '')).toEqual([]);
  });

  test('says what each Job does', () => {
    const jobs = clusters.map(clusterReport).flatMap(({ sections }) => sections.find(({ title }) => title === 'Jobs')?.table!.rows ?? []);
    expect(jobs.filter(([, task]) => task === 'not known here')).toEqual([]);
  });
});

test.each<[string, string, string[]]>([
  ['generate-once', 'Certificates', ['Secret stark-kubeconfig', 'renewed by CronJob stark-credentials']],
  ['generate-once', 'Jobs', ['stark-bootstrap-47777b97', 'bootstraps etcd', 'once']],
  ['generate-once', 'What it survives', ['stark-general', 'a hosting node is lost', 'its pods wait until the Node is back or deleted; they have their data if the volumes can move']],
  ['ephemeral-cluster', 'What it survives', ['ci-42-worker', 'a hosting node is lost', 'its pods wait until the Node is back or deleted']],
  ['etcd-snapshots', 'Jobs', ['wonka-snapshots', 'takes a snapshot of etcd', '15 */6 * * *']],
  ['etcd-snapshots', 'Claims', ['etcd-snapshots', '10Gi', 'the default one', 'stays', 'stays']],
  ['etcd-snapshots', 'What it survives', ['wonka-control-plane', 'the data is lost',
    'the cluster is lost; \'recoverFrom\' brings back what is in a snapshot of etcd, which wonka-snapshots and wonka-far-snapshots take']],
  ['monitoring', 'Ports', ['wayne-control-plane', '2381 etcd-metrics, 10257 kube-controller-manager, 10259 kube-scheduler',
    'pods with app.kubernetes.io/name=prometheus in namespaces with kubernetes.io/metadata.name=monitoring']],
])('the report on the example %s has in %s: %j', (name, title, row) => {
  const [{ sections }] = ClusterObjects.in(exampleObjects(committedManifests(name))).map(clusterReport);
  expect(sections.find((section) => section.title === title)!.table!.rows).toContainEqual(row);
});

test.each([
  ['external-workers', 'The Secret umbrella-metal-worker has a machine config for machines outside of the hosting cluster.'],
  ['generate-once', 'The Secret stark-secrets is the only copy of the keys, unless you have saved it.'],
])('the report on the example %s says: %s', (name, sentence) => {
  const [{ brief, sections }] = ClusterObjects.in(exampleObjects(committedManifests(name))).map(clusterReport);
  expect(brief).toContain(sentence);
  expect(sections.flatMap(({ lines = [] }) => lines)).toContain(sentence);
});

test('the end of a certificate that a Job renews is known in a running cluster', () => {
  const keyless = exampleObjects(committedManifests('generate-once'));
  const [secret] = exampleObjects(committedManifests('highly-available')).filter(({ metadata }) => metadata.name === 'globex-kubeconfig');
  const running = { ...secret, metadata: { ...secret.metadata, name: 'stark-kubeconfig', namespace: 'stark', labels: { 'app.kubernetes.io/part-of': 'stark' } } };
  const [{ sections }] = ClusterObjects.in([...keyless, running]).map(clusterReport);
  expect(sections.find(({ title }) => title === 'Certificates')!.table!.rows).toEqual([
    ['Secret stark-kubeconfig', '2027-11-24, renewed by CronJob stark-credentials'],
    ['Secret stark-talosconfig', 'renewed by CronJob stark-credentials'],
  ]);
});

test('a claim that a StatefulSet has made is that of its template', () => {
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data-acme-control-plane-0', namespace: 'tenant' }, spec: {} };
  const [{ sections }] = ClusterObjects.in([...SynthesizedCluster.of().objects, claim]).map(clusterReport);
  expect(sections.find(({ title }) => title === 'Claims')!.table!.rows.map(([name]) => name)).toEqual(['data-acme-control-plane-N']);
});

describe('describe()', () => {
  const props: Partial<TalosClusterProps> = {
    workerPools: [{ name: 'general', replicas: 2 }],
    controlPlane: {
      replicas: 3,
      memberAddresses: MemberAddresses.STABLE,
      memberSpread: MemberSpread.PREFERRED,
      kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
      hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] }),
      networkPolicy: { operators: [NetworkPeer.cidr('198.51.100.0/24')], kubernetesApiClients: [] },
    },
  };
  const { construct } = SynthesizedCluster.of(props);

  test('says what the cluster is made of', () => {
    const text = construct.describe();
    expect(text).toMatch(/^Talos cluster acme\n=+\n3 × acme-control-plane \(control plane\), 2 × acme-general \(worker\) in the namespace tenant\.\n/);
    expect(text).toMatch(/pods +172\.24\.0\.0\/16 +10\.244\.0\.0\/16\n +Services +172\.25\.0\.0\/16 +10\.96\.0\.0\/16\n +nodes +addresses of pods +192\.168\.0\.0\/24/);
    expect(text).toMatch(/acme +LoadBalancer +203\.0\.113\.10 +6443 k8s-api +acme-control-plane\n/);
    expect(text).toMatch(/authority of the Talos API +20\d\d-\d\d-\d\d/);
    expect(text).toMatch(/Secret acme-kubeconfig +20\d\d-\d\d-\d\d/);
  });

  test.each(FORMATS)('shows no secret as %s', (format) => {
    expect(SECRET_TEXTS.length).toBeGreaterThan(10);
    const text = construct.describe({ format });
    expect(SECRET_TEXTS.filter((secret) => text.includes(secret))).toEqual([]);
  });

  test.each<[string, () => SecretDelivery]>([
    ['in another file', () => SecretDelivery.scope(newChart())],
    ['of a Job', () => SecretDelivery.generateOnce()],
    ['of somebody else', () => SecretDelivery.existing()],
  ])('shows no secret of keys %s', (_, delivery) => {
    const secretDelivery = delivery();
    const { construct: cluster } = SynthesizedCluster.of({ ...props, secretDelivery, secrets: secretDelivery._isKeyless ? undefined : secrets });
    const texts = FORMATS.map((format) => cluster.describe({ format })).join('\n');
    expect(SECRET_TEXTS.filter((secret) => texts.includes(secret))).toEqual([]);
    expect(texts).not.toMatch(/PRIVATE KEY|LS0tLS1CRUdJTi/);
  });

  test.each<[string, SecretDelivery, string]>([
    ['inline keys', SecretDelivery.inline(), 'The manifests have the keys: keep them out of Git.'],
    ['keys of a Job', SecretDelivery.generateOnce(), 'A Job (acme-secrets) brings the Secret acme-secrets.'],
    ['keys of a vault', SecretDelivery.externalSecret({ store: 'vault', key: 'acme' }), 'External Secrets (acme-secrets) brings the Secret acme-secrets.'],
    ['other keys', SecretDelivery.existing({ secretName: 'mine' }), 'Somebody else brings the Secret mine.'],
  ])('says who brings %s', (_, secretDelivery, words) => {
    const isKeyless = secretDelivery._isKeyless;
    const { construct: cluster } = SynthesizedCluster.of({ secretDelivery, secrets: isKeyless ? undefined : secrets });
    expect(cluster.describe({ format: DescriptionFormat.SUMMARY })).toContain(`  ${words}\n`);
    expect(cluster.describe()).toContain(isKeyless ? 'The manifests have no key.' : 'authority of etcd');
  });

  test('says that the manifests of a running cluster have the keys, which a Job made', () => {
    const objects = [...SynthesizedCluster.of({ secretDelivery: SecretDelivery.generateOnce(), secrets: undefined }).objects,
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'acme-secrets', namespace: 'tenant' }, data: { 'secrets.yaml': 'c2VjcmV0' } }];
    const [report] = ClusterObjects.in(objects).map(clusterReport);
    expect(report.brief).toContain('The manifests have the keys: keep them out of Git.');
    expect(report.brief).not.toContain('The manifests have no key.');
  });

  test('says who brings the texts for the machine config', () => {
    const password = SecretText.fromSecret('registry', 'password').placeholder;
    const patches = [MachineConfigPatch.fromYaml(`machine: {env: {PASSWORD: '${password}'}}`)];
    const keyless = { secretDelivery: SecretDelivery.generateOnce(), secrets: undefined };
    expect(SynthesizedCluster.of({ ...keyless, controlPlane: { patches } }).construct.describe()).toContain('  Somebody else brings the Secret registry, with texts for the machine config.\n');
  });

  test('knows a machine config whose Secret is in another file', () => {
    const chart = newChart();
    const cluster = new TalosCluster(chart, 'cluster', { ...clusterProps(), secretDelivery: SecretDelivery.scope(newChart()) });
    expect(cluster.describe()).toMatch(/acme-control-plane +control plane +1 +1\.13\.\d+ +1\.\d+\.\d+ /);
    expect(cluster.describe()).toContain('Somebody else brings the Secret acme-control-plane-config.');
  });

  test('refuses an unknown format', () => {
    expect(() => construct.describe({ format: 'pdf' as DescriptionFormat })).toThrow(/'format' \(pdf\) is unknown: give one of/);
  });
});

describe('who may connect', () => {
  const inside = 'pods with app.kubernetes.io/part-of=acme';

  test.each<[string, Partial<TalosClusterProps>, string, string]>([
    ['everybody without a policy', {}, '6443 k8s-api', 'everyone who can reach the pods: there is no NetworkPolicy'],
    ['everyone, by a policy', { controlPlane: { networkPolicy: {} } }, '6443 k8s-api', 'everyone'],
    ['a network', { controlPlane: { networkPolicy: { operators: [NetworkPeer.cidr('198.51.100.0/24')] } } }, '50000 talos-api', `${inside}, 198.51.100.0/24`],
    ['pods of a namespace', {
      controlPlane: { networkPolicy: { operators: [NetworkPeer.podsInNamespaces({ matchLabels: { team: 'a' } }, { matchLabels: { app: 'b' } })] } },
    }, '50000 talos-api', `${inside}, pods with app=b in namespaces with team=a`],
    ['nobody else, where everything is denied', { defaultDeny: true }, '50000 talos-api', inside],
  ])('%s', (_, props, port, clients) => {
    const found = rows(props, 'Ports').find(([, ports]) => ports.split(', ').includes(port));
    expect(found).toEqual(['acme-control-plane', expect.any(String), clients]);
  });
});

test.each<[string, Partial<TalosClusterProps>, string, string]>([
  ['alone', {}, 'the pod is replaced', 'survives; the Kubernetes API is away for about half a minute'],
  ['without claims', { controlPlane: { storage: NodeStorage.ephemeral({}) } }, 'the pod is replaced', 'the cluster is lost, because nothing keeps its data'],
  ['three members', { controlPlane: { replicas: 3, memberAddresses: MemberAddresses.POD_IP } }, 'all pods are replaced at once', 'the quorum is lost permanently; MemberAddresses.STABLE survives it'],
  ['on the hosting node', { controlPlane: { storage: NodeStorage.shared(MountStorage.hostPath('/srv/talos')) } }, 'a pod moves to another hosting node', 'an empty machine is in its place'],
  ['three stable members', { controlPlane: { replicas: 3, memberAddresses: MemberAddresses.STABLE } }, 'all pods are replaced at once',
    'survives; the Kubernetes API is back after about a minute'],
])('what a control plane survives: %s', (_, props, event, outcome) => {
  expect(rows(props, 'What it survives')).toContainEqual(['acme-control-plane', event, outcome]);
});

test('a control plane that is stopped keeps its data, and survives nothing else', () => {
  expect(rows({ controlPlane: { suspend: true } }, 'What it survives')).toEqual([['acme-control-plane', 'no pod runs', 'its data stays']]);
});

const LOAD_BALANCER = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'acme', namespace: 'tenant', labels: { 'app.kubernetes.io/part-of': 'acme' } },
  spec: { type: 'LoadBalancer', selector: { 'app.kubernetes.io/instance': 'acme-control-plane' }, ports: [{ name: 'k8s-api', port: 6443, nodePort: 31234, protocol: 'TCP' }] },
};

test.each<[string, object, string]>([
  ['before it has an address', {}, 'what the load balancer gives it'],
  ['as the cluster has it', { status: { loadBalancer: { ingress: [{ ip: '203.0.113.7' }, { hostname: 'lb.example.com' }] } } }, '203.0.113.7, lb.example.com'],
])('a load balancer %s', (_, more, address) => {
  const objects = SynthesizedCluster.of().objects.filter(({ kind, metadata }) => kind !== 'Service' || metadata.name !== 'acme');
  const [report] = ClusterObjects.in([...objects, { ...LOAD_BALANCER, ...more }]).map(clusterReport);
  expect(report.brief[0]).toBe(`Kubernetes API: ${address}, port 6443`);
});

test.each<[string, object, string]>([
  ['a range of ports', { ingress: [{ ports: [{ protocol: 'TCP', port: 6000, endPort: 7000 }], from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }] },
    '10.0.0.0/8 without 10.1.0.0/16'],
  ['a port by its name', { ingress: [{ ports: [{ port: 'k8s-api' }], from: [{ podSelector: { matchLabels: { app: 'a' } } }] }] }, 'pods with app=a'],
  ['no list of ports and peers', { ingress: [{ ports: [], from: [] }] }, 'everyone'],
  ['no rule', {}, 'nobody'],
])('a policy of somebody else, with %s', (_, spec, clients) => {
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'other', namespace: 'tenant' }, spec: { podSelector: {}, ...spec } };
  const [report] = ClusterObjects.in([...SynthesizedCluster.of().objects, policy]).map(clusterReport);
  const ports = report.sections.find(({ title }) => title === 'Ports')!.table!.rows;
  expect(ports.find(([, names]) => names.includes('6443 k8s-api'))![2]).toBe(clients);
});

test('two clusters of one name are two reports', () => {
  const objects = ['a', 'b'].flatMap((namespace) => SynthesizedCluster.of({ namespace, workerPools: [{ name: 'general' }] }).objects);
  const reports = ClusterObjects.in(objects).map(clusterReport);
  expect(reports.map(({ summary }) => summary)).toEqual(['a', 'b'].map((namespace) =>
    `1 × acme-control-plane (control plane), 1 × acme-general (worker) in the namespace ${namespace}.`));
});

test('a pool in another namespace is in the report on its cluster', () => {
  const { objects } = SynthesizedCluster.of({ workerPools: [{ name: 'general' }] });
  const elsewhere = objects.map((object) => object.kind === 'StatefulSet' && object.metadata.name === 'acme-general' ? { ...object, metadata: { ...object.metadata, namespace: 'workers' } } : object);
  expect(ClusterObjects.in(elsewhere).map(clusterReport).map(({ summary }) => summary)).toEqual([
    '1 × acme-control-plane (control plane), 1 × acme-general (worker) in the namespaces tenant, workers.',
  ]);
});

test('names can\'t break Markdown or HTML', () => {
  const objects = SynthesizedCluster.of().objects.map((object) => object.kind === 'Service' && object.metadata.name === 'acme'
    ? { ...object, spec: { ...object.spec, type: 'LoadBalancer', loadBalancerIP: '<script>|`"' } }
    : object);
  const written = (format: DescriptionFormat) => writeReports(ClusterObjects.in(objects).map(clusterReport), format);
  expect(written(DescriptionFormat.HTML)).not.toContain('<script>');
  expect(written(DescriptionFormat.HTML)).toContain('&#60;script&#62;');
  expect(written(DescriptionFormat.MARKDOWN)).toContain('| \\<script\\>\\|\\`" |');
  expect(written(DescriptionFormat.MARKDOWN)).toContain('<br>#60;script#62;|`#34;<br>');
});

describe('manifests of any shape', () => {
  type Path = readonly string[];

  const pathsIn = (value: any, at: Path = []): Path[] => typeof value === 'object' && value !== null
    ? [at, ...Object.keys(value).flatMap((key) => pathsIn(value[key], [...at, key]))]
    : [at];

  /** The value with another one at a path. */
  function changed(value: any, [key, ...rest]: Path, to: unknown): any {
    if (key === undefined) {
      return to;
    }
    const copy = Array.isArray(value) ? [...value] : { ...value };
    copy[key as any] = changed(copy[key as any], rest, to);
    return copy;
  }

  const objects = [
    ApiExposure.ingress({ host: 'acme.example.com', ingressClassName: 'nginx' }),
    ApiExposure.gateway({ host: 'acme.example.com', gatewayName: 'gateway' }),
    ApiExposure.loadBalancer(),
  ].flatMap((kubernetesApi, index) => SynthesizedCluster.of({
    namespace: `tenant-${index}`,
    ...index === 0 ? {} : { secretDelivery: [SecretDelivery.generateOnce(), SecretDelivery.externalSecret({ store: 'vault', key: 'acme' })][index - 1], secrets: undefined },
    workerPools: [{ name: 'general' }],
    defaultDeny: true,
    controlPlane: {
      replicas: 3,
      memberAddresses: MemberAddresses.STABLE,
      kubernetesApi,
      networkPolicy: { operators: [NetworkPeer.cidr('198.51.100.0/24'), NetworkPeer.podsInNamespaces({ matchLabels: { team: 'a' } }, { matchLabels: { app: 'b' } })] },
    },
  }).objects);
  const places = objects.flatMap((object, index) => pathsIn(object).filter(([part]) => !['apiVersion', 'kind', undefined].includes(part)).map((path): [number, Path] => [index, path]))
    .filter(([, path]) => !['metadata', 'metadata.name'].includes(path.join('.')));
  const others: unknown[] = [undefined, null, 1, 'x', [], {}, [null], ['a'], [{}], [[]], { a: null }];

  test('are described', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...others)), { minLength: 1, maxLength: 12 }), (changes) => {
      const broken = changes.reduce((all, [[index, path], to]) => {
        try {
          return all.map((object, at) => at === index ? changed(object, path, to) : object);
        } catch {
          return all;
        }
      }, objects).filter(({ metadata }) => typeof metadata?.name === 'string');
      const reports = ClusterObjects.in(broken).map(clusterReport);
      expect(() => FORMATS.map((format) => writeReports(reports, format))).not.toThrow();
    }), runs(150));
  });
});
