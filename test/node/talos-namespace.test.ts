import { ApiObject, App, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import {
  ContainerRestartPolicy, KyvernoExceptionOptions, KyvernoPolicyKind, MountStorage, NodeStorage, Preflight, PreflightJob, ResourceQuotaOptions,
  ResourceRequirements, SeccompProfileType, SecurityContext, TalosAdmissionPolicyOptions, TalosMount, TalosNamespace, TalosNamespaceProps, TalosNode,
  TalosNodeProps, TalosWorkload, ValidationAction,
} from '../../src';

function synth(props?: TalosNamespaceProps, chartNamespace?: string): any {
  const chart = new Chart(new App(), 'test', { namespace: chartNamespace });
  new TalosNamespace(chart, 'namespace', props);
  return Testing.synth(chart)[0];
}

test('it admits privileged pods without a warning', () => {
  expect(synth({ name: 'talos' })).toEqual({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'talos',
      labels: {
        'app.kubernetes.io/managed-by': 'cdk8s-talos',
        'pod-security.kubernetes.io/audit': 'privileged',
        'pod-security.kubernetes.io/enforce': 'privileged',
        'pod-security.kubernetes.io/warn': 'privileged',
      },
    },
  });
});

test('the chart\'s namespace is the default name, and never a namespace of the namespace', () => {
  expect(synth(undefined, 'talos').metadata).toMatchObject({ name: 'talos' });
  expect(synth(undefined, 'talos').metadata).not.toHaveProperty('namespace');
});

test('labels and annotations are added', () => {
  const { metadata } = synth({ name: 'talos', labels: { team: 'a' }, annotations: { 'example.com/note': 'x y' } });
  expect(metadata.labels).toMatchObject({ 'team': 'a', 'pod-security.kubernetes.io/enforce': 'privileged' });
  expect(metadata.annotations).toEqual({ 'example.com/note': 'x y' });
});

test('default-deny is a policy in the namespace itself', () => {
  const chart = new Chart(new App(), 'test', { namespace: 'elsewhere' });
  new TalosNamespace(chart, 'namespace', { name: 'talos', defaultDeny: true });
  expect(Testing.synth(chart)[1]).toMatchObject({ kind: 'NetworkPolicy', metadata: { name: 'default-deny', namespace: 'talos' } });
});

test('a JSON patch is wire-level', () => {
  const chart = Testing.chart();
  const namespace = new TalosNamespace(chart, 'namespace', { name: 'talos' });
  ApiObject.of(namespace).addJsonPatch(JsonPatch.add('/spec', { futureField: { a: 1 } }));
  expect(Testing.synth(chart)[0].spec).toEqual({ futureField: { a: 1 } });
});

test.each<[TalosNamespaceProps, string]>([
  [{}, '\'name\' is missing'],
  [{ name: 'Talos' }, '\'name\' (Talos) is not a DNS label'],
  [{ name: 'a'.repeat(64) }, 'has 64 characters, 63 at most'],
  [{ name: 'talos', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } }, 'sets pod-security.kubernetes.io/enforce (baseline)'],
  [{ name: 'talos', labels: { 'a b': 'c' } }, '\'labels\' has the key \'a b\''],
  [{ name: 'talos', labels: { 'pod-security.kubernetes.io/warn-version': '1.30' } }, 'has the value \'1.30\' for pod-security.kubernetes.io/warn-version'],
  [{ name: 'talos', annotations: { '/x': 'c' } }, '\'annotations\' has the key \'/x\''],
])('%j is refused', (props, message) => {
  expect(() => synth(props)).toThrow(message);
});

describe('an admission policy', () => {
  const objects = (props: TalosNamespaceProps, chartNamespace?: string): any[] => {
    const chart = new Chart(new App(), 'test', { namespace: chartNamespace });
    new TalosNamespace(chart, 'namespace', { name: 'talos', ...props });
    return Testing.synth(chart);
  };

  test.each([undefined, 'talos', 'elsewhere'])('is of this namespace alone, and in none (chart: %s)', (chartNamespace) => {
    const [, policy, binding] = objects({ admissionPolicy: {} }, chartNamespace);
    expect([policy, binding]).toMatchObject([
      {
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'talos-pods.talos' },
        spec: { failurePolicy: 'Fail', matchConstraints: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'talos' } } } },
      },
      { kind: 'ValidatingAdmissionPolicyBinding', metadata: { name: 'talos-pods.talos' }, spec: { policyName: 'talos-pods.talos', validationActions: ['Deny'] } },
    ]);
    expect([policy, binding].filter(({ metadata }) => 'namespace' in metadata)).toEqual([]);
  });

  test('allows the mounts of every release, and what is given', () => {
    const [, policy] = objects({ admissionPolicy: { mountPaths: ['/var/mnt/it\'s'], hostPaths: ['/srv/talos'], actions: [ValidationAction.AUDIT] } });
    const variable = (name: string) => policy.spec.variables.find((each: any) => each.name === name).expression;
    [...Object.values(TalosMount), '/usr/local/etc/talos', '/var/mnt/it\\\'s'].forEach((path) => expect(variable('mountPaths')).toContain(`'${path}'`));
    expect(variable('hostPaths')).toContain('variables.isMachine && v.hostPath.path in [\'/srv/talos\']');
  });

  test.each<[TalosAdmissionPolicyOptions, string]>([
    [{ images: [] }, '\'admissionPolicy.images\' is empty: give the repository of Talos'],
    [{ images: ['siderolabs/talos'] }, '\'admissionPolicy.images\' (siderolabs/talos) names no registry: begin with one'],
    [{ images: ['ghcr.io/Talos'] }, '\'admissionPolicy.images\' (ghcr.io/Talos) is not the name of an image'],
    [{ images: ['ghcr.io/siderolabs/talos.*'] }, 'is not the name of an image'],
    [{ images: ['ghcr.io/talos', 'ghcr.io/talos'] }, '\'admissionPolicy.images\' has ghcr.io/talos twice'],
    [{ hostPaths: ['srv'] }, '\'admissionPolicy.hostPaths\' (srv) is not an absolute path'],
    [{ hostPaths: ['/srv/../'] }, 'is not an absolute path'],
    [{ hostPaths: ['//'] }, '\'admissionPolicy.hostPaths\' (//) would allow everything: name the directories'],
    [{ mountPaths: ['/'] }, '\'admissionPolicy.mountPaths\' (/) would allow everything'],
    [{ mountPaths: ['/sbin'] }, '\'admissionPolicy.mountPaths\' (/sbin) would let a volume replace Talos\'s programs'],
    [{ mountPaths: ['/usr/'] }, 'would let a volume replace Talos\'s programs'],
    [{ mountPaths: ['//usr//bin/containerd'] }, 'would let a volume replace Talos\'s programs'],
    [{ actions: [] }, '\'admissionPolicy.actions\' is empty'],
    [{ actions: [ValidationAction.DENY, ValidationAction.WARN] }, '\'admissionPolicy.actions\' has DENY and WARN, which Kubernetes refuses'],
  ])('%j is refused', (admissionPolicy, message) => {
    expect(() => objects({ admissionPolicy })).toThrow(message);
  });

  const machine = (admissionPolicy: TalosAdmissionPolicyOptions, node: TalosNodeProps) => () => {
    const app = new App();
    const chart = new Chart(app, 'test', { namespace: 'talos' });
    new TalosNamespace(chart, 'namespace', { admissionPolicy });
    new TalosNode(chart, 'node', node);
    app.synth();
  };
  const shell = (securityContext: SecurityContext) => ({ containers: [{ name: 'shell', image: 'busybox', securityContext }] });
  const modules = { volumes: [{ name: 'modules', hostPath: { path: '/lib/modules' } }] };

  test.each<[TalosAdmissionPolicyOptions, TalosNodeProps, string]>([
    [{ images: ['ghcr.io/siderolabs/talos'] }, { image: { registry: 'registry.example.com', tag: 'v1' } },
      '\'admissionPolicy.images\' doesn\'t have registry.example.com/siderolabs/talos:v1, which StatefulSet test-node uses: add it'],
    [{ images: [`ghcr.io/siderolabs/talos@sha256:${'0'.repeat(64)}`] }, {}, '\'admissionPolicy.images\' doesn\'t have ghcr.io/siderolabs/talos:'],
    [{ images: ['ghcr.io/siderolabs/talos:v1'] }, { image: { tag: 'v1', digest: `sha256:${'0'.repeat(64)}` } }, '\'admissionPolicy.images\' doesn\'t have'],
    [{}, { storage: NodeStorage.shared(MountStorage.hostPath('/srv/talos')) }, '\'admissionPolicy.hostPaths\' doesn\'t have /srv/talos, which StatefulSet test-node'],
    [{ hostPaths: ['/lib/modules'] }, { ...modules, volumeMounts: [{ name: 'modules', mountPath: '/lib/modules' }] },
      '\'admissionPolicy.mountPaths\' doesn\'t have /lib/modules'],
    [{}, shell({ privileged: true }), '\'admissionPolicy\' keeps out StatefulSet test-node, whose container \'shell\' is privileged: leave that out'],
    [{}, shell({ capabilities: { add: ['NET_ADMIN'] } }), 'whose container \'shell\' adds the capability NET_ADMIN'],
    [{}, shell({ seccompProfile: { type: SeccompProfileType.UNCONFINED } }), 'whose container \'shell\' has the seccomp profile Unconfined'],
  ])('%j fails the synthesis with %j', (policy, node, message) => {
    expect(machine(policy, node)).toThrow(message);
    expect(machine({ ...policy, actions: [ValidationAction.AUDIT] }, node)).not.toThrow();
  });

  test.each<[TalosAdmissionPolicyOptions, TalosNodeProps]>([
    [{}, { preflight: Preflight.initContainer(), ...shell({ capabilities: { add: ['CHOWN'] } }) }],
    [{ images: ['registry.example.com/siderolabs/talos'] }, { image: { registry: 'registry.example.com' } }],
    [{ hostPaths: ['/lib/modules'], mountPaths: ['/lib/modules'] }, { ...modules, volumeMounts: [{ name: 'modules', mountPath: '/lib/modules' }] }],
  ])('%j takes what it allows', (policy, node) => {
    expect(machine(policy, node)).not.toThrow();
  });

  test.each(['/srv/bin', '/usr/local', '/binaries', '/lib/modules'])('the path %s replaces no program', (path) => {
    expect(() => objects({ admissionPolicy: { mountPaths: [path] } })).not.toThrow();
  });
});

describe('a quota', () => {
  const synthesize = (resourceQuota: ResourceQuotaOptions, node: TalosNodeProps = {}): any[] => {
    const app = new App();
    const chart = new Chart(app, 'test', { namespace: 'talos' });
    new TalosNamespace(chart, 'namespace', { resourceQuota });
    new TalosNode(chart, 'node', { storage: NodeStorage.persistent({ size: Size.gibibytes(10) }), ...node });
    new PreflightJob(chart, 'preflight', { nodes: 3 });
    app.synth();
    return Testing.synth(chart);
  };
  // a machine has 500m, 1536Mi and 10Gi, a pod of the preflight 10m and 16Mi
  const ENOUGH = { cpu: '1.03', memory: '3120Mi', storage: '20Gi', pods: 5 };
  const prepare = [{ name: 'prepare', image: 'prepare:1', resources: { requests: { cpu: '900m' } } }];
  const sidecar = [{ name: 'sidecar', image: 'sidecar:1', restartPolicy: ContainerRestartPolicy.ALWAYS, resources: { requests: { cpu: '400m' } } }];
  const metrics = (resources?: ResourceRequirements) => [{ name: 'metrics', image: 'metrics:1', resources }];

  test('limits the sums of requests', () => {
    const objects = synthesize(ENOUGH, { replicas: 2 });
    expect(objects.find(({ kind }) => kind === 'ResourceQuota').spec.hard)
      .toEqual({ 'requests.cpu': '1.03', 'requests.memory': '3120Mi', 'requests.storage': '20Gi', 'pods': '5' });
    expect(objects.find(({ kind }) => kind === 'LimitRange')).toBeUndefined();
  });

  test('default requests are a LimitRange', () => {
    const objects = synthesize({ pods: 10, defaultRequests: { cpu: '10m' } });
    expect(objects.find(({ kind }) => kind === 'LimitRange').spec).toEqual({ limits: [{ type: 'Container', defaultRequest: { cpu: '10m' } }] });
  });

  test.each<[string, ResourceQuotaOptions, TalosNodeProps, string]>([
    ['too little CPU', { cpu: '1029m' }, { replicas: 2 }, '\'resourceQuota.cpu\' (1029m) is less than what the app requests in the namespace: raise it to 1030m at least'],
    ['too little memory', { memory: '3Gi' }, { replicas: 2 }, '\'resourceQuota.memory\' (3Gi) is less than what the app requests in the namespace: raise it to 3120Mi at least'],
    ['too little storage', { storage: '10Gi' }, { replicas: 2 }, '\'resourceQuota.storage\' (10Gi) is less than'],
    ['too little for the claim of a Pod', { storage: '1Gi' }, { workload: TalosWorkload.POD }, '\'resourceQuota.storage\' (1Gi) is less than'],
    ['too few pods', { pods: 4 }, { replicas: 2 }, '\'resourceQuota.pods\' (4) is less than the 5 pods of the app in the namespace, with those of Jobs: raise it'],
    ['a machine without requests', { cpu: '9' }, { resources: {} }, '\'resourceQuota.cpu\' keeps out pods with the container \'talos\' of StatefulSet test-node, which requests no cpu'],
    ['an init container beside a sidecar that began before it', { cpu: '1329m' }, { initContainers: [...sidecar, ...prepare] }, 'raise it to 1330m at least'],
    ['a sidecar without requests', { memory: '9Gi' }, { containers: metrics({ requests: { cpu: '1' } }) }, 'the container \'metrics\' of StatefulSet test-node, which requests no memory'],
  ])('%s fails the synthesis', (_, resourceQuota, node, message) => {
    expect(() => synthesize(resourceQuota, node)).toThrow(message);
  });

  test.each<[string, ResourceQuotaOptions, TalosNodeProps]>([
    ['no replicas', { pods: 3 }, { suspend: true }],
    ['limits stand in for requests', { memory: '4Gi' }, { containers: metrics({ limits: { memory: '1Gi' } }) }],
    ['defaults stand in for requests', { cpu: '541m', defaultRequests: { cpu: '11m' } }, { containers: metrics() }],
    ['init containers run before the sidecars that begin after them', { cpu: '930m' }, { initContainers: [...prepare, ...sidecar] }],
    ['init containers run before the others', { cpu: '530m' }, { initContainers: metrics({ requests: { cpu: '400m' } }) }],
  ])('%s', (_, resourceQuota, node) => {
    expect(() => synthesize(resourceQuota, node)).not.toThrow();
  });

  test.each<[ResourceQuotaOptions, string]>([
    [{}, '\'resourceQuota\' limits nothing: give one of cpu, memory, storage and pods'],
    [{ cpu: 'a lot' }, '\'resourceQuota.cpu\' (a lot) is not a quantity'],
    [{ memory: '0' }, '\'resourceQuota.memory\' (0) must be more than zero'],
    [{ pods: 0 }, '\'resourceQuota.pods\' (0) must be a whole number of at least 1'],
    [{ pods: 1, defaultRequests: { disk: '1' } }, '\'resourceQuota.defaultRequests.requests\' has the resource \'disk\''],
  ])('%j is refused', (resourceQuota, message) => {
    expect(() => synth({ name: 'talos', resourceQuota })).toThrow(message);
  });
});

describe('other admission controllers', () => {
  const objects = (props: TalosNamespaceProps) => {
    const chart = new Chart(new App(), 'test', { namespace: 'talos' });
    new TalosNamespace(chart, 'namespace', props);
    return Testing.synth(chart).filter(({ kind }: any) => ['PolicyException', 'SecurityContextConstraints', 'RoleBinding'].includes(kind));
  };
  const hostPaths = { admissionPolicy: { hostPaths: ['/srv/talos'] } };

  test('an exception from ClusterPolicies is for machines, and their kinds', () => {
    const [exception] = objects({ kyvernoException: { namespace: 'kyverno' } });
    expect(exception).toMatchObject({ apiVersion: 'kyverno.io/v2', metadata: { name: 'talos-machines.talos', namespace: 'kyverno' } });
    expect(exception.spec.match.any).toEqual([{
      resources: {
        kinds: ['Pod', 'StatefulSet', 'Deployment', 'ReplicaSet'], namespaces: ['talos'], selector: { matchLabels: { 'app.kubernetes.io/name': 'talos' } },
      },
    }]);
    expect(exception.spec.exceptions).toContainEqual({ policyName: 'disallow-privileged-containers', ruleNames: ['*privileged-containers'] });
    expect(JSON.stringify(exception)).not.toContain('host-path');
  });

  test('an exception follows the hostPaths, and the policies that are named', () => {
    expect(JSON.stringify(objects({ ...hostPaths, kyvernoException: {} }))).toContain('"*host-path"');
    expect(JSON.stringify(objects({ ...hostPaths, kyvernoException: { hostPathVolumes: false } }))).not.toContain('"*host-path"');
    expect(objects({ kyvernoException: { policies: ['no-root'] } })[0].spec.exceptions).toEqual([{ policyName: 'no-root', ruleNames: ['*'] }]);
  });

  test('an exception from ValidatingPolicies', () => {
    const [exception] = objects({ kyvernoException: { policyKind: KyvernoPolicyKind.VALIDATING_POLICY, policies: ['no-root'] } });
    expect(exception).toMatchObject({ apiVersion: 'policies.kyverno.io/v1', metadata: { namespace: 'talos' } });
    expect(exception.spec).toEqual({
      policyRefs: [{ kind: 'ValidatingPolicy', name: 'no-root' }],
      matchConditions: [{
        name: 'talos-machines',
        expression: 'object.metadata.namespace == \'talos\' && object.metadata.?labels[?\'app.kubernetes.io/name\'].orValue(\'\') == \'talos\'',
      }],
    });
  });

  test('OpenShift gets constraints for machines, and a binding for Jobs', () => {
    const [constraints, binding] = objects({ openShiftConstraints: {} });
    expect(constraints).toMatchObject({
      metadata: { name: 'talos-machines.talos' },
      users: ['system:serviceaccount:talos:default'],
      allowPrivilegedContainer: true,
      allowHostDirVolumePlugin: false,
      allowHostNetwork: false,
      allowedCapabilities: ['NET_ADMIN'],
      volumes: expect.not.arrayContaining(['hostPath']),
    });
    expect(constraints.metadata).not.toHaveProperty('namespace');
    expect(binding).toMatchObject({
      metadata: { namespace: 'talos' },
      subjects: [{ kind: 'Group', name: 'system:serviceaccounts:talos' }],
      roleRef: { kind: 'ClusterRole', name: 'system:openshift:scc:nonroot-v2' },
    });
    expect(objects({ ...hostPaths, openShiftConstraints: {} })[0]).toMatchObject({ allowHostDirVolumePlugin: true, volumes: expect.arrayContaining(['hostPath']) });
  });

  test.each<[KyvernoExceptionOptions, string]>([
    [{ policies: [] }, '\'kyvernoException.policies\' is empty'],
    [{ policies: ['No'] }, '\'kyvernoException.policies\' (No) is not a DNS name'],
    [{ policies: ['a', 'a'] }, '\'kyvernoException.policies\' has a twice'],
    [{ namespace: 'a.b' }, '\'kyvernoException.namespace\' (a.b) is not a DNS label'],
  ])('%j is refused', (kyvernoException, message) => {
    expect(() => objects({ kyvernoException })).toThrow(message);
  });
});
