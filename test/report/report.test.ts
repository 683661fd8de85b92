import {
  ApiExposure, DescriptionFormat, HostingNetwork, MemberAddresses, MemberSpread, NetworkPeer, NodeStorage, SecretDelivery, TalosCluster,
  TalosClusterProps,
} from '../../src';
import { ClusterObjects } from '../../src/report/cluster-objects';
import { clusterReport } from '../../src/report/cluster-report';
import { writeReports } from '../../src/report/description-format';
import { clusterProps, SynthesizedCluster } from '../support/clusters';
import { newChart, secrets } from '../support/control-planes';
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
    ['everybody without a policy', {}, '6443 k8s-api', 'every pod and node of the hosting cluster: there is no NetworkPolicy'],
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
  ['without claims', { controlPlane: { storage: NodeStorage.ephemeral({}) } }, 'the pod is replaced', 'the cluster is lost: nothing keeps its data'],
  ['three members', { controlPlane: { replicas: 3, memberAddresses: MemberAddresses.POD_IP } }, 'all pods are replaced at once', 'the quorum is lost permanently: MemberAddresses.STABLE survives it'],
  ['three stable members', { controlPlane: { replicas: 3, memberAddresses: MemberAddresses.STABLE } }, 'all pods are replaced at once',
    'survives; the Kubernetes API is back after about a minute'],
])('what a control plane survives: %s', (_, props, event, outcome) => {
  expect(rows(props, 'What it survives')).toContainEqual(['acme-control-plane', event, outcome]);
});

test('two clusters of one name are two reports', () => {
  const objects = ['a', 'b'].flatMap((namespace) => SynthesizedCluster.of({ namespace, workerPools: [{ name: 'general' }] }).objects);
  const reports = ClusterObjects.in(objects).map(clusterReport);
  expect(reports.map(({ summary }) => summary)).toEqual(['a', 'b'].map((namespace) =>
    `1 × acme-control-plane (control plane), 1 × acme-general (worker) in the namespace ${namespace}.`));
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
