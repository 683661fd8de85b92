import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import {
  ApiExposure, BootstrapMode, ConfigUpdate, HostingNetwork, MachineConfig, MachineConfigPatch, MemberAddresses, MemberSpread, NodeStorage,
  SelectorOperator, TalosApiRole, TalosControlPlane, TalosControlPlaneProps, TalosMachineConfig, TalosSecrets, TalosVersion,
} from '../../src';
import { controlPlaneProps, hostingNetwork, newChart, otherSecrets, secrets, SynthesizedControlPlane } from '../support/control-planes';

const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();
beforeEach(() => emitWarning.mockClear());

type Props = Partial<TalosControlPlaneProps>;

function synth(props: Props = {}): SynthesizedControlPlane {
  return new SynthesizedControlPlane(props);
}

const V1_14_2 = TalosVersion.of('v1.14.2');
const STABLE: Props = { replicas: 3, memberAddresses: MemberAddresses.STABLE };
const HEADLESS = 'acme-control-plane.tenant.svc.cluster.local';
const PORTS = ['talos-api 50000', 'k8s-api 6443', 'trustd 50001', 'etcd-client 2379', 'etcd-peer 2380', 'kubelet 10250'];

describe('by default', () => {
  const cluster = synth();

  test('it is one member with what leads to it', () => {
    expect(cluster.objects.map(({ kind, metadata }) => `${kind} ${metadata.name.replace(/-[0-9a-f]{8}$/, '')}`)).toEqual([
      'Secret acme-control-plane-config', 'Service acme-control-plane', 'StatefulSet acme-control-plane', 'Service acme',
      'PodDisruptionBudget acme-control-plane', 'Secret acme-talosconfig', 'Secret acme-kubeconfig', 'Secret acme-control-plane-jobs', 'Job acme-bootstrap',
    ]);
    expect(cluster.find('StatefulSet', 'acme-control-plane').spec).toMatchObject({ replicas: 1, podManagementPolicy: 'Parallel' });
    expect(emitWarning).not.toHaveBeenCalled();
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
  ['the release', { talosVersion: TalosVersion.V1_12 }, 'ghcr.io/siderolabs/talos:v1.12.11'],
  ['the image', { image: { registry: 'registry.example.com' } }, 'registry.example.com/siderolabs/talos:v1.13.9'],
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
  const { documents, legacy } = synth({ talosVersion: V1_14_2, discovery });
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

describe('the number of members', () => {
  test.each([1, 3, 5, 7])('can be %i', (replicas) => {
    const cluster = synth({ replicas, memberAddresses: MemberAddresses.STABLE });
    const members = Array.from({ length: replicas }, (_, ordinal) => `acme-control-plane-${ordinal}`);
    expect(cluster.find('StatefulSet', 'acme-control-plane').spec.replicas).toBe(replicas);
    expect(cluster.names('Service')).toEqual(['acme-control-plane', 'acme', ...members]);
  });

  test('is in nothing but the StatefulSet and the Services of the members', () => {
    const [three, five] = [3, 5].map((replicas) => synth({ ...STABLE, replicas }));
    const others = ({ objects }: SynthesizedControlPlane) => objects.filter(({ kind }) => !['StatefulSet', 'Service'].includes(kind));
    expect(others(five)).toEqual(others(three));
    expect(five.pod).toEqual(three.pod);
  });

  test.each<[Props, number]>([
    [{}, 1],
    [{ allowSingleMemberEviction: false }, 0],
    [STABLE, 1],
    [{ ...STABLE, allowSingleMemberEviction: false }, 1],
  ])('%j lets a budget evict %i at a time', (props, maxUnavailable) => {
    expect(synth(props).find('PodDisruptionBudget', 'acme-control-plane').spec).toEqual({
      maxUnavailable, selector: { matchLabels: { 'app.kubernetes.io/name': 'talos', 'app.kubernetes.io/instance': 'acme-control-plane' } },
    });
  });

  const apart = {
    topologyKey: 'kubernetes.io/hostname',
    labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'talos', 'app.kubernetes.io/instance': 'acme-control-plane' } },
  };
  test.each<[string, Props, unknown]>([
    ['required', {}, { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart] } }],
    ['preferred', { memberSpread: MemberSpread.PREFERRED },
      { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: apart }] } }],
    ['none', { memberSpread: MemberSpread.NONE }, undefined],
  ])('has a spread that is %s', (_, props, affinity) => {
    expect(synth({ ...STABLE, ...props }).pod.spec.affinity).toEqual(affinity);
  });

  test('keeps its spread beside what affinity says', () => {
    const nodeAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: SelectorOperator.IN, values: ['ssd'] }] }],
      },
    };
    const zones = { topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels: { app: 'other' } } };
    const { affinity } = synth({
      ...STABLE, affinity: { nodeAffinity, podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [zones] } },
    }).pod.spec;
    expect(affinity).toEqual({ nodeAffinity, podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart, zones] } });
  });
});

describe('stable member addresses', () => {
  test('are those of Services that are named like the pods', () => {
    const { spec } = synth(STABLE).find('Service', 'acme-control-plane-2');
    expect(spec).toMatchObject({
      publishNotReadyAddresses: true,
      selector: { 'app.kubernetes.io/instance': 'acme-control-plane', 'statefulset.kubernetes.io/pod-name': 'acme-control-plane-2' },
    });
    expect(spec.ports.map(({ name, port }: any) => `${name} ${port}`)).toEqual(PORTS);
    expect(spec).not.toHaveProperty('clusterIP');
    expect(spec).not.toHaveProperty('ipFamilies');
  });

  test.each<[string, TalosVersion, string[], unknown, unknown]>([
    ['IPv4', TalosVersion.V1_13, ['10.96.0.0/16'],
      { advertisedSubnets: ['10.96.0.0/16'], listenSubnets: ['0.0.0.0/0'] }, ['0.0.0.0/0', '!10.96.0.0/16']],
    ['IPv6', TalosVersion.V1_13, ['fd00:10:96::/112'],
      { advertisedSubnets: ['fd00:10:96::/112'], listenSubnets: ['::/0'] }, ['::/0', '!fd00:10:96::/112']],
    ['dual stack', TalosVersion.V1_13, ['10.96.0.0/16', 'fd00:10:96::/112'],
      { advertisedSubnets: ['10.96.0.0/16', 'fd00:10:96::/112'], listenSubnets: ['0.0.0.0/0', '::/0'] },
      ['0.0.0.0/0', '::/0', '!10.96.0.0/16', '!fd00:10:96::/112']],
    ['IPv4 on 1.14', V1_14_2, ['10.96.0.0/16'],
      { advertisedSubnets: ['10.96.0.0/16'], listenSubnets: ['0.0.0.0/0'] }, ['0.0.0.0/0', '!10.96.0.0/16']],
  ])('are in the machine config: %s', (_, talosVersion, serviceCidrs, etcd, validSubnets) => {
    const cluster = synth({ ...STABLE, talosVersion, hostingNetwork: HostingNetwork.of({ serviceCidrs }) });
    expect(cluster.legacy.cluster.etcd).toMatchObject(etcd as object);
    const nodeIp = talosVersion.isAtLeast('1.14') ? cluster.document('KubeNodeConfig').nodeIP : cluster.legacy.machine.kubelet.nodeIP;
    expect(nodeIp).toEqual({ validSubnets });
    if (talosVersion.isAtLeast('1.14')) {
      expect(cluster.legacy.machine).not.toHaveProperty('kubelet.nodeIP');
    }
  });

  test.each<[string, string[], string, string, string[] | undefined]>([
    ['IPv4', ['10.96.0.0/16'], 'nslookup -type=a ', '"$ip/32" dev lo', undefined],
    ['IPv6', ['fd00:10:96::/112'], 'nslookup -type=aaaa ', '"$ip/128" dev lo', undefined],
    ['IPv4 first', ['10.96.0.0/16', 'fd00:10:96::/112'], 'nslookup -type=a ', '"$ip/32" dev lo', ['IPv4']],
    ['IPv6 first', ['fd00:10:96::/112', '10.96.0.0/16'], 'nslookup -type=aaaa ', '"$ip/128" dev lo', ['IPv6']],
  ])('are found by DNS and put on lo: %s', (_, serviceCidrs, query, added, ipFamilies) => {
    const cluster = synth({ ...STABLE, hostingNetwork: HostingNetwork.of({ serviceCidrs, dnsDomain: 'host.local' }) });
    const [container] = cluster.pod.spec.initContainers;
    expect(container).toMatchObject({
      image: 'docker.io/library/busybox:1.37.0-musl',
      securityContext: {
        runAsUser: 0, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] },
      },
    });
    const script = container.command[3];
    expect(script).toContain('name="$POD_NAME.$POD_NAMESPACE.svc.host.local."');
    expect(script).toContain(query);
    expect(script).toContain(added);
    expect(cluster.find('Service', 'acme-control-plane-0').spec.ipFamilies).toEqual(ipFamilies);
  });

  test('come after the init containers that are given', () => {
    const { initContainers } = synth({ ...STABLE, initContainers: [{ name: 'mine', image: 'busybox:1.37' }] }).pod.spec;
    expect(initContainers.map(({ name }: any) => name)).toEqual(['mine', 'member-address']);
  });

  test('aren\'t there with the addresses of the pods', () => {
    const cluster = synth({ replicas: 3, memberAddresses: MemberAddresses.POD_IP });
    expect(cluster.names('Service')).toEqual(['acme-control-plane', 'acme']);
    expect(cluster.pod.spec).not.toHaveProperty('initContainers');
    expect(cluster.legacy).not.toHaveProperty('cluster.etcd.advertisedSubnets');
  });
});

describe('the names in the certificates', () => {
  const forms = (name: string) => [name, `${name}.tenant`, `${name}.tenant.svc`, `${name}.tenant.svc.cluster.local`];
  const wildcards = forms('acme-control-plane').map((name) => `*.${name}`);
  const always = [...forms('acme-control-plane'), ...forms('acme')];

  test.each<[string, Props, string[]]>([
    ['nothing else', {}, always],
    ['a ClusterIP', { kubernetesApi: ApiExposure.clusterIp(), talosApi: ApiExposure.clusterIp() }, [...always, ...forms('acme-talos')]],
    ['a load balancer', { kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) }, [...always, '203.0.113.10']],
    ['a load balancer of IPv6', { kubernetesApi: ApiExposure.loadBalancer({ host: '2001:db8::1' }) }, [...always, '2001:db8::1']],
    ['a node port', { kubernetesApi: ApiExposure.nodePort({ host: 'nodes.example.com', port: 30443 }) }, [...always, 'nodes.example.com']],
    ['a node port without a host', { kubernetesApi: ApiExposure.nodePort({ port: 30443 }) }, always],
    ['an Ingress', { kubernetesApi: ApiExposure.ingress({ host: 'acme.example.com' }) }, [...always, 'acme.example.com']],
    ['a Gateway', { kubernetesApi: ApiExposure.gateway({ host: 'acme.example.com', gatewayName: 'edge' }) }, [...always, 'acme.example.com']],
    ['one host for both APIs', {
      kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }), talosApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
    }, [...always, ...forms('acme-talos'), '203.0.113.10']],
    ['endpointHost', { endpointHost: 'cp.example.com' }, [...always, 'cp.example.com']],
    ['additionalSans', { additionalSans: ['10.1.2.3', '*.example.org'] }, [...always, '10.1.2.3', '*.example.org']],
  ])('are those of the Services and of %s', (_, props, names) => {
    const { machine, cluster } = synth(props).legacy;
    expect(machine.certSANs).toEqual([...names, ...wildcards]);
    expect(cluster.apiServer.certSANs).toEqual(expect.arrayContaining(names));
    expect(cluster.apiServer.certSANs).not.toContain(wildcards[0]);
  });

  test('are in their own document on 1.14', () => {
    const cluster = synth({ talosVersion: V1_14_2, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) });
    expect(cluster.document('KubeAPIServerConfig').certExtraSANs).toEqual(expect.arrayContaining([...always, '203.0.113.10']));
    expect(cluster.legacy.machine.certSANs).toEqual([...always, '203.0.113.10', ...wildcards]);
  });

  test('are those of the members\' Services too, however many there are', () => {
    const { certSANs } = synth(STABLE).legacy.machine;
    expect(certSANs.slice(-28)).toEqual([0, 1, 2, 3, 4, 5, 6].flatMap((ordinal) => forms(`acme-control-plane-${ordinal}`)));
  });

  test('follow the DNS domain of the hosting cluster', () => {
    const { construct, legacy } = synth({ hostingNetwork: HostingNetwork.of({ dnsDomain: 'host.local' }) });
    expect(construct.endpoint).toBe('https://acme-control-plane.tenant.svc.host.local:6443');
    expect(legacy.machine.certSANs).toContain('*.acme-control-plane.tenant.svc.host.local');
    expect(legacy.cluster.network.dnsDomain).toBe('cluster.local');
  });
});

describe('the endpoint', () => {
  test.each<[string, Props, string]>([
    ['the headless Service', { kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) }, `https://${HEADLESS}:6443`],
    ['endpointHost', { endpointHost: 'cp.example.com' }, 'https://cp.example.com:6443'],
    ['an IPv6 address', { endpointHost: '2001:db8::1' }, 'https://[2001:db8::1]:6443'],
    ['the load balancer, for workers outside', { externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) },
      'https://203.0.113.10:6443'],
    ['endpointHost, for workers outside', {
      externalWorkers: true, endpointHost: 'cp.example.com', kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
    }, 'https://cp.example.com:6443'],
  ])('is %s', (_, props, endpoint) => {
    const { construct, legacy } = synth(props);
    expect(construct.endpoint).toBe(endpoint);
    expect(legacy.cluster.controlPlane.endpoint).toBe(endpoint);
  });

  test('of workers outside carries trustd', () => {
    const ports = (props: Props) => synth(props).find('Service', 'acme').spec.ports.map(({ port }: any) => port);
    const kubernetesApi = ApiExposure.loadBalancer({ host: '203.0.113.10' });
    expect(ports({ kubernetesApi })).toEqual([6443]);
    expect(ports({ kubernetesApi, externalWorkers: true })).toEqual([6443, 50001]);
  });
});

describe('credentials', () => {
  test.each<[string, Props, string, string]>([
    ['inside', {}, 'https://acme.tenant.svc.cluster.local:6443', HEADLESS],
    ['without a Service', { kubernetesApi: ApiExposure.none() }, `https://${HEADLESS}:6443`, HEADLESS],
    ['load balancers', { kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }), talosApi: ApiExposure.loadBalancer({ host: '203.0.113.11' }) },
      'https://203.0.113.10:6443', '203.0.113.11'],
    ['a load balancer of IPv6', { kubernetesApi: ApiExposure.loadBalancer({ host: '2001:db8::1' }), talosApi: ApiExposure.loadBalancer({ host: '2001:db8::2' }) },
      'https://[2001:db8::1]:6443', '2001:db8::2'],
    ['node ports', {
      kubernetesApi: ApiExposure.nodePort({ host: 'nodes.example.com', port: 30443 }), talosApi: ApiExposure.nodePort({ host: '192.0.2.1', port: 30500 }),
    }, 'https://nodes.example.com:30443', '192.0.2.1:30500'],
    ['an Ingress', { kubernetesApi: ApiExposure.ingress({ host: 'acme.example.com' }) }, 'https://acme.example.com:443', HEADLESS],
    ['a Gateway on another port', { kubernetesApi: ApiExposure.gateway({ host: 'acme.example.com', gatewayName: 'edge', port: 8443 }) },
      'https://acme.example.com:8443', HEADLESS],
  ])('have the exposed addresses: %s', (_, props, server, endpoint) => {
    const cluster = synth(props);
    expect(cluster.secretValue('acme-kubeconfig', 'value').clusters[0].cluster.server).toBe(server);
    expect(cluster.secretValue('acme-talosconfig', 'talosconfig').contexts.acme.endpoints).toEqual([endpoint]);
    // Jobs stay inside
    expect(cluster.secretValue('acme-control-plane-jobs', 'talosconfig').contexts.acme.endpoints).toEqual([HEADLESS]);
  });

  test('can be left out, other than those of the Job', () => {
    expect(synth({ credentialSecrets: false }).names('Secret')).toEqual(['acme-control-plane-config', 'acme-control-plane-jobs']);
    expect(synth({ credentialSecrets: false, bootstrap: BootstrapMode.MANUAL }).names('Secret')).toEqual(['acme-control-plane-config']);
  });
});

describe('bootstrap', () => {
  test('is a Job with the least that it needs', () => {
    const job = synth().job('acme-bootstrap');
    const { spec, metadata } = job.spec.template;
    expect(spec).toMatchObject({
      restartPolicy: 'OnFailure',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect([...spec.initContainers, ...spec.containers]).toHaveLength(2);
    for (const container of [...spec.initContainers, ...spec.containers]) {
      expect(container).toMatchObject({
        resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          runAsUser: 65532,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      });
      expect(container.securityContext).not.toHaveProperty('privileged');
    }
    expect(spec.volumes.flatMap(({ secret }: any) => secret ?? [])).toEqual([{ secretName: 'acme-control-plane-jobs' }]);
    expect(spec.volumes.some((volume: any) => 'hostPath' in volume)).toBe(false);
    // or the Services and the budget would select it
    expect(metadata.labels['app.kubernetes.io/name']).toBe('talosctl');
  });

  test('asks the first member until etcd answers, and takes it well that it is there', () => {
    const script = synth(STABLE).script('acme-bootstrap');
    expect(script).toContain(`node=acme-control-plane-0.${HEADLESS}\n`);
    expect(script).toContain('*AlreadyExists*) echo "already bootstrapped"; break');
    expect(script).toContain('etcd status');
  });

  test('has another name when it does something else', () => {
    const name = (props: Props) => synth(props).job('acme-bootstrap').metadata.name;
    expect(name({})).toMatch(/^acme-bootstrap-[0-9a-f]{8}$/);
    expect(name({})).toBe(name({ additionalSans: ['a.example.com'] }));
    expect(name({})).not.toBe(name({ secrets: otherSecrets }));
    expect(name({})).not.toBe(name({ toolImages: { talosctl: 'registry.example.com/talosctl:v1.13.9' } }));
  });

  test.each<[BootstrapMode, string, number]>([
    [BootstrapMode.JOB, 'controlplane', 1],
    [BootstrapMode.INIT, 'init', 0],
    [BootstrapMode.MANUAL, 'controlplane', 0],
  ])('%s makes a machine of type %s', (bootstrap, type, jobs) => {
    const cluster = synth({ bootstrap });
    expect(cluster.legacy.machine.type).toBe(type);
    expect(cluster.names('Job')).toHaveLength(jobs);
  });

  test('takes its images from where they are', () => {
    const cluster = synth({
      ...STABLE, imagePullSecrets: ['registry'], toolImages: { talosctl: 'registry.example.com/talosctl:a', busybox: 'registry.example.com/busybox:b' },
    });
    const { initContainers, containers, imagePullSecrets } = cluster.job('acme-bootstrap').spec.template.spec;
    expect([...initContainers, ...containers].map(({ image }: any) => image)).toEqual(['registry.example.com/busybox:b', 'registry.example.com/talosctl:a']);
    expect(imagePullSecrets).toEqual([{ name: 'registry' }]);
    expect(cluster.pod.spec.initContainers[0].image).toBe('registry.example.com/busybox:b');
    expect(synth({ talosVersion: V1_14_2 }).job('acme-bootstrap').spec.template.spec.containers[0].image).toBe('ghcr.io/siderolabs/talosctl:v1.14.2');
  });
});

describe('a change of the machine config', () => {
  const isPersistent = ({ pod }: SynthesizedControlPlane) => !pod.spec.volumes.some(({ name }: any) => name === 'system-state');
  const rolls = ({ pod }: SynthesizedControlPlane) => 'checksum/machine-config' in (pod.metadata.annotations ?? {});

  test.each<[string, Props, boolean]>([
    ['1.13', {}, true],
    ['1.14.1, which would lose its name', { talosVersion: TalosVersion.V1_14 }, false],
    ['1.14.2', { talosVersion: V1_14_2 }, true],
    ['INITIAL', { configUpdate: ConfigUpdate.INITIAL }, false],
    ['APPLY_JOB', { configUpdate: ConfigUpdate.APPLY_JOB }, false],
  ])('with %s rolls the pods, or the state persists', (_, props, expected) => {
    const cluster = synth(props);
    expect(rolls(cluster)).toBe(expected);
    expect(isPersistent(cluster)).toBe(!expected);
  });

  test('is applied by a Job that is new with each change', () => {
    const [before, after] = [[], ['a.example.com']].map((additionalSans) => synth({ ...STABLE, additionalSans, configUpdate: ConfigUpdate.APPLY_JOB }));
    const [{ metadata, spec }, changed] = [before, after].map((cluster) => cluster.job('acme-apply-config'));
    expect(metadata.name).not.toBe(changed.metadata.name);
    expect(before.job('acme-bootstrap').metadata.name).toBe(after.job('acme-bootstrap').metadata.name);
    expect(spec.template.spec.volumes).toContainEqual({ name: 'config', secret: { secretName: 'acme-control-plane-config' } });
    const script = before.script('acme-apply-config');
    expect(script).toContain('/config/userdata');
    expect(script).toContain([0, 1, 2].map((ordinal) => `acme-control-plane-${ordinal}.${HEADLESS}`).join(' '));
  });
});

describe('a ready machine config', () => {
  const ready = (chart: Chart, ...patches: string[]) => new TalosMachineConfig(chart, 'config', {
    config: MachineConfig.controlPlane({
      clusterName: 'acme',
      endpoint: 'https://cp.example.com:6443',
      secrets,
      talosVersion: TalosVersion.V1_13,
      podSubnets: ['172.24.0.0/16'],
      serviceSubnets: ['172.25.0.0/16'],
      additionalSans: [`*.${HEADLESS}`],
    }).patch(...patches.map((text) => MachineConfigPatch.fromYaml(text))),
  });

  test('is used as it is', () => {
    const chart = newChart();
    const machineConfig = ready(chart);
    const cluster = new SynthesizedControlPlane({ machineConfig }, chart);
    expect(cluster.construct.machineConfig).toBe(machineConfig);
    expect(cluster.construct.endpoint).toBe('https://cp.example.com:6443');
    expect(cluster.names('Secret')).toEqual(['test-config', 'acme-talosconfig', 'acme-kubeconfig', 'acme-control-plane-jobs']);
    expect(cluster.pod.spec.containers[0].env[1].valueFrom.secretKeyRef).toEqual({ name: 'test-config', key: 'userdata' });
    expect(cluster.construct.secrets?.talosconfig({ clusterName: 'a', endpoints: ['b'] })).toBe(secrets.talosconfig({ clusterName: 'a', endpoints: ['b'] }));
  });

  test.each<[string, (chart: Chart) => Props, string]>([
    ['an address that isn\'t in its certificates', (chart) => ({
      machineConfig: ready(chart), kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
    }), '\'kubernetesApi\' (203.0.113.10) isn\'t among the names in the certificate of \'machineConfig\': add it to \'cluster.apiServer.certSANs\''],
    ['an address of the Talos API that isn\'t there', (chart) => ({
      machineConfig: ready(chart), talosApi: ApiExposure.loadBalancer({ host: '203.0.113.11' }),
    }), '\'talosApi\' (203.0.113.11) isn\'t among the names in the certificate of \'machineConfig\': add it to \'machine.certSANs\''],
    ['workers outside, by a name that isn\'t in its certificates', (chart) => ({
      machineConfig: ready(chart), externalWorkers: true, endpointHost: 'outside.example.com',
    }), '\'externalWorkers\' (outside.example.com) isn\'t among the names in the certificate of \'machineConfig\': add it to \'cluster.apiServer.certSANs\''],
    ['workers outside, by a name that trustd doesn\'t have', (chart) => ({
      machineConfig: ready(chart), externalWorkers: true, endpointHost: 'cp.example.com',
    }), '\'externalWorkers\' (cp.example.com) isn\'t among the names in the certificate of \'machineConfig\': add it to \'machine.certSANs\''],
    ['workers outside, by a load balancer that isn\'t in its certificates', (chart) => ({
      machineConfig: ready(chart), externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
    }), '\'kubernetesApi\' (203.0.113.10) isn\'t among the names'],
    ['a Job that couldn\'t verify the machine', (chart) => ({
      clusterName: 'other', machineConfig: ready(chart),
    }), '\'bootstrap\' (other-control-plane-0.other-control-plane.tenant.svc.cluster.local) isn\'t among the names'],
    ['a worker\'s', (chart) => ({
      machineConfig: new TalosMachineConfig(chart, 'worker', {
        config: MachineConfig.worker({ clusterName: 'acme', endpoint: 'https://cp.example.com:6443', secrets, talosVersion: TalosVersion.V1_13 }),
      }),
    }), '\'machineConfig\' (test-worker) is that of a worker, by its \'machine.type\' (worker): give that of a control plane'],
    ['a network that overlaps', (chart) => ({ machineConfig: ready(chart, 'cluster: {network: {podSubnets: [10.244.0.0/16]}}') }),
      '\'machineConfig.podSubnets\' (10.244.0.0/16) overlaps the hosting cluster\'s pod network (10.244.0.0/16): choose another range'],
    ['INIT for another type', (chart) => ({ machineConfig: ready(chart), bootstrap: BootstrapMode.INIT }),
      '\'bootstrap\' (INIT) needs \'machine.type\' (controlplane) of \'machineConfig\' to be init: set it, or use BootstrapMode.JOB'],
    ['stable addresses that it doesn\'t know', (chart) => ({ ...STABLE, machineConfig: ready(chart) }),
      '\'memberAddresses\' (STABLE) needs \'cluster.etcd.advertisedSubnets\' in \'machineConfig\': set it, for example to 10.96.0.0/16'],
    ['stable addresses on which it doesn\'t listen', (chart) => ({
      ...STABLE, machineConfig: ready(chart, 'cluster: {etcd: {advertisedSubnets: [10.96.0.0/16]}}'),
    }), '\'memberAddresses\' (STABLE) needs \'cluster.etcd.listenSubnets\' in \'machineConfig\': set it, for example to 0.0.0.0/0'],
    ['secrets of another cluster', (chart) => ({ machineConfig: ready(chart), secrets: otherSecrets }),
      '\'secrets\' are those of another cluster than \'machineConfig\': leave them out, as they are in it'],
    ...([
      ['patches', [MachineConfigPatch.fromYaml('machine: {sysctls: {a.b: "1"}}')]], ['podSubnets', ['172.24.0.0/16']], ['kubernetesVersion', '1.35.2'],
      ['discovery', false],
    ] as const).map(([property, value]): [string, (chart: Chart) => Props, string] => [
      property, (chart) => ({ machineConfig: ready(chart), [property]: value }),
      `'${property}' would not reach 'machineConfig' (test-config), which is ready: put it there, or give 'secrets' instead`,
    ]),
  ])('is refused beside %s', (_, props, message) => {
    const chart = newChart();
    expect(() => new SynthesizedControlPlane(props(chart), chart)).toThrow(message);
  });

  test.each<[string, Props]>([
    ['its endpoint', { kubernetesApi: ApiExposure.ingress({ host: 'cp.example.com' }) }],
    ['a name in its certificates', { kubernetesApi: ApiExposure.loadBalancer({ host: 'x.acme-control-plane.tenant.svc.cluster.local' }) }],
  ])('can be exposed by %s', (_, props) => {
    const chart = newChart();
    expect(() => new SynthesizedControlPlane({ machineConfig: ready(chart), ...props }, chart)).not.toThrow();
  });

  test('fits workers outside when its certificates have their address', () => {
    const chart = newChart();
    const machineConfig = ready(chart, 'machine: {certSANs: [cp.example.com]}');
    const cluster = new SynthesizedControlPlane({ machineConfig, externalWorkers: true, endpointHost: 'cp.example.com' }, chart);
    expect(cluster.find('Service', 'acme').spec.ports.map(({ port }: any) => port)).toEqual([6443, 50001]);
    expect(cluster.construct.endpoint).toBe('https://cp.example.com:6443');
  });

  test('fits stable addresses when it has what they need', () => {
    const chart = newChart();
    const machineConfig = ready(chart, 'cluster: {etcd: {advertisedSubnets: [10.96.0.0/16], listenSubnets: [0.0.0.0/0]}}');
    expect(new SynthesizedControlPlane({ ...STABLE, machineConfig }, chart).pod.spec.initContainers).toHaveLength(1);
  });
});

describe('a machine config from elsewhere', () => {
  const imported = (chart: Chart) => TalosMachineConfig.fromSecretName(chart, 'sealed', 'sealed-config', { secretKey: 'value' });
  const synthImported = (props: Props) => {
    const chart = newChart();
    return new SynthesizedControlPlane({ machineConfig: imported(chart), ...props }, chart);
  };

  test('needs no secrets here when a person bootstraps', () => {
    const cluster = synthImported({ bootstrap: BootstrapMode.MANUAL });
    expect(cluster.names('Secret')).toEqual([]);
    expect(cluster.names('Job')).toEqual([]);
    expect(cluster.pod.spec.containers[0].env[1].valueFrom.secretKeyRef).toEqual({ name: 'sealed-config', key: 'value' });
    expect(cluster.construct.secrets).toBeUndefined();
    expect(() => cluster.construct.talosconfig())
      .toThrow('\'secrets\' is missing, and \'machineConfig\' (sealed-config) is made elsewhere: give the secrets');
    expect(() => cluster.construct.kubeconfig()).toThrow('\'secrets\' is missing');
    expect(cluster.construct.describe()).toContain('No Secrets with credentials are made');
  });

  test('says what isn\'t checked', () => {
    synthImported({ bootstrap: BootstrapMode.MANUAL });
    expect(emitWarning).toHaveBeenCalledTimes(1);
    expect(emitWarning.mock.calls[0][0]).toContain('\'machineConfig\' (sealed-config) is made elsewhere: whether its networks overlap');
  });

  test('has a Job when the secrets are given', () => {
    expect(synthImported({ secrets }).names('Job')).toHaveLength(1);
  });

  test.each<[string, Props, string]>([
    ['a Job without secrets', {}, '\'bootstrap\' (JOB) needs the \'secrets\' of the cluster, as \'machineConfig\' (sealed-config) is made elsewhere: '
      + 'give them, or use BootstrapMode.MANUAL'],
    ['a scale-down without secrets', { replicas: 1, scaleDownFrom: 3, memberAddresses: MemberAddresses.POD_IP, bootstrap: BootstrapMode.MANUAL },
      '\'scaleDownFrom\' (3) needs the \'secrets\' of the cluster'],
    ['APPLY_JOB', { secrets, configUpdate: ConfigUpdate.APPLY_JOB },
      '\'configUpdate\' (APPLY_JOB) can\'t see a change of \'machineConfig\' (sealed-config), which is made elsewhere: use ConfigUpdate.ROLL or INITIAL'],
    ['what would be generated', { secrets, dnsDomain: 'a.b' }, '\'dnsDomain\' would not reach \'machineConfig\' (sealed-config)'],
  ])('is refused with %s', (_, props, message) => {
    expect(() => synthImported(props)).toThrow(message);
  });
});

describe('fewer members', () => {
  const cluster = synth({ replicas: 3, scaleDownFrom: 5, memberAddresses: MemberAddresses.STABLE });

  test('leave etcd by a Job before their pods go', () => {
    expect(cluster.find('StatefulSet', 'acme-control-plane').spec.replicas).toBe(5);
    expect(cluster.names('Service').filter((name) => /-\d$/.test(name))).toHaveLength(5);
    const script = cluster.script('acme-scale-down');
    expect(script).toContain(`stays=acme-control-plane-0.${HEADLESS}\n`);
    expect(script.match(/^leave .*$/gm)).toEqual([
      `leave acme-control-plane-4 acme-control-plane-4.${HEADLESS}`, `leave acme-control-plane-3 acme-control-plane-3.${HEADLESS}`,
    ]);
    expect(cluster.job('acme-scale-down').metadata.name).toMatch(/-[0-9a-f]{8}$/);
  });

  test('leave all others alone', () => {
    const five = synth({ replicas: 5, memberAddresses: MemberAddresses.STABLE });
    expect(cluster.objects.filter(({ metadata }) => !metadata.name.startsWith('acme-scale-down'))).toEqual(five.objects);
  });

  test('can leave where a person bootstraps', () => {
    const manual = synth({ replicas: 1, scaleDownFrom: 3, memberAddresses: MemberAddresses.POD_IP, bootstrap: BootstrapMode.MANUAL });
    expect(manual.names('Job')).toHaveLength(1);
    expect(manual.find('PodDisruptionBudget', 'acme-control-plane').spec.maxUnavailable).toBe(1);
  });
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
  synth({ hostingNetwork: undefined });
  synth({ hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], nodeCidrs: ['192.168.0.0/24'] }) });
  const messages = emitWarning.mock.calls.map(([message]) => message);
  expect(messages).toEqual([
    'test/cp: \'hostingNetwork\' has no podCidrs, serviceCidrs, nodeCidrs: whether 172.24.0.0/16, 172.25.0.0/16 '
    + 'overlap the hosting cluster\'s networks isn\'t checked, and etcd would wait for ever if they do',
    expect.stringContaining('\'hostingNetwork\' has no serviceCidrs: '),
  ]);
});

test('a JSON patch of each object is wire-level', () => {
  const chart = newChart();
  const construct = new TalosControlPlane(chart, 'cp', controlPlaneProps({ ...STABLE, notes: true, networkPolicy: {} }));
  const objects = construct.node.findAll().filter((child): child is ApiObject => child instanceof ApiObject);
  objects.forEach((object) => object.addJsonPatch(JsonPatch.add('/futureField', { a: 1 })));
  expect(Testing.synth(chart).map(({ futureField }: any) => futureField)).toEqual(objects.map(() => ({ a: 1 })));
});

describe('names', () => {
  const longest = (length: number) => synth({
    ...STABLE,
    replicas: 7,
    scaleDownFrom: undefined,
    clusterName: 'a'.repeat(length),
    talosApi: ApiExposure.clusterIp(),
    configUpdate: ConfigUpdate.APPLY_JOB,
    notes: true,
  });

  test.each([30, 38])('are within their limits for a cluster\'s name of %i characters', (length) => {
    const { objects } = longest(length);
    for (const { kind, metadata: { name } } of objects) {
      // Services, pods and Jobs have labels or host names of their names
      expect(`${kind} ${name.length <= (kind === 'StatefulSet' ? 52 : 63)}`).toBe(`${kind} true`);
    }
  });

  test('beyond them are refused', () => {
    expect(() => longest(39)).toThrow(
      `'clusterName' (${'a'.repeat(39)}) has 39 characters, 38 at most (a StatefulSet's name has 52 with '-control-plane'): choose a shorter one`);
  });

  test('of two clusters in two namespaces may be the same', () => {
    const chart = newChart();
    new TalosControlPlane(chart, 'a', controlPlaneProps());
    const other = new Chart(chart.node.root as Chart, 'other', { namespace: 'other' });
    expect(() => new TalosControlPlane(other, 'b', controlPlaneProps())).not.toThrow();
  });
});

const OF_HOST = { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'], dnsAddresses: ['169.254.20.10'] };

describe('bad input', () => {
  test.each<[string, Props, string]>([
    ['2 replicas', { replicas: 2 }, '\'replicas\' (2) must be 1, 3, 5 or 7: as many of 2 members may fail as of 1, and more can, so choose 1 or 3'],
    ['4 replicas', { replicas: 4 }, '\'replicas\' (4) must be 1, 3, 5 or 7: as many of 4 members may fail as of 3, and more can, so choose 3 or 5'],
    ['9 replicas', { replicas: 9 }, '\'replicas\' (9) must be 1, 3, 5 or 7: choose one of them'],
    ['0 replicas', { replicas: 0 }, '\'replicas\' (0) must be 1, 3, 5 or 7: choose one of them'],
    ['half a replica', { replicas: 2.5 }, '\'replicas\' (2.5) must be 1, 3, 5 or 7: choose one of them'],
    ['several members without addresses', { replicas: 3 }, '\'memberAddresses\' is missing for 3 replicas: use MemberAddresses.STABLE with \'hostingNetwork\', '
      + 'or MemberAddresses.POD_IP, which doesn\'t survive the replacement of all members at once'],
    ['stable addresses without a network', { ...STABLE, hostingNetwork: undefined },
      '\'memberAddresses\' (STABLE) needs the networks of the hosting cluster\'s Services: give \'hostingNetwork\' with \'serviceCidrs\''],
    ['INIT with several members', { ...STABLE, bootstrap: BootstrapMode.INIT },
      '\'bootstrap\' (INIT) would begin 3 clusters with 3 replicas: use BootstrapMode.JOB'],
    ['scaleDownFrom below', { ...STABLE, scaleDownFrom: 3 }, '\'scaleDownFrom\' (3) must be the number of members that are there, '
      + 'more than \'replicas\' (3) and 7 at most: give it, or leave it out'],
    ['scaleDownFrom beyond', { ...STABLE, scaleDownFrom: 9 }, '\'scaleDownFrom\' (9) must be the number of members that are there'],
    ['scaleDownFrom without addresses', { scaleDownFrom: 3 }, '\'memberAddresses\' is missing for 3 replicas'],
    ['scaleDownFrom without names', { ...STABLE, scaleDownFrom: 5, talosVersion: TalosVersion.V1_14 },
      '\'scaleDownFrom\' (5) finds members by the names of their pods, which Talos v1.14.1 doesn\'t take: use v1.14.2 or newer'],
    ['ROLL where the name would be lost', { talosVersion: TalosVersion.V1_14, configUpdate: ConfigUpdate.ROLL },
      '\'configUpdate\' (ROLL) loses the node\'s name with /system/state on Talos v1.14.1'],
    ['a Kubernetes that is too old', { kubernetesVersion: '1.20.0' }, '\'kubernetesVersion\' (1.20.0)'],
    ['no secrets', { secrets: undefined }, '\'secrets\' is missing, from which the machine config is made: give TalosSecrets.fromFile(), or a ready \'machineConfig\''],
    ['a cluster\'s name that is none', { clusterName: 'Acme' }, '\'clusterName\' (Acme) is not a DNS label'],
    ['the cluster\'s own label', { labels: { 'app.kubernetes.io/part-of': 'b' } },
      '\'labels\' sets app.kubernetes.io/part-of (b), by which it is known: choose another key'],
    ['an endpoint with a port', { endpointHost: 'cp.example.com:6443' },
      '\'endpointHost\' (cp.example.com:6443) is not a host: give an IP address or a DNS name, without a scheme or port'],
    ['a name with a port', { additionalSans: ['cp.example.com:6443'] }, '\'additionalSans\' (cp.example.com:6443) has a port'],
    ['the Talos API by an Ingress', { talosApi: ApiExposure.ingress({ host: 'a.example.com' }) },
      '\'talosApi\' (ingress) can\'t be exposed so, as its clients don\'t name a host: use a load balancer or node port'],
    ['the Talos API by a Gateway', { talosApi: ApiExposure.gateway({ host: 'a.example.com', gatewayName: 'edge' }) }, '\'talosApi\' (gateway) can\'t be exposed so'],
    ['workers outside of a ClusterIP', { externalWorkers: true }, '\'externalWorkers\' need the Kubernetes API (6443) and trustd (50001) at one address, '
      + 'which \'kubernetesApi\' (clusterIp) doesn\'t have: use ApiExposure.loadBalancer({ host: address }), or give \'endpointHost\' for a balancer of your own'],
    ['workers outside of an Ingress', { externalWorkers: true, kubernetesApi: ApiExposure.ingress({ host: 'a.example.com' }) },
      'which \'kubernetesApi\' (ingress) doesn\'t have'],
    ['workers outside of an unknown address', { externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer() },
      '\'externalWorkers\' need an address that is known before: give \'address\' to ApiExposure.loadBalancer(), or \'endpointHost\''],
    ['workers outside of a .svc', { externalWorkers: true, endpointHost: 'acme.tenant.svc' },
      '\'endpointHost\' (acme.tenant.svc) is a name inside the hosting cluster, which \'externalWorkers\' can\'t resolve: give an address from outside'],
    ['workers outside of a .svc.cluster.local', { externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: 'acme.tenant.svc.cluster.local' }) },
      '\'kubernetesApi\' (acme.tenant.svc.cluster.local) is a name inside the hosting cluster'],
    ['pods and Services in one range', { podSubnets: ['172.30.0.0/15'], serviceSubnets: ['172.31.0.0/16'] },
      '\'podSubnets\' (172.30.0.0/15) overlaps \'serviceSubnets\' (172.31.0.0/16): choose another range, for example 172.24.0.0/16'],
    ...([
      ['podSubnets', '10.244.0.0/17', 'pod network (10.244.0.0/16)', '172.24.0.0/16'],
      ['podSubnets', '10.0.0.0/8', 'pod network (10.244.0.0/16)', '172.24.0.0/16'],
      ['podSubnets', '10.96.0.0/12', 'Service network (10.96.0.0/16)', '172.24.0.0/16'],
      ['podSubnets', '192.168.0.0/16', 'node network (192.168.0.0/24)', '172.24.0.0/16'],
      ['podSubnets', '169.254.0.0/16', 'DNS server (169.254.20.10/32)', '172.24.0.0/16'],
      ['serviceSubnets', '10.244.0.0/16', 'pod network (10.244.0.0/16)', '172.25.0.0/16'],
      ['serviceSubnets', '10.96.0.0/12', 'Service network (10.96.0.0/16)', '172.25.0.0/16'],
      ['serviceSubnets', '192.168.0.0/20', 'node network (192.168.0.0/24)', '172.25.0.0/16'],
      ['serviceSubnets', '169.254.20.0/24', 'DNS server (169.254.20.10/32)', '172.25.0.0/16'],
    ] as const).map(([property, cidr, network, example]): [string, Props, string] => [
      `${property} in the ${network}`, { hostingNetwork: HostingNetwork.of(OF_HOST), [property]: [cidr] },
      `'${property}' (${cidr}) overlaps the hosting cluster's ${network}: choose another range, for example ${example}`,
    ]),
    ['the hosting cluster\'s network by a patch', { patches: [MachineConfigPatch.fromYaml('cluster: {network: {podSubnets: [10.244.0.0/16]}}')] },
      '\'patches.podSubnets\' (10.244.0.0/16) overlaps the hosting cluster\'s pod network (10.244.0.0/16): choose another range, for example 172.24.0.0/16'],
    ['a network that is none', { podSubnets: ['10.244.0.0'] }, '\'podSubnets\' (10.244.0.0) is not a network'],
    ['no network', { podSubnets: [] }, '\'podSubnets\' is empty: give it a range, or leave it out'],
    ['another address family', { podSubnets: ['fd00:172:24::/56'] }, '\'podSubnets\' (fd00:172:24::/56) has another address family than '
      + 'the hosting cluster\'s pod network (10.244.0.0/16), from which machines have their addresses: choose another range, for example 172.24.0.0/16'],
    ['a policy that lets nobody to the exposed Talos API', {
      networkPolicy: {}, talosApi: ApiExposure.loadBalancer({ host: '203.0.113.11' }),
    }, '\'networkPolicy\' lets nobody reach \'talosApi\' (203.0.113.11): name its clients in \'networkPolicy.operators\''],
    ['a policy that keeps workers out', {
      networkPolicy: {}, externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
    }, '\'networkPolicy\' lets none of the \'externalWorkers\' join: name them in \'networkPolicy.workers\''],
  ])('%s is refused', (_, props, message) => {
    expect(() => synth(props)).toThrow(message);
  });

  test('a chart without a namespace is refused', () => {
    expect(() => new TalosControlPlane(Testing.chart(), 'cp', controlPlaneProps())).toThrow(
      '\'namespace\' of the chart is missing, without which the machines don\'t know each other\'s names: give the chart one');
  });

  test.each<[string, Props, Props, string]>([
    ['two clusters of one name', {}, {}, '\'clusterName\' (acme) is the name of the control plane at test/a already: give one of them another name'],
    ['two Services of one name', { talosApi: ApiExposure.clusterIp() }, { clusterName: 'acme-talos' },
      '\'name\' (acme-talos) is the name of the Service at test/a already'],
    ['a Service named like another cluster\'s machines', {}, { clusterName: 'acme-control-plane' },
      '\'name\' (acme-control-plane) is the name of the Service at test/a/Machines already'],
  ])('%s in one namespace are refused', (_, first, second, message) => {
    const chart = newChart();
    new TalosControlPlane(chart, 'a', controlPlaneProps(first));
    expect(() => new TalosControlPlane(chart, 'b', controlPlaneProps(second))).toThrow(message);
  });

  test('a Secret without its key is refused', () => {
    expect(() => TalosMachineConfig.fromSecretName(newChart(), 'sealed', 'sealed-config', { secretKey: '' }))
      .toThrow('\'secretKey\' () is not a key of a Secret: use letters, digits, \'-\', \'_\' and \'.\'');
  });

  test('secrets without the key of an authority are refused', () => {
    expect(() => TalosSecrets.fromYaml(secrets.toYaml().replace(/(\n {4}os:\n.*\n) {8}key: .*\n/, '$1'))).toThrow(/os.*key|key.*os/s);
  });

  test('the networks of the hosting cluster are free for those that are declared', () => {
    expect(() => synth({ hostingNetwork, podSubnets: ['10.245.0.0/16'], serviceSubnets: ['10.97.0.0/16'] })).not.toThrow();
  });
});

describe('what patches say', () => {
  test('of the endpoint is what the control plane says too', () => {
    const patches = [MachineConfigPatch.fromYaml('cluster: {controlPlane: {endpoint: "https://cp.example.com:6443"}}')];
    expect(new SynthesizedControlPlane({ patches }).construct.endpoint).toBe('https://cp.example.com:6443');
  });
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
