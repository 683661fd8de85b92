import { Duration, Testing } from 'cdk8s';
import {
  ContainerRestartPolicy, EmptyDirMedium, ImagePullPolicy, SelectorOperator, TaintEffect, TalosMachineConfig, TalosNode, TalosNodeProps, TalosRole,
  TalosVersion, TolerationOperator, UnsatisfiableAction,
} from '../../src';
import { manifests, newChart, synth, synthConfigured } from '../support/talos-nodes';
import { warningsOf } from '../support/warnings';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

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
    ['a registry', { image: { registry: 'registry.example.com:5000/mirror' } }, 'registry.example.com:5000/mirror/siderolabs/talos:v1.13.10'],
    ['a repository', { image: { repository: 'acme/talos' } }, 'ghcr.io/acme/talos:v1.13.10'],
    ['a repository with its registry', { image: { repository: 'factory.talos.dev/installer/abc' } }, 'factory.talos.dev/installer/abc:v1.13.10'],
    ['a repository with its registry and port', { image: { repository: 'registry:5000/talos' } }, 'registry:5000/talos:v1.13.10'],
    ['a repository on this host', { image: { repository: 'localhost/talos' } }, 'localhost/talos:v1.13.10'],
    ['a repository with the default registry', { image: { repository: 'ghcr.io/siderolabs/talos', digest: DIGEST } }, `ghcr.io/siderolabs/talos:v1.13.10@${DIGEST}`],
    ['a mirror', { image: { registry: 'mirror.lab/ghcr.io', repository: 'siderolabs/talos' } }, 'mirror.lab/ghcr.io/siderolabs/talos:v1.13.10'],
    ['a tag', { image: { tag: 'v1.13.10-acme' } }, 'ghcr.io/siderolabs/talos:v1.13.10-acme'],
    ['a digest', { image: { digest: DIGEST } }, `ghcr.io/siderolabs/talos:v1.13.10@${DIGEST}`],
    ['a tag and a digest', { image: { tag: 'v1.13.10-acme', digest: DIGEST } }, `ghcr.io/siderolabs/talos:v1.13.10-acme@${DIGEST}`],
  ])('has an image by %s', (_, props, image) => {
    expect(synth(props).talos.image).toBe(image);
  });

  test.each<[string, TalosNodeProps, any]>([
    ['a control plane', { role: TalosRole.CONTROL_PLANE }, { requests: { cpu: '500m', memory: '1536Mi' } }],
    ['a worker', { role: TalosRole.WORKER }, { requests: { cpu: '250m', memory: '768Mi' } }],
    ['a machine that may become a control plane', {}, { requests: { cpu: '500m', memory: '1536Mi' } }],
    ['a machine with only a limit', { role: TalosRole.WORKER, resources: { limits: { memory: '4Gi' } } }, { limits: { memory: '4Gi' } }],
    ['a machine that is to have none', { role: TalosRole.CONTROL_PLANE, resources: {} }, undefined],
  ])('requests what %s needs', (_, props, resources) => {
    expect(synth(props).talos.resources).toEqual(resources);
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

describe('Talos 1.14', () => {
  test('synthesizes with a warning that names its conditions', () => {
    const chart = newChart();
    const node = new TalosNode(chart, 'node', { talosVersion: TalosVersion.V1_14 });
    expect(manifests(chart).talos.image).toBe('ghcr.io/siderolabs/talos:v1.14.2');
    const messages = warningsOf(node).join('\n');
    for (const condition of TalosVersion.V1_14.conditions) {
      expect(messages).toContain(condition);
    }
  });
});
