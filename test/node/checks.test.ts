import { App, Chart, Duration, Size } from 'cdk8s';
import {
  ConfigUpdate, ContainerRestartPolicy, MachineConfig, MachineConfigPatch, MountStorage, NodeAffinity, NodeStorage, PodAffinityTerm, Protocol,
  SelectorOperator, TaintEffect, TalosMachineConfig, TalosMount, TalosNode, TalosNodeProps, TalosRole, TalosVersion, TalosWorkload,
  TolerationOperator, UnsatisfiableAction,
} from '../../src';
import { generated } from '../support/machine-configs';
import { machineConfig, newChart, synth, synthConfigured } from '../support/talos-nodes';

describe('bad input', () => {
  const chart = newChart;

  test.each<[string, TalosNodeProps, string]>([
    ['a name that is no DNS label', { name: 'Node_1' }, '\'name\' (Node_1) is not a DNS label'],
    ['a name that begins with a digit', { name: '1node' }, '\'name\' (1node) is not a DNS label'],
    ['a name too long for a StatefulSet', { name: 'n'.repeat(53) }, 'has 53 characters, 52 at most'],
    ['a name too long for a Deployment', { name: 'n'.repeat(64), workload: TalosWorkload.DEPLOYMENT }, 'has 64 characters, 63 at most'],
    ['negative replicas', { replicas: -1 }, '\'replicas\' (-1) must be a whole number of at least 0'],
    ['half a replica', { replicas: 1.5 }, '\'replicas\' (1.5) must be a whole number of at least 0'],
    ['several replicas of a Pod', { replicas: 2, workload: TalosWorkload.POD }, '\'replicas\' (2) is not the one machine of TalosWorkload.POD'],
    ['no replicas of a Pod', { replicas: 0, workload: TalosWorkload.POD }, '\'replicas\' (0) is not the one machine of TalosWorkload.POD'],
    ['a suspended Pod', { suspend: true, workload: TalosWorkload.POD }, '\'suspend\' can\'t change the one machine of TalosWorkload.POD'],
    ['a Pod of somebody else', { externalReplicas: true, workload: TalosWorkload.POD }, '\'externalReplicas\' can\'t change the one machine of TalosWorkload.POD'],
    ['a number that is set twice', { externalReplicas: true, replicas: 2 },
      '\'externalReplicas\' leaves the number of machines to somebody else, and \'replicas\' sets it: leave one of them out'],
    ['suspended machines of somebody else', { externalReplicas: true, suspend: true }, '\'externalReplicas\' leaves the number of machines to somebody else, and \'suspend\' sets it'],
    ['one claim for any number of replicas', { externalReplicas: true, storage: NodeStorage.shared(MountStorage.existingClaim('a')) },
      '\'storage\' keeps /system/state in one place for all replicas of a StatefulSet'],
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
    ['a retention policy without claims', { storage: NodeStorage.ephemeral(), claimRetentionPolicy: {} }, '\'claimRetentionPolicy\' applies to the claims'],
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
    ['a registry with a scheme', { image: { registry: 'https://example.com' } }, '\'image.registry\' (https://example.com) can\'t be part of an image name'],
    ['a tag with a space', { image: { tag: 'a b' } }, '\'image.tag\' (a b) can\'t be part of an image name'],
    ['a repository with an empty component', { image: { repository: 'a//b' } }, '\'image.repository\' (a//b) can\'t be part of an image name'],
    ['two registries', { image: { registry: 'mirror.lab', repository: 'ghcr.io/siderolabs/talos' } },
      '\'image.repository\' (ghcr.io/siderolabs/talos) names a registry beside \'image.registry\' (mirror.lab): leave \'registry\' out, or give a mirror\'s path to it (\'mirror.lab/ghcr.io\')'],
    ['a repository with a scheme', { image: { repository: 'https://factory.talos.dev/x' } }, '\'image.repository\' (https://factory.talos.dev/x) can\'t be part'],
    ['a digest without its algorithm', { image: { digest: '0a'.repeat(32) } }, `'image.digest' (${'0a'.repeat(28)}0...) can't be part of an image name: give 'sha256:'`],
    ['a digest in upper case', { image: { digest: `sha256:${'0A'.repeat(32)}` } }, '\'image.digest\' (sha256:0A0A'],
    ['a digest of another length', { image: { digest: 'sha256:0a' } }, '\'image.digest\' (sha256:0a)'],
    ['an image name too long', { image: { repository: 'a'.repeat(250) } }, 'has 258 characters, 255 at most'],
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
    expect(() => new TalosNode(second, 'node', { name: 'twin' })).toThrow('\'name\' (twin) is already the name of the Talos node at first/node');
  });

  test('a Pod of the name that a StatefulSet gives its pod is refused, whichever comes first', () => {
    const pod = (scope: Chart, name: string) => new TalosNode(scope, name, { name, workload: TalosWorkload.POD });
    const statefulSet = (scope: Chart, name: string) => new TalosNode(scope, name, { name });
    const [first, second, apart] = [newChart(), newChart(), newChart()];
    statefulSet(first, 'node');
    expect(() => pod(first, 'node-10')).toThrow('\'name\' (node-10) is the name of a pod of the StatefulSet at test/node: give one of them another name');
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
    expect(synthConfigured('controlplane', { talosVersion: TalosVersion.V1_13 }, TalosVersion.V1_9).talos.image).toContain('v1.13.10');
    expect(() => synthConfigured('controlplane', { talosVersion: TalosVersion.V1_14 }, TalosVersion.V1_13))
      .toThrow('\'machineConfig\' is for Talos 1.13 and lacks parts that pods of Talos 1.14 need');
  });

  test('a machine config in another namespace is refused', () => {
    const app = new App();
    const elsewhere = machineConfig(new Chart(app, 'elsewhere', { namespace: 'b' }));
    expect(() => new TalosNode(new Chart(app, 'here', { namespace: 'a' }), 'node', { machineConfig: elsewhere }))
      .toThrow('\'machineConfig\' (elsewhere-config) is in the namespace b, the node in a');
  });

  test('one name for several replicas is refused', () => {
    const named = (replicas: number) => {
      const scope = newChart();
      const config = MachineConfig.fromYaml(generated('v1.11').worker, { talosVersion: TalosVersion.V1_11 })
        .patch(MachineConfigPatch.fromYaml('machine: {network: {hostname: edge}}'));
      return new TalosNode(scope, 'node', { replicas, machineConfig: new TalosMachineConfig(scope, 'config', { config }) });
    };
    expect(() => named(2)).toThrow('\'machineConfig\' (test-config) gives the name \'edge\' to all 2 \'replicas\', which would register as the same node: '
      + 'leave the name out, or use one replica');
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
