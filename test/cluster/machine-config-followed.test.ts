import { Chart, Testing } from 'cdk8s';
import {
  ApiExposure, Cni, MachineConfig, MachineConfigPatch, MemberAddresses, TalosCluster, TalosControlPlane, TalosControlPlaneProps, TalosNode,
  TalosVersion, TalosWorkers,
} from '../../src';
import { clusterProps } from '../support/clusters';
import { controlPlaneProps, decode, documentsIn, HEADLESS, newChart, secrets } from '../support/control-planes';
import { SWEPT_RELEASES } from '../support/releases';

jest.spyOn(process, 'emitWarning').mockImplementation();

const V1_11 = TalosVersion.of('1.11');
const { V1_13, V1_14 } = TalosVersion;

/** All texts and numbers in an object, by place; a machine config is one of documents. */
function leaves(value: unknown, place: string): [place: string, leaf: string][] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, child]) => key === 'userdata'
      ? leaves(documentsIn(decode(decode(child))), `${place}.${key}`)
      : leaves(child, `${place}.${key}`));
  }
  const text = String(value);
  const plain = /^Secret .*data\./.test(place) && !place.includes('userdata') ? decode(text) : text;
  return plain.split('\n').map((line, index) => [plain.includes('\n') ? `${place}:${index}` : place, line]);
}

/** Where manifests have a port. */
function placesOf(port: number, objects: any[]): string[] {
  // keys and certificates are base64, where digits stand for nothing
  const pattern = new RegExp(`(^|[ :])${port}( |$|/)`);
  return objects.flatMap((object) => leaves(object, `${object.kind} ${object.metadata.name}`))
    .filter(([, leaf]) => pattern.test(leaf)).map(([place]) => place.replace(/-[0-9a-f]{8}\./, '.')).sort();
}

const HOST = 'acme.example.com';
const ADDRESS = '203.0.113.10';
const EXPOSURES: [name: string, props: Partial<TalosControlPlaneProps>, clients: string[]][] = [
  ['none', { kubernetesApi: ApiExposure.none() }, []],
  ['clusterIp', {}, ['ConfigMap acme-notes.data.notes.txt', 'Secret acme-kubeconfig.data.value', 'Service acme.spec.ports.0.port']],
  ['nodePort', { kubernetesApi: ApiExposure.nodePort({ host: HOST, port: 30443 }) },
    ['ConfigMap acme-notes.data.notes.txt', 'Secret acme-inside-kubeconfig.data.value', 'Service acme.spec.ports.0.port']],
  ['loadBalancer', { kubernetesApi: ApiExposure.loadBalancer({ host: ADDRESS }) },
    ['ConfigMap acme-notes.data.notes.txt', 'Secret acme-inside-kubeconfig.data.value', 'Secret acme-kubeconfig.data.value', 'Service acme.spec.ports.0.port']],
  ['ingress', { kubernetesApi: ApiExposure.ingress({ host: HOST, ingressClassName: 'nginx' }) },
    ['ConfigMap acme-notes.data.notes.txt', 'Ingress acme.spec.rules.0.http.paths.0.backend.service.port.number', 'Secret acme-inside-kubeconfig.data.value',
      'Service acme.spec.ports.0.port']],
  ['gateway', { kubernetesApi: ApiExposure.gateway({ host: HOST, gatewayName: 'edge' }) },
    ['ConfigMap acme-notes.data.notes.txt', 'Secret acme-inside-kubeconfig.data.value', 'Service acme.spec.ports.0.port',
      'TLSRoute acme.spec.rules.0.backendRefs.0.port']],
  ['a load balancer of one\'s own', { endpointHost: HOST },
    ['ConfigMap acme-notes.data.notes.txt', 'Secret acme-control-plane-config.data.userdata', 'Secret acme-kubeconfig.data.value',
      'Service acme.spec.ports.0.port']],
];

const legacyPatch = MachineConfigPatch.fromDocuments({ cluster: { controlPlane: { localAPIServerPort: 7443 } } });
const documentPatch = MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'KubeAPIServerConfig', apiPort: 7443 });
const jsonPatch = MachineConfigPatch.fromYaml('[{op: add, path: /cluster/controlPlane/localAPIServerPort, value: 7443}]');

/** A machine config as the construct generates it, or as a user would. */
function ready(talosVersion: TalosVersion, localApiServerPort: number | undefined, endpoint = `https://${HEADLESS}:${localApiServerPort ?? 6443}`): MachineConfig {
  return MachineConfig.controlPlane({
    clusterName: 'acme',
    endpoint,
    secrets,
    talosVersion,
    localApiServerPort,
    allowSchedulingOnControlPlanes: true,
    discovery: false,
    additionalSans: [HEADLESS, `*.${HEADLESS}`, HOST, ADDRESS, 'acme.tenant.svc.cluster.local'],
    podSubnets: ['172.24.0.0/16'],
    serviceSubnets: ['172.25.0.0/16'],
  });
}

describe('the port of the API server', () => {
  const WAYS: [way: string, of: (isMoved: boolean) => Partial<TalosControlPlaneProps>][] = [
    ...SWEPT_RELEASES.map((minor): [string, (isMoved: boolean) => Partial<TalosControlPlaneProps>] => [`by a patch on ${minor}`, (isMoved) => {
      const patch = TalosVersion.of(minor).isAtLeast('1.14') ? documentPatch : legacyPatch;
      return { secrets, talosVersion: TalosVersion.of(minor), patches: isMoved ? [patch] : [] };
    }]),
    ['by a JSON patch', (isMoved) => ({ secrets, talosVersion: V1_11, patches: isMoved ? [jsonPatch] : [] })],
    ['in a ready machine config', (isMoved) => ({ machineConfig: ready(V1_13, isMoved ? 7443 : undefined) })],
    ['in a ready machine config of 1.14', (isMoved) => ({ machineConfig: ready(V1_14, isMoved ? 7443 : undefined) })],
    ['in a ready machine config with a patch', (isMoved) => ({
      machineConfig: isMoved ? ready(V1_13, undefined, `https://${HEADLESS}:7443`).patch(legacyPatch) : ready(V1_13, undefined),
    })],
  ];

  function objects(props: Partial<TalosControlPlaneProps>): any[] {
    const chart = newChart();
    new TalosCluster(chart, 'cluster', {
      ...clusterProps({
        controlPlane: { notes: true, networkPolicy: {}, allowSchedulingOnControlPlanes: props.machineConfig ? undefined : true, ...props },
      }),
      secrets: undefined,
      talosVersion: undefined,
      readinessJob: {},
      workerPools: [{ name: 'general', networkPolicy: {} }],
    });
    return Testing.synth(chart);
  }

  // the exposures take turns
  const turns = WAYS.flatMap((way, index) => [1, index].map((turn) => [...way, ...EXPOSURES[turn % EXPOSURES.length]] as const));

  test.each(turns.map(([way, of, exposure, props, clients]) => [way, exposure, of, props, clients] as const))(
    '%s reaches every object with the exposure %s', (_way, _exposure, of, props, clients) => {
      const isReady = of(true).machineConfig !== undefined;
      const [usual, moved] = [false, true].map((isMoved) => objects({ ...of(isMoved), ...props }));
      const stays = placesOf(6443, moved);
      const setting = /userdata\.\d+\.(cluster\.controlPlane\.localAPIServerPort|apiPort)$/;
      const follows = placesOf(7443, moved).filter((place) => !setting.test(place));
      expect([...stays, ...follows].sort()).toEqual(placesOf(6443, usual));
      const kept = [...new Set(stays.map((place) => place.replace(/(notes\.txt|value|command\.3):\d+$/, '$1').replace(/(userdata)\..*/, '$1')))];
      // a ready machine config has an endpoint of its own
      const own = isReady ? clients.filter((place) => !place.includes('userdata')) : clients;
      // the Job uses the Service, if there is one
      expect(kept).toEqual([...own, ...own.length > 0 ? ['Job acme-upgrade-k8s.spec.template.spec.containers.0.command.3'] : []].sort());
      expect(follows).toEqual(expect.arrayContaining([
        'NetworkPolicy acme-control-plane.spec.ingress.1.ports.2.port',
        'NetworkPolicy acme-general.spec.egress.0.ports.1.port',
        'Service acme-control-plane.spec.ports.1.port',
        'Service acme-control-plane.spec.ports.1.targetPort',
        'StatefulSet acme-control-plane.spec.template.spec.containers.0.ports.1.containerPort',
        'StatefulSet acme-control-plane.spec.template.spec.containers.0.readinessProbe.tcpSocket.port',
      ]));
    });

  test('is the one of stable members, because their addresses are those of the machines', () => {
    const chart = newChart();
    new TalosControlPlane(chart, 'cp', controlPlaneProps({ replicas: 3, memberAddresses: MemberAddresses.STABLE, patches: [legacyPatch] }));
    const stable = Testing.synth(chart);
    expect(placesOf(6443, stable).filter((place) => !/^(Secret acme-kubeconfig|Job acme-upgrade-k8s)/.test(place))).toEqual(['Service acme.spec.ports.0.port']);
    expect(placesOf(7443, stable)).toEqual(expect.arrayContaining([0, 1, 2].map((ordinal) => `Service acme-control-plane-${ordinal}.spec.ports.1.port`)));
  });

  test('stays the clients\' for external workers, which come by the load balancer', () => {
    const controlPlane = new TalosControlPlane(newChart(), 'cp', controlPlaneProps({
      patches: [legacyPatch], externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: ADDRESS }),
    }));
    expect(controlPlane.endpoint).toBe(`https://${ADDRESS}:6443`);
    expect(controlPlane.externalWorkerConfig({ installDisk: '/dev/sda' })._facts.endpoint).toBe(`https://${ADDRESS}:6443`);
  });

  test.each<[string, MachineConfig, boolean]>([
    ['a control plane', ready(V1_13, 7443), true],
    ['a control plane of 1.14', ready(V1_14, 7443), true],
    ['a worker, which ignores it', MachineConfig.worker({ clusterName: 'acme', endpoint: 'https://a.example.com:6443', secrets, talosVersion: V1_13 }).patch(legacyPatch), false],
  ])('is followed by a node that is %s', (_, machineConfig, follows) => {
    const chart = newChart();
    new TalosNode(chart, 'node', { machineConfig });
    const places = placesOf(7443, Testing.synth(chart)).filter((place) => !place.startsWith('Secret'));
    expect(places).toEqual(follows ? [
      'Service test-node.spec.ports.1.port', 'Service test-node.spec.ports.1.targetPort',
      'StatefulSet test-node.spec.template.spec.containers.0.ports.1.containerPort',
      'StatefulSet test-node.spec.template.spec.containers.0.readinessProbe.tcpSocket.port',
    ] : []);
  });

  test.each([
    [50000, V1_13, '\'cluster.controlPlane.localAPIServerPort\' (50000) is the port of the Talos API: choose another one'],
    [2379, V1_14, '\'KubeAPIServerConfig.apiPort\' (2379) is the port of etcd: choose another one'],
    [7445, V1_13, '\'cluster.controlPlane.localAPIServerPort\' (7445) is the port of KubePrism: choose another one'],
    [7445, V1_14, '\'KubeAPIServerConfig.apiPort\' (7445) is the port of KubePrism: choose another one'],
    [70000, V1_13, '\'cluster.controlPlane.localAPIServerPort\' (70000) is not a port: choose a number from 1 to 65535'],
  ])('can\'t be %s', (port, talosVersion, message) => {
    const patch = talosVersion === V1_14
      ? MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'KubeAPIServerConfig', apiPort: port })
      : MachineConfigPatch.fromDocuments({ cluster: { controlPlane: { localAPIServerPort: port } } });
    expect(() => new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ talosVersion, patches: [patch] }))).toThrow(message);
  });

  test('can be KubePrism\'s where that is off or elsewhere', () => {
    for (const kubePrism of [{ enabled: false }, { port: 7446 }]) {
      const cluster = { controlPlane: { localAPIServerPort: 7445 } };
      const patch = MachineConfigPatch.fromDocuments({ machine: { features: { kubePrism } }, cluster });
      expect(() => new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ talosVersion: V1_13, patches: [patch] }))).not.toThrow();
    }
  });

  test('is the default for 0, as in Talos', () => {
    const patch = MachineConfigPatch.fromDocuments({ cluster: { controlPlane: { localAPIServerPort: 0 } } });
    expect(new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ patches: [patch] })).endpoint).toBe(`https://${HEADLESS}:6443`);
  });
});

/** The warnings of all constructs. */
function warnings(chart: Chart): string[] {
  return chart.node.findAll().flatMap(({ node }) => node.metadata.map(({ data }) => String(data))).filter((text) => !text.includes('has conditions'));
}

describe('the endpoint', () => {
  const ELSEWHERE = 'https://kube.example.org:8443';
  const legacy = MachineConfigPatch.fromDocuments({ cluster: { controlPlane: { endpoint: ELSEWHERE } } });
  const document = MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'KubeClusterConfig', endpoint: ELSEWHERE });

  test.each(SWEPT_RELEASES)('of a patch on %s is in the certificates, and told', (minor) => {
    const talosVersion = TalosVersion.of(minor);
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ talosVersion, patches: [talosVersion.isAtLeast('1.14') ? document : legacy] }));
    const pool = new TalosWorkers(chart, 'pool', { controlPlane, name: 'general' });
    expect(controlPlane.endpoint).toBe(ELSEWHERE);
    expect(controlPlane.machineConfig.config!._facts.machineNames).toContain('kube.example.org');
    // they needn't go elsewhere
    expect(pool.machineConfig.config!._facts.endpoint).toBe(`https://${HEADLESS}:6443`);
    expect(warnings(chart)).toEqual([
      expect.stringMatching(/^'patches' set the endpoint \(https:\/\/kube.example.org:8443\).*'endpointHost'.*\[talos:endpoint-elsewhere\]$/),
      ...talosVersion.isAtLeast('1.14') ? [expect.stringMatching(/^'patches' set the endpoint .*stays https:\/\/acme-control-plane.*'issuer.issuerURL'.*\[talos:issuer-elsewhere\]$/)] : [],
    ]);
  });

  const issuer = MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'KubeServiceAccountConfig', issuer: { issuerURL: ELSEWHERE } });

  test.each<[string, Partial<TalosControlPlaneProps>]>([
    ['by the same patch', { patches: [document, issuer] }],
    ['by the form of 1.13', { configContract: V1_13, patches: [legacy] }],
  ])('is followed by the issuer of tokens %s', (_, props) => {
    const chart = newChart();
    new TalosControlPlane(chart, 'cp', controlPlaneProps({ talosVersion: V1_14, ...props }));
    expect(warnings(chart)).toEqual([expect.stringMatching(/\[talos:endpoint-elsewhere\]$/)]);
  });

  test('of a patch for control planes of a cluster is told by its property', () => {
    const chart = newChart();
    new TalosCluster(chart, 'cluster', { clusterName: 'acme', secrets, controlPlanePatches: [legacy], talosVersion: V1_13 });
    expect(warnings(chart)).toContainEqual(expect.stringMatching(/^'controlPlanePatches' set the endpoint /));
  });

  test.each<[string, Partial<TalosControlPlaneProps>]>([
    ['in endpointHost', { endpointHost: 'kube.example.org' }],
    ['in additionalSans', { additionalSans: ['kube.example.org'] }],
    ['in a wildcard', { additionalSans: ['*.example.org'] }],
  ])('with a host %s is no surprise', (_, props) => {
    const chart = newChart();
    const { config } = new TalosControlPlane(chart, 'cp', controlPlaneProps({ ...props, patches: [legacy] })).machineConfig;
    expect(warnings(chart)).toEqual([]);
    expect(config!._facts.machineNames.filter((name) => name.endsWith('example.org'))).toHaveLength(1);
  });

  test.each([`https://${HEADLESS}:6443`, 'https://acme-control-plane.tenant:443'])('%s has a port of which nothing listens', (endpoint) => {
    const patch = MachineConfigPatch.fromDocuments({ cluster: { controlPlane: { endpoint, localAPIServerPort: 7443 } } });
    expect(() => new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ patches: [patch] })))
      .toThrow(`the endpoint in the machine config (${endpoint}) leads to the members' own addresses, where the API server listens on 7443: give it that port`);
    expect(() => new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ machineConfig: ready(V1_13, 7443, endpoint) }))).toThrow('listens on 7443');
  });

  test('of a pool\'s own patch must be one of the control plane\'s names', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ additionalSans: ['known.example.org'] }));
    new TalosWorkers(chart, 'a', { controlPlane, name: 'a', patches: [legacy] });
    new TalosWorkers(chart, 'b', { controlPlane, name: 'b', patches: [MachineConfigPatch.fromYaml('cluster: {controlPlane: {endpoint: "https://known.example.org:6443"}}')] });
    expect(warnings(chart)).toEqual([expect.stringMatching(/^the workers join by the endpoint https:\/\/kube.example.org:8443.*\[talos:endpoint-elsewhere\]$/)]);
  });
});

describe('the CNI', () => {
  const none = MachineConfigPatch.fromDocuments({ cluster: { network: { cni: { name: 'none' } } } });
  const custom = MachineConfigPatch.fromDocuments({ cluster: { network: { cni: { name: 'custom', urls: ['https://example.org/cni.yaml'] } } } });
  const json = MachineConfigPatch.fromYaml('[{op: add, path: /cluster/network/cni, value: {name: none}}]');
  const flannel = MachineConfigPatch.fromDocuments({ cluster: { network: { cni: { name: 'flannel' } } } });
  const withoutNetwork = MachineConfigPatch.fromYaml('cluster: {network: {$patch: delete}}');
  const withoutDocument = MachineConfigPatch.fromYaml('{apiVersion: v1alpha1, kind: KubeFlannelCNIConfig, $patch: delete}');
  const withDocument = MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'KubeFlannelCNIConfig', backendType: 'vxlan' });
  const NETWORKS = { podSubnets: ['172.24.0.0/16'], serviceSubnets: ['172.25.0.0/16'] };

  type Way = [way: string, props: Partial<TalosControlPlaneProps>, isFlannel: boolean];
  const waysOf = (talosVersion: TalosVersion): Way[] => {
    const config = MachineConfig.controlPlane({
      clusterName: 'acme', endpoint: `https://${HEADLESS}:6443`, secrets, talosVersion, ...NETWORKS, additionalSans: [HEADLESS, `*.${HEADLESS}`],
    });
    const common: Way[] = [
      ['nothing', {}, true],
      ['Cni.flannel()', { cni: Cni.flannel() }, true],
      ['Cni.none()', { cni: Cni.none() }, false],
      ['Cni.custom()', { cni: Cni.custom('https://example.org/cni.yaml') }, false],
      ['a ready machine config', { machineConfig: config }, true],
    ];
    return talosVersion.isAtLeast('1.14') ? [
      ...common,
      ['the deleted document', { patches: [withoutDocument] }, false],
      ['the document', { cni: Cni.none(), patches: [withDocument] }, true],
      ['a ready machine config without the document', { machineConfig: config.patch(withoutDocument) }, false],
    ] : [
      ...common,
      ['a patch with none', { patches: [none] }, false],
      ['a patch with custom', { patches: [custom] }, false],
      ['a patch with flannel', { cni: Cni.none(), patches: [flannel] }, true],
      ...talosVersion.isAtLeast('1.12') ? [] : [['a JSON patch', { patches: [json] }, false] satisfies Way],
      ['a ready machine config with a patch', { machineConfig: config.patch(none) }, false],
    ];
  };
  const cases = SWEPT_RELEASES.flatMap((minor) => waysOf(TalosVersion.of(minor))
    .map(([way, props, isFlannel]) => [minor, way, props, isFlannel] as const));

  function synthesize(props: Partial<TalosControlPlaneProps>, readOnlyRootFilesystem?: boolean, mountPath?: string) {
    const chart = newChart();
    const options = {
      readOnlyRootFilesystem,
      ...mountPath && { volumes: [{ name: 'plugins', emptyDir: {} }], volumeMounts: [{ name: 'plugins', mountPath }] },
    };
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ ...options, ...props }));
    new TalosWorkers(chart, 'pool', { controlPlane, name: 'general', ...options });
    const roots = Testing.synth(chart).filter(({ kind }) => kind === 'StatefulSet')
      .map(({ spec }) => spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem);
    return { roots, told: warnings(chart).filter((text) => text.endsWith('[talos:cni-needs-writable-root]')) };
  }

  test.each(cases)('of %s with %s decides on the root of members and workers', (minor, _, props, isFlannel) => {
    const isReadOnly = isFlannel || minor === '1.7';
    const given = { talosVersion: TalosVersion.of(minor), ...props };
    expect(synthesize(given)).toEqual({ roots: [isReadOnly, isReadOnly], told: [] });
    expect(synthesize(given, false)).toEqual({ roots: [false, false], told: [] });
    const warning = expect.stringMatching(/the CNI must write \/opt\/cni\/bin, set 'readOnlyRootFilesystem: false'/);
    expect(synthesize(given, true)).toEqual({ roots: [true, true], told: isReadOnly ? [] : [warning, warning] });
  });

  test.each([['/opt', 0], ['/opt/cni/', 0], ['/opt/cni/bin', 0], ['/opt/cni/bin/more', 2], ['/opt/c', 2]])('has a volume at %s: %d warnings', (mountPath, count) => {
    expect(synthesize({ cni: Cni.none() }, true, mountPath).told).toHaveLength(count);
  });

  test.each(SWEPT_RELEASES)('of %s without a network is flannel up to 1.13', (minor) => {
    const talosVersion = TalosVersion.of(minor);
    const { _facts } = MachineConfig.fromDocuments([{ machine: { type: 'controlplane' }, cluster: {} }], { talosVersion });
    expect(_facts.hasFlannel).toBe(!talosVersion.isAtLeast('1.14'));
  });

  test('of a legacy machine config on 1.14 is the legacy one', () => {
    const config = ready(V1_13, undefined).patch(none).toYaml();
    expect(MachineConfig.fromYaml(config, { talosVersion: V1_14 })._facts.hasFlannel).toBe(false);
    expect(MachineConfig.fromYaml(ready(V1_13, undefined).toYaml(), { talosVersion: V1_14 })._facts.hasFlannel).toBe(true);
    expect(ready(V1_13, undefined).patch(withoutNetwork)._facts.hasFlannel).toBe(true);
  });

  test.each<[string, MachineConfig, boolean]>([
    ['a control plane with flannel', ready(V1_13, undefined), true],
    ['a control plane with another', ready(V1_13, undefined).patch(none), false],
    ['a control plane of 1.14 with another', ready(V1_14, undefined).patch(withoutDocument), false],
    ['a worker, whose machine config doesn\'t say', MachineConfig.worker({
      clusterName: 'acme', endpoint: 'https://a.example.com:6443', secrets, talosVersion: V1_14,
    }), true],
  ])('decides on the root of a node that is %s', (_, machineConfig, isReadOnly) => {
    const chart = newChart();
    const node = new TalosNode(chart, 'node', { machineConfig });
    expect(node.podTemplate().spec.containers[0].securityContext.readOnlyRootFilesystem).toBe(isReadOnly);
    expect(warnings(chart)).toEqual(expect.not.arrayContaining([expect.stringContaining('talos:cni-needs-writable-root')]));
  });
});

describe('the DNS domain', () => {
  const patchOf = (talosVersion: TalosVersion) => talosVersion.isAtLeast('1.14')
    ? MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'KubeNetworkConfig', dnsDomain: 'inner.local' })
    : MachineConfigPatch.fromDocuments({ cluster: { network: { dnsDomain: 'inner.local' } } });

  test.each(SWEPT_RELEASES)('of a patch on %s reaches pools and external workers', (minor) => {
    const talosVersion = TalosVersion.of(minor);
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({
      talosVersion, patches: [patchOf(talosVersion)], externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: ADDRESS }),
    }));
    const pool = new TalosWorkers(chart, 'pool', { controlPlane, name: 'general' });
    expect(pool.machineConfig.config!._facts.dnsDomain).toBe('inner.local');
    expect(controlPlane.externalWorkerConfig({ installDisk: '/dev/sda' })._facts.dnsDomain).toBe('inner.local');
    // names in the hosting cluster have its own domain
    expect(controlPlane.machineConfig.config!._facts.machineNames.filter((name) => name.includes('inner.local'))).toEqual([]);
  });

  test.each([V1_13, V1_14])('of a pool on %s can\'t be another one', (talosVersion) => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ talosVersion }));
    const message = 'has another \'dnsDomain\' (inner.local) than the control plane (cluster.local): use the same';
    const config = new TalosWorkers(chart, 'a', { controlPlane, name: 'a' }).machineConfig.config!;
    expect(() => new TalosWorkers(chart, 'b', { controlPlane, name: 'b', patches: [patchOf(talosVersion)] })).toThrow(`'patches' ${message}`);
    expect(() => new TalosWorkers(chart, 'c', { controlPlane, name: 'c', machineConfig: config.patch(patchOf(talosVersion)) })).toThrow(message);
  });
});

describe('the port of the overlay network', () => {
  const moved = MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'KubeFlannelCNIConfig', backendPort: 8472 });

  function synthesize(props: Partial<TalosControlPlaneProps>) {
    const chart = newChart();
    new TalosCluster(chart, 'cluster', clusterProps({
      controlPlane: { networkPolicy: {}, ...props },
      talosVersion: undefined,
      workerPools: [{ name: 'general', networkPolicy: {} }],
    }));
    const policies = Testing.synth(chart).filter(({ kind }) => kind === 'NetworkPolicy');
    const ports = policies.flatMap(({ spec }) => [...spec.ingress ?? [], ...spec.egress ?? []]).flatMap((rule: any) => rule.ports ?? [])
      .filter(({ protocol, port }: any) => protocol === 'UDP' && port !== 53).map(({ port }: any) => port);
    return { ports: [...new Set(ports)], told: warnings(chart).map((text) => text.slice(text.indexOf('[')) ) };
  }

  const TOLD = '[talos:overlay-port]';
  test.each<[string, Partial<TalosControlPlaneProps>, number, string[]]>([
    ['flannel up to 1.13', { talosVersion: V1_13 }, 4789, []],
    ['flannel of 1.14', { talosVersion: V1_14 }, 4789, []],
    ['flannel of 1.14 with a port', { talosVersion: V1_14, patches: [moved] }, 8472, []],
    ['flannel and another port in the policy', { talosVersion: V1_13, networkPolicy: { overlayPort: 8472 } }, 8472, [TOLD]],
    ['flannel with a port and the same in the policy', { talosVersion: V1_14, patches: [moved], networkPolicy: { overlayPort: 8472 } }, 8472, []],
    ['another CNI', { talosVersion: V1_13, cni: Cni.none() }, 4789, [TOLD]],
    ['another CNI and a port', { talosVersion: V1_13, cni: Cni.none(), networkPolicy: { overlayPort: 4789 } }, 4789, []],
  ])('with %s', (_, props, port, told) => {
    expect(synthesize(props)).toEqual({ ports: [port], told });
  });
});
