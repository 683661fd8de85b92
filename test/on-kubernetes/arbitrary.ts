import * as fc from 'fast-check';
import {
  ClaimDescription, ConfigDescription, MachineConfigDescription, MountDescription, NamespaceDescription, NodeDescription, SnapshotsDescription,
  StorageDescription, WorkersDescription,
} from './described';
import {
  AccessMode, Affinity, Capabilities, ClaimRetention, ClaimRetentionPolicy, ConfigUpdate, Container, ContainerPort, ContainerRestartPolicy,
  CsiVolumeSource, DownwardApiVolumeFile, EmptyDirMedium, EnvFromSource, EnvSource, EnvVar, ExecAction, GrpcAction, HostPathType, HttpGetAction,
  ImagePullPolicy, KeyProjection, KeySelector, KyvernoExceptionOptions, KyvernoPolicyKind, LabelSelector, Lifecycle, LifecycleHandler,
  NodeSelectorTerm, NodeTaint, OpenShiftConstraintsOptions, PodAffinity, PodAffinityTerm, PreflightOptions, Probe, ProjectedVolumeSource, Protocol,
  ResourceQuotaOptions, ResourceRequirements, SeccompProfileType, SecurityContext, SelectorOperator, SelectorRequirement,
  ServiceAccountTokenProjection, SnapshotClaimOptions, SnapshotS3Options, TaintEffect, TalosAdmissionPolicyOptions, TalosImage, TalosMount,
  TalosRole, TalosWorkload, Toleration, TolerationOperator, TopologySpreadConstraint, UnsatisfiableAction, UriScheme, ValidationAction, Volume,
  VolumeMount, VolumeProjection,
} from '../../src';

/*
 * Arbitrary public properties: mostly sensible, so that many get as far as the API server, with something wild here and there.
 */

const WILD_TEXTS = [
  '', ' ', '.', '..', '-', '_', '/', 'A', 'a b', '-a', 'a-', 'a.b', 'a_b', 'a/b', 'a//b', 'a/b/c', '/a', 'a:b', '../a', 'a/../b', 'a..b', '...', '1', '1a', '0', 'ü', '💥',
  'a\nb', 'a\tb', '$(A)', '${A}', 'null', 'true', '0x1', '1e3', 'a'.repeat(16), 'a'.repeat(52), 'a'.repeat(63), 'a'.repeat(64), 'a'.repeat(253), 'a'.repeat(254),
  `${'a'.repeat(64)}.b`, `${'a.'.repeat(126)}a`, 'kubernetes.io/a', 'x.kubernetes.io/a', 'example.com/A_b.c', '__proto__', 'constructor', 'a,b', 'a=b', '*',
];
const WILD_NUMBERS = [-1, 0, 1, 0.5, 1.5, 65535, 65536, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 1e21, Number.NaN, Number.POSITIVE_INFINITY];

const wildText = fc.oneof(fc.constantFrom(...WILD_TEXTS), fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 6 }));
const rarely = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>) => fc.oneof({ weight: 24, arbitrary: usual }, { weight: 1, arbitrary: rare });
const text = (...usual: string[]) => rarely(fc.constantFrom(...usual), wildText);
const number = (...usual: number[]) => rarely(fc.constantFrom(...usual), fc.constantFrom(...WILD_NUMBERS));
const oneOf = <T extends string>(values: { [name: string]: T }) => fc.constantFrom(...Object.values(values));
const few = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 3 });

// cdk8s takes objects of a class only
const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record<T>(fields, { noNullPrototype: true });

/** A record of which some fields are missing, most of them in a large one. */
function sparse<T>(fields: { [K in keyof T]-?: fc.Arbitrary<T[K]> }, required: (keyof T)[] = [], missing = 2): fc.Arbitrary<T> {
  const model = Object.fromEntries(Object.entries<fc.Arbitrary<unknown>>(fields).map(([key, arbitrary]) => [
    key, required.includes(key as keyof T) ? arbitrary : fc.oneof({ weight: missing, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary }),
  ]));
  return record(model).map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T);
}

const objectName = text('a', 'disk', 'keys', 'my-app.example', '1a');
const key = text('a', 'token', 'machine.yaml', 'A_b-c.d');
const path = text('/a', '/data', '/srv/talos', '/lib/modules', '/a/b/', '/var', '/var/lib', '/');
const quantity = text('1', '500m', '0', '2Gi', '1.5', '100Mi', '1e3', '0.1', '64Ki', '1Ei', '1n', '1M', '+1', '-1', '1.', '.5', '10E', '100u', '0.5Gi', '1k');
const map = (keys: fc.Arbitrary<string>, values: fc.Arbitrary<string>) => fc.dictionary(keys, values, { maxKeys: 2, noNullPrototype: true });
const labels = map(text('team', 'example.com/tier', 'app.kubernetes.io/part-of', 'a.b_c'), text('a', '', 'A_b.c', '1'));
const annotations = map(text('note', 'example.com/note'), fc.oneof(text('a', 'any text: {}'), fc.string()));
const wildMap = map(wildText, wildText);

const keySelector: fc.Arbitrary<KeySelector> = sparse({ name: objectName, key, optional: fc.boolean() }, ['name', 'key']);
const envVar: fc.Arbitrary<EnvVar> = sparse({
  name: text('A', 'B', 'TALOSSKU', 'a.b-c', 'PLATFORM', 'USERDATA'),
  value: text('', 'a', 'a b', '$(A)'),
  valueFrom: sparse<NonNullable<EnvVar['valueFrom']>>({
    secretKeyRef: keySelector,
    configMapKeyRef: keySelector,
    fieldRef: sparse({
      fieldPath: text('metadata.name', 'spec.nodeName', 'status.podIP', 'status.hostIP', 'metadata.labels[\'a\']', 'metadata.annotations[\'b/c\']', 'metadata.uid',
        'metadata.labels', 'spec.serviceAccountName', 'status.podIPs', 'status.phase', 'spec'),
    }, ['fieldPath']),
  }, [], 3),
}, ['name'], 1);
const envFromSource: fc.Arbitrary<EnvFromSource> = fc.tuple(sparse({ prefix: text('A_', 'a.b-') }), fc.oneof(
  record({ secretRef: sparse<EnvSource>({ name: objectName, optional: fc.boolean() }, ['name']) }),
  record({ configMapRef: sparse<EnvSource>({ name: objectName, optional: fc.boolean() }, ['name']) }),
)).map(([prefix, source]) => ({ ...prefix, ...source }));

const volumeName = text('scratch', 'keys', 'run', 'data', 'var');
const items = few(sparse<{ key: string; path: string; mode?: number }>({ key, path: text('a', 'a/b', 'a.b', '.a'), mode: number(0o400, 0o777, 0) }, ['key', 'path']));
const keyProjection: fc.Arbitrary<KeyProjection> = sparse<KeyProjection>({ name: objectName, items, optional: fc.boolean() }, ['name']);
const projection: fc.Arbitrary<VolumeProjection> = fc.oneof(
  record({ secret: keyProjection }),
  record({ configMap: keyProjection }),
  record({
    downwardApi: record({
      items: few(sparse<DownwardApiVolumeFile>({
        path: text('name', 'labels', 'a/b'),
        fieldRef: record({ fieldPath: text('metadata.name', 'metadata.labels', 'metadata.annotations', 'metadata.labels[\'a\']', 'metadata.uid', 'spec.nodeName') }),
        mode: number(0o400),
      }, ['path', 'fieldRef'])),
    }),
  }),
  record({
    serviceAccountToken: sparse<ServiceAccountTokenProjection>({
      path: text('token', 'a/token'), audience: text('vault', ''), expirationSeconds: number(600, 3600, 2 ** 32),
    }, ['path']),
  }),
);
const volume: fc.Arbitrary<Volume> = fc.oneof(
  record({ name: volumeName, emptyDir: sparse<NonNullable<Volume['emptyDir']>>({ medium: oneOf(EmptyDirMedium), sizeLimit: quantity }) }),
  record({ name: volumeName, hostPath: sparse<NonNullable<Volume['hostPath']>>({ path, type: oneOf(HostPathType) }, ['path']) }),
  record({ name: volumeName, persistentVolumeClaim: sparse<NonNullable<Volume['persistentVolumeClaim']>>({ claimName: objectName, readOnly: fc.boolean() }, ['claimName']) }),
  record({
    name: volumeName,
    secret: sparse<NonNullable<Volume['secret']>>({ secretName: objectName, items, defaultMode: number(0o400, 0o644), optional: fc.boolean() }, ['secretName']),
  }),
  record({
    name: volumeName,
    configMap: sparse<NonNullable<Volume['configMap']>>({ name: objectName, items, defaultMode: number(0o400, 0o644), optional: fc.boolean() }, ['name']),
  }),
  record({
    name: volumeName,
    csi: sparse<CsiVolumeSource>({
      driver: text('secrets-store.csi.k8s.io', 'A.csi'),
      readOnly: fc.boolean(),
      fsType: text('ext4'),
      volumeAttributes: map(text('share', 'secretProviderClass'), wildText),
      nodePublishSecretRef: record({ name: objectName }),
    }, ['driver']),
  }),
  record({ name: volumeName, projected: sparse<ProjectedVolumeSource>({ sources: few(projection), defaultMode: number(0o400, 0o644) }, ['sources']) }),
);
const volumeMount: fc.Arbitrary<VolumeMount> = sparse({ name: volumeName, mountPath: path, readOnly: fc.boolean(), subPath: text('a', 'a/b', 'a.b', './a') }, ['name', 'mountPath']);

const amounts = map(text('cpu', 'memory', 'ephemeral-storage', 'hugepages-2Mi', 'example.com/gpu'), quantity);
const resources: fc.Arbitrary<ResourceRequirements> = sparse({ requests: amounts, limits: amounts });
const capabilities: fc.Arbitrary<Capabilities> = sparse({ add: few(text('NET_ADMIN', 'ALL', 'net_raw')), drop: few(text('ALL', 'CAP_SYS_ADMIN')) });
const securityContext: fc.Arbitrary<SecurityContext> = sparse({
  privileged: fc.boolean(),
  allowPrivilegeEscalation: fc.boolean(),
  readOnlyRootFilesystem: fc.boolean(),
  runAsNonRoot: fc.boolean(),
  runAsUser: number(0, 1000),
  runAsGroup: number(0, 1000),
  capabilities,
  seccompProfile: record({ type: oneOf(SeccompProfileType) }),
});
const port: fc.Arbitrary<ContainerPort> = sparse({ containerPort: number(80, 9100, 50000), name: text('http', 'metrics', 'a-1'), protocol: oneOf(Protocol) }, ['containerPort']);
const exec: fc.Arbitrary<ExecAction> = record({ command: few(text('true', 'sh', '-c')) });
const httpGet: fc.Arbitrary<HttpGetAction> = sparse<HttpGetAction>({
  port: number(80, 8080),
  path: text('/', '/healthz', '/a?b=c'),
  scheme: oneOf(UriScheme),
  httpHeaders: few(record({ name: text('Host', 'X-Token'), value: wildText })),
}, ['port']);
const probe: fc.Arbitrary<Probe> = fc.tuple(
  fc.oneof(
    record({ exec }),
    record({ httpGet }),
    record({ tcpSocket: record({ port: number(80) }) }),
    record({ grpc: sparse<GrpcAction>({ port: number(9090), service: text('a.B', '') }, ['port']) }),
  ),
  sparse<Omit<Probe, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'>>({
    initialDelaySeconds: number(0, 5),
    timeoutSeconds: number(1, 5),
    periodSeconds: number(1, 20),
    successThreshold: number(1, 2),
    failureThreshold: number(1, 30),
    terminationGracePeriodSeconds: number(10),
  }, [], 6),
).map(([handler, times]) => ({ ...handler, ...times }));
const lifecycleHandler: fc.Arbitrary<LifecycleHandler> = fc.oneof(
  record({ exec }),
  record({ httpGet }),
  record({ sleep: record({ seconds: number(1, 60, 120) }) }),
);
const container: fc.Arbitrary<Container> = sparse<Container>({
  name: text('sidecar', 'metrics', 'prepare'),
  image: text('busybox', 'registry.example.com:5000/a/b:c', 'a@sha256:0'),
  imagePullPolicy: oneOf(ImagePullPolicy),
  command: few(text('true', 'sh', '-c')),
  args: few(text('a', '')),
  workingDir: text('/', 'a'),
  env: few(envVar),
  envFrom: few(envFromSource),
  ports: few(port),
  resources,
  volumeMounts: few(volumeMount),
  securityContext,
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
  lifecycle: sparse<Lifecycle>({ postStart: lifecycleHandler, preStop: lifecycleHandler }),
  restartPolicy: oneOf(ContainerRestartPolicy),
}, ['name', 'image'], 3);

const requirement: fc.Arbitrary<SelectorRequirement> = sparse({
  key: text('kubernetes.io/os', 'disk', 'metadata.name'), operator: oneOf(SelectorOperator), values: few(text('linux', '1', 'a')),
}, ['key', 'operator'], 1);
const labelSelector: fc.Arbitrary<LabelSelector> = sparse({ matchLabels: labels, matchExpressions: few(requirement) });
const nodeSelectorTerm: fc.Arbitrary<NodeSelectorTerm> = sparse({ matchExpressions: few(requirement), matchFields: few(requirement) });
const topologyKey = text('kubernetes.io/hostname', 'topology.kubernetes.io/zone');
const podAffinityTerm: fc.Arbitrary<PodAffinityTerm> = sparse({
  topologyKey, labelSelector, namespaces: few(text('a', 'kube-system')), namespaceSelector: labelSelector,
}, ['topologyKey']);
const podAffinity: fc.Arbitrary<PodAffinity> = sparse({
  requiredDuringSchedulingIgnoredDuringExecution: few(podAffinityTerm),
  preferredDuringSchedulingIgnoredDuringExecution: few(record({ weight: number(1, 50, 100), podAffinityTerm })),
});
const affinity: fc.Arbitrary<Affinity> = sparse({
  nodeAffinity: sparse<NonNullable<Affinity['nodeAffinity']>>({
    requiredDuringSchedulingIgnoredDuringExecution: record({ nodeSelectorTerms: few(nodeSelectorTerm) }),
    preferredDuringSchedulingIgnoredDuringExecution: few(record({ weight: number(1, 50, 100), preference: nodeSelectorTerm })),
  }),
  podAffinity,
  podAntiAffinity: podAffinity,
}, [], 1);
const toleration: fc.Arbitrary<Toleration> = sparse({
  key: text('dedicated', 'example.com/a'), operator: oneOf(TolerationOperator), value: text('a', ''), effect: oneOf(TaintEffect), tolerationSeconds: number(0, 60),
}, [], 1);
const spread: fc.Arbitrary<TopologySpreadConstraint> = sparse({
  maxSkew: number(1, 2), topologyKey, whenUnsatisfiable: oneOf(UnsatisfiableAction), labelSelector, minDomains: number(1, 3),
}, ['maxSkew', 'topologyKey', 'whenUnsatisfiable']);

const claim: fc.Arbitrary<ClaimDescription> = sparse({
  // cdk8s itself refuses sizes that are negative or no number
  size: fc.constantFrom(1, 1024, 3 * 2 ** 20, 2 ** 40, 0, 2 ** 60), storageClassName: text('standard', 'a.b'), accessMode: oneOf(AccessMode), annotations,
});
const mountStorage: fc.Arbitrary<MountDescription> = fc.oneof(
  sparse<MountDescription & { kind: 'ephemeral' }>({
    kind: fc.constant('ephemeral'), medium: oneOf(EmptyDirMedium), sizeLimit: fc.constantFrom(1, 1024, 0, 2 ** 60),
  }, ['kind']),
  claim.map((options) => ({ kind: 'claim' as const, ...options })),
  record({ kind: fc.constant('existingClaim'), claimName: objectName }),
  sparse<MountDescription & { kind: 'hostPath' }>({ kind: fc.constant('hostPath'), path, type: oneOf(HostPathType) }, ['kind', 'path']),
);
const storage: fc.Arbitrary<StorageDescription> = fc.tuple(fc.oneof(
  sparse<StorageDescription & { kind: 'persistent' | 'essential' }>({ kind: fc.constantFrom('persistent', 'essential'), claim, exceptions: fc.constant([]) }, ['kind']),
  record({ kind: fc.constant('ephemeral') }),
  record({ kind: fc.constant('shared'), storage: mountStorage }),
), few(fc.tuple(oneOf(TalosMount), mountStorage))).map(([kind, exceptions]) => ({ ...kind, exceptions }));

const machineType = fc.constantFrom('controlplane', 'worker');
const talosVersion = text('v1.13', 'v1.7', 'v1.9.6', 'v1.12.3', 'v1.14.1', 'v1.14.2', 'v1.13.0-alpha.1', `v1.13.0-${'a'.repeat(60)}`, 'v1.13.1+build');
const config: fc.Arbitrary<ConfigDescription> = fc.oneof(
  sparse<ConfigDescription & { kind: 'generated' }>({ kind: fc.constant('generated'), type: machineType, talosVersion: fc.constant('v1.13') }, ['kind', 'type']),
  sparse<ConfigDescription & { kind: 'imported' }>({ kind: fc.constant('imported'), secretName: objectName, secretKey: key }, ['kind', 'secretName']),
);
const image: fc.Arbitrary<TalosImage> = sparse({
  registry: text('registry.example.com:5000/mirror', 'ghcr.io'), repository: text('siderolabs/talos', 'talos'), tag: text('latest', 'v1', 'A_b.c-d'),
});

const claimRetentionPolicy: fc.Arbitrary<ClaimRetentionPolicy> = sparse({ whenDeleted: oneOf(ClaimRetention), whenScaled: oneOf(ClaimRetention) });

export const namespaceProps: fc.Arbitrary<NamespaceDescription> = sparse({
  name: text('talos', '1', 'a-b'),
  labels: fc.oneof(labels, map(text('pod-security.kubernetes.io/enforce-version', 'kubernetes.io/metadata.name'), text('latest', 'v1.31', 'talos')), wildMap),
  annotations: fc.oneof(annotations, wildMap),
  defaultDeny: fc.boolean(),
  admissionPolicy: sparse<TalosAdmissionPolicyOptions>({
    images: few(text('ghcr.io/siderolabs/talos', 'localhost/talos:v1', '[fd00::1]:5000/talos', `ghcr.io/talos@sha256:${'0'.repeat(64)}`, 'siderolabs/talos')),
    hostPaths: few(path),
    mountPaths: few(path),
    actions: few(oneOf(ValidationAction)),
  }),
  resourceQuota: sparse<ResourceQuotaOptions>({
    cpu: quantity, memory: quantity, storage: quantity, pods: number(1, 10), defaultRequests: map(text('cpu', 'memory', 'example.com/gpu'), quantity),
  }),
  kyvernoException: sparse<KyvernoExceptionOptions>({
    policyKind: oneOf(KyvernoPolicyKind), policies: few(text('a', 'disallow-latest-tag')), hostPathVolumes: fc.boolean(), namespace: text('kyverno'),
  }),
  openShiftConstraints: sparse<OpenShiftConstraintsOptions>({ hostPathVolumes: fc.boolean() }),
}, ['name'], 4);

export const machineConfigProps: fc.Arbitrary<MachineConfigDescription> = sparse<MachineConfigDescription>({
  type: machineType,
  talosVersion: fc.constantFrom('v1.7', 'v1.12', 'v1.13', 'v1.14'),
  name: fc.oneof(objectName, wildText),
  podDefaults: fc.boolean(),
  validate: fc.boolean(),
  labels: fc.oneof(labels, wildMap),
  annotations: fc.oneof(annotations, wildMap),
}, ['type'], 1);

export const workersProps: fc.Arbitrary<WorkersDescription> = sparse<WorkersDescription>({
  name: text('general', 'a', 'gpu-1', 'n'.repeat(47)),
  replicas: number(1, 2, 3),
  maxUnavailable: number(0, 1, 2),
  labels,
  nodeLabels: fc.oneof(map(text('team', 'topology.kubernetes.io/zone', 'node.kubernetes.io/a', 'a.b_c'), text('a', '', 'A_b.c', '1')), wildMap),
  nodeTaints: few(sparse<NodeTaint>({ key: text('dedicated', 'example.com/gpu', 'a'), value: fc.oneof(text('a', '', 'A_b.c'), wildText), effect: oneOf(TaintEffect) }, ['key', 'effect'])),
  talosVersion: text('v1.13', 'v1.11', 'v1.12.3', 'v1.14.1', 'v1.14.2', 'v1.13.0-alpha.1', `v1.13.0-${'a'.repeat(60)}`, 'v1.13.1+build'),
  kubernetesVersion: text('1.36.0', '1.35.2', 'v1.35.1', '1.34.1', '1.37.0'),
  configUpdate: oneOf(ConfigUpdate),
  storage,
  claimRetentionPolicy,
}, ['name']);

const cronField = (...usual: string[]) => fc.array(rarely(
  fc.constantFrom('*', '?', '1', '1-5', '*/2', '1/3', '2-4/2', ...usual), fc.oneof(wildText, fc.constantFrom('60', '24', '32', '13', '7', '0', '5-1', '*/0', '1-', '+1')),
), { minLength: 1, maxLength: 2 }).map((ranges) => ranges.join(','));
const cronFields = fc.tuple(cronField('59'), cronField('23'), cronField('31'), cronField('jan', 'DEC'), cronField('0', 'sun-SAT')).map((fields) => fields.join(' '));

export const snapshotsProps: fc.Arbitrary<SnapshotsDescription> = sparse<SnapshotsDescription>({
  schedule: fc.oneof({ weight: 4, arbitrary: cronFields }, { weight: 1, arbitrary: text('@daily', '@every 1h30m', '@every 1.5h', '@yearly', ' 0  0 * * * ', 'TZ=UTC * * * * *') }),
  target: fc.oneof(
    record({ claim: sparse<SnapshotClaimOptions>({ claimName: objectName, directory: text('a', 'a/b', '', 'A_b.c') }, ['claimName']) }),
    record({
      s3: sparse<SnapshotS3Options>({
        bucket: text('backups', 'my.bucket'),
        credentialsSecretName: objectName,
        endpoint: text('https://s3.example.com', 'http://minio:9000'),
        region: text('eu-central-1'),
        prefix: text('a', 'a/b', ''),
        caSecretName: objectName,
        pathStyle: fc.boolean(),
        scratchSizeLimit: quantity,
      }, ['bucket', 'credentialsSecretName', 'endpoint']),
    })),
  timeZone: text('Europe/Berlin', 'UTC', 'Etc/GMT+1', 'europe/berlin', 'Local', 'GMT', 'EST5EDT', 'US/Pacific'),
  keep: number(1, 7, 100),
  timeout: rarely(fc.constantFrom(60_000, 3_600_000), fc.constantFrom(0, 1, 1500, 2 ** 31 * 1000, 2 ** 53)),
  name: text('a', 'snapshots', 'n'.repeat(52)),
}, ['schedule', 'target']);

export const nodeProps: fc.Arbitrary<NodeDescription> = sparse<NodeDescription>({
  name: text('a', 'talos-node', 'n'.repeat(52)),
  talosVersion,
  machineConfig: config,
  configUpdate: oneOf(ConfigUpdate),
  role: oneOf(TalosRole),
  workload: oneOf(TalosWorkload),
  replicas: number(0, 1, 2, 3),
  externalReplicas: fc.boolean(),
  suspend: fc.boolean(),
  storage,
  claimRetentionPolicy,
  image,
  imagePullPolicy: oneOf(ImagePullPolicy),
  imagePullSecrets: few(objectName),
  resources,
  readOnlyRootFilesystem: fc.boolean(),
  nodeSelector: labels,
  tolerations: few(toleration),
  affinity,
  topologySpreadConstraints: few(spread),
  priorityClassName: text('system-cluster-critical'),
  runtimeClassName: text('cdk8s-talos-tests'),
  labels,
  annotations,
  env: few(envVar),
  volumes: few(volume),
  volumeMounts: few(volumeMount),
  preflight: sparse<PreflightOptions>({ image: text('registry.example.com/busybox:1.37'), flannel: fc.boolean() }),
  initContainers: few(container),
  containers: few(container),
  terminationGracePeriod: rarely(fc.constantFrom(30_000, 60_000, 300_000), fc.constantFrom(0, 1, 1000, 1500, 2 ** 31 * 1000, 2 ** 53)),
  preStopSleep: rarely(fc.constantFrom(0, 1000, 5000), fc.constantFrom(1, 1500, 300_000, 2 ** 53)),
}, [], 6);
