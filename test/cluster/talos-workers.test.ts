import { ApiObject, App, Chart, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import {
  ApiExposure, ClaimRetention, Cni, ConfigUpdate, GeneratedMachineConfigOptions, HostingNetwork, MachineConfig, MachineConfigPatch, MemberAddresses,
  MountStorage, NodeStorage, NodeTaint, TaintEffect, TalosCluster, TalosControlPlane, TalosControlPlaneProps, TalosMachineConfig, TalosMount,
  TalosPlatform, TalosVersion, TalosWorkers, TalosWorkersProps,
} from '../../src';
import {
  controlPlaneProps, documentsIn, hostingNetwork, newChart, otherSecrets, RELEASES, secrets, SynthesizedControlPlane, SynthesizedWorkers, V1_14_1,
} from '../support/control-planes';
import { RULES } from '../support/manifest-rules';

const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();
beforeEach(() => emitWarning.mockClear());

type Props = Partial<TalosWorkersProps>;
type ControlPlane = Partial<TalosControlPlaneProps>;

const HEADLESS = 'acme-control-plane.tenant.svc.cluster.local';
const STABLE: ControlPlane = { replicas: 3, memberAddresses: MemberAddresses.STABLE };
const LABELS = { 'app.kubernetes.io/name': 'talos', 'app.kubernetes.io/instance': 'acme-general' };

function synth(props: Props = {}, controlPlane: ControlPlane = {}): SynthesizedWorkers {
  return new SynthesizedWorkers(props, controlPlane);
}

function warnings(): string[] {
  return emitWarning.mock.calls.map(([message]) => String(message)).filter((message) => !message.includes('has conditions'));
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
    expect(emitWarning).not.toHaveBeenCalled();
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
    expect(talos.image).toBe('ghcr.io/siderolabs/talos:v1.13.9');
    expect(talos.env).toContainEqual({ name: 'USERDATA', valueFrom: { secretKeyRef: { name: 'acme-general-config', key: 'userdata' } } });
    expect(talos.securityContext.readOnlyRootFilesystem).toBe(true);
    expect(pool.pod.spec.terminationGracePeriodSeconds).toBe(60);
  });

  test('everything is known by the cluster and the pool', () => {
    for (const { metadata } of pool.objects.filter((object) => object.metadata.name.startsWith('acme-general'))) {
      expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'acme' });
    }
    expect(pool.pod.metadata.labels).toEqual({
      ...LABELS, 'app.kubernetes.io/component': 'worker', 'app.kubernetes.io/part-of': 'acme', 'app.kubernetes.io/version': 'v1.13.9',
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
    expect(endpointOf(synth({}, controlPlane).documents)).toBe(`https://${HEADLESS}:6443`);
    expect(warnings()).toEqual(controlPlane.externalWorkers ? [expect.stringContaining('\'controlPlane\' has \'externalWorkers\'')] : []);
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

  const name = fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,20}[A-Za-z0-9])?$/);
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
    }), { numRuns: 60 });
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
      }), { numRuns: 12 });
  });
});

describe('releases of Talos', () => {
  test.each<[string, TalosVersion, TalosVersion, string[]]>([
    ['older', TalosVersion.V1_12, TalosVersion.V1_13, []],
    ['the same, in a newer patch', TalosVersion.of('v1.13.99'), TalosVersion.V1_13, []],
    ['newer', TalosVersion.V1_13, TalosVersion.V1_12, ['test/workers: \'talosVersion\' (v1.13.9) is newer than the control plane\'s (v1.12.11): '
      + 'Talos allows it, but upgrade the control plane first if you can, as Kubernetes does']],
  ])('of workers may be %s', (_, talosVersion, theirs, expected) => {
    const pool = synth({ talosVersion }, { talosVersion: theirs });
    expect(pool.construct.talosVersion).toBe(talosVersion);
    expect(pool.pod.spec.containers[0].image).toBe(`ghcr.io/siderolabs/talos:${talosVersion.imageTag}`);
    expect(warnings()).toEqual(expected);
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

/** Those of a control plane unless told otherwise. */
const NETWORKS = { podSubnets: ['172.24.0.0/16'], serviceSubnets: ['172.25.0.0/16'] };

function workerMachineConfig(chart: Chart, options: Partial<GeneratedMachineConfigOptions> = {}, ...patches: string[]): TalosMachineConfig {
  return new TalosMachineConfig(chart, 'ready', {
    config: MachineConfig.worker({
      clusterName: 'acme', endpoint: `https://${HEADLESS}:6443`, secrets, talosVersion: TalosVersion.V1_13, ...NETWORKS, ...options,
    }).patch(...patches.map((text) => MachineConfigPatch.fromYaml(text))),
  });
}

describe('a ready machine config', () => {
  const synthReady = (machineConfig: (chart: Chart) => TalosWorkersProps['machineConfig'], props: Props = {}, controlPlane: ControlPlane = {}) => {
    const chart = newChart();
    return new SynthesizedWorkers({ machineConfig: machineConfig(chart), ...props }, controlPlane, chart);
  };

  test('is used as it is', () => {
    const pool = synthReady(workerMachineConfig);
    expect(pool.names('Secret')).not.toContain('acme-general-config');
    expect(pool.pod.spec.containers[0].env[1].valueFrom.secretKeyRef).toEqual({ name: 'test-ready', key: 'userdata' });
    expect(warnings()).toEqual([]);
  });

  test('brings its release of Talos', () => {
    const pool = synthReady((chart) => workerMachineConfig(chart, { talosVersion: TalosVersion.V1_12, kubernetesVersion: '1.35.0' }));
    expect(pool.construct.talosVersion).toBe(TalosVersion.V1_12);
  });

  test('that is made elsewhere isn\'t looked into, which is said', () => {
    const pool = synthReady((chart) => TalosMachineConfig.fromSecretName(chart, 'sealed', 'sealed-config', { secretKey: 'value' }));
    expect(pool.pod.spec.containers[0].env[1].valueFrom.secretKeyRef).toEqual({ name: 'sealed-config', key: 'value' });
    expect(pool.pod.spec.containers[0].readinessProbe.tcpSocket).toEqual({ port: 10250 });
    expect(warnings()).toEqual(['test/workers: \'machineConfig\' (sealed-config) is made elsewhere: whether it belongs to the cluster \'acme\' isn\'t checked']);
  });

  test.each<[string, (chart: Chart) => TalosMachineConfig, Props, string]>([
    ['a control plane', (chart) => new TalosMachineConfig(chart, 'ready', {
      config: MachineConfig.controlPlane({ clusterName: 'acme', endpoint: `https://${HEADLESS}:6443`, secrets, talosVersion: TalosVersion.V1_13 }),
    }), {}, '\'machineConfig\' (test-ready) is that of a control plane, by its \'machine.type\' (controlplane): give that of a worker'],
    ['another cluster', (chart) => workerMachineConfig(chart, { secrets: otherSecrets }), {},
      '\'machineConfig\' (test-ready) is that of another cluster than \'acme\', by its \'machine.ca\': give one that is made with the same secrets'],
    ['another token', (chart) => workerMachineConfig(chart, {}, 'machine: {token: abcdef.0123456789abcdef}'), {},
      '\'machineConfig\' (test-ready) has another \'machine.token\' than \'acme\', and its machines would get no certificate: '],
    ['other networks of Services', (chart) => workerMachineConfig(chart, { serviceSubnets: ['10.96.0.0/12'] }), {},
      '\'machineConfig\' (test-ready) has other \'serviceSubnets\' (10.96.0.0/12) than the control plane (172.25.0.0/16): give it those'],
    ['a Kubernetes that is too old', (chart) => workerMachineConfig(chart, { kubernetesVersion: '1.32.0' }), {},
      'Kubernetes 1.32.0 in \'machineConfig\' (test-ready) of the workers is 4 minor releases older than the control plane\'s (1.36.3), and Kubernetes allows 3'],
    ['a role that no node gives itself', (chart) => workerMachineConfig(chart, {}, 'machine: {nodeLabels: {node-role.kubernetes.io/worker: ""}}'), {},
      '\'machineConfig\' (test-ready) has the node label node-role.kubernetes.io/worker, which Kubernetes lets no node give itself: '],
    ['taints that no worker gives itself', (chart) => workerMachineConfig(chart, {}, 'machine: {nodeTaints: {dedicated: "gpu:NoSchedule"}}'), {},
      '\'machineConfig\' (test-ready) has \'machine.nodeTaints\' (dedicated), which Kubernetes lets no worker give itself later: '],
    ['one name for several', (chart) => workerMachineConfig(chart, {}, 'apiVersion: v1alpha1\nkind: HostnameConfig\nauto: off\nhostname: edge'), { replicas: 2 },
      '\'machineConfig\' (test-ready) gives the name \'edge\' to all 2 \'replicas\', which then push each other out: leave the name out, or have one replica'],
    ...([['kubernetesVersion', '1.36.0'], ['nodeLabels', {}], ['nodeTaints', []], ['patches', []]] as const)
      .map(([property, value]): [string, (chart: Chart) => TalosMachineConfig, Props, string] => [
        property, workerMachineConfig, { [property]: value },
        `'${property}' would not reach 'machineConfig' (test-ready), which is ready: put it there, or leave 'machineConfig' out`,
      ]),
  ])('is refused with %s', (_, machineConfig, props, message) => {
    expect(() => synthReady(machineConfig, props)).toThrow(message);
  });

  test('newer than the control plane is refused', () => {
    expect(() => synthReady(workerMachineConfig, {}, { kubernetesVersion: '1.35.0' }))
      .toThrow('Kubernetes 1.36.3 in \'machineConfig\' (test-ready) of the workers is newer than the control plane\'s (1.35.0), which Kubernetes doesn\'t allow');
  });

  test('may give one worker a name', () => {
    const hostname = 'apiVersion: v1alpha1\nkind: HostnameConfig\nauto: off\nhostname: edge';
    expect(() => synthReady((chart) => workerMachineConfig(chart, {}, hostname))).not.toThrow();
  });

  test('in another namespace is refused', () => {
    const chart = newChart();
    const elsewhere = new Chart(chart.node.root as App, 'elsewhere', { namespace: 'other' });
    expect(() => new SynthesizedWorkers({ machineConfig: workerMachineConfig(elsewhere) }, {}, chart))
      .toThrow('\'machineConfig\' (elsewhere-ready) lies in the namespace other, the node in tenant');
  });
});

describe('a control plane with a ready machine config', () => {
  const ready = (chart: Chart, additionalSans: string[], ...patches: string[]) => new TalosMachineConfig(chart, 'config', {
    config: MachineConfig.controlPlane({
      clusterName: 'acme',
      endpoint: 'https://cp.example.com:6443',
      secrets,
      talosVersion: TalosVersion.V1_13,
      kubernetesVersion: '1.35.2',
      podSubnets: ['10.208.0.0/16'],
      serviceSubnets: ['10.209.0.0/16'],
      dnsDomain: 'acme.internal',
      additionalSans: [`*.${HEADLESS}`, ...additionalSans],
    }).patch(...patches.map((text) => MachineConfigPatch.fromYaml(text))),
  });
  const synthBeside = (additionalSans: string[], controlPlane: ControlPlane = {}, ...patches: string[]) => {
    const chart = newChart();
    return new SynthesizedWorkers({}, { machineConfig: ready(chart, additionalSans, ...patches), ...controlPlane }, chart);
  };

  test('hands on what is in it', () => {
    const { documents } = synthBeside([HEADLESS]);
    expect(networkOf(documents)).toMatchObject({ podSubnets: ['10.208.0.0/16'], serviceSubnets: ['10.209.0.0/16'], dnsDomain: 'acme.internal' });
    expect(kubeletOf(documents)).toBe('ghcr.io/siderolabs/kubelet:v1.35.2');
    expect(hasDiscovery(documents)).toBe(true);
    expect(documents[0].machine.token).toBe(documentsIn(MachineConfig.worker({ clusterName: 'acme', endpoint: 'https://a:1', secrets }).toYaml())[0].machine.token);
  });

  test.each<[string, string[], boolean]>([
    ['the headless Service\'s name', [HEADLESS], true],
    ['a wildcard for it', ['*.tenant.svc.cluster.local'], true],
    ['only its short name', ['acme-control-plane'], false],
    ['only its members', [], false],
  ])('is joined by the members\' own addresses where its certificates have %s', (_, sans, isKnown) => {
    const { documents } = synthBeside(sans);
    expect(endpointOf(documents)).toBe(isKnown ? `https://${HEADLESS}:6443` : 'https://cp.example.com:6443');
    expect(warnings()).toEqual(isKnown ? [] : [
      'test/workers: the workers join by https://cp.example.com:6443, whose host must lead to trustd (50001) too, or they have no Talos API: to let them join by the '
      + `members' own addresses, add ${HEADLESS} to 'machine.certSANs' and to the certificate of the Kubernetes API in the control plane's 'machineConfig'`,
    ]);
  });

  test('that has trustd for workers outside is joined there without more ado', () => {
    const { documents } = synthBeside(['cp.example.com'], { externalWorkers: true, endpointHost: 'cp.example.com' });
    expect(endpointOf(documents)).toBe('https://cp.example.com:6443');
    expect(warnings()).toEqual([expect.stringContaining('\'controlPlane\' has \'externalWorkers\'')]);
  });

  test('that has the discovery service switched off keeps workers from it', () => {
    expect(hasDiscovery(synthBeside([HEADLESS], {}, 'cluster: {discovery: {registries: {service: {disabled: true}}}}').documents)).toBe(false);
    expect(hasDiscovery(synthBeside([HEADLESS], {}, 'cluster: {discovery: {enabled: false}}').documents)).toBe(false);
  });

  describe('from elsewhere', () => {
    const synthImported = (poolProps: (chart: Chart) => Props) => {
      const chart = newChart();
      const machineConfig = TalosMachineConfig.fromSecretName(chart, 'sealed', 'sealed-config');
      return new SynthesizedWorkers(poolProps(chart), { machineConfig, secrets }, chart);
    };

    test('has no workers that are generated', () => {
      expect(() => synthImported(() => ({}))).toThrow('\'machineConfig\' (sealed-config) of the control plane is made elsewhere, so that of workers can\'t be generated: '
        + 'make theirs elsewhere too, and give it to a pool as its \'machineConfig\'');
    });

    test('has workers from elsewhere', () => {
      const pool = synthImported((chart) => ({ machineConfig: TalosMachineConfig.fromSecretName(chart, 'pool', 'sealed-pool'), replicas: 2 }));
      expect(pool.find('StatefulSet', 'acme-general').spec.replicas).toBe(2);
      expect(warnings()).toHaveLength(2);
    });

    test('is still known by its secrets', () => {
      expect(() => synthImported((chart) => ({ machineConfig: workerMachineConfig(chart, { secrets: otherSecrets }) })))
        .toThrow('\'machineConfig\' (test-ready) is that of another cluster than \'acme\'');
      expect(() => synthImported((chart) => ({ machineConfig: workerMachineConfig(chart) }))).not.toThrow();
    });

    test('has workers that register with what a node may give itself', () => {
      expect(() => synthImported((chart) => ({ machineConfig: workerMachineConfig(chart, {}, 'machine: {nodeLabels: {k8s.io/a: ""}}') })))
        .toThrow('\'machineConfig\' (test-ready) has the node label k8s.io/a');
    });
  });
});

describe('names', () => {
  test('of many pools are each its own', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps());
    ['general', 'gpu', 'b-control-plane', 'kubeconfig', 'config', 'talos'].forEach((name) => new TalosWorkers(chart, name, { name, controlPlane }));
    const objects = Testing.synth(chart);
    expect(Object.values(RULES).flatMap((rule) => rule(objects))).toEqual([]);
    expect(objects.filter(({ kind }) => kind === 'StatefulSet')).toHaveLength(7);
  });

  test('of pools of two clusters may be the same', () => {
    const chart = newChart();
    for (const clusterName of ['acme', 'globex']) {
      const controlPlane = new TalosControlPlane(chart, clusterName, controlPlaneProps({ clusterName }));
      new TalosWorkers(chart, `${clusterName}-workers`, { name: 'general', controlPlane });
    }
    expect(Testing.synth(chart).filter(({ metadata }) => metadata.name.endsWith('-general')).map(({ metadata }) => metadata.name))
      .toEqual([...Array(3).fill('acme-general'), ...Array(3).fill('globex-general')]);
  });

  test.each([[4, 47], [38, 13]])('of a cluster with %i characters leave %i for the pool', (cluster, longest) => {
    const clusterName = 'a'.repeat(cluster);
    const named = (length: number) => {
      const chart = newChart();
      new TalosWorkers(chart, 'w', { name: 'p'.repeat(length), controlPlane: new TalosControlPlane(chart, 'cp', controlPlaneProps({ clusterName })) });
      return Testing.synth(chart);
    };
    expect(RULES.namesAreWithinLimits(named(longest))).toEqual([]);
    expect(() => named(longest + 1)).toThrow(`'name' (${'p'.repeat(longest + 1)}) has ${longest + 1} characters, ${longest} at most `
      + `(a StatefulSet's name has 52 with '${clusterName}-'): choose a shorter one`);
  });

  test.each<[string, ControlPlane, string]>([
    ['control-plane', {}, '\'name\' (control-plane) is the name of the machines at test/cp already: give the pool another name'],
    ['control-plane-0', {}, '\'name\' (control-plane-0) is the name of the machines at test/cp already'],
    ['control-plane-2', STABLE, '\'name\' (control-plane-2) is the name of the machines at test/cp already'],
    ['control-plane-6', STABLE, '\'name\' (control-plane-6) is the name of the machines at test/cp already'],
    ['talos', { talosApi: ApiExposure.clusterIp() }, '\'name\' (talos) makes acme-talos, the name of what is at test/cp already: give the pool another name'],
    ['', {}, '\'name\' () is not a DNS label'],
    ['General', {}, '\'name\' (General) is not a DNS label'],
    ['1', {}, '\'name\' (1) is not a DNS label'],
    ['a.b', {}, '\'name\' (a.b) is not a DNS label'],
  ])('\'%s\' is refused', (name, controlPlane, message) => {
    expect(() => synth({ name }, controlPlane)).toThrow(message);
  });

  test('of two pools of a cluster are refused, in any chart and namespace', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps());
    new TalosWorkers(chart, 'first', { name: 'general', controlPlane });
    const [beside, elsewhere] = ['tenant', 'other'].map((namespace) => new Chart(chart.node.root as App, namespace, { namespace }));
    for (const scope of [chart, beside, elsewhere, controlPlane]) {
      expect(() => new TalosWorkers(scope, 'second', { name: 'general', controlPlane }))
        .toThrow('\'name\' (general) is the name of the machines at test/first already: give the pool another name');
    }
  });

  test('a pool may lie in another namespace than its control plane', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps());
    const elsewhere = new Chart(chart.node.root as App, 'elsewhere', { namespace: 'other' });
    const pool = new TalosWorkers(elsewhere, 'workers', { name: 'general', controlPlane });
    const documents = documentsIn(pool.machineConfig.config!.toYaml());
    expect(endpointOf(documents)).toBe(`https://${HEADLESS}:6443`);
    expect(documents[0].machine.certSANs).toContain('acme-general.other.svc.cluster.local');
    expect(Testing.synth(elsewhere).map(({ metadata }) => metadata.namespace)).toEqual(['other', 'other', 'other', 'other']);
    expect(warnings()).toEqual([]);
  });

  test('a pool in another namespace isn\'t let in by a policy, and a warning says so', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ networkPolicy: {} }));
    new TalosWorkers(new Chart(chart.node.root as App, 'elsewhere', { namespace: 'other' }), 'workers', { name: 'general', controlPlane });
    expect(warnings()).toEqual([expect.stringContaining('the pool \'general\' lies in the namespace other, and \'networkPolicy\' of the control plane')]);
    new TalosWorkers(chart, 'beside', { name: 'beside', controlPlane });
    expect(warnings()).toHaveLength(1);
  });

  const clusters: [string, string | undefined, string, string | undefined, string][] = [
    ['acme', 'b-control-plane', 'acme-b', undefined, 'acme-b-control-plane'],
    ['acme', 'b', 'acme-b', undefined, 'acme-b'],
    ['acme', 'b-c', 'acme-b', 'c', 'acme-b-c'],
  ];
  test.each(clusters)('cluster %s with pool %s and cluster %s with pool %s collide, whichever comes first', (first, firstPool, second, secondPool, name) => {
    const build = (...wanted: [string, string | undefined][]) => {
      const chart = newChart();
      for (const [clusterName, pool] of wanted) {
        const controlPlane = new TalosControlPlane(chart, clusterName, controlPlaneProps({ clusterName }));
        if (pool) {
          new TalosWorkers(chart, `${clusterName}-workers`, { name: pool, controlPlane });
        }
      }
    };
    const named = (pool: string, path: string) => `'name' (${pool}) makes ${name}, the name of what is at test/${path}`;
    expect(() => build([second, secondPool], [first, firstPool])).toThrow(named(firstPool!, secondPool ? 'acme-b-workers/Machines' : 'acme-b'));
    expect(() => build([first, firstPool], [second, secondPool])).toThrow(secondPool ? named(secondPool, 'acme-workers/Machines') : `(${name}) is the name of the `);
  });
});

describe('bad input', () => {
  const label = (key: string, value = 'a'): Props => ({ nodeLabels: { [key]: value } });
  const taint = (...nodeTaints: NodeTaint[]): Props => ({ nodeTaints });
  const patch = (text: string): Props => ({ patches: [MachineConfigPatch.fromYaml(text)] });
  const refusedLabel = (key: string) => `'nodeLabels' has the node label ${key}, which Kubernetes lets no node give itself: `
    + 'choose a key of your own domain, or use `kubectl label node`';

  test.each<[string, Props, string]>([
    ['no replicas', { replicas: 0 }, '\'replicas\' (0) must be a whole number of at least 1'],
    ['half a replica', { replicas: 1.5 }, '\'replicas\' (1.5) must be a whole number of at least 1'],
    ['a negative budget', { maxUnavailable: -1 }, '\'maxUnavailable\' (-1) must be a whole number of at least 0'],
    ['APPLY_JOB', { configUpdate: ConfigUpdate.APPLY_JOB }, '\'configUpdate\' (APPLY_JOB) is for control planes only: use ConfigUpdate.ROLL or INITIAL'],
    ['ROLL where the name would be lost', { talosVersion: V1_14_1, configUpdate: ConfigUpdate.ROLL },
      '\'configUpdate\' (ROLL) loses the node\'s name with /system/state on Talos v1.14.1'],
    ['a state that persists beside ROLL', { storage: NodeStorage.ephemeral().withMount(TalosMount.SYSTEM_STATE, MountStorage.claim()) },
      '\'storage\' keeps /system/state, where an old machine config wins over a new one'],
    ['one directory for several workers', { replicas: 2, storage: NodeStorage.shared(MountStorage.hostPath('/srv/talos')) },
      '\'storage\' keeps /var in one place for all 2 replicas'],
    ['claims\' end without claims', { storage: NodeStorage.ephemeral(), claimRetentionPolicy: {} }, '\'claimRetentionPolicy\' is about the claims'],
    ['the cluster\'s own label', { labels: { 'app.kubernetes.io/part-of': 'b' } }, '\'labels\' sets app.kubernetes.io/part-of (b), by which it is known'],
    ['the pods\' own label', { labels: { 'app.kubernetes.io/name': 'b' } }, '\'labels\' sets app.kubernetes.io/name (b), by which it is known'],

    ['a label\'s bad key', label('a b'), '\'nodeLabels\' has the key \'a b\''],
    ['a label\'s bad value', label('a', 'b c'), '\'nodeLabels\' has the value \'b c\' for a'],
    ...['node-role.kubernetes.io/worker', 'kubernetes.io/role', 'k8s.io/a', 'a.k8s.io/b', 'node-restriction.kubernetes.io/a', 'a.node-restriction.kubernetes.io/b',
      'beta.kubernetes.io/a', 'topology.kubernetes.io/rack', 'xnode.kubernetes.io/a'].map((key): [string, Props, string] => [key, label(key), refusedLabel(key)]),
    ['the same in patches', patch('machine: {nodeLabels: {node-role.kubernetes.io/worker: ""}}'),
      '\'patches\' has the node label node-role.kubernetes.io/worker, which Kubernetes lets no node give itself'],
    ['the same in patches of 1.14', { ...patch('apiVersion: v1alpha1\nkind: KubeNodeConfig\nlabels: {k8s.io/a: b}'), talosVersion: TalosVersion.V1_14 },
      '\'patches\' has the node label k8s.io/a, which Kubernetes lets no node give itself'],
    ['a taint without a key', taint({ key: '', effect: TaintEffect.NO_EXECUTE }), '\'nodeTaints\' has the key \'\''],
    ['a taint\'s bad key', taint({ key: 'a/b/c', effect: TaintEffect.NO_EXECUTE }), '\'nodeTaints\' has the key \'a/b/c\''],
    ['a taint\'s bad value', taint({ key: 'a', value: 'b:c', effect: TaintEffect.NO_EXECUTE }), '\'nodeTaints\' has the value \'b:c\' for a'],
    ['two taints of one key', taint({ key: 'a', effect: TaintEffect.NO_EXECUTE }, { key: 'a', value: 'b', effect: TaintEffect.NO_SCHEDULE }),
      '\'nodeTaints\' has the key \'a\' twice, and Talos takes one taint for each: keep the stronger one, as NoExecute includes NoSchedule'],
    ['taints in the field that no worker may use', patch('machine: {nodeTaints: {dedicated: "gpu:NoSchedule"}}'),
      '\'patches\' has \'machine.nodeTaints\' (dedicated), which Kubernetes lets no worker give itself later: '
      + 'use \'nodeTaints\', or \'machine.kubelet.extraConfig.registerWithTaints\''],

    ['a newer Kubernetes', { talosVersion: TalosVersion.V1_14, kubernetesVersion: '1.37.0' },
      '\'kubernetesVersion\' (1.37.0) of the workers is newer than the control plane\'s (1.36.3), which Kubernetes doesn\'t allow: upgrade the control plane first'],
    ['a Kubernetes that is too old', { kubernetesVersion: '1.32.9' },
      '\'kubernetesVersion\' (1.32.9) of the workers is 4 minor releases older than the control plane\'s (1.36.3), and Kubernetes allows 3: choose a newer one'],
    ['a Talos whose Kubernetes is too old', { talosVersion: TalosVersion.V1_9 },
      'Kubernetes 1.32.4 by \'talosVersion\' (v1.9.6) of the workers is 4 minor releases older than the control plane\'s (1.36.3)'],
    ['a Kubernetes that the release doesn\'t run', { talosVersion: TalosVersion.V1_11, kubernetesVersion: '1.36.0' }, '\'kubernetesVersion\' (1.36.0)'],
    ['no Kubernetes', { kubernetesVersion: 'latest' }, '\'kubernetesVersion\' (latest) is not a full version'],
    ['a kubelet that is too old', patch('machine: {kubelet: {image: "registry.example.com/kubelet:v1.32.0"}}'),
      'Kubernetes 1.32.0 in \'patches\' of the workers is 4 minor releases older than the control plane\'s (1.36.3)'],

    ['the type of a control plane', patch('machine: {type: controlplane}'), '\'patches\' set \'machine.type\' (controlplane), and this is a worker: leave it out'],
    ['the type of the first control plane', patch('machine: {type: init}'), '\'patches\' set \'machine.type\' (init), and this is a worker'],
    ['etcd', patch('cluster: {etcd: {advertisedSubnets: [10.0.0.0/8]}}'), '\'cluster.etcd\' is for control planes only: remove it'],
    ['a control plane\'s address', patch('machine: {network: {interfaces: [{interface: eth0, vip: {ip: 192.0.2.1}}]}}'),
      '\'machine.network.interfaces[0].vip\' is for control planes only: remove it'],
    ['a control plane\'s document', {
      ...patch('apiVersion: v1alpha1\nkind: KubeSchedulerConfig\nimage: registry.k8s.io/kube-scheduler:v1.36.3'), talosVersion: TalosVersion.V1_14,
    }, 'the KubeSchedulerConfig document is for control planes only: remove the documents of the kind KubeSchedulerConfig'],
    ['a document of another release', patch('apiVersion: v1alpha1\nkind: KubeNodeConfig\nlabels: {a: b}'), 'the KubeNodeConfig document is known since Talos 1.14'],
    ['one name for several', { replicas: 3, ...patch('apiVersion: v1alpha1\nkind: HostnameConfig\nauto: off\nhostname: edge') },
      '\'machineConfig\' (acme-general-config) gives the name \'edge\' to all 3 \'replicas\''],
  ])('%s is refused', (_, props, message) => {
    expect(() => synth(props)).toThrow(message);
  });

  test('a Talos that doesn\'t run the control plane\'s Kubernetes any more is refused', () => {
    expect(() => synth({ talosVersion: TalosVersion.V1_14 }, { talosVersion: TalosVersion.V1_7 })).toThrow(
      `'talosVersion' (v1.14.2) of the workers runs Kubernetes 1.32 to 1.37, and the control plane's is ${TalosVersion.V1_7.defaultKubernetesVersion}: `
      + 'upgrade the control plane\'s first, or choose an older Talos');
  });

  test.each(['kubernetes.io/hostname', 'topology.kubernetes.io/zone', 'topology.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/zone',
    'beta.kubernetes.io/instance-type', 'node.kubernetes.io/instance-type', 'a.node.kubernetes.io/b', 'kubelet.kubernetes.io/a', 'kubernetes.io.example.com/a', 'a'])(
    'a node may give itself %s', (key) => {
      expect(labelsOf(synth(label(key)).documents)).toEqual({ [key]: 'a' });
    });

  test('a chart without a namespace is refused', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps());
    expect(() => new TalosWorkers(new Chart(chart.node.root as App, 'other'), 'workers', { name: 'general', controlPlane }))
      .toThrow('\'namespace\' of the chart is missing, without which the machines don\'t know each other\'s names: give the chart one, '
        + 'or take a scope that has one, such as a TalosCluster');
  });

  test('a pool of a cluster with a namespace of its own takes this, where its scope is the cluster', () => {
    const chart = new Chart(new App(), 'test');
    const cluster = new TalosCluster(chart, 'cluster', { clusterName: 'acme', secrets, controlPlane: { hostingNetwork } });
    const pool = new TalosWorkers(cluster, 'late', { name: 'late', controlPlane: cluster.controlPlane });
    expect(pool.service.metadata.namespace).toBe('acme');
  });

  test('a chart whose namespace can\'t be one is refused', () => {
    expect(() => new TalosControlPlane(newChart('a.b'), 'cp', controlPlaneProps())).toThrow('\'namespace\' (a.b) is not a DNS label');
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
