import { ApiObject, App, Chart, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import {
  AccessMode, ClaimRetention, ConfigUpdate, ContainerRestartPolicy, EmptyDirMedium, ImagePullPolicy, MachineConfig, MachineConfigPatch, MountStorage,
  NodeAffinity, NodeStorage, PodAffinityTerm, Protocol, SelectorOperator, TalosMachineConfig, TalosMount, TalosNode, TalosNodeProps, TalosRole,
  TalosVersion, TalosWorkload, TaintEffect, TolerationOperator, UnsatisfiableAction,
} from '../../src';
import { RELEASES } from '../../src/talos/release';
import { generated } from '../support/machine-configs';

// Talos 1.14 warns
const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();
beforeEach(() => emitWarning.mockClear());

function newChart(): Chart {
  return new Chart(new App(), 'test', { namespace: 'talos' });
}

function machineConfig(chart: Chart, type: 'controlplane' | 'worker' = 'controlplane', version = TalosVersion.V1_13): TalosMachineConfig {
  const config = MachineConfig.fromYaml(generated(`v${version.minor}`)[type], { talosVersion: version });
  return new TalosMachineConfig(chart, 'config', { config });
}

interface Manifests { readonly workload: any; readonly service: any; readonly claims: any[]; readonly pod: any; readonly talos: any }

function manifests(chart: Chart): Manifests {
  const objects: any[] = Testing.synth(chart);
  const ofKind = (...kinds: string[]) => objects.filter(({ kind }) => kinds.includes(kind));
  const [workload] = ofKind('StatefulSet', 'Deployment', 'Pod');
  const pod = workload.kind === 'Pod' ? workload : workload.spec.template;
  return { workload, service: ofKind('Service')[0], claims: ofKind('PersistentVolumeClaim'), pod, talos: pod.spec.containers[0] };
}

function synth(props: TalosNodeProps = {}): Manifests {
  const chart = newChart();
  new TalosNode(chart, 'node', props);
  return manifests(chart);
}

function synthConfigured(type: 'controlplane' | 'worker', props: TalosNodeProps = {}, version = TalosVersion.V1_13): Manifests {
  const chart = newChart();
  new TalosNode(chart, 'node', { ...props, machineConfig: machineConfig(chart, type, version) });
  return manifests(chart);
}

describe('the pod', () => {
  test('of a control plane is what the guide describes', () => {
    const { pod, talos } = synthConfigured('controlplane');
    expect(talos).toMatchSnapshot();
    expect({ ...pod.spec, containers: undefined }).toMatchSnapshot();
  });

  test('of a worker has its own ports, probes and grace period', () => {
    const { pod, talos } = synthConfigured('worker');
    expect(talos.ports.map(({ name, containerPort }: any) => `${name} ${containerPort}`)).toEqual(['talos-api 50000', 'kubelet 10250']);
    expect(talos.readinessProbe.tcpSocket).toEqual({ port: 10250 });
    // the Talos API of a worker stays closed while its control plane is away
    expect(talos).not.toHaveProperty('startupProbe');
    expect(talos).not.toHaveProperty('livenessProbe');
    expect(talos).not.toHaveProperty('lifecycle');
    expect(pod.spec.terminationGracePeriodSeconds).toBe(60);
  });

  test('without a machine config waits in maintenance mode', () => {
    const { pod, talos } = synth();
    expect(talos.env).toEqual([{ name: 'PLATFORM', value: 'container' }]);
    expect(talos.ports.map(({ name }: any) => name)).toEqual(['talos-api', 'k8s-api']);
    expect(talos.readinessProbe.tcpSocket).toEqual({ port: 50000 });
    expect(talos).not.toHaveProperty('livenessProbe');
    expect(pod.metadata.labels).not.toHaveProperty('app.kubernetes.io/component');
  });

  test('without a machine config can be given a role', () => {
    const { talos, pod } = synth({ role: TalosRole.CONTROL_PLANE });
    expect(talos.readinessProbe.tcpSocket).toEqual({ port: 6443 });
    expect(pod.metadata.labels).toMatchObject({ 'app.kubernetes.io/component': 'control-plane' });
  });

  test('takes its machine config from a Secret that is made elsewhere', () => {
    const chart = newChart();
    const sealed = TalosMachineConfig.fromSecretName(chart, 'sealed', 'sealed-config', { secretKey: 'value' });
    new TalosNode(chart, 'node', { machineConfig: sealed, role: TalosRole.WORKER });
    const { talos } = manifests(chart);
    expect(talos.env[1]).toEqual({ name: 'USERDATA', valueFrom: { secretKeyRef: { name: 'sealed-config', key: 'value' } } });
    expect(Testing.synth(chart).map(({ kind }: any) => kind)).toEqual(['Service', 'StatefulSet']);
  });

  test('has no more than the API server admits beside privileged', () => {
    expect(synth().talos.securityContext).toEqual({ privileged: true, readOnlyRootFilesystem: true, seccompProfile: { type: 'Unconfined' } });
    expect(synth({ readOnlyRootFilesystem: false }).talos.securityContext.readOnlyRootFilesystem).toBe(false);
  });

  test.each<[string, TalosNodeProps, string]>([
    ['the version', { talosVersion: TalosVersion.of('v1.12.3') }, 'ghcr.io/siderolabs/talos:v1.12.3'],
    ['a registry', { image: { registry: 'registry.example.com:5000/mirror' } }, 'registry.example.com:5000/mirror/siderolabs/talos:v1.13.9'],
    ['a repository', { image: { repository: 'acme/talos' } }, 'ghcr.io/acme/talos:v1.13.9'],
    ['a tag', { image: { tag: 'v1.13.9-acme' } }, 'ghcr.io/siderolabs/talos:v1.13.9-acme'],
  ])('has an image by %s', (_, props, image) => {
    expect(synth(props).talos.image).toBe(image);
  });

  test('passes on what every user needs', () => {
    const { pod, talos, workload } = synth({
      imagePullPolicy: ImagePullPolicy.ALWAYS,
      imagePullSecrets: ['registry'],
      resources: { requests: { cpu: '750m', memory: '2Gi' }, limits: { memory: '4Gi' } },
      nodeSelector: { 'kubernetes.io/arch': 'amd64' },
      tolerations: [{ key: 'dedicated', value: 'talos', effect: TaintEffect.NO_SCHEDULE }, { operator: TolerationOperator.EXISTS }],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: SelectorOperator.IN, values: ['ssd'] }] }],
          },
        },
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }] },
        podAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, podAffinityTerm: { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'cache' } } } },
          ],
        },
      },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: UnsatisfiableAction.DO_NOT_SCHEDULE }],
      priorityClassName: 'high',
      runtimeClassName: 'kata',
      labels: { team: 'a' },
      annotations: { 'example.com/note': 'x' },
      terminationGracePeriod: Duration.minutes(5),
      preStopSleep: Duration.seconds(3),
    });
    const ownPods = { matchLabels: { 'app.kubernetes.io/name': 'talos', 'app.kubernetes.io/instance': 'test-node' } };
    expect(pod.spec).toMatchObject({
      imagePullSecrets: [{ name: 'registry' }],
      nodeSelector: { 'kubernetes.io/arch': 'amd64' },
      tolerations: [{ key: 'dedicated', value: 'talos', effect: 'NoSchedule' }, { operator: 'Exists' }],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }],
          },
        },
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: ownPods }] },
        podAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, podAffinityTerm: { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'cache' } } } },
          ],
        },
      },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: ownPods }],
      priorityClassName: 'high',
      runtimeClassName: 'kata',
      terminationGracePeriodSeconds: 300,
    });
    expect(talos).toMatchObject({
      imagePullPolicy: 'Always',
      resources: { requests: { cpu: '750m', memory: '2Gi' }, limits: { memory: '4Gi' } },
      lifecycle: { preStop: { sleep: { seconds: 3 } } },
    });
    for (const { metadata } of [pod, workload]) {
      expect(metadata.labels).toMatchObject({ 'team': 'a', 'app.kubernetes.io/instance': 'test-node' });
      expect(metadata.annotations).toEqual({ 'example.com/note': 'x' });
    }
    expect(workload.spec.selector.matchLabels).toEqual(ownPods.matchLabels);
  });

  test('sleeps before it stops on a control plane, unless told not to', () => {
    expect(synth({ role: TalosRole.CONTROL_PLANE }).talos.lifecycle).toEqual({ preStop: { sleep: { seconds: 10 } } });
    expect(synth({ role: TalosRole.CONTROL_PLANE, preStopSleep: Duration.seconds(0) }).talos).not.toHaveProperty('lifecycle');
  });

  test('takes what is added, by property or by method', () => {
    const parts = {
      env: { name: 'TALOSSKU', value: '2CPU-2048RAM' },
      volume: { name: 'scratch', emptyDir: { medium: EmptyDirMedium.MEMORY, sizeLimit: '1Gi' } },
      mount: { name: 'scratch', mountPath: '/scratch' },
      init: {
        name: 'prepare',
        image: 'busybox:1.37',
        command: ['true'],
        restartPolicy: ContainerRestartPolicy.ALWAYS,
        volumeMounts: [{ name: 'scratch', mountPath: '/scratch', readOnly: true, subPath: 'a/b' }],
      },
      sidecar: { name: 'watch', image: 'busybox:1.37', env: [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }] },
    };
    const byProperty = synth({
      env: [parts.env], volumes: [parts.volume], volumeMounts: [parts.mount], initContainers: [parts.init], containers: [parts.sidecar],
    });

    const chart = newChart();
    const node = new TalosNode(chart, 'node');
    node.addEnv(parts.env);
    node.addVolume(parts.volume);
    node.addVolumeMount(parts.mount);
    node.addInitContainer(parts.init);
    node.addContainer(parts.sidecar);
    expect(manifests(chart)).toEqual(byProperty);

    expect(byProperty.talos.env).toContainEqual(parts.env);
    expect(byProperty.talos.volumeMounts).toContainEqual(parts.mount);
    expect(byProperty.pod.spec.volumes).toContainEqual(parts.volume);
    expect(byProperty.pod.spec.initContainers).toEqual([parts.init]);
    expect(byProperty.pod.spec.containers.slice(1)).toEqual([parts.sidecar]);
    expect(node.podTemplate().spec.containers).toHaveLength(2);
  });
});

describe('storage', () => {
  const mountsOf = ({ talos }: Manifests) => Object.fromEntries(talos.volumeMounts.map(({ mountPath, ...rest }: any) => [mountPath, rest]));
  const volumesOf = ({ pod }: Manifests) => Object.fromEntries(pod.spec.volumes.map(({ name, ...rest }: any) => [name, rest]));
  const memory = { emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } };

  test.each([
    [TalosVersion.V1_7, ['system-state', 'var', 'etc-cni', 'etc-kubernetes', 'usr-libexec-kubernetes', 'opt']],
    [TalosVersion.V1_8, ['system-state', 'var', 'etc-cni', 'etc-kubernetes', 'usr-libexec-kubernetes']],
    [TalosVersion.V1_13, ['system-state', 'var', 'etc-cni', 'etc-kubernetes', 'usr-libexec-kubernetes']],
    [TalosVersion.V1_14, ['system-state', 'var']],
  ])('of Talos %s comes from one claim with sub-paths, and from memory', (talosVersion, subPaths) => {
    const node = synth({ talosVersion });
    const persistent = Object.entries<any>(mountsOf(node)).filter(([, { name }]) => name === 'data');
    expect(persistent.map(([path, { subPath }]) => [path.slice(1).replaceAll('/', '-'), subPath])).toEqual(subPaths.map((name) => [name, name]));
    expect(volumesOf(node)).toEqual({ run: memory, system: memory, tmp: memory });
    expect(node.workload.spec.volumeClaimTemplates).toEqual([{
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', labels: { 'app.kubernetes.io/name': 'talos', 'app.kubernetes.io/instance': 'test-node' } },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
    }]);
  });

  test('has a size, a class, an access mode and annotations', () => {
    const storage = NodeStorage.persistent({
      size: Size.mebibytes(1536), storageClassName: 'fast', accessMode: AccessMode.READ_WRITE_ONCE_POD, annotations: { backup: 'daily' },
    });
    const { workload } = synth({ storage, claimRetentionPolicy: { whenDeleted: ClaimRetention.DELETE, whenScaled: ClaimRetention.RETAIN } });
    expect(workload.spec.volumeClaimTemplates[0].metadata.annotations).toEqual({ backup: 'daily' });
    expect(workload.spec.volumeClaimTemplates[0].spec).toEqual({
      accessModes: ['ReadWriteOncePod'], storageClassName: 'fast', resources: { requests: { storage: '1536Mi' } },
    });
    expect(workload.spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Delete', whenScaled: 'Retain' });
  });

  test('is chosen for each mount', () => {
    const node = synth({
      storage: NodeStorage.persistent()
        .withMount(TalosMount.VAR, MountStorage.claim({ size: Size.gibibytes(50) }))
        .withMount(TalosMount.SYSTEM_STATE, MountStorage.existingClaim('state'))
        .withMount(TalosMount.ETC_CNI, MountStorage.hostPath('/srv/cni'))
        .withMount(TalosMount.ETC_KUBERNETES, MountStorage.ephemeral({ sizeLimit: Size.gibibytes(1) }))
        .withMount(TalosMount.TMP, MountStorage.ephemeral()),
    });
    expect(mountsOf(node)).toEqual({
      '/run': { name: 'run' },
      '/system': { name: 'system' },
      '/tmp': { name: 'tmp' },
      '/system/state': { name: 'system-state' },
      '/var': { name: 'var' },
      '/etc/cni': { name: 'etc-cni' },
      '/etc/kubernetes': { name: 'etc-kubernetes' },
      '/usr/libexec/kubernetes': { name: 'data', subPath: 'usr-libexec-kubernetes' },
    });
    expect(volumesOf(node)).toEqual({
      'run': memory,
      'system': memory,
      'tmp': { emptyDir: {} },
      'system-state': { persistentVolumeClaim: { claimName: 'state' } },
      'etc-cni': { hostPath: { path: '/srv/cni', type: 'DirectoryOrCreate' } },
      'etc-kubernetes': { emptyDir: { sizeLimit: '1Gi' } },
    });
    expect(node.workload.spec.volumeClaimTemplates.map(({ metadata, spec }: any) => [metadata.name, spec.resources.requests.storage]))
      .toEqual([['data', '10Gi'], ['var', '50Gi']]);
  });

  test('can be one volume of any kind for all', () => {
    const node = synth({ storage: NodeStorage.shared(MountStorage.hostPath('/srv/talos')) });
    expect(volumesOf(node).data).toEqual({ hostPath: { path: '/srv/talos', type: 'DirectoryOrCreate' } });
    expect(mountsOf(node)['/var']).toEqual({ name: 'data', subPath: 'var' });
    expect(node.workload.spec).not.toHaveProperty('volumeClaimTemplates');
  });

  test.each([
    ['v1.13.9', ['/var']],
    ['v1.14.1', ['/system/state', '/var']],
    ['v1.14.2', ['/var']],
  ])('keeps only what must persist of Talos %s', (version, kept) => {
    const node = synth({ talosVersion: TalosVersion.of(version), storage: NodeStorage.essential() });
    expect(Object.entries<any>(mountsOf(node)).filter(([, { name }]) => name === 'data').map(([path]) => path)).toEqual(kept);
  });

  test('can be all ephemeral', () => {
    const node = synth({ storage: NodeStorage.ephemeral(), replicas: 3, workload: TalosWorkload.DEPLOYMENT });
    expect(volumesOf(node)).toMatchObject({ 'var': { emptyDir: {} }, 'system-state': memory });
    expect(node.claims).toEqual([]);
    // written out, or the API server would keep these defaults when the storage becomes persistent, and refuse them beside Recreate
    expect(node.workload.spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } });
  });

  test.each(RELEASES)('that is ephemeral has limits for all of Talos %s', (minor) => {
    const talosVersion = TalosVersion.of(minor);
    const limits = (storage: NodeStorage) => Object.fromEntries(Object.entries<any>(volumesOf(synth({ talosVersion, storage })))
      .map(([name, { emptyDir }]) => [name, emptyDir.sizeLimit]));
    const inMemory = { 'run': '64Mi', 'system': '64Mi', 'tmp': '64Mi', 'system-state': '64Mi' };
    const names = talosVersion.persistentMounts.map((mount) => mount.slice(1).replaceAll('/', '-')).filter((name) => name !== 'system-state');
    // CNI plugins lie in the one, everything else that is large in the other
    const large = (name: string) => ['var', 'opt'].includes(name);
    expect(limits(NodeStorage.ephemeral({ sizeLimit: Size.gibibytes(8) })))
      .toEqual({ ...inMemory, ...Object.fromEntries(names.map((name) => [name, large(name) ? '8Gi' : '64Mi'])) });
    expect(limits(NodeStorage.ephemeral())).toEqual({ ...inMemory, ...Object.fromEntries(names.map((name) => [name, undefined])) });
  });

  test('that is ephemeral can have a directory that persists, or another limit', () => {
    const storage = NodeStorage.ephemeral({ sizeLimit: Size.mebibytes(1500) })
      .withMount(TalosMount.ETC_CNI, MountStorage.ephemeral({ sizeLimit: Size.mebibytes(8) }))
      .withMount(TalosMount.ETC_KUBERNETES, MountStorage.claim());
    expect(volumesOf(synth({ storage }))).toMatchObject({ 'var': { emptyDir: { sizeLimit: '1500Mi' } }, 'etc-cni': { emptyDir: { sizeLimit: '8Mi' } } });
    expect(synth({ storage }).workload.spec.volumeClaimTemplates).toHaveLength(1);
  });
});

describe('the workload', () => {
  test('is a StatefulSet by default', () => {
    const { workload } = synthConfigured('controlplane', { replicas: 3 });
    expect(workload.apiVersion).toBe('apps/v1');
    expect(workload.kind).toBe('StatefulSet');
    expect(workload.metadata.name).toBe('test-node');
    expect(workload.spec).toMatchObject({ replicas: 3, serviceName: 'test-node', podManagementPolicy: 'Parallel' });
    expect(workload.spec.template.metadata.labels).toMatchObject(workload.spec.selector.matchLabels);
  });

  test('as a Deployment with a claim starts the new pod when the old one is gone', () => {
    const { workload, claims, pod } = synth({ workload: TalosWorkload.DEPLOYMENT });
    expect(workload.kind).toBe('Deployment');
    expect(workload.spec.strategy).toEqual({ type: 'Recreate' });
    expect(claims.map(({ metadata, spec }: any) => [metadata.name, spec.resources.requests.storage])).toEqual([['test-node-data', '10Gi']]);
    expect(pod.spec.volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: 'test-node-data' } });
  });

  test('as a Pod stands for itself', () => {
    const { workload, claims } = synthConfigured('worker', { workload: TalosWorkload.POD });
    expect(workload).toMatchObject({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'test-node' } });
    expect(workload.metadata.labels).toMatchObject({ 'app.kubernetes.io/instance': 'test-node' });
    expect(claims).toHaveLength(1);
  });

  test('has a headless Service that publishes machines before they are ready', () => {
    const { service, workload } = synthConfigured('controlplane');
    expect(service.metadata.name).toBe(workload.spec.serviceName);
    expect(service.spec).toEqual({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: workload.spec.selector.matchLabels,
      ports: [
        { name: 'talos-api', port: 50000, targetPort: 50000, protocol: 'TCP' },
        { name: 'k8s-api', port: 6443, targetPort: 6443, protocol: 'TCP' },
        { name: 'trustd', port: 50001, targetPort: 50001, protocol: 'TCP' },
        { name: 'etcd-client', port: 2379, targetPort: 2379, protocol: 'TCP' },
        { name: 'etcd-peer', port: 2380, targetPort: 2380, protocol: 'TCP' },
        { name: 'kubelet', port: 10250, targetPort: 10250, protocol: 'TCP' },
      ],
    });
  });

  test('is named by its path, without what has no meaning in it', () => {
    const chart = new Chart(new App(), 'Acme_prod');
    const node = new TalosNode(chart, 'control plane');
    expect(node.name).toBe('acme-prod-control-plane');
    expect(new TalosNode(chart, 'other', { name: 'edge' }).name).toBe('edge');
  });

  test('follows the machine config\'s release', () => {
    const { talos } = synthConfigured('worker', {}, TalosVersion.of('v1.12.2'));
    expect(talos.image).toBe('ghcr.io/siderolabs/talos:v1.12.2');
  });

  test('a config change rolls the pods only with ROLL', () => {
    const checksum = (configUpdate: ConfigUpdate, verbosity: string) => {
      const chart = newChart();
      const config = MachineConfig.fromYaml(generated('v1.13').controlplane)
        .patch(MachineConfigPatch.fromDocuments({ machine: { kubelet: { extraArgs: { v: verbosity } } } }));
      new TalosNode(chart, 'node', { configUpdate, machineConfig: new TalosMachineConfig(chart, 'config', { config }) });
      return manifests(chart);
    };
    const before = checksum(ConfigUpdate.ROLL, '2');
    const after = checksum(ConfigUpdate.ROLL, '3');
    expect(before.pod.metadata.annotations['checksum/machine-config']).toMatch(/^[0-9a-f]{64}$/);
    expect(after.pod.metadata.annotations).not.toEqual(before.pod.metadata.annotations);
    expect(before.pod.spec.volumes).toContainEqual({ name: 'system-state', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } });
    expect(checksum(ConfigUpdate.ROLL, '2')).toEqual(before);

    expect(checksum(ConfigUpdate.INITIAL, '2').pod).toEqual(checksum(ConfigUpdate.INITIAL, '3').pod);
    expect(checksum(ConfigUpdate.INITIAL, '2').talos.volumeMounts).toContainEqual({ name: 'data', mountPath: '/system/state', subPath: 'system-state' });
  });
});

describe('JSON patches are wire-level', () => {
  test.each([TalosWorkload.STATEFUL_SET, TalosWorkload.DEPLOYMENT, TalosWorkload.POD])('on a %s', (workload) => {
    const chart = newChart();
    const node = new TalosNode(chart, 'node', { workload });
    const template = workload === TalosWorkload.POD ? '' : '/spec/template';
    ApiObject.of(node).addJsonPatch(
      JsonPatch.add(`${template}/spec/futureField`, { a: 1 }),
      JsonPatch.add(`${template}/spec/hostUsers`, true),
      JsonPatch.replace(`${template}/spec/containers/0/resources`, { limits: { memory: '512Mi' } }),
    );
    // added after the patch, and still there
    node.addEnv({ name: 'LATE', value: 'yes' });
    const { pod, talos } = manifests(chart);
    expect(pod.spec).toMatchObject({ futureField: { a: 1 }, hostUsers: true });
    expect(talos.resources).toEqual({ limits: { memory: '512Mi' } });
    expect(talos.env).toContainEqual({ name: 'LATE', value: 'yes' });
  });

  test('on its Service and claims', () => {
    const chart = newChart();
    const node = new TalosNode(chart, 'node', { workload: TalosWorkload.DEPLOYMENT });
    node.service.addJsonPatch(JsonPatch.replace('/spec/clusterIP', '10.0.0.1'), JsonPatch.add('/spec/trafficDistribution', 'PreferClose'));
    node.claims[0].addJsonPatch(JsonPatch.replace('/spec/resources/requests/storage', '20Gi'), JsonPatch.add('/spec/volumeAttributesClassName', 'gold'));
    const { service, claims } = manifests(chart);
    expect(service.spec).toMatchObject({ clusterIP: '10.0.0.1', trafficDistribution: 'PreferClose' });
    expect(claims[0].spec).toMatchObject({ resources: { requests: { storage: '20Gi' } }, volumeAttributesClassName: 'gold' });
  });
});

describe('Talos 1.14', () => {
  test('synthesizes with a warning that names its conditions', () => {
    const chart = newChart();
    const node = new TalosNode(chart, 'node', { talosVersion: TalosVersion.V1_14 });
    expect(manifests(chart).talos.image).toBe('ghcr.io/siderolabs/talos:v1.14.2');
    const messages = emitWarning.mock.calls.map(([message]) => message).join('\n');
    for (const condition of TalosVersion.V1_14.conditions) {
      expect(messages).toContain(condition);
    }
    expect(node.node.metadata.map(({ type }) => type)).toContain('cdk8s-talos:warning');
  });
});

describe('bad input', () => {
  const chart = newChart;

  test.each<[string, TalosNodeProps, string]>([
    ['a name that is no DNS label', { name: 'Node_1' }, '\'name\' (Node_1) is not a DNS label'],
    ['a name that begins with a digit', { name: '1node' }, '\'name\' (1node) is not a DNS label'],
    ['a name too long for a StatefulSet', { name: 'n'.repeat(53) }, 'has 53 characters, 52 at most'],
    ['a name too long for a Deployment', { name: 'n'.repeat(64), workload: TalosWorkload.DEPLOYMENT }, 'has 64 characters, 63 at most'],
    ['no replicas', { replicas: 0 }, '\'replicas\' (0) must be a whole number of at least 1'],
    ['negative replicas', { replicas: -1 }, '\'replicas\' (-1) must be a whole number of at least 1'],
    ['half a replica', { replicas: 1.5 }, '\'replicas\' (1.5) must be a whole number of at least 1'],
    ['several replicas of a Pod', { replicas: 2, workload: TalosWorkload.POD }, '\'replicas\' (2) is more than the one machine of TalosWorkload.POD'],
    ['a persistent /var of several replicas of a Deployment', { replicas: 2, workload: TalosWorkload.DEPLOYMENT },
      '\'storage\' keeps /system/state in one place for all 2 replicas of a Deployment'],
    ['only a persistent /var of several replicas of a Deployment',
      { replicas: 2, workload: TalosWorkload.DEPLOYMENT, storage: NodeStorage.ephemeral().withMount(TalosMount.VAR, MountStorage.claim()) },
      '\'storage\' keeps /var in one place for all 2 replicas of a Deployment'],
    ['one claim for several replicas', { replicas: 3, storage: NodeStorage.shared(MountStorage.existingClaim('a')) },
      '\'storage\' keeps /system/state in one place for all 3 replicas of a StatefulSet'],
    ['a mount that the release does not have',
      { talosVersion: TalosVersion.V1_13, storage: NodeStorage.persistent().withMount(TalosMount.OPT, MountStorage.claim()) },
      '\'storage\' has /opt, which Talos 1.13 doesn\'t use'],
    ['a retention policy without claims', { storage: NodeStorage.ephemeral(), claimRetentionPolicy: {} }, '\'claimRetentionPolicy\' is about the claims'],
    ['a path mounted twice', { volumes: [{ name: 'a', emptyDir: {} }], volumeMounts: [{ name: 'a', mountPath: '/var/' }] },
      '\'volumeMounts\' has the path /var/ twice'],
    ['a relative path', { volumes: [{ name: 'a', emptyDir: {} }], volumeMounts: [{ name: 'a', mountPath: 'x' }] },
      '\'volumeMounts.mountPath\' (x) is not an absolute path'],
    ['a sub-path that leaves the volume', { volumes: [{ name: 'a', emptyDir: {} }], volumeMounts: [{ name: 'a', mountPath: '/x', subPath: '../b' }] },
      'has the sub-path \'../b\''],
    ['an unknown volume', { volumeMounts: [{ name: 'a', mountPath: '/x' }] }, 'mounts the volume \'a\', which the pod doesn\'t have'],
    ['two volumes of a name', { volumes: [{ name: 'run', emptyDir: {} }] }, '\'volumes\' has the name \'run\' twice'],
    ['a volume of the claim\'s name', { volumes: [{ name: 'data', emptyDir: {} }] }, '\'volumes\' has the name \'data\' twice'],
    ['a volume without a source', { volumes: [{ name: 'a' }] }, '\'volumes\' gives \'a\' 0 sources: give one'],
    ['a volume with two sources', { volumes: [{ name: 'a', emptyDir: {}, hostPath: { path: '/x' } }] }, 'gives \'a\' 2 sources (emptyDir, hostPath)'],
    ['a relative hostPath', { volumes: [{ name: 'a', hostPath: { path: 'x' } }] }, '\'volumes.hostPath.path\' (x) is not an absolute path'],
    ['an empty size limit', { volumes: [{ name: 'a', emptyDir: { sizeLimit: '0' } }] }, '\'volumes.emptyDir.sizeLimit\' (0) must be more than zero'],
    ['USERDATA by hand', { env: [{ name: 'USERDATA', value: 'x' }] }, '\'env\' sets USERDATA: give the machine config to'],
    ['PLATFORM again', { env: [{ name: 'PLATFORM', value: 'metal' }] }, '\'env\' sets PLATFORM twice'],
    ['a value and a source', { env: [{ name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }, 'gives A 1 sources beside a value'],
    ['no source', { env: [{ name: 'A', valueFrom: {} }] }, 'gives A 0 sources'],
    ['a variable without a name', { env: [{ name: '1 A', value: 'x' }] }, '\'env.name\' (1 A) is not the name of an environment variable'],
    ['a container of Talos\'s name', { containers: [{ name: 'talos', image: 'x' }] }, '\'containers\' has the name \'talos\' twice'],
    ['a container without an image', { initContainers: [{ name: 'a', image: ' ' }] }, '\'initContainers\' gives \'a\' no image'],
    ['a sidecar among the containers', { containers: [{ name: 'a', image: 'x', restartPolicy: ContainerRestartPolicy.ALWAYS }] },
      'gives \'a\' a restart policy (Always)'],
    ['privileged without escalation',
      { containers: [{ name: 'a', image: 'x', securityContext: { privileged: true, allowPrivilegeEscalation: false } }] },
      'makes \'a\' privileged without privilege escalation'],
    ['a port out of range', { containers: [{ name: 'a', image: 'x', ports: [{ containerPort: 70000 }] }] }, '\'containers.ports\' (70000) is not a port'],
    ['a negative quantity', { resources: { requests: { cpu: '-1' } } }, '\'resources.requests.cpu\' (-1) is not a quantity of at least zero'],
    ['a quantity of no unit', { resources: { limits: { memory: '1GB' } } }, '\'resources.limits.memory\' (1GB) is not a quantity'],
    ['more requested than allowed', { resources: { requests: { memory: '2Gi' }, limits: { memory: '2G' } } },
      '\'resources.requests.memory\' (2Gi) is more than the limit (2G)'],
    ['a registry with a scheme', { image: { registry: 'https://example.com' } }, '\'image.registry\' (https://example.com) can\'t be in the name of an image'],
    ['a tag with a space', { image: { tag: 'a b' } }, '\'image.tag\' (a b) can\'t be in the name of an image'],
    ['a label that selects', { labels: { 'app.kubernetes.io/instance': 'x' } }, 'which the construct sets itself'],
    ['a label value too long', { labels: { a: 'x'.repeat(64) } }, '\'labels\' has the value'],
    ['a toleration of nothing', { tolerations: [{ value: 'x' }] }, '\'tolerations\' has one without a key'],
    ['a toleration that compares and does not', { tolerations: [{ key: 'a', value: 'x', operator: TolerationOperator.EXISTS }] },
      'compares a with \'x\' by TolerationOperator.EXISTS'],
    ['a class that is no name', { priorityClassName: 'High!' }, '\'priorityClassName\' (High!) is not a DNS name'],
    ['a skew of zero', { topologySpreadConstraints: [{ maxSkew: 0, topologyKey: 'a', whenUnsatisfiable: UnsatisfiableAction.DO_NOT_SCHEDULE }] },
      '\'topologySpreadConstraints.maxSkew\' (0) must be'],
    ['a sleep longer than the grace period', { preStopSleep: Duration.minutes(2) }, '\'preStopSleep\' (120s) leaves nothing of \'terminationGracePeriod\' (120s)'],
    ['a part of a second', { terminationGracePeriod: Duration.millis(1500) }, '\'terminationGracePeriod, in seconds\' (1.5) must be a whole number'],
    ['a release whose tag is no label value', { talosVersion: TalosVersion.of(`v1.13.0-${'a'.repeat(60)}`) }, '\'talosVersion\' has the value'],
    ['more replicas than 32 bits hold', { replicas: 2 ** 31 }, '\'replicas\' (2147483648) must be a whole number of at most 2147483647'],
    ['a pull Secret twice', { imagePullSecrets: ['a', 'b', 'a'] }, '\'imagePullSecrets\' has a twice'],
    ['annotations too large', { annotations: { a: 'x'.repeat(2 ** 18) } }, '\'annotations\' has 262145 bytes, 262144 at most'],
    ['a label that cdk8s can\'t write', { labels: { constructor: 'a' } as any }, '\'labels\' has the key \'constructor\''],
    ['a field that pods aren\'t told', { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec' } } }] },
      '\'env.valueFrom.fieldRef.fieldPath\' (spec) is not a field'],
    ['a label\'s field without a key', { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.labels[\'a b\']' } } }] },
      '\'env.valueFrom.fieldRef.fieldPath\' has the key \'a b\''],
    ['an image with a space before it', { containers: [{ name: 'a', image: ' x' }] }, 'begins or ends with white space'],
    ['a port twice', { containers: [{ name: 'a', image: 'x', ports: [{ containerPort: 80 }, { containerPort: 80, protocol: Protocol.TCP }] }] },
      '\'containers.ports\' has 80/TCP twice'],
    ['a port\'s name twice', { containers: [{ name: 'a', image: 'x', ports: [{ containerPort: 80, name: 'a' }, { containerPort: 81, name: 'a' }] }] },
      '\'containers.ports.name\' has a twice'],
    ['a port\'s name too long', { containers: [{ name: 'a', image: 'x', ports: [{ containerPort: 80, name: 'a'.repeat(16) }] }] },
      '\'containers.ports.name\' (aaaaaaaaaaaaaaaa) is not the name of a port'],
    ['a negative user', { containers: [{ name: 'a', image: 'x', securityContext: { runAsUser: -1 } }] },
      '\'containers.securityContext.runAsUser\' (-1) must be a whole number of at least 0'],
    ['CAP_SYS_ADMIN without escalation',
      { containers: [{ name: 'a', image: 'x', securityContext: { allowPrivilegeEscalation: false, capabilities: { add: ['CAP_SYS_ADMIN'] } } }] },
      'gives \'a\' CAP_SYS_ADMIN without privilege escalation'],
    ['a resource that Kubernetes doesn\'t know', { resources: { limits: { gpu: '1' } } }, '\'resources.limits\' has the resource \'gpu\''],
    ['part of a device', { resources: { limits: { 'example.com/gpu': '500m' } } }, '\'resources.limits.example.com/gpu\' (500m) must be a whole number'],
    ['a device without a limit', { resources: { requests: { 'example.com/gpu': '1' } } }, '\'resources.requests.example.com/gpu\' (1) can\'t be overcommitted'],
    ['huge pages alone', { resources: { limits: { 'hugepages-2Mi': '4Mi' } } }, '\'resources\' has hugepages-2Mi only'],
    ['part of a huge page', { resources: { limits: { 'hugepages-2Mi': '3Mi', 'cpu': '1' } } }, '\'resources.limits.hugepages-2Mi\' (3Mi) must be one or more times 2Mi'],
    ['a mode with more bits', { volumes: [{ name: 'a', secret: { secretName: 'a', defaultMode: 0o1000 } }] }, '\'volumes.secret.mode\' (512) is not a file\'s mode'],
    ['a file that climbs', { volumes: [{ name: 'a', configMap: { name: 'a', items: [{ key: 'a', path: '../a' }] } }] },
      '\'volumes.configMap.items.path\' (../a) is not a relative path'],
    ['a file of a reserved name', { volumes: [{ name: 'a', secret: { secretName: 'a', items: [{ key: 'a', path: '..a' }] } }] },
      '\'volumes.secret.items.path\' (..a) is not the name of a file'],
    ['seconds of a toleration that evicts nobody', { tolerations: [{ key: 'a', effect: TaintEffect.NO_SCHEDULE, tolerationSeconds: 1 }] },
      '\'tolerations.tolerationSeconds\' (1) only has a meaning for TaintEffect.NO_EXECUTE'],
    ['a toleration of a key that is none', { tolerations: [{ key: 'a b', operator: TolerationOperator.EXISTS }] }, '\'tolerations\' has the key \'a b\''],
    ['a constraint twice', { topologySpreadConstraints: [1, 2].map((maxSkew) => ({ maxSkew, topologyKey: 'a', whenUnsatisfiable: UnsatisfiableAction.DO_NOT_SCHEDULE })) },
      '\'topologySpreadConstraints\' has a, DoNotSchedule twice'],
    ['domains of a constraint that schedules anyway',
      { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: UnsatisfiableAction.SCHEDULE_ANYWAY, minDomains: 2 }] },
      '\'topologySpreadConstraints.minDomains\' (2) only has a meaning for UnsatisfiableAction.DO_NOT_SCHEDULE'],
    ['ROLL without a machine config', { configUpdate: ConfigUpdate.ROLL }, '\'configUpdate\' (ROLL) needs a machine config'],
  ])('%s is refused', (_, props, message) => {
    expect(() => new TalosNode(chart(), 'node', props)).toThrow(message);
  });

  const { IN, EXISTS, GREATER_THAN } = SelectorOperator;
  test.each<[string, NodeAffinity, string]>([
    ['no terms', { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } }, 'has no terms'],
    ['a weight of zero', { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 0, preference: {} }] }, '.weight\' (0) must be a whole number of at least 1'],
    ['a weight of 101', { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, preference: {} }] }, '.weight\' (101) must be a whole number of at most 100'],
    ['a field that nodes don\'t have', { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: 'a', operator: EXISTS }] }] } },
      '.matchFields\' compares a by Exists with 0 values: nodes have the field metadata.name only'],
    ['none of no values', { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: IN }] }] } },
      '.matchExpressions\' compares a by In with 0 values (): give one or more'],
    ['more than a word',
      { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: GREATER_THAN, values: ['b'] }] }] } },
      'compares a by Gt with 1 values (b): give one whole number'],
  ])('node affinity to %s is refused', (_, nodeAffinity, message) => {
    expect(() => synth({ affinity: { nodeAffinity } })).toThrow(`'affinity.nodeAffinity${message.startsWith('.') ? message : ''}`);
    expect(() => synth({ affinity: { nodeAffinity } })).toThrow(message);
  });

  test.each<[string, Partial<PodAffinityTerm>, string]>([
    ['no topology key', { topologyKey: '' }, '.topologyKey\' has the key \'\''],
    ['a namespace that is none', { namespaces: ['A'] }, '.namespaces\' (A) is not a DNS label'],
    ['values that nothing compares', { labelSelector: { matchExpressions: [{ key: 'a', operator: EXISTS, values: ['b'] }] } },
      '.labelSelector.matchExpressions\' compares a by Exists with 1 values (b): leave them out'],
    ['an order of labels', { namespaceSelector: { matchExpressions: [{ key: 'a', operator: GREATER_THAN, values: ['1'] }] } },
      '.namespaceSelector.matchExpressions\' compares a by Gt, which only node selectors can'],
  ])('pod affinity by %s is refused', (_, term, message) => {
    const podAffinityTerm = { topologyKey: 'zone', ...term };
    expect(() => synth({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [podAffinityTerm] } } }))
      .toThrow(`'affinity.podAffinity${message}`);
    expect(() => synth({ affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm }] } } }))
      .toThrow(`'affinity.podAntiAffinity${message}`);
  });

  test.each<[string, () => unknown, string]>([
    ['a directory given twice', () => NodeStorage.persistent().withMount(TalosMount.VAR, MountStorage.claim()).withMount(TalosMount.VAR, MountStorage.claim()),
      '\'mount\' (/var) is given twice'],
    ['a persistent /run', () => NodeStorage.persistent().withMount(TalosMount.RUN, MountStorage.claim()), '\'mount\' (/run) must be empty at every start'],
    ['an empty size', () => NodeStorage.persistent({ size: Size.gibibytes(0) }), '\'size\' (0Ki) must be more than zero'],
    ['a negative size', () => MountStorage.claim({ size: Size.mebibytes(-1) }), 'cannot be negative. Received: -1'],
    ['an empty size limit', () => MountStorage.ephemeral({ sizeLimit: Size.kibibytes(0) }), '\'sizeLimit\' (0Ki) must be more than zero'],
    ['an empty size limit for all', () => NodeStorage.ephemeral({ sizeLimit: Size.kibibytes(0) }), '\'sizeLimit\' (0Ki) must be more than zero'],
    ['a relative hostPath', () => MountStorage.hostPath('data'), '\'path\' (data) is not an absolute path'],
    ['a hostPath that climbs', () => MountStorage.hostPath('/srv/../etc'), '\'path\' (/srv/../etc) is not an absolute path'],
    ['a claim that is no name', () => MountStorage.existingClaim('My Claim'), '\'claimName\' (My Claim) is not a DNS name'],
    ['a class that is no name', () => MountStorage.claim({ storageClassName: 'Fast!' }), '\'storageClassName\' (Fast!) is not a DNS name'],
    ['ephemeral storage to share', () => NodeStorage.shared(MountStorage.ephemeral()), 'can\'t be shared: use NodeStorage.ephemeral()'],
  ])('%s is refused', (_, action, message) => {
    expect(action).toThrow(message);
  });

  test('two nodes of one name are refused, but not in two namespaces', () => {
    const app = new App();
    const first = new Chart(app, 'first', { namespace: 'a' });
    const second = new Chart(app, 'second', { namespace: 'a' });
    const elsewhere = new Chart(app, 'elsewhere', { namespace: 'b' });
    new TalosNode(first, 'node', { name: 'twin' });
    new TalosNode(elsewhere, 'node', { name: 'twin' });
    expect(() => new TalosNode(second, 'node', { name: 'twin' })).toThrow('\'name\' (twin) is the name of the Talos node at first/node already');
  });

  test('a Pod of the name that a StatefulSet gives its pod is refused, whichever comes first', () => {
    const pod = (scope: Chart, name: string) => new TalosNode(scope, name, { name, workload: TalosWorkload.POD });
    const statefulSet = (scope: Chart, name: string) => new TalosNode(scope, name, { name });
    const [first, second, apart] = [newChart(), newChart(), newChart()];
    statefulSet(first, 'node');
    expect(() => pod(first, 'node-10')).toThrow('\'name\' (node-10) is that of a pod of the StatefulSet at test/node: give one of them another name');
    pod(second, 'node-10');
    expect(() => statefulSet(second, 'node')).toThrow('\'name\' (node) gives a pod the name of the Pod at test/node-10: give one of them another name');
    ['node-10', 'other-0', 'node-a'].forEach((name) => pod(apart, name));
    ['other-0-0', 'node-1', 'nod'].forEach((name) => statefulSet(apart, name));
  });

  test.each<['controlplane' | 'worker', TalosRole, string]>([
    ['worker', TalosRole.CONTROL_PLANE, '\'role\' (control-plane) doesn\'t fit \'machineConfig\', whose \'machine.type\' is worker: use TalosRole.WORKER'],
    ['controlplane', TalosRole.WORKER, '\'role\' (worker) doesn\'t fit \'machineConfig\', whose \'machine.type\' is controlplane: use TalosRole.CONTROL_PLANE'],
  ])('a %s config in the role %s is refused', (type, role, message) => {
    expect(() => synthConfigured(type, { role })).toThrow(message);
  });

  test.each<[string, string, string]>([
    ['1.13', 'v1.8.4', 'HostnameConfig'],
    ['1.14', 'v1.13.9', '1.14'],
  ])('a config for Talos %s on %s is refused, with what that release lacks', (contract, node, message) => {
    const version = TalosVersion.of(contract);
    expect(() => synthConfigured('controlplane', { talosVersion: TalosVersion.of(node) }, version)).toThrow(message);
    expect(() => synthConfigured('controlplane', { talosVersion: TalosVersion.of(node) }, version))
      .toThrow(`read the machine config with 'talosVersion' ${node}, or give the node ${version.imageTag}`);
  });

  test('a config for an older Talos is refused only where newer pods need more', () => {
    expect(synthConfigured('controlplane', { talosVersion: TalosVersion.V1_13 }, TalosVersion.V1_9).talos.image).toContain('v1.13.9');
    expect(() => synthConfigured('controlplane', { talosVersion: TalosVersion.V1_14 }, TalosVersion.V1_13))
      .toThrow('\'machineConfig\' is for Talos 1.13 and lacks parts that pods of Talos 1.14 need');
  });

  test('a machine config in another namespace is refused', () => {
    const app = new App();
    const elsewhere = machineConfig(new Chart(app, 'elsewhere', { namespace: 'b' }));
    expect(() => new TalosNode(new Chart(app, 'here', { namespace: 'a' }), 'node', { machineConfig: elsewhere }))
      .toThrow('\'machineConfig\' (elsewhere-config) lies in the namespace b, the node in a');
  });

  test('one name for several replicas is refused', () => {
    const named = (replicas: number) => {
      const scope = newChart();
      const config = MachineConfig.fromYaml(generated('v1.11').worker, { talosVersion: TalosVersion.V1_11 })
        .patch(MachineConfigPatch.fromYaml('machine: {network: {hostname: edge}}'));
      return new TalosNode(scope, 'node', { replicas, machineConfig: new TalosMachineConfig(scope, 'config', { config }) });
    };
    expect(() => named(2)).toThrow('\'machineConfig\' (test-config) gives the name \'edge\' to all 2 \'replicas\', which then push each other out: '
      + 'leave the name out, or have one replica');
    expect(named(1).replicas).toBe(1);
  });

  test('ROLL is refused where the state persists, has nothing to roll or would lose the name', () => {
    const roll = { configUpdate: ConfigUpdate.ROLL };
    const keepingState = NodeStorage.ephemeral().withMount(TalosMount.SYSTEM_STATE, MountStorage.claim());
    expect(() => synthConfigured('worker', { ...roll, storage: keepingState })).toThrow('\'storage\' keeps /system/state');
    expect(() => synthConfigured('worker', { ...roll, workload: TalosWorkload.POD })).toThrow('\'configUpdate\' (ROLL)');
    expect(() => synthConfigured('worker', roll, TalosVersion.of('v1.14.0'))).toThrow('loses the node\'s name with /system/state on Talos v1.14.0');
    expect(() => synthConfigured('worker', roll, TalosVersion.of('v1.14.2'))).not.toThrow();
  });
});
