import { ApiObject, App, Chart, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import {
  ApiExposure, ClaimRetention, Cni, ConfigUpdate, HostingNetwork, MachineConfigPatch, MemberSpread, NodeStorage, NodeTaint, TaintEffect,
  TalosControlPlane, TalosControlPlaneProps, TalosPlatform, TalosVersion, TalosWorkers, TalosWorkersProps,
} from '../../src';
import {
  controlPlaneProps, documentsIn, HEADLESS, hostingNetwork, newChart, RELEASES, STABLE, SynthesizedControlPlane, SynthesizedWorkers, V1_14_1,
} from '../support/control-planes';
import { RULES } from '../support/manifest-rules';
import { runs } from '../support/releases';
import { warningsOf } from '../support/warnings';

type Props = Partial<TalosWorkersProps>;
type ControlPlane = Partial<TalosControlPlaneProps>;
const LABELS = { 'app.kubernetes.io/name': 'talos', 'app.kubernetes.io/instance': 'acme-general' };

function synth(props: Props = {}, controlPlane: ControlPlane = {}): SynthesizedWorkers {
  return new SynthesizedWorkers(props, controlPlane);
}

/** The same value, wherever a release has it. */
const isNewForm = (version: TalosVersion) => version.isAtLeast('1.14');

const endpointOf = (documents: any[]) => documents[0].cluster.controlPlane?.endpoint ?? documents.find(({ kind }) => kind === 'KubeClusterConfig').endpoint;
const kubeletOf = (documents: any[]) => documents[0].machine.kubelet?.image ?? documents.find(({ kind }) => kind === 'KubeletConfig').image;
const networkOf = (documents: any[]) => documents.find(({ kind }) => kind === 'KubeNetworkConfig') ?? documents[0].cluster.network;
const hasDiscovery = (documents: any[]) => documents[0].cluster.discovery?.enabled ?? documents.some(({ kind }) => kind === 'DiscoveryServiceConfig');
const labelsOf = (documents: any[]) => documents.find(({ kind }) => kind === 'KubeNodeConfig')?.labels ?? documents[0].machine.nodeLabels ?? {};

/** The taints with which a worker registers. */
function taintsOf(documents: any[]): { [key: string]: string } {
  const taints = documents.find(({ kind }) => kind === 'KubeNodeConfig')?.taints ?? {};
  const registered: NodeTaint[] = documents[0].machine.kubelet?.extraConfig?.registerWithTaints ?? [];
  return { ...taints, ...Object.fromEntries(registered.map(({ key, value, effect }) => [key, value ? `${value}:${effect}` : effect])) };
}

describe('by default', () => {
  const pool = synth();
  const alone = new SynthesizedControlPlane();

  test('it is one worker with what leads to it, and nothing else changes', () => {
    expect(pool.objects.slice(0, alone.objects.length)).toEqual(alone.objects);
    expect(pool.objects.slice(alone.objects.length).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
      'Secret tenant/acme-general-config', 'Service tenant/acme-general', 'StatefulSet tenant/acme-general', 'PodDisruptionBudget tenant/acme-general',
    ]);
    expect(warningsOf(pool.construct)).toEqual([]);
  });

  test('the headless Service names the worker, and leads to its ports before it is ready', () => {
    const { spec } = pool.find('Service', 'acme-general');
    expect(spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true, selector: LABELS });
    expect(spec.ports.map(({ name, port }: any) => `${name} ${port}`)).toEqual(['talos-api 50000', 'kubelet 10250']);
    expect(pool.find('StatefulSet', 'acme-general').spec).toMatchObject({ replicas: 1, serviceName: 'acme-general', selector: { matchLabels: LABELS } });
  });

  test('the pod is that of a worker', () => {
    const [talos] = pool.pod.spec.containers;
    expect(talos.readinessProbe.tcpSocket).toEqual({ port: 10250 });
    expect(talos).not.toHaveProperty('livenessProbe');
    expect(talos.image).toBe('ghcr.io/siderolabs/talos:v1.13.10');
    expect(talos.env).toContainEqual({ name: 'USERDATA', valueFrom: { secretKeyRef: { name: 'acme-general-config', key: 'userdata' } } });
    expect(talos.securityContext.readOnlyRootFilesystem).toBe(true);
    expect(pool.pod.spec.terminationGracePeriodSeconds).toBe(60);
  });

  test('everything is known by the cluster and the pool', () => {
    for (const { metadata } of pool.objects.filter((object) => object.metadata.name.startsWith('acme-general'))) {
      expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'acme' });
    }
    expect(pool.pod.metadata.labels).toEqual({
      ...LABELS, 'app.kubernetes.io/component': 'worker', 'app.kubernetes.io/part-of': 'acme', 'app.kubernetes.io/version': 'v1.13.10',
    });
  });

  test('a budget lets one worker be evicted at a time', () => {
    expect(pool.find('PodDisruptionBudget', 'acme-general').spec).toEqual({ maxUnavailable: 1, selector: { matchLabels: LABELS } });
    expect(synth({ replicas: 3, maxUnavailable: 2 }).find('PodDisruptionBudget', 'acme-general').spec.maxUnavailable).toBe(2);
    expect(synth({ maxUnavailable: 0 }).find('PodDisruptionBudget', 'acme-general').spec.maxUnavailable).toBe(0);
  });

  test('a change of the machine config replaces the pods', () => {
    const checksum = ({ pod }: SynthesizedWorkers) => pod.metadata.annotations['checksum/machine-config'];
    expect(checksum(synth({ nodeLabels: { tier: 'edge' } }))).not.toBe(checksum(pool));
    expect(checksum(synth({ replicas: 3 }))).toBe(checksum(pool));
  });

  test('its parts are public', () => {
    const { construct } = pool;
    expect(construct.poolName).toBe('general');
    expect(construct.replicas).toBe(1);
    expect(construct.service.name).toBe('acme-general');
    expect(construct.talosNode.workload.kind).toBe('StatefulSet');
    expect(construct.machineConfig.secretName).toBe('acme-general-config');
    expect(construct.talosVersion).toBe(TalosVersion.V1_13);
  });
});

describe.each(RELEASES.map((talosVersion) => [talosVersion.minor, talosVersion] as const))('on Talos %s', (_, talosVersion) => {
  const nodeLabels = { 'tier': 'edge', 'example.com/on': 'yes', 'node.kubernetes.io/disk': '012', 'empty': '' };
  const nodeTaints = [
    { key: 'dedicated', value: 'gpu', effect: TaintEffect.NO_SCHEDULE }, { key: 'example.com/slow', effect: TaintEffect.PREFER_NO_SCHEDULE },
  ];
  const pool = synth({ nodeLabels, nodeTaints }, { talosVersion });
  const controlPlane = new SynthesizedControlPlane({ talosVersion });

  test('Talos takes the machine config', () => {
    const { errors, warnings: warned, findings } = pool.construct.machineConfig.config!.validate({ platform: TalosPlatform.CONTAINER });
    expect([...errors, ...warned, ...findings]).toEqual([]);
  });

  test('the worker joins by the members\' own addresses, with discovery off', () => {
    expect(endpointOf(pool.documents)).toBe(`https://${HEADLESS}:6443`);
    expect(hasDiscovery(pool.documents)).toBe(false);
    const ports = pool.find('Service', 'acme-control-plane').spec.ports.map(({ port }: any) => port);
    expect(ports).toEqual(expect.arrayContaining([6443, 50001]));
    expect(controlPlane.legacy.machine.certSANs).toContain(HEADLESS);
    expect((controlPlane.document('KubeAPIServerConfig')?.certExtraSANs ?? controlPlane.legacy.cluster.apiServer.certSANs)).toContain(HEADLESS);
  });

  test('it has the cluster\'s tokens and networks, and no key of an authority', () => {
    const { machine, cluster } = pool.legacy;
    expect(machine.type).toBe('worker');
    expect(machine.token).toBe(controlPlane.legacy.machine.token);
    expect(cluster.token).toBe(controlPlane.legacy.cluster.token);
    expect(machine.ca).toEqual({ crt: controlPlane.legacy.machine.ca.crt, key: '' });
    expect(JSON.stringify(pool.documents)).not.toContain('PRIVATE KEY');
    expect(cluster.ca?.key ?? '').toBe('');
    expect(networkOf(pool.documents)).toMatchObject({ podSubnets: ['172.24.0.0/16'], serviceSubnets: ['172.25.0.0/16'], dnsDomain: 'cluster.local' });
    expect(kubeletOf(pool.documents)).toBe(kubeletOf(controlPlane.documents));
  });

  test('its certificate has the names by which talosctl comes', () => {
    const forms = ['acme-general', 'acme-general.tenant', 'acme-general.tenant.svc', 'acme-general.tenant.svc.cluster.local'];
    expect(pool.legacy.machine.certSANs).toEqual([...forms, ...forms.map((name) => `*.${name}`)]);
  });

  test('it registers with its labels and taints, in the field that a worker may use', () => {
    expect(labelsOf(pool.documents)).toEqual(nodeLabels);
    if (isNewForm(talosVersion)) {
      expect(pool.document('KubeNodeConfig').taints).toEqual({ 'dedicated': 'gpu:NoSchedule', 'example.com/slow': 'PreferNoSchedule' });
      expect(pool.legacy.machine).not.toHaveProperty('kubelet');
    } else {
      expect(pool.legacy.machine.kubelet.extraConfig).toEqual({ registerWithTaints: [nodeTaints[0], nodeTaints[1]] });
    }
    expect(pool.legacy.machine).not.toHaveProperty('nodeTaints');
  });

  test('the pods are of that release', () => {
    expect(pool.pod.spec.containers[0].image).toBe(`ghcr.io/siderolabs/talos:${talosVersion.imageTag}`);
    expect('checksum/machine-config' in (pool.pod.metadata.annotations ?? {})).toBe(talosVersion.keepsHostname);
  });

  test.each(Object.entries(RULES))('the manifests keep the rule %s', (__, rule) => {
    expect(rule(pool.objects)).toEqual([]);
  });
});

describe('what is chosen', () => {
  test.each<[string, Props, (pool: SynthesizedWorkers) => unknown, unknown]>([
    ['kubernetesVersion', { kubernetesVersion: '1.34.2' }, ({ documents }) => kubeletOf(documents), 'ghcr.io/siderolabs/kubelet:v1.34.2'],
    ['patches', { patches: [MachineConfigPatch.fromYaml('machine: {sysctls: {a.b: "1"}}')] }, ({ legacy }) => legacy.machine.sysctls, { 'a.b': '1' }],
    ['patches, after all others', { nodeLabels: { tier: 'edge' }, patches: [MachineConfigPatch.fromYaml('machine: {nodeLabels: {tier: core}}')] },
      ({ legacy }) => legacy.machine.nodeLabels, { tier: 'core' }],
    ['patches for control planes too', { patches: [MachineConfigPatch.fromYaml('cluster: {proxy: {disabled: true}}')] },
      ({ legacy }) => legacy.cluster.proxy, { disabled: true }],
    ['resources', { resources: { requests: { memory: '2Gi' } } }, ({ pod }) => pod.spec.containers[0].resources, { requests: { memory: '2Gi' } }],
    ['nodeSelector', { nodeSelector: { disk: 'ssd' } }, ({ pod }) => pod.spec.nodeSelector, { disk: 'ssd' }],
    ['labels', { labels: { team: 'a' } }, ({ pod }) => pod.metadata.labels.team, 'a'],
    ['terminationGracePeriod', { terminationGracePeriod: Duration.seconds(90) }, ({ pod }) => pod.spec.terminationGracePeriodSeconds, 90],
    ['readOnlyRootFilesystem', { readOnlyRootFilesystem: false }, ({ pod }) => pod.spec.containers[0].securityContext.readOnlyRootFilesystem, false],
  ])('%s reaches the workers', (_, props, value, expected) => {
    expect(value(synth(props))).toEqual(expected);
  });

  test('replicas, storage and the claims\' end are those of the StatefulSet', () => {
    const pool = synth({
      replicas: 3, storage: NodeStorage.persistent({ size: Size.gibibytes(50) }), claimRetentionPolicy: { whenScaled: ClaimRetention.DELETE },
    });
    const { spec } = pool.find('StatefulSet', 'acme-general');
    expect(spec).toMatchObject({ replicas: 3, persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } });
    expect(spec.volumeClaimTemplates.map(({ spec: { resources } }: any) => resources.requests.storage)).toEqual(['50Gi']);
    expect(pool.construct.replicas).toBe(3);
  });

  test.each<[string, ControlPlane, Props, unknown]>([
    ['the control plane\'s networks', { podSubnets: ['10.208.0.0/16'], serviceSubnets: ['10.209.0.0/16'], dnsDomain: 'acme.internal' }, {},
      { podSubnets: ['10.208.0.0/16'], serviceSubnets: ['10.209.0.0/16'], dnsDomain: 'acme.internal' }],
    ['the same in the new form', { talosVersion: TalosVersion.V1_14, podSubnets: ['10.208.0.0/16'] }, {}, { podSubnets: ['10.208.0.0/16'] }],
    ['those of its patches', { patches: [MachineConfigPatch.fromYaml('cluster: {network: {podSubnets: [10.208.0.0/16]}}')] }, {}, { podSubnets: ['10.208.0.0/16'] }],
    ['the same in another release', { podSubnets: ['10.208.0.0/16'] }, { talosVersion: TalosVersion.V1_14 }, { podSubnets: ['10.208.0.0/16'] }],
  ])('workers have %s', (_, controlPlane, props, expected) => {
    expect(networkOf(synth(props, controlPlane).documents)).toMatchObject(expected as object);
  });

  test.each(RELEASES.flatMap((talosVersion) => [true, false].map((discovery) => [talosVersion.minor, discovery, talosVersion] as const)))(
    'workers of %s find the others by discovery as the control plane does: %s', (_, discovery, talosVersion) => {
      const pool = synth({}, { talosVersion, discovery });
      expect(hasDiscovery(pool.documents)).toBe(discovery);
      expect(hasDiscovery(new SynthesizedControlPlane({ talosVersion, discovery }).documents)).toBe(discovery);
    });

  test.each<[string, ControlPlane, Props, boolean]>([
    ['flannel', {}, {}, true],
    ['another network', { cni: Cni.none() }, {}, false],
    ['another network on 1.7, which has a directory for it', { cni: Cni.none(), talosVersion: TalosVersion.V1_7 }, {}, true],
    ['another network, said otherwise', { cni: Cni.none() }, { readOnlyRootFilesystem: true }, true],
  ])('the root is read-only as %s needs it', (_, controlPlane, props, expected) => {
    expect(synth(props, controlPlane).pod.spec.containers[0].securityContext.readOnlyRootFilesystem).toBe(expected);
  });

  test('names follow the DNS domain of the hosting cluster', () => {
    const pool = synth({}, { hostingNetwork: HostingNetwork.of({ dnsDomain: 'host.local' }) });
    expect(endpointOf(pool.documents)).toBe('https://acme-control-plane.tenant.svc.host.local:6443');
    expect(pool.legacy.machine.certSANs).toContain('*.acme-general.tenant.svc.host.local');
  });

  test.each<[string, ControlPlane]>([
    ['a load balancer', { kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) }],
    ['no Service', { kubernetesApi: ApiExposure.none() }],
    ['a name of its own', { endpointHost: 'cp.example.com' }],
    ['workers outside', { externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) }],
    ['stable addresses', STABLE],
  ])('workers inside join by the members\' own addresses beside %s', (_, controlPlane) => {
    const pool = synth({}, controlPlane);
    expect(endpointOf(pool.documents)).toBe(`https://${HEADLESS}:6443`);
    expect(warningsOf(pool.construct)).toEqual(controlPlane.externalWorkers ? [expect.stringContaining('\'controlPlane\' has \'externalWorkers\'')] : []);
  });

  test.each<[string, TalosVersion, ConfigUpdate | undefined, boolean]>([
    ['on 1.13', TalosVersion.V1_13, undefined, true],
    ['on 1.14.1, which would lose its name', V1_14_1, undefined, false],
    ['on 1.14.2', TalosVersion.V1_14, undefined, true],
    ['with INITIAL', TalosVersion.V1_13, ConfigUpdate.INITIAL, false],
  ])('a change of the machine config %s rolls the pods, or the state persists', (_, talosVersion, configUpdate, rolls) => {
    const { pod } = synth({ talosVersion, configUpdate }, { talosVersion: TalosVersion.V1_14 });
    expect('checksum/machine-config' in (pod.metadata.annotations ?? {})).toBe(rolls);
    expect(pod.spec.volumes.some(({ name }: any) => name === 'system-state')).toBe(rolls);
  });
});

/*
 * Laws that hold for whatever is chosen. One control plane serves many pools, each with another name.
 */
describe('whatever is chosen', () => {
  let pools = 0;
  const poolOf = (controlPlane: TalosControlPlane, props: Props) => {
    pools += 1;
    return new TalosWorkers(controlPlane.node.scope!, `pool${pools}`, { name: `p${pools}`, controlPlane, ...props });
  };

  // a number beyond the largest, such as 1e310, is text to Talos, and infinity to this test's reader
  const name = fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,20}[A-Za-z0-9])?$/).filter((text) => Math.abs(Number(text)) !== Infinity);
  const key = fc.oneof(name, fc.tuple(fc.constantFrom('example.com', 'a.b.c', 'node.kubernetes.io', 'x.kubelet.kubernetes.io'), name).map((parts) => parts.join('/')))
    .filter((candidate) => candidate !== 'constructor');
  const value = fc.oneof(fc.constantFrom('', 'yes', 'no', 'null', 'true', '012', '1e3', '0x1f', '1_000', '2001-01-01'), name);
  const labels = fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true });
  const taint = fc.record({
    key, value: fc.option(value, { nil: undefined }), effect: fc.constantFrom(...Object.values(TaintEffect)),
  }, { noNullPrototype: true });
  const taints = fc.uniqueArray(taint, { maxLength: 4, selector: (given) => given.key });

  test.each([TalosVersion.V1_7, TalosVersion.V1_13, TalosVersion.V1_14])('workers of %s have exactly their labels and taints', (talosVersion) => {
    const controlPlane = new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ talosVersion }));
    fc.assert(fc.property(labels, taints, (nodeLabels, nodeTaints) => {
      const { config } = poolOf(controlPlane, { nodeLabels, nodeTaints }).machineConfig;
      const documents = documentsIn(config!.toYaml());
      expect(labelsOf(documents)).toEqual(nodeLabels);
      expect(taintsOf(documents)).toEqual(Object.fromEntries(nodeTaints.map((given) => [given.key, [given.value, given.effect].filter(Boolean).join(':')])));
      const { errors, findings } = config!.validate();
      expect([...errors, ...findings]).toEqual([]);
    }), runs(60));
  });

  const minorOf = (version: string) => Number(version.split('.')[1]);
  const minorsOf = ({ oldestKubernetesVersion: oldest, newestKubernetesVersion: newest }: TalosVersion) =>
    Array.from({ length: minorOf(newest) - minorOf(oldest) + 1 }, (_, index) => minorOf(oldest) + index);
  const attempt = (controlPlane: TalosControlPlane, props: Props) => {
    try {
      return minorOf(/:v(.*)/.exec(kubeletOf(documentsIn(poolOf(controlPlane, props).machineConfig.config!.toYaml())))![1]);
    } catch (error) {
      return (error as Error).message;
    }
  };

  test.each(minorsOf(TalosVersion.V1_13))('a control plane of Kubernetes 1.%i has workers of the same minor release, or up to three older', (theirs) => {
    const controlPlane = new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ kubernetesVersion: `1.${theirs}.1` }));
    for (const talosVersion of RELEASES) {
      for (const wanted of minorsOf(talosVersion)) {
        const outcome = attempt(controlPlane, { talosVersion, kubernetesVersion: `1.${wanted}.0` });
        const isAllowed = [0, 1, 2, 3].map((behind) => theirs - behind).includes(wanted);
        expect([talosVersion.minor, wanted, isAllowed ? outcome : typeof outcome]).toEqual([talosVersion.minor, wanted, isAllowed ? wanted : 'string']);
      }
      // left to choose, it is the control plane's, or the nearest that the release of Talos runs
      const nearest = Math.min(theirs, Math.max(...minorsOf(talosVersion)));
      const canJoin = nearest >= Math.min(...minorsOf(talosVersion)) && theirs - nearest <= 3;
      expect([talosVersion.minor, canJoin ? attempt(controlPlane, { talosVersion }) : typeof attempt(controlPlane, { talosVersion })])
        .toEqual([talosVersion.minor, canJoin ? nearest : 'string']);
    }
  });

  test('a pool before or after changes nothing of the others', () => {
    const described = fc.record({
      name: fc.stringMatching(/^[a-z]([-a-z0-9]{0,8}[a-z0-9])?$/),
      replicas: fc.integer({ min: 1, max: 3 }),
      nodeLabels: fc.dictionary(fc.constantFrom('tier', 'example.com/disk'), name, { maxKeys: 2, noNullPrototype: true }),
      talosVersion: fc.constantFrom(TalosVersion.V1_12, TalosVersion.V1_13),
      storage: fc.constantFrom(NodeStorage.persistent(), NodeStorage.ephemeral()),
    }, { noNullPrototype: true });
    const objectsOf = (...given: Props[]) => {
      const chart = newChart();
      const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps());
      given.forEach((props) => new TalosWorkers(chart, `workers-${props.name}`, { name: 'a', controlPlane, ...props }));
      return new Map(Testing.synth(chart).map((object) => [`${object.kind} ${object.metadata.name}`, object]));
    };
    fc.assert(fc.property(
      fc.uniqueArray(described, { minLength: 2, maxLength: 4, selector: (props) => props.name }), fc.nat(),
      (given, index) => {
        const all = objectsOf(...given);
        const others = given.filter((_, position) => position !== index % given.length);
        for (const [id, object] of objectsOf(...others)) {
          expect(all.get(id)).toEqual(object);
        }
        expect(Object.values(RULES).flatMap((rule) => rule([...all.values()]))).toEqual([]);
        expect(objectsOf(...[...given].reverse())).toEqual(all);
      }), runs(12));
  });
});

describe('releases of Talos', () => {
  test.each<[string, TalosVersion, TalosVersion, string[]]>([
    ['older', TalosVersion.V1_12, TalosVersion.V1_13, []],
    ['the same, in a newer patch', TalosVersion.V1_13, TalosVersion.of('v1.13.8'), []],
    ['known only by one that they are like', TalosVersion.of('v1.15.0', { like: TalosVersion.V1_13 }), TalosVersion.V1_13, [
      expect.stringContaining('test/workers: \'talosVersion\' (v1.15.0) is newer than the control plane\'s (v1.13.10)'),
      expect.stringMatching(/^test\/workers\/Config: 'talosVersion' \(v1\.15\.0\) isn't known .* \[talos:unknown-release\]$/),
    ]],
    ['newer', TalosVersion.V1_13, TalosVersion.V1_12, ['test/workers: \'talosVersion\' (v1.13.10) is newer than the control plane\'s (v1.12.12): '
      + 'Talos allows it, but upgrade the control plane first if you can, as for Kubernetes [talos:newer-than-control-plane]']],
  ])('of workers may be %s', (_, talosVersion, theirs, expected) => {
    const pool = synth({ talosVersion }, { talosVersion: theirs });
    expect(pool.construct.talosVersion).toBe(talosVersion);
    expect(pool.pod.spec.containers[0].image).toBe(`ghcr.io/siderolabs/talos:${talosVersion.imageTag}`);
    expect(warningsOf(pool.construct)).toEqual(expected);
  });

  test('bring the form that their workers read', () => {
    const newer = synth({ talosVersion: TalosVersion.V1_14, nodeLabels: { tier: 'edge' } });
    expect(newer.document('KubeNodeConfig').labels).toEqual({ tier: 'edge' });
    const older = synth({ nodeLabels: { tier: 'edge' } }, { talosVersion: TalosVersion.V1_14, kubernetesVersion: '1.36.0' });
    expect(older.legacy.machine).not.toHaveProperty('kubelet');
    const oldest = synth({ talosVersion: TalosVersion.V1_11, nodeLabels: { tier: 'edge' } });
    expect(oldest.legacy.machine.nodeLabels).toEqual({ tier: 'edge' });
    expect(kubeletOf(oldest.documents)).toBe(`ghcr.io/siderolabs/kubelet:v${TalosVersion.V1_11.defaultKubernetesVersion}`);
  });
});

test('a JSON patch of each object is wire-level', () => {
  const chart = newChart();
  const controlPlane = new TalosControlPlane(new Chart(chart.node.root as App, 'cp', { namespace: 'tenant' }), 'cp', controlPlaneProps({ hostingNetwork }));
  const pool = new TalosWorkers(chart, 'workers', { name: 'general', controlPlane });
  const objects = pool.node.findAll().filter((child): child is ApiObject => child instanceof ApiObject);
  objects.forEach((object) => object.addJsonPatch(JsonPatch.add('/futureField', { a: 1 })));
  expect(Testing.synth(chart).map(({ futureField }: any) => futureField)).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }, { a: 1 }]);
});

test.each<[string, Props, unknown]>([
  ['where possible', {}, { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { labelSelector: { matchLabels: LABELS }, topologyKey: 'kubernetes.io/hostname' } }] }],
  ['strictly', { workerSpread: MemberSpread.REQUIRED }, { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: LABELS }, topologyKey: 'kubernetes.io/hostname' }] }],
  ['not at all', { workerSpread: MemberSpread.NONE }, undefined],
])('workers are spread over hosting nodes %s', (_, props, podAntiAffinity) => {
  for (const replicas of [1, 3]) {
    expect(synth({ replicas, ...props }).find('StatefulSet', 'acme-general').spec.template.spec.affinity?.podAntiAffinity).toEqual(podAntiAffinity);
  }
});
