import { App, Chart, Testing } from 'cdk8s';
import {
  ApiExposure, Cni, HostingNetwork, MachineConfig, MachineConfigPatch, NetworkPeer, NodeStorage, SelectorOperator, TaintEffect, TalosCluster,
  TalosNamespace, TalosNode, TolerationOperator, UnsatisfiableAction,
} from '../../src';
import { secrets } from '../support/control-planes';

/*
 * Changes of objects and lists after they are given change nothing.
 */

/** Records what `create` gives the library, and changes all of it afterwards. */
function expectUnchanged(create: (scope: Chart, kept: <T>(value: T) => T) => unknown): void {
  const synthesized = (isChanged: boolean) => {
    const values: unknown[] = [];
    const chart = new Chart(new App(), 'test', { namespace: 'talos' });
    create(chart, (value) => {
      values.push(value);
      return value;
    });
    if (isChanged) {
      values.forEach(spoil);
    }
    return Testing.synth(chart);
  };
  expect(synthesized(true)).toEqual(synthesized(false));
}

/** Empties lists and objects, and those in them, and adds something else. */
function spoil(value: any): void {
  if (Array.isArray(value)) {
    value.forEach(spoil);
    value.splice(0, value.length, 'changed');
  } else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    Object.values(value).forEach(spoil);
    Object.keys(value).forEach((key) => delete value[key]);
    value.changed = 'changed';
  }
}

function selector() {
  return { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: SelectorOperator.IN, values: ['a', 'b'] }] };
}

function container(name: string) {
  return {
    name,
    image: 'busybox:1.37',
    command: ['sleep'],
    args: ['1'],
    env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'key' } } }],
    envFrom: [{ configMapRef: { name: 'settings' } }],
    ports: [{ containerPort: 80 }],
    resources: { requests: { cpu: '1' }, limits: { cpu: '2' } },
    securityContext: { capabilities: { drop: ['ALL'] } },
    volumeMounts: [{ name: 'files', mountPath: '/files' }],
  };
}

function podOptions() {
  return {
    image: { registry: 'registry.example.com' },
    imagePullSecrets: ['pull'],
    resources: { requests: { memory: '2Gi' } },
    labels: { team: 'a' },
    annotations: { note: 'a' },
    env: [{ name: 'KEY', value: 'a' }],
    volumes: [{ name: 'files', projected: { sources: [{ secret: { name: 'keys', items: [{ key: 'a', path: 'a' }] } }] } }],
    volumeMounts: [{ name: 'files', mountPath: '/files' }],
    initContainers: [container('first')],
    containers: [{
      ...container('second'),
      livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'a', value: 'b' }] } },
      lifecycle: { preStop: { exec: { command: ['true'] } } },
    }],
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'talos', operator: TolerationOperator.EXISTS, effect: TaintEffect.NO_SCHEDULE }],
    affinity: {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: selector().matchExpressions }] } },
      podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: { topologyKey: 'zone', labelSelector: selector() } }] },
    },
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: UnsatisfiableAction.SCHEDULE_ANYWAY, labelSelector: selector() }],
  };
}

test('of a node', () => {
  expectUnchanged((chart, kept) => {
    const storage = NodeStorage.persistent(kept({ annotations: { note: 'a' } }));
    const node = new TalosNode(chart, 'node', kept({ ...podOptions(), storage, claimRetentionPolicy: {} }));
    node.addContainer(kept(container('third')));
    node.addInitContainer(kept(container('fourth')));
    node.addEnv(kept({ name: 'OTHER', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }));
    node.addVolume(kept({ name: 'more', emptyDir: { sizeLimit: '1Gi' } }));
    node.addVolumeMount(kept({ name: 'more', mountPath: '/more' }));
  });
});

test('of a namespace', () => {
  expectUnchanged((chart, kept) => new TalosNamespace(chart, 'namespace', kept({ labels: { team: 'a' }, annotations: { note: 'a' } })));
});

test('of a cluster', () => {
  expectUnchanged((chart, kept) => new TalosCluster(chart, 'cluster', kept({
    clusterName: 'acme',
    secrets,
    readinessJob: {},
    controlPlane: {
      ...podOptions(),
      notes: true,
      podSubnets: ['10.192.0.0/18'],
      serviceSubnets: ['10.184.0.0/20'],
      additionalSans: ['acme.example.com'],
      patches: [MachineConfigPatch.fromDocuments(kept({ machine: { sysctls: { 'net.core.somaxconn': '1024' } } }))],
      cni: Cni.custom(...kept(['https://example.com/cni.yaml'])),
      hostingNetwork: HostingNetwork.of(kept({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'] })),
      kubernetesApi: ApiExposure.loadBalancer(kept({ host: '203.0.113.10', sourceRanges: ['198.51.100.0/24'], annotations: { note: 'a' } })),
      talosApi: ApiExposure.nodePort(kept({ annotations: { note: 'a' } })),
      networkPolicy: {
        operators: [NetworkPeer.pods(kept(selector()))],
        metricsReaders: [NetworkPeer.podsInNamespaces(kept(selector()), kept(selector()))],
      },
      toolImages: { busybox: 'registry.example.com/busybox:1.37' },
    },
    workerPools: [{
      ...podOptions(),
      name: 'general',
      nodeLabels: { 'example.com/pool': 'general' },
      nodeTaints: [{ key: 'example.com/a', effect: TaintEffect.NO_SCHEDULE }],
    }],
  })));
});

test('of a machine config', () => {
  const documents = [{ machine: { type: 'worker', certSANs: ['a'] }, cluster: {} }];
  const config = MachineConfig.fromDocuments(documents);
  const before = config.toYaml();
  spoil(documents);
  expect(config.toYaml()).toBe(before);
});
