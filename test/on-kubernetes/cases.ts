import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Chart, Duration, Size } from 'cdk8s';
import { existing } from './fixtures/existing';
import { SIDECARS } from './fixtures/sidecars';
import { KubeObject } from './kube-client';
import {
  AccessMode, ApiExposure, ArgoCdClusterSecret, BootstrapMode, ClaimRetention, Cni, ConfigUpdate, ContainerRestartPolicy, EmptyDirMedium,
  EtcdSnapshots, ExternalTrafficPolicy, HostingNetwork, HostPathType, ImagePullPolicy, KubeconfigSecret, MachineConfig, MachineConfigPatch,
  MemberAddresses, MemberSpread, ExternalMachineConfigSecret, MountStorage, NetworkPeer, NodeStorage, Preflight, PreflightJob, Protocol,
  SeccompProfileType, SecretDelivery, SecretText, SnapshotTarget, SelectorOperator, TaintEffect, TalosApiCertificate, TalosApiIssuer, TalosApiRole,
  TalosCluster, TalosconfigSecret, TalosControlPlane, TalosControlPlaneProps, TalosMachineConfig, TalosMount, TalosNamespace, TalosNode,
  TalosNodeProps, TalosRole, TalosSecrets, TalosVersion, TalosWorkload, TolerationOperator, UnsatisfiableAction,
} from '../../src';
import { RELEASES } from '../support/control-planes';
import { generated } from '../support/machine-configs';
import { exampleNames, exampleObjects, synthesizeExample } from '../support/synthesize-example';

/** What a Service must lead to: the pods of one workload, ready, on these ports. */
export interface Endpoints {
  readonly workload: string;
  /** The only pod, where the Service is that of a single one. */
  readonly pod?: string;
  readonly ports: string[];
}

/** Manifests that a hosting cluster must take. */
export interface ManifestCase {
  readonly name: string;
  /** The manifests, for a namespace. */
  readonly manifests: (namespace: string) => KubeObject[];
  /** What somebody else makes: the Secrets, claims and classes that the manifests refer to. */
  readonly surroundings?: KubeObject[];
  /** What each Service leads to, by its name. */
  readonly endpoints: { readonly [service: string]: Endpoints };
}

type MachineType = 'controlplane' | 'worker';

const CONTROL_PLANE = ['etcd-client 2379', 'etcd-peer 2380', 'k8s-api 6443', 'kubelet 10250', 'talos-api 50000', 'trustd 50001'];
const WORKER = ['kubelet 10250', 'talos-api 50000'];
const UNKNOWN = ['k8s-api 6443', 'talos-api 50000'];

const { STATEFUL_SET, DEPLOYMENT, POD } = TalosWorkload;

/** The objects of an app with one chart, which `build` fills. */
export function synthesize(namespace: string, build: (chart: Chart) => void): KubeObject[] {
  const chart = new Chart(new App(), 'talos', { namespace });
  new TalosNamespace(chart, 'namespace');
  build(chart);
  return chart.toJson();
}

/** A Secret with the machine config that `talosctl gen config` writes for a release. */
export function machineConfig(chart: Chart, type: MachineType, talosVersion = TalosVersion.DEFAULT, ...patches: MachineConfigPatch[]) {
  const config = MachineConfig.fromYaml(generated(`v${talosVersion.minor}`)[type], { talosVersion }).patch(...patches);
  return new TalosMachineConfig(chart, `${type}-config`, { config });
}

function node(name: string, ports: string[], props: (chart: Chart) => TalosNodeProps, surroundings?: KubeObject[]): ManifestCase {
  return {
    name,
    surroundings,
    manifests: (namespace) => synthesize(namespace, (chart) => new TalosNode(chart, 'node', props(chart))),
    endpoints: { 'talos-node': { workload: 'talos-node', ports } },
  };
}

const STORAGES: [name: string, storage: NodeStorage, sharedBy: 'one machine' | 'replicas of a StatefulSet' | 'any replicas', existing?: KubeObject[]][] = [
  ['persistent', NodeStorage.persistent(), 'replicas of a StatefulSet'],
  ['essential', NodeStorage.essential({ size: Size.gibibytes(20), storageClassName: 'standard', annotations: { 'example.com/backup': 'daily' } }),
    'replicas of a StatefulSet'],
  ['ephemeral', NodeStorage.ephemeral(), 'any replicas'],
  ['hostPath', NodeStorage.shared(MountStorage.hostPath('/srv/talos')), 'one machine'],
  ['an existing claim', NodeStorage.shared(MountStorage.existingClaim('disk')), 'one machine', [existing.claim('disk')]],
  ['two claims', NodeStorage.persistent()
    .withMount(TalosMount.VAR, MountStorage.claim({ size: Size.mebibytes(1536), accessMode: AccessMode.READ_WRITE_ONCE_POD }))
    .withMount(TalosMount.TMP, MountStorage.ephemeral({ medium: EmptyDirMedium.DEFAULT, sizeLimit: Size.gibibytes(1) })), 'replicas of a StatefulSet'],
];

/** Each kind of workload with each storage, and with three replicas where these can have it. */
const storages = [STATEFUL_SET, DEPLOYMENT, POD].flatMap((workload) => STORAGES.flatMap(([name, storage, sharedBy, claims]) => {
  const several = workload !== POD && (sharedBy === 'any replicas' || (sharedBy === 'replicas of a StatefulSet' && workload === STATEFUL_SET));
  return (several ? [1, 3] : [1]).map((replicas) =>
    node(`storage: ${name}, ${replicas} × ${workload}`, UNKNOWN, () => ({ workload, storage, replicas }), claims));
}));

const TURNS: [TalosWorkload, ConfigUpdate][] = [
  [STATEFUL_SET, ConfigUpdate.INITIAL], [STATEFUL_SET, ConfigUpdate.ROLL], [DEPLOYMENT, ConfigUpdate.INITIAL], [DEPLOYMENT, ConfigUpdate.ROLL],
  [POD, ConfigUpdate.INITIAL],
];
const roles: [MachineType, string[]][] = [['controlplane', CONTROL_PLANE], ['worker', WORKER]];
/** Each release in each role; the kinds of workload and of update take turns. */
const releases = RELEASES.flatMap((talosVersion, index) => {
  const [workload, turn] = TURNS[index % TURNS.length];
  const configUpdate = talosVersion.keepsHostname ? turn : ConfigUpdate.INITIAL;
  return roles.map(([type, ports]) => node(`release: ${talosVersion}, ${type}, ${configUpdate}, ${workload}`, ports, (chart) => ({
    workload, configUpdate, machineConfig: machineConfig(chart, type, talosVersion),
  })));
});

const LONG_MANIFEST = MachineConfigPatch.fromDocuments({
  cluster: { inlineManifests: [{ name: 'long', contents: '# a long manifest\n'.repeat(8000) }] },
});

const clusterSecrets = TalosSecrets.fromYaml(readFileSync(join(__dirname, '..', 'fixtures', 'secrets', 'a.yaml'), 'utf8'));
const credentials = { secrets: clusterSecrets, clusterName: 'lab', endpoint: 'https://lab.example.com:6443', labels: { team: 'a' }, annotations: { note: 'a' } };

const options: ManifestCase[] = [
  {
    name: 'credentials: a talosconfig, a kubeconfig and a cluster of Argo CD',
    manifests: (namespace) => synthesize(namespace, (chart) => {
      new TalosconfigSecret(chart, 'talosconfig', { ...credentials, endpoints: ['lab.example.com'] });
      new KubeconfigSecret(chart, 'kubeconfig', credentials);
      new ArgoCdClusterSecret(chart, 'argo-cd', credentials);
    }),
    endpoints: {},
  },
  {
    name: 'credentials: a certificate by cert-manager',
    manifests: (namespace) => synthesize(namespace, (chart) => {
      const issuer = new TalosApiIssuer(chart, 'issuer', { clusterName: 'lab' });
      new TalosApiCertificate(chart, 'backup', {
        issuer, roles: [TalosApiRole.ETCD_BACKUP, TalosApiRole.READER], validity: Duration.hours(2), renewBefore: Duration.minutes(30),
      });
    }),
    endpoints: {},
  },
  {
    name: 'preflight: a Job on each of three hosting nodes',
    manifests: (namespace) => synthesize(namespace, (chart) => new PreflightJob(chart, 'preflight', {
      nodes: 3, talosVersion: TalosVersion.V1_14, tolerations: [{ operator: TolerationOperator.EXISTS }], imagePullSecrets: ['registry'],
    })),
    endpoints: {},
  },
  ...[STATEFUL_SET, DEPLOYMENT].map((workload) =>
    node(`preflight: an init container of a ${workload}`, UNKNOWN, () => ({ workload, preflight: Preflight.initContainer({ flannel: false }) }))),
  node('role: a control plane in maintenance mode', CONTROL_PLANE, () => ({ role: TalosRole.CONTROL_PLANE })),
  node('role: a worker in maintenance mode', WORKER, () => ({ role: TalosRole.WORKER })),
  node('config: from a Secret that is made elsewhere', WORKER, (chart) => ({
    role: TalosRole.WORKER,
    machineConfig: TalosMachineConfig.fromSecretName(chart, 'sealed', 'sealed-config', { secretKey: 'machine.yaml' }),
  }), [existing.secret('sealed-config', 'machine.yaml')]),
  node('config: so long that only gzip makes it fit', WORKER, (chart) => ({
    machineConfig: machineConfig(chart, 'worker', TalosVersion.DEFAULT, LONG_MANIFEST),
  })),
  node('retention: claims go', UNKNOWN, () => ({
    replicas: 2, claimRetentionPolicy: { whenDeleted: ClaimRetention.DELETE, whenScaled: ClaimRetention.DELETE },
  })),
  node('scheduling', UNKNOWN, () => ({
    replicas: 3,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [
      { key: 'dedicated', value: 'talos', effect: TaintEffect.NO_SCHEDULE },
      { key: 'node.kubernetes.io/unreachable', operator: TolerationOperator.EXISTS, effect: TaintEffect.NO_EXECUTE, tolerationSeconds: 60 },
      { operator: TolerationOperator.EXISTS },
    ],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/os', operator: SelectorOperator.IN, values: ['linux'] }] }],
        },
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, preference: { matchExpressions: [{ key: 'example.com/cores', operator: SelectorOperator.GREATER_THAN, values: ['8'] }] } },
        ],
      },
      podAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{
          weight: 1,
          podAffinityTerm: { topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels: { app: 'cache' } }, namespaceSelector: {} },
        }],
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 50, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname' } }],
      },
    },
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: UnsatisfiableAction.DO_NOT_SCHEDULE, minDomains: 1 },
      { maxSkew: 2, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: UnsatisfiableAction.SCHEDULE_ANYWAY },
    ],
    priorityClassName: 'system-cluster-critical',
    runtimeClassName: 'cdk8s-talos-tests',
  }), [existing.runtimeClass('cdk8s-talos-tests')]),
  node('image, resources, labels and times', UNKNOWN, () => ({
    image: { registry: 'registry.example.com:5000/mirror', tag: 'v1.13.9-acme' },
    imagePullPolicy: ImagePullPolicy.ALWAYS,
    imagePullSecrets: ['registry'],
    resources: { requests: { 'cpu': '500m', 'memory': '1Gi', 'ephemeral-storage': '1Gi' }, limits: { memory: '2Gi' } },
    readOnlyRootFilesystem: false,
    labels: { 'team': 'a', 'example.com/tier': 'edge' },
    annotations: { 'example.com/note': 'any text, even ünicode: {}' },
    terminationGracePeriod: Duration.minutes(5),
    preStopSleep: Duration.seconds(30),
  })),
  node('env, volumes and containers', UNKNOWN, () => ({
    env: [
      { name: 'TALOSSKU', value: 'pod' },
      { name: 'EMPTY', value: '' },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'keys', key: 'token' } } },
      { name: 'SETTING', valueFrom: { configMapKeyRef: { name: 'settings', key: 'absent', optional: true } } },
      { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    ],
    volumes: [
      { name: 'scratch', emptyDir: { medium: EmptyDirMedium.MEMORY, sizeLimit: '1Gi' } },
      { name: 'modules', hostPath: { path: '/lib/modules', type: HostPathType.DIRECTORY } },
      { name: 'claim', persistentVolumeClaim: { claimName: 'disk', readOnly: true } },
      { name: 'keys', secret: { secretName: 'keys', defaultMode: 0o400, items: [{ key: 'token', path: 'a/token', mode: 0o440 }] } },
      { name: 'settings', configMap: { name: 'settings', optional: true } },
    ],
    volumeMounts: [
      { name: 'modules', mountPath: '/lib/modules', readOnly: true },
      { name: 'scratch', mountPath: '/scratch', subPath: 'talos' },
      { name: 'claim', mountPath: '/mnt/disk' },
    ],
    initContainers: [
      { name: 'prepare', image: 'busybox:1.37', command: ['true'], volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }] },
      { name: 'sidecar', image: 'busybox:1.37', command: ['sleep'], args: ['infinity'], restartPolicy: ContainerRestartPolicy.ALWAYS },
    ],
    containers: [{
      name: 'metrics',
      image: 'registry.example.com/metrics@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
      imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
      workingDir: '/data',
      env: [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
      ports: [{ containerPort: 9100, name: 'metrics', protocol: Protocol.TCP }, { containerPort: 9101 }],
      resources: { requests: { cpu: '10m' }, limits: { cpu: '1', memory: '64Mi' } },
      volumeMounts: [{ name: 'keys', mountPath: '/keys' }, { name: 'settings', mountPath: '/settings' }],
      securityContext: {
        privileged: false,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
        seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
      },
    }],
  }), [existing.claim('disk'), existing.secret('keys', 'token'), existing.configMap('settings', 'a')]),
  node('sidecars with probes, hooks and the keys of others', UNKNOWN, () => SIDECARS, [existing.secret('keys', 'token'), existing.configMap('settings', 'a')]),
  ...([[STATEFUL_SET, 52], [DEPLOYMENT, 63], [POD, 63]] as const).map(([workload, length]): ManifestCase => {
    const name = 'n'.repeat(length);
    return {
      name: `name: the longest of a ${workload}`,
      manifests: (namespace) => synthesize(namespace, (chart) => new TalosNode(chart, 'node', { workload, name })),
      endpoints: { [name]: { workload: name, ports: UNKNOWN } },
    };
  }),
  {
    name: 'several nodes: a control plane, its workers, and one that is named alike',
    manifests: (namespace) => synthesize(namespace, (chart) => {
      new TalosNode(chart, 'node', { machineConfig: machineConfig(chart, 'controlplane') });
      new TalosNode(chart, 'worker', { machineConfig: machineConfig(chart, 'worker'), replicas: 2, workload: DEPLOYMENT, storage: NodeStorage.ephemeral() });
      new TalosNode(chart, 'node-b', { workload: POD });
    }),
    endpoints: {
      'talos-node': { workload: 'talos-node', ports: CONTROL_PLANE },
      'talos-worker': { workload: 'talos-worker', ports: WORKER },
      'talos-node-b': { workload: 'talos-node-b', ports: UNKNOWN },
    },
  },
];

/** What the Services of a control plane lead to: the headless one, those of the members, and those of the APIs by their names. */
function ofControlPlane(
  clusterName: string, members: number, apis: { readonly [service: string]: string[] }, ports = CONTROL_PLANE,
): ManifestCase['endpoints'] {
  const workload = `${clusterName}-control-plane`;
  const pods = Array.from({ length: members }, (_, ordinal) => `${workload}-${ordinal}`);
  return {
    [workload]: { workload, ports },
    ...Object.fromEntries(pods.map((pod) => [pod, { workload, pod, ports }])),
    ...Object.fromEntries(Object.entries(apis).map(([service, ofApi]) => [service, { workload, ports: ofApi }])),
  };
}

const LONGEST_CLUSTER = 'c'.repeat(38);

/** Control planes: what they are called and made of, and the Services of their APIs. */
const CONTROL_PLANES: [name: string, props: Partial<TalosControlPlaneProps>, apis: { readonly [service: string]: string[] }][] = [
  ['everything on', {
    replicas: 1,
    scaleDownFrom: 3,
    memberAddresses: MemberAddresses.STABLE,
    configUpdate: ConfigUpdate.APPLY_JOB,
    kubernetesApi: ApiExposure.ingress({ host: 'acme.example.com', ingressClassName: 'nginx' }),
    talosApi: ApiExposure.loadBalancer({ host: '203.0.113.11', sourceRanges: ['192.0.2.0/28'], externalTrafficPolicy: ExternalTrafficPolicy.LOCAL }),
    networkPolicy: {
      kubernetesApiClients: [NetworkPeer.cidr('198.51.100.0/24'), NetworkPeer.podsInNamespaces({}, { matchLabels: { app: 'client' } })],
      operators: [NetworkPeer.pods({ matchLabels: { app: 'operator' } })],
      workers: [NetworkPeer.cidr('2001:db8::/32')],
      metricsReaders: [NetworkPeer.anywhere()],
      egress: [],
    },
    notes: true,
    preflight: Preflight.initContainer(),
    snapshotTarget: SnapshotTarget.claim({ claimName: 'backups' }),
  }, { 'acme': ['k8s-api 6443'], 'acme-talos': ['talos-api 50000'] }],
  ['a Gateway', { kubernetesApi: ApiExposure.gateway({ host: 'acme.example.com', gatewayName: 'edge', gatewayNamespace: 'infra', sectionName: 'tls' }) },
    { acme: ['k8s-api 6443'] }],
  ['workers outside', {
    externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }), networkPolicy: { workers: [NetworkPeer.cidr('198.51.100.0/24')] },
  }, { acme: ['k8s-api 6443', 'trustd 50001'] }],
  ['the addresses of the pods', { replicas: 3, memberAddresses: MemberAddresses.POD_IP, memberSpread: MemberSpread.PREFERRED }, { acme: ['k8s-api 6443'] }],
  ['a member with a machine config of its own', {
    replicas: 3,
    memberAddresses: MemberAddresses.STABLE,
    configUpdate: ConfigUpdate.APPLY_JOB,
    memberPatches: [{
      ordinal: 1, patches: [MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'HostnameConfig', hostname: 'cp-1', auto: 'off' })],
    }],
  }, { acme: ['k8s-api 6443'] }],
  ['nothing exposed, bootstrapped by a person', { kubernetesApi: ApiExposure.none(), bootstrap: BootstrapMode.MANUAL, credentialSecrets: false }, {}],
  ['a node port, without disk', { kubernetesApi: ApiExposure.nodePort(), bootstrap: BootstrapMode.INIT, storage: NodeStorage.ephemeral() },
    { acme: ['k8s-api 6443'] }],
  ['an inline CNI', { cni: Cni.inlineManifests({ cni: 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: cni, namespace: kube-system}\n' }) },
    { acme: ['k8s-api 6443'] }],
  ['1.14 with the longest name', { clusterName: LONGEST_CLUSTER, talosVersion: TalosVersion.V1_14, replicas: 3, memberAddresses: MemberAddresses.STABLE },
    { [LONGEST_CLUSTER]: ['k8s-api 6443'] }],
];
const controlPlanes = CONTROL_PLANES.map(([name, props, apis]): ManifestCase => {
  const { clusterName = 'acme', memberAddresses, replicas = 1, scaleDownFrom = replicas } = props;
  return {
    name: `control plane: ${name}`,
    surroundings: props.snapshotTarget && [existing.claim('backups')],
    manifests: (namespace) => synthesize(namespace, (chart) => new TalosControlPlane(chart, 'control-plane', {
      clusterName,
      secrets: clusterSecrets,
      hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] }),
      ...props,
    })),
    endpoints: ofControlPlane(clusterName, memberAddresses === MemberAddresses.STABLE ? scaleDownFrom : 0, apis),
  };
});

/** What the Services of a cluster lead to: those of a single control plane, and those of the pools. */
function ofCluster(clusterName: string, ...pools: string[]): ManifestCase['endpoints'] {
  const workers = pools.map((pool) => `${clusterName}-${pool}`);
  return {
    ...ofControlPlane(clusterName, 0, { [clusterName]: ['k8s-api 6443'] }),
    ...Object.fromEntries(workers.map((workload) => [workload, { workload, ports: WORKER }])),
  };
}

/** The API server's port by a patch, in all objects with a port. */
const moved: ManifestCase = {
  name: 'control plane: another port of the API server',
  manifests: (namespace) => synthesize(namespace, (chart) => new TalosControlPlane(chart, 'control-plane', {
    clusterName: 'acme',
    secrets: clusterSecrets,
    talosVersion: TalosVersion.V1_13,
    replicas: 3,
    memberAddresses: MemberAddresses.STABLE,
    hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] }),
    kubernetesApi: ApiExposure.ingress({ host: 'acme.example.com', ingressClassName: 'nginx' }),
    networkPolicy: {},
    patches: [MachineConfigPatch.fromDocuments({ cluster: { controlPlane: { localAPIServerPort: 7443 } } })],
  })),
  endpoints: ofControlPlane('acme', 3, { acme: ['k8s-api 7443'] }, CONTROL_PLANE.map((port) => port.replace('6443', '7443'))),
};

/** Snapshots in both kinds of places, with the longest names, where all traffic is denied by default. */
const snapshots: ManifestCase = {
  name: 'snapshots: in a claim and in a bucket',
  manifests: (namespace) => synthesize(namespace, (chart) => {
    const { controlPlane } = new TalosCluster(chart, 'cluster', {
      clusterName: LONGEST_CLUSTER, secrets: clusterSecrets, talosVersion: TalosVersion.V1_13, defaultDeny: true, controlPlane: { networkPolicy: {} },
    });
    new EtcdSnapshots(chart, 'near', { controlPlane, schedule: '@hourly', target: SnapshotTarget.claim({ claimName: 'backups' }), keep: 24 });
    new EtcdSnapshots(chart, 'far', {
      controlPlane,
      name: 'f'.repeat(52),
      schedule: '30 2 * * sun',
      timeZone: 'Europe/Berlin',
      timeout: Duration.minutes(20),
      target: SnapshotTarget.s3({
        endpoint: 'http://minio:9000', bucket: 'backups', credentialsSecretName: 'minio', caSecretName: 'authority', region: 'here', pathStyle: true,
      }),
    });
  }),
  endpoints: ofCluster(LONGEST_CLUSTER),
};

/** Whole clusters: each kind of pool, and what a cluster has beside its machines. */
const clusters: ManifestCase[] = [
  {
    name: 'cluster: pools of several releases, with all that they can have',
    manifests: (namespace) => synthesize(namespace, (chart) => new TalosCluster(chart, 'cluster', {
      clusterName: 'acme',
      talosVersion: TalosVersion.V1_13,
      secrets: clusterSecrets,
      defaultDeny: true,
      controlPlane: { kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }), cni: Cni.none(), discovery: true },
      workerPools: [
        {
          name: 'general',
          replicas: 3,
          nodeLabels: { 'topology.kubernetes.io/zone': 'a' },
          nodeTaints: [{ key: 'dedicated', value: 'a', effect: TaintEffect.NO_SCHEDULE }],
          maxUnavailable: 2,
          storage: NodeStorage.essential({ size: Size.gibibytes(20) }),
          resources: { requests: { cpu: '1' } },
          image: { digest: `sha256:${'0a'.repeat(32)}` },
          networkPolicy: { operators: [NetworkPeer.pods({ matchLabels: { app: 'operator' } })], egress: [] },
        },
        { name: 'old', talosVersion: TalosVersion.V1_11, kubernetesVersion: '1.34.1', storage: NodeStorage.ephemeral({ sizeLimit: Size.gibibytes(5) }) },
        { name: 'new', talosVersion: TalosVersion.V1_14, maxUnavailable: 0 },
      ],
      readinessJob: { timeout: Duration.minutes(5) },
    })),
    endpoints: ofCluster('acme', 'general', 'old', 'new'),
  },
  {
    name: 'cluster: an ephemeral one without workers, with the longest name',
    manifests: (namespace) => synthesize(namespace, (chart) => TalosCluster.ephemeral(chart, 'cluster', {
      clusterName: LONGEST_CLUSTER, secrets: clusterSecrets, talosVersion: TalosVersion.V1_7, readinessJob: {}, ttl: Duration.minutes(90),
    })),
    endpoints: ofCluster(LONGEST_CLUSTER),
  },
  withoutKeys('existing Secrets', SecretDelivery.existing({ revision: '2' })),
  withoutKeys('generated once', SecretDelivery.generateOnce({ talosAuthoritySecretName: 'acme-talos-ca' })),
  withoutKeys('External Secrets', SecretDelivery.externalSecret({ store: 'vault', key: 'talos/acme' })),
  {
    name: 'cluster: the machine config of a machine outside',
    manifests: (namespace) => synthesize(namespace, (chart) => {
      const { controlPlane } = new TalosCluster(chart, 'cluster', {
        clusterName: 'acme',
        secrets: clusterSecrets,
        controlPlane: { kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }), externalWorkers: true },
      });
      new ExternalMachineConfigSecret(chart, 'metal', { config: controlPlane.externalWorkerConfig({ installDisk: '/dev/sda' }), annotations: { note: 'a' } });
    }),
    endpoints: ofControlPlane('acme', 0, { acme: ['k8s-api 6443', 'trustd 50001'] }),
  },
];

/** A cluster whose keys synthesis never sees, with texts of its user's Secrets. */
function withoutKeys(name: string, secretDelivery: SecretDelivery): ManifestCase {
  const password = SecretText.fromSecret('registry', 'password').placeholder;
  const patches = [MachineConfigPatch.of({ machine: { registries: { config: { 'registry.example.com': { auth: { username: 'talos', password } } } } } })];
  const manifests = (namespace: string) => synthesize(namespace, (chart) => new TalosCluster(chart, 'cluster', {
    clusterName: 'acme',
    talosVersion: TalosVersion.V1_13,
    secretDelivery,
    patches,
    controlPlane: {
      configUpdate: ConfigUpdate.APPLY_JOB,
      networkPolicy: {},
      memberPatches: [{ ordinal: 0, patches: [MachineConfigPatch.of({ machine: { nodeLabels: { first: 'true' } } })] }],
    },
    workerPools: [{ name: 'general', replicas: 2 }, { name: 'old', talosVersion: TalosVersion.V1_11, kubernetesVersion: '1.34.1' }],
    readinessJob: {},
  }));
  return { name: `cluster: without keys, ${name}`, manifests, surroundings: madeSecrets(manifests('a')), endpoints: ofCluster('acme', 'general', 'old') };
}

/** What the Services of each example lead to. */
const EXAMPLES: { readonly [example: string]: ManifestCase['endpoints'] } = {
  'beside-cdk8s-plus': { 'lab-worker': { workload: 'lab-worker', ports: WORKER } },
  'single-node': { 'talos-control-plane': { workload: 'talos-control-plane', ports: CONTROL_PLANE } },
  'control-plane': ofControlPlane('acme', 0, { acme: ['k8s-api 6443'] }),
  'highly-available': ofControlPlane('globex', 3, { globex: ['k8s-api 6443'] }),
  'ephemeral-cluster': ofCluster('ci-42', 'worker'),
  'external-workers': ofControlPlane('umbrella', 0, { umbrella: ['k8s-api 6443', 'trustd 50001'] }),
  'generate-once': { ...ofControlPlane('stark', 3, { stark: ['k8s-api 6443'] }), 'stark-general': { workload: 'stark-general', ports: WORKER } },
  'etcd-snapshots': ofControlPlane('wonka', 0, { wonka: ['k8s-api 6443'] }),
  'gitops': { ...ofCluster('hydra', 'general'), ...ofCluster('shield', 'general') },
  'fleet': { ...ofCluster('initech', 'general'), ...ofCluster('hooli', 'general'), ...ofCluster('soylent', 'general') },
};

const examples = exampleNames.map((name): ManifestCase => {
  // Argo CD isn't there
  const objects: KubeObject[] = exampleObjects(synthesizeExample(name)).filter(({ kind }) => kind !== 'Application');
  const isFirst = (object: KubeObject) => object.kind !== 'Namespace' || object === objects.find(({ kind }) => kind === 'Namespace');
  return {
    name: `example: ${name}`,
    endpoints: EXAMPLES[name] ?? {},
    surroundings: madeSecrets(objects),
    manifests: (namespace) => objects.filter(isFirst).map((object) => moveTo(namespace, object)),
  };
});

/** The Secrets that pods mount, and that Jobs or operators make. */
function madeSecrets(objects: KubeObject[]): KubeObject[] {
  const sources = objects.flatMap(({ spec }) => spec?.template?.spec?.volumes ?? [])
    .flatMap(({ secret, projected }: any) => [
      secret && { ...secret, name: secret.secretName }, ...projected?.sources.map((source: any) => source.secret) ?? [],
    ])
    .filter((secret) => secret && !objects.some(({ kind, metadata }) => kind === 'Secret' && metadata.name === secret.name));
  const names = [...new Set<string>(sources.map(({ name }) => name))];
  return names.map((name) => {
    const keys = sources.filter((source) => source.name === name).flatMap(({ items = [] }) => items).map(({ key }) => key);
    return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, data: Object.fromEntries(keys.map((key) => [key, ''])) };
  });
}

/** An example has namespaces of its own; a test wants it in another one. */
function moveTo(namespace: string, object: KubeObject): KubeObject {
  return { ...object, metadata: object.kind === 'Namespace' ? { ...object.metadata, name: namespace } : { ...object.metadata, namespace } };
}

export const cases: ManifestCase[] = [...examples, ...releases, ...storages, ...options, ...controlPlanes, moved, snapshots, ...clusters];
