import { ApiObject, JsonPatch, Testing } from 'cdk8s';
import {
  ApiExposure, HostingNetwork, MachineConfigPatch, NodeStorage, TalosApiRole, TalosControlPlane, TalosControlPlaneProps, TalosVersion,
} from '../../src';
import { DOCS } from '../../src/problem';
import { controlPlaneProps, HEADLESS, newChart, PORTS, secrets, STABLE, SynthesizedControlPlane } from '../support/control-planes';
import { warningsOf } from '../support/warnings';

type Props = Partial<TalosControlPlaneProps>;

function synth(props: Props = {}): SynthesizedControlPlane {
  return new SynthesizedControlPlane(props);
}

describe('by default', () => {
  const cluster = synth();

  test('it is one member with what leads to it', () => {
    expect(cluster.objects.map(({ kind, metadata }) => `${kind} ${metadata.name.replace(/-[0-9a-f]{8}$/, '')}`)).toEqual([
      'Secret acme-control-plane-config', 'Service acme-control-plane', 'StatefulSet acme-control-plane', 'Service acme',
      'PodDisruptionBudget acme-control-plane', 'Secret acme-talosconfig', 'Secret acme-kubeconfig', 'Secret acme-bootstrap', 'Job acme-bootstrap',
      'Secret acme-upgrade-k8s', 'Job acme-upgrade-k8s',
    ]);
    expect(cluster.find('StatefulSet', 'acme-control-plane').spec).toMatchObject({ replicas: 1, podManagementPolicy: 'Parallel' });
    expect(warningsOf(cluster.construct)).toEqual([]);
  });

  test('the headless Service has all ports, also of members that aren\'t ready', () => {
    const { spec } = cluster.find('Service', 'acme-control-plane');
    expect(spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(spec.ports.map(({ name, port }: any) => `${name} ${port}`)).toEqual(PORTS);
  });

  test('the machine config is that of the members', () => {
    expect(cluster.legacy.cluster).toMatchObject({
      clusterName: 'acme',
      controlPlane: { endpoint: `https://${HEADLESS}:6443` },
      network: { podSubnets: ['172.24.0.0/16'], serviceSubnets: ['172.25.0.0/16'], dnsDomain: 'cluster.local' },
      discovery: { enabled: false },
    });
    expect(cluster.legacy.machine).toMatchObject({ type: 'controlplane', features: { hostDNS: { enabled: true, forwardKubeDNSToHost: true } } });
    expect(cluster.legacy.cluster).not.toHaveProperty('etcd.advertisedSubnets');
    expect(cluster.pod.spec).not.toHaveProperty('initContainers');
    expect(cluster.pod.spec).not.toHaveProperty('affinity');
  });

  test('a change of the machine config replaces the pod', () => {
    const checksum = ({ pod }: SynthesizedControlPlane) => pod.metadata.annotations['checksum/machine-config'];
    expect(checksum(synth({ additionalSans: ['acme.example.com'] }))).not.toBe(checksum(cluster));
    expect(checksum(synth())).toBe(checksum(cluster));
    expect(cluster.pod.spec.volumes.find(({ name }: any) => name === 'system-state')).toHaveProperty('emptyDir.medium', 'Memory');
  });

  test('its parts are public', () => {
    const { construct } = cluster;
    expect(construct.talosNode.name).toBe('acme-control-plane');
    expect(construct.machineConfig.secretName).toBe('acme-control-plane-config');
    expect(construct.services.map(({ name }) => name)).toEqual(['acme-control-plane', 'acme']);
    expect(construct.endpoint).toBe(`https://${HEADLESS}:6443`);
    expect(construct.secrets).toBe(secrets);
    expect(construct.talosVersion).toBe(TalosVersion.V1_13);
    expect(construct.talosconfig({ roles: [TalosApiRole.READER], nodes: ['a'] })).toContain('nodes:\n            - a\n');
    expect(construct.kubeconfig({ endpoint: 'https://127.0.0.1:6443' })).toContain('https://127.0.0.1:6443');
  });
});

test.each<[string, Props, string]>([
  ['the release', { talosVersion: TalosVersion.V1_12 }, 'ghcr.io/siderolabs/talos:v1.12.12'],
  ['the image', { image: { registry: 'registry.example.com' } }, 'registry.example.com/siderolabs/talos:v1.13.10'],
])('%s is that of the pods', (_, props, image) => {
  expect(synth(props).pod.spec.containers[0].image).toBe(image);
});

test.each<[string, Props, (config: any) => unknown, unknown]>([
  ['kubernetesVersion', { kubernetesVersion: '1.35.2' }, ({ machine }) => machine.kubelet.image, 'ghcr.io/siderolabs/kubelet:v1.35.2'],
  ['podSubnets', { podSubnets: ['10.208.0.0/16'] }, ({ cluster }) => cluster.network.podSubnets, ['10.208.0.0/16']],
  ['serviceSubnets', { serviceSubnets: ['10.209.0.0/16'] }, ({ cluster }) => cluster.network.serviceSubnets, ['10.209.0.0/16']],
  ['dnsDomain', { dnsDomain: 'acme.internal' }, ({ cluster }) => cluster.network.dnsDomain, 'acme.internal'],
  ['allowSchedulingOnControlPlanes', { allowSchedulingOnControlPlanes: true }, ({ cluster }) => cluster.allowSchedulingOnControlPlanes, true],
  ['patches', { patches: [MachineConfigPatch.fromYaml('machine: {sysctls: {a.b: "1"}}')] }, ({ machine }) => machine.sysctls, { 'a.b': '1' }],
  ['patches, after all others', { patches: [MachineConfigPatch.fromYaml('cluster: {discovery: {enabled: true}}')] },
    ({ cluster }) => cluster.discovery.enabled, true],
  ['discovery', { discovery: true }, ({ cluster }) => [cluster.discovery.enabled, cluster.discovery.registries.service.disabled], [true, undefined]],
  ['discovery, switched off', { discovery: false }, ({ cluster }) => cluster.discovery.enabled, false],
])('%s reaches the machine config', (_, props, value, expected) => {
  expect(value(synth(props).legacy)).toEqual(expected);
});

test.each([[true, ['https://discovery.talos.dev/']], [false, []]])('discovery (%s) is a document of its own on 1.14', (discovery, endpoints) => {
  const { documents, legacy } = synth({ talosVersion: TalosVersion.V1_14, discovery });
  expect(documents.filter(({ kind }) => kind === 'DiscoveryServiceConfig').map(({ endpoint }) => endpoint)).toEqual(endpoints);
  expect(legacy.cluster).not.toHaveProperty('discovery');
});

test.each([
  ['a ClusterIP', {}, 'https://acme.tenant.svc.cluster.local:6443'],
  ['a load balancer', { kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) }, 'https://acme.tenant.svc.cluster.local:6443'],
  ['no Service', { kubernetesApi: ApiExposure.none() }, `https://${HEADLESS}:6443`],
  ['another DNS domain', { hostingNetwork: HostingNetwork.of({ dnsDomain: 'host.local' }) }, 'https://acme.tenant.svc.host.local:6443'],
])('clients inside find the Kubernetes API beside %s', (_, props, endpoint) => {
  expect(synth(props).construct.insideEndpoint).toBe(endpoint);
});

test('pods can be given what every user needs', () => {
  const { pod, find } = Object.assign(synth({
    labels: { team: 'a' },
    resources: { requests: { memory: '2Gi' } },
    priorityClassName: 'high',
    nodeSelector: { pool: 'talos' },
    storage: NodeStorage.ephemeral(),
  }));
  expect(find).toBeDefined();
  expect(pod.spec).toMatchObject({ priorityClassName: 'high', nodeSelector: { pool: 'talos' } });
  expect(pod.spec.containers[0].resources).toEqual({ requests: { memory: '2Gi' } });
  expect(pod.metadata.labels).toMatchObject({ 'team': 'a', 'app.kubernetes.io/part-of': 'acme' });
});

test('what isn\'t known of the hosting cluster is said', () => {
  const warnings = (hostingNetwork?: HostingNetwork) => warningsOf(synth({ hostingNetwork }).construct);
  expect(warnings()).toEqual([
    'test/cp: \'hostingNetwork\' has no podCidrs, serviceCidrs, nodeCidrs: whether 172.24.0.0/16, 172.25.0.0/16 '
    + 'overlap the hosting cluster\'s networks isn\'t checked, and etcd never starts if they do: '
    + 'ask for them by kubectl get nodes --output jsonpath=\'{.items[*].spec.podCIDRs}\', kubectl get servicecidrs, kubectl get nodes --output wide, '
    + `or as in ${DOCS}/hosting-cluster.md#which-networks-the-hosting-cluster-has [talos:hosting-network-unknown]`,
  ]);
  expect(warnings(HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], nodeCidrs: ['192.168.0.0/24'] })))
    .toEqual([expect.stringMatching(/'hostingNetwork' has no serviceCidrs: .*: ask for them by kubectl get servicecidrs, or as in/)]);
});

test('a JSON patch of each object is wire-level', () => {
  const chart = newChart();
  const construct = new TalosControlPlane(chart, 'cp', controlPlaneProps({ ...STABLE, notes: true, networkPolicy: {} }));
  const objects = construct.node.findAll().filter((child): child is ApiObject => child instanceof ApiObject);
  objects.forEach((object) => object.addJsonPatch(JsonPatch.add('/futureField', { a: 1 })));
  expect(Testing.synth(chart).map(({ futureField }: any) => futureField)).toEqual(objects.map(() => ({ a: 1 })));
});

test.each<[string, boolean]>([
  ['acme.svc', true],
  ['acme.tenant.svc.cluster.local', true],
  ['acme.svc.example.com', false],
  ['svc.example.com', false],
])('workers outside with the endpoint %s are refused: %s', (endpointHost, isRefused) => {
  const build = () => new SynthesizedControlPlane({ externalWorkers: true, endpointHost }).construct.externalWorkerConfig({ installDisk: '/dev/sda' });
  if (isRefused) {
    expect(build).toThrow(`'endpointHost' (${endpointHost}) is a name inside the hosting cluster`);
  } else {
    expect(build().toYaml()).toContain(`https://${endpointHost}:6443`);
  }
});
