import { cases, ManifestCase, synthesize } from './cases';
import { Answer, KubeClient, KubeObject } from './kube-client';
import { ofKind, podOf, workloads } from './manifests';
import { applyAll } from './rollout';
import { newNamespace } from './run';
import { until } from './until';
import { NodeStorage, TalosAdmissionPolicyOptions, TalosNamespaceProps, TalosNode, TalosWorkload, ValidationAction } from '../../src';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());
beforeAll(() => applyAll(client, cases.flatMap(({ surroundings = [] }) => ofKind(surroundings, 'RuntimeClass'))));

const privileged = { securityContext: { privileged: true } };

function shell(namespace: string, changes: object = privileged): KubeObject {
  const container = { name: 'shell', image: 'busybox', command: ['sleep', 'infinity'], ...changes };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shell', namespace }, spec: { containers: [container] } };
}

/** A namespace with the service accounts of all cases. */
async function prepareWith(props: TalosNamespaceProps, labels: { [key: string]: string } = {}): Promise<string> {
  const namespace = newNamespace();
  const [own, ...others] = synthesize(namespace, () => undefined, props);
  await applyAll(client, [{ ...own, metadata: { ...own.metadata, labels: { ...own.metadata.labels, ...labels } } }, ...others]);
  await until('the namespace has its service account', async () => (await client.list('v1', 'ServiceAccount', namespace)).length > 0 || undefined);
  const accounts = cases.flatMap(({ manifests }) => ofKind(manifests(namespace), 'ServiceAccount'));
  await applyAll(client, [...new Map(accounts.map((account) => [account.metadata.name, account])).values()]);
  return namespace;
}

/** The same with a policy that the API server has taken up. */
async function prepare(admissionPolicy?: TalosAdmissionPolicyOptions): Promise<string> {
  const namespace = await prepareWith({ admissionPolicy });
  if (admissionPolicy) {
    await until('the policy is in force', async () => {
      const { status, warnings } = await client.apply(shell(namespace), { dryRun: true });
      return status >= 400 || warnings !== undefined || undefined;
    });
  }
  return namespace;
}

const byDefault = prepare({});
const extended = prepare({
  images: ['ghcr.io/siderolabs/talos', 'registry.example.com:5000/mirror/siderolabs/talos'],
  hostPaths: ['/srv/talos', '/lib/modules'],
  mountPaths: ['/lib/modules', '/scratch', '/mnt/disk'],
});

/** The pods of all kinds of objects. */
function podsOf(objects: KubeObject[]): KubeObject[] {
  const jobs = ofKind(objects, 'CronJob').map(({ metadata, spec }) => ({ kind: 'Job', metadata, spec: spec.jobTemplate.spec }));
  return [...workloads(objects), ...ofKind(objects, 'Job'), ...jobs].map(podOf);
}

/** The first reason for which the API server doesn't take a pod. */
async function refusal(pod: KubeObject): Promise<string | undefined> {
  return message(await client.create(pod, { dryRun: true }));
}

function message({ status, body, warnings }: Answer): string | undefined {
  return status >= 300 ? body.message : warnings;
}

/** Cases that need more than the default policy allows. */
const NEEDY: [name: RegExp, message: string][] = [
  [/^storage: hostPath/, '\'volumes\' (data) is a directory of the node'],
  [/^image, resources/, '\'image\' (registry.example.com:5000/mirror/siderolabs/talos:v1.13.9-acme) is no image of Talos that may be privileged here: '
    + 'use ghcr.io/siderolabs/talos, or add it to \'admissionPolicy.images\' of the TalosNamespace'],
  [/^env, volumes/, '\'volumes\' (modules) is a directory of the node: use another volume, or, for a Talos machine, add the path to '
    + '\'admissionPolicy.hostPaths\' of the TalosNamespace'],
];

test.each(cases)('$name: the policy admits its pods', async ({ name, manifests }: ManifestCase) => {
  const expected = NEEDY.find(([pattern]) => pattern.test(name))?.[1];
  for (const pod of podsOf(manifests(await byDefault))) {
    expect(await refusal(pod)).toEqual(expected === undefined ? undefined : expect.stringContaining(expected));
  }
  for (const pod of podsOf(manifests(await extended))) {
    expect(await refusal(pod)).toBeUndefined();
  }
});

test('every case that needs more is there', () => {
  NEEDY.forEach(([pattern]) => expect(cases.some(({ name }) => pattern.test(name))).toBe(true));
});

/** Cases with containers of their user that don't request CPU and memory. */
const WITHOUT_REQUESTS = /^(env, volumes|sidecars|cluster: pools of several|namespace: )/;

test('a quota of CPU and memory keeps out no pod of the library\'s own', async () => {
  const namespace = await prepareWith({ resourceQuota: { cpu: '1000', memory: '1Ti' } });
  const keptOut: string[] = [];
  for (const { name, manifests } of cases) {
    for (const pod of podsOf(manifests(namespace))) {
      const found = await refusal(pod);
      if (found !== undefined) {
        expect(found).toContain('failed quota: quota: must specify');
        keptOut.push(name);
      }
    }
  }
  expect([...new Set(keptOut)]).toEqual(cases.map(({ name }) => name).filter((name) => WITHOUT_REQUESTS.test(name)));
});

/** A machine's pod, and its Talos container. */
type Change = (spec: any, talos: any, metadata: any) => void;

const addVolume = (volume: object, mountPath: string, mount: object = {}): Change => (spec, talos) => {
  spec.volumes.push({ name: 'own', ...volume });
  talos.volumeMounts.push({ name: 'own', mountPath, ...mount });
};
const image = (value: string): Change => (_, talos) => { talos.image = value; };
const sidecar = (container: object): Change => (spec) => { spec.containers.push({ name: 'shell', image: 'busybox', ...container }); };
const context = (securityContext: object): Change => sidecar({ securityContext });
const podContext = (securityContext: object): Change => (spec) => { spec.securityContext = securityContext; };
const hostPath = (path: string) => ({ hostPath: { path } });

const ATTACKS: [name: string, change: Change, message: string][] = [
  ['another image', image('busybox'), '\'image\' (busybox) is no image of Talos'],
  ['a repository with a longer name', image('ghcr.io/siderolabs/talos-evil:v1.13.9'), 'is no image of Talos'],
  ['a repository below Talos\'s', image('ghcr.io/siderolabs/talos/evil:v1.13.9'), 'is no image of Talos'],
  ['a registry with the name before it', image('evil.example.com/ghcr.io/siderolabs/talos:v1.13.9'), 'is no image of Talos'],
  ['a registry whose dot is another character', image('ghcrxio/siderolabs/talos:v1.13.9'), 'is no image of Talos'],
  ['a registry with Talos\'s as its user', image('ghcr.io@evil.example.com/siderolabs/talos:v1'), 'is no image of Talos'],
  ['a port in place of a tag', image('ghcr.io/siderolabs/talos:5000/evil'), 'is no image of Talos'],
  ['another line in the name', image('ghcr.io/siderolabs/talos:v1\nevil'), '\'image\' is no image of Talos'],
  ['another command', (_, talos) => { talos.command = ['/bin/sh']; }, '\'command, args or workingDir\' (talos) makes a privileged container run something else'],
  ['arguments', (_, talos) => { talos.args = ['evil']; }, 'run something else'],
  ['another directory', (_, talos) => { talos.workingDir = '/var/evil'; }, 'run something else'],
  ['a probe that runs a program', (_, talos) => { talos.readinessProbe = { exec: { command: ['/var/evil'] } }; }, '\'exec\' (talos) of a probe or a hook'],
  ['a hook that runs a program', (_, talos) => { talos.lifecycle = { postStart: { exec: { command: ['/var/evil'] } } }; }, '\'exec\' (talos) of a probe or a hook'],
  ['a hook at the end', (_, talos) => { talos.lifecycle = { preStop: { exec: { command: ['/var/evil'] } } }; }, '\'exec\' (talos) of a probe or a hook'],
  ['a platform with disks', (_, talos) => { talos.env = [{ name: 'PLATFORM', value: 'metal' }]; }, '\'env\' (talos) doesn\'t tell Talos'],
  ['a second platform', (_, talos) => { talos.env.push({ name: 'PLATFORM', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }); }, '\'env\' (talos)'],
  ['no platform', (_, talos) => { talos.env = []; }, '\'env\' (talos)'],
  ['a volume over Talos\'s programs', addVolume({ emptyDir: {} }, '/sbin'), '\'volumeMounts\' (/sbin) is a path where Talos needs no volume'],
  ['a file over Talos\'s program', addVolume({ configMap: { name: 'evil', defaultMode: 0o755 } }, '/sbin/init', { subPath: 'init' }), '(/sbin/init) is a path'],
  ['a path that ends in another one', addVolume({ emptyDir: {} }, '/var/../sbin'), '(/var/../sbin) is a path'],
  ['an empty file over Talos\'s program', (_, talos) => { talos.terminationMessagePath = '/usr/bin/runc'; }, '\'terminationMessagePath\' (/usr/bin/runc) puts a file'],
  ['a path of Talos\'s own that is spelled otherwise', (_, talos) => { talos.volumeMounts[0].mountPath += '/'; }, 'is a path where Talos needs no volume'],
  ['a generic ephemeral volume in place of Talos\'s own', (spec) => {
    const index = spec.volumes.findIndex(({ name }: any) => name === 'run');
    spec.volumes[index] = { name: 'run', ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } } } };
  }, '\'volumeMounts\' (/run) shows Talos another kind of volume'],
  ['files of a ConfigMap in place of Talos\'s own', (spec) => {
    const index = spec.volumes.findIndex(({ name }: any) => name === 'run');
    spec.volumes[index] = { name: 'run', configMap: { name: 'evil' } };
  }, '\'volumeMounts\' (/run) shows Talos another kind of volume'],
  ['a machine config of a ConfigMap', addVolume({ configMap: { name: 'evil' } }, '/usr/local/etc/talos'), '(/usr/local/etc/talos) shows Talos another kind'],
  ['mounts that come to the node', (_, talos) => { talos.volumeMounts[0].mountPropagation = 'Bidirectional'; }, 'passes mounts on'],
  ['mounts that come from the node', (_, talos) => { talos.volumeMounts[0].mountPropagation = 'HostToContainer'; }, 'passes mounts on'],
  ['a token', addVolume({ projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }, '/token'), '(/token) is a path'],
  ['the token of Kubernetes itself', (spec) => { spec.automountServiceAccountToken = true; }, '(/var/run/secrets/kubernetes.io/serviceaccount) is a path'],
  ['a disk', (spec, talos) => {
    spec.volumes.push({ name: 'disk', persistentVolumeClaim: { claimName: 'disk' } });
    talos.volumeDevices = [{ name: 'disk', devicePath: '/dev/disk' }];
  }, '\'volumeDevices\' (talos) gives a privileged container a disk'],
  ['the root of the node', addVolume(hostPath('/'), '/var/mnt'), '\'volumes\' (own) is a directory of the node'],
  ['a directory of the node that nobody mounts', (spec) => { spec.volumes.push({ name: 'own', ...hostPath('/') }); }, '\'volumes\' (own) is a directory of the node'],
  ['a volume that runs programs', (spec) => { spec.volumes.push({ name: 'own', flexVolume: { driver: 'evil/driver' } }); }, '\'volumes\' (own) is of another kind'],
  ['a volume of another image', (spec) => { spec.volumes.push({ name: 'own', image: { reference: 'evil' } }); }, '\'volumes\' (own) is of another kind'],
  ['the network of the node', (spec) => { spec.hostNetwork = true; }, '\'spec\' (hostNetwork) gives the pod a namespace of its node'],
  ['the processes of the node', (spec) => { spec.hostPID = true; }, '\'spec\' (hostPID)'],
  ['the memory of the node', (spec) => { spec.hostIPC = true; }, '\'spec\' (hostIPC)'],
  ['a sidecar in Talos\'s processes', (spec) => { spec.shareProcessNamespace = true; }, '\'spec\' (shareProcessNamespace) joins the processes'],
  ['a privileged sidecar', context({ privileged: true }), '\'securityContext.privileged\' (shell) gives a container the node: only the container talos'],
  ['a privileged sidecar with Talos\'s image', sidecar({ image: 'ghcr.io/siderolabs/talos:v1.13.9', ...privileged }), '\'securityContext.privileged\' (shell)'],
  ['a privileged init container', (spec) => { spec.initContainers = [{ name: 'shell', image: 'busybox', ...privileged }]; }, '\'securityContext.privileged\' (shell)'],
  ['a second container that is called Talos', (spec) => { spec.initContainers = [{ name: 'talos', image: 'busybox', ...privileged }]; }, 'Duplicate value: "talos"'],
  ['no container that is called Talos', (_, talos) => { talos.name = 'machine'; }, '\'securityContext.privileged\' (machine)'],
  ['a capability of a sidecar', context({ capabilities: { add: ['SYS_ADMIN'] } }), '\'securityContext.capabilities.add\' (shell) has more'],
  ['all capabilities', context({ capabilities: { add: ['ALL'] } }), '\'securityContext.capabilities.add\' (shell)'],
  ['the capability of another init container', (spec) => {
    spec.initContainers = [{ name: 'shell', image: 'busybox', securityContext: { capabilities: { add: ['NET_ADMIN'] } } }];
  }, '\'securityContext.capabilities.add\' (shell)'],
  ['a container without seccomp profile', context({ seccompProfile: { type: 'Unconfined' } }), '\'securityContext.seccompProfile\' (shell) is Unconfined'],
  ['a pod without seccomp profile', podContext({ seccompProfile: { type: 'Unconfined' } }), '\'securityContext.seccompProfile\' (the pod) is Unconfined'],
  ['a container without AppArmor profile', context({ appArmorProfile: { type: 'Unconfined' } }), '\'securityContext.appArmorProfile\' (shell'],
  ['a pod without AppArmor profile', podContext({ appArmorProfile: { type: 'Unconfined' } }), '\'securityContext.appArmorProfile\' (the pod'],
  ['an annotation for AppArmor', (spec, talos, metadata) => {
    sidecar({})(spec, talos, metadata);
    metadata.annotations = { 'container.apparmor.security.beta.kubernetes.io/shell': 'unconfined' };
  }, 'is Unconfined: use RuntimeDefault'],
  ['an SELinux type', context({ seLinuxOptions: { type: 'spc_t' } }), '\'securityContext.seLinuxOptions\' (shell)'],
  ['an SELinux user of the pod', podContext({ seLinuxOptions: { user: 'system_u' } }), '\'securityContext.seLinuxOptions\' (the pod)'],
  ['an SELinux role', context({ seLinuxOptions: { role: 'system_r' } }), '\'securityContext.seLinuxOptions\' (shell)'],
  ['an unmasked /proc', (spec, talos, metadata) => {
    spec.hostUsers = false;
    context({ procMount: 'Unmasked' })(spec, talos, metadata);
  }, '\'securityContext.procMount\' (shell) shows all of /proc'],
  ['a sysctl of the node', podContext({ sysctls: [{ name: 'kernel.msgmax', value: '1' }] }), '\'securityContext.sysctls\' (kernel.msgmax) can change the node'],
  ['a port of the node', sidecar({ ports: [{ containerPort: 80, hostPort: 80 }] }), '\'ports.hostPort\' (shell) is a port of the node'],
  ['a port of the node for Talos', (_, talos) => { talos.ports[0].hostPort = 50000; }, '\'ports.hostPort\' (talos)'],
  ['a probe of another host', sidecar({ livenessProbe: { httpGet: { host: '169.254.169.254', port: 80 } } }), '\'host\' (shell) of a probe or a hook'],
  ['a hook to another host', (_, talos) => { talos.lifecycle = { preStop: { tcpSocket: { host: '169.254.169.254', port: 80 } } }; }, '\'host\' (talos) of a probe'],
];

/** The pod of a machine as the library makes it, in a namespace. */
function machine(namespace: string, change: Change = () => undefined): KubeObject {
  const objects = synthesize(namespace, (chart) => new TalosNode(chart, 'node', { workload: TalosWorkload.POD, storage: NodeStorage.ephemeral() }));
  const [pod] = structuredClone(workloads(objects));
  change(pod.spec, pod.spec.containers[0], pod.metadata);
  return pod;
}

test.each(ATTACKS)('%s: a machine with it is out', async (_, change, expected) => {
  expect(await refusal(machine(await byDefault))).toBeUndefined();
  expect(await refusal(machine(await byDefault, change))).toEqual(expect.stringContaining(expected));
});

const hostProcess = { windowsOptions: { hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM' } };
const SHELLS: [name: string, pod: (namespace: string) => KubeObject, message: string][] = [
  ['a privileged shell', shell, '\'securityContext.privileged\' (shell)'],
  ['a shell that is called Talos', (namespace) => shell(namespace, { ...privileged, name: 'talos' }), '\'image\' (busybox)'],
  ['a shell with a directory of the node', (namespace) => {
    const pod = shell(namespace, {});
    pod.spec.volumes = [{ name: 'root', ...hostPath('/srv/talos') }];
    return pod;
  }, '\'volumes\' (root) is a directory of the node'],
  ['what `kubectl debug node/a` makes', (namespace) => {
    const pod = shell(namespace, { volumeMounts: [{ name: 'host-root', mountPath: '/host' }] });
    pod.spec = { ...pod.spec, hostPID: true, hostNetwork: true, volumes: [{ name: 'host-root', ...hostPath('/') }] };
    return pod;
  }, '\'spec\' (hostNetwork, hostPID) gives the pod a namespace of its node'],
  ['a shell that administers its network', (namespace) => shell(namespace, { name: 'member-address', securityContext: { capabilities: { add: ['NET_ADMIN'] } } }),
    '\'securityContext.capabilities.add\' (member-address)'],
  ['a process of a Windows node', (namespace) => {
    const pod = shell(namespace, { securityContext: hostProcess });
    pod.spec = { ...pod.spec, hostNetwork: true, os: { name: 'windows' } };
    return pod;
  }, '\'spec\' (hostNetwork)'],
];

test.each(SHELLS)('%s is out, also where more is allowed', async (_, pod, expected) => {
  for (const namespace of [await byDefault, await extended]) {
    expect(await refusal(pod(namespace))).toEqual(expect.stringContaining(expected));
  }
});

test('kubectl debug adds no privileged container, and none to Talos\'s processes and volumes', async () => {
  const pod = machine(await byDefault);
  await applyAll(client, [pod]);
  const debug = async (changes: object) => message(await client.addEphemeralContainer(pod, { name: 'debugger', image: 'busybox', ...changes }));
  expect(await debug(privileged)).toEqual(expect.stringContaining('\'securityContext.privileged\' (debugger) gives a container the node'));
  expect(await debug({ securityContext: { capabilities: { add: ['SYS_PTRACE'] } } })).toEqual(expect.stringContaining('(debugger) has more'));
  expect(await debug({ targetContainerName: 'talos' })).toEqual(expect.stringContaining('\'spec\' (debugger) joins the processes'));
  expect(await debug({ volumeMounts: [{ name: 'run', mountPath: '/talos' }] })).toEqual(expect.stringContaining('\'ephemeralContainers.volumeMounts\' (debugger) shows'));
  expect(await debug({ name: 'talos' })).toEqual(expect.stringContaining('Duplicate value: "talos"'));
  expect(await debug({})).toBeUndefined();
});

test('a pod that runs gets no other image', async () => {
  const namespace = await byDefault;
  const pod = { ...machine(namespace), metadata: { name: 'updated', namespace } };
  await applyAll(client, [pod]);
  const [talos] = pod.spec.containers;
  const change = async (changes: object) =>
    message(await client.apply({ ...pod, spec: { ...pod.spec, containers: [{ ...talos, ...changes }] } }, { dryRun: true }));
  expect(await change({ image: 'busybox' })).toEqual(expect.stringContaining('\'image\' (busybox) is no image of Talos'));
  expect(await change({ image: 'ghcr.io/siderolabs/talos:v1.13.8' })).toBeUndefined();
});

test('what makes pods is taken, and its pods never come', async () => {
  const [machines] = workloads(synthesize(await byDefault, (chart) => new TalosNode(chart, 'node', { name: 'evil', storage: NodeStorage.ephemeral() })));
  machines.spec.template.spec.containers[0].command = ['/bin/sh'];
  await applyAll(client, [machines]);
  const event = await until('the controller complains', async () => {
    const events = await client.list('v1', 'Event', machines.metadata.namespace);
    return events.find(({ reason, involvedObject }) => reason === 'FailedCreate' && involvedObject.name === 'evil');
  });
  expect(event.message).toContain('\'command, args or workingDir\' (talos) makes a privileged container run something else');
});

test('a namespace without the policy is as it was', async () => {
  expect(await refusal(shell(await prepare()))).toBeUndefined();
});

test('on trial, pods are taken with a warning, and those that were there before can change their labels', async () => {
  const namespace = await prepare({ actions: [ValidationAction.WARN, ValidationAction.AUDIT] });
  const warning = expect.stringContaining('\'securityContext.privileged\' (shell) gives a container the node');
  const pod = shell(namespace);
  const { status, warnings } = await client.apply(pod);
  expect({ status, warnings }).toEqual({ status: 201, warnings: warning });
  const labelled = await client.apply({ ...pod, metadata: { ...pod.metadata, labels: { team: 'a' } } });
  expect(message(labelled)).toBeUndefined();
  expect(labelled.body.metadata.labels).toMatchObject({ team: 'a' });
  expect(message(await client.apply(shell(namespace, { ...privileged, image: 'busybox:1' })))).toEqual(warning);
});

test.each([
  ['that ends with a slash', '/srv/talos/', '\'volumes\' (own) is a directory of the node'],
  ['that is below one', '/srv/talos/below', '\'volumes\' (own) is a directory of the node'],
  ['that is above one', '/srv', '\'volumes\' (own) is a directory of the node'],
  ['with two slashes', '/srv//talos', '\'volumes\' (own) is a directory of the node'],
  ['that leads elsewhere', '/srv/talos/../../etc', 'must not contain \'..\''],
])('a directory of the node %s isn\'t one of the list', async (_, path, expected) => {
  const namespace = await extended;
  expect(await refusal(machine(namespace, addVolume(hostPath('/srv/talos'), '/scratch')))).toBeUndefined();
  expect(await refusal(machine(namespace, addVolume(hostPath(path), '/scratch')))).toEqual(expect.stringContaining(expected));
});

test('a tag or a digest allows that image only', async () => {
  const digest = (character: string) => `sha256:${character.repeat(64)}`;
  const namespace = await prepare({ images: ['ghcr.io/siderolabs/talos:v1.13.9', `registry.example.com/talos@${digest('a')}`] });
  const withImage = (value: string) => refusal(machine(namespace, image(value)));
  const refused = expect.stringContaining('is no image of Talos');
  expect(await withImage('ghcr.io/siderolabs/talos:v1.13.9')).toBeUndefined();
  expect(await withImage('ghcr.io/siderolabs/talos:v1.13.8')).toEqual(refused);
  expect(await withImage(`ghcr.io/siderolabs/talos:v1.13.9@${digest('b')}`)).toEqual(refused);
  expect(await withImage(`registry.example.com/talos:any@${digest('a')}`)).toBeUndefined();
  expect(await withImage(`registry.example.com/talos@${digest('b')}`)).toEqual(refused);
  expect(await withImage('registry.example.com/talos:any')).toEqual(refused);
});

test('Kubernetes finds nothing wrong with the types of the policy', async () => {
  const namespace = await byDefault;
  const policy = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy', metadata: { name: `talos-pods.${namespace}` } };
  const { typeChecking } = await until('the policy is checked', async () => {
    const { status, metadata } = (await client.get(policy)).body;
    return status?.observedGeneration === metadata.generation ? status : undefined;
  });
  expect(typeChecking.expressionWarnings).toBeUndefined();
});

test('machines break the rules of the level restricted from which Kyverno exempts them, and no others', async () => {
  const namespace = await prepareWith({}, { 'pod-security.kubernetes.io/enforce': 'restricted' });
  const broken = new Set<string>();
  for (const { manifests } of cases) {
    for (const pod of workloads(manifests(namespace)).map(podOf)) {
      const [, rules] = /violates PodSecurity "restricted:latest": (.*)$/.exec((await refusal(pod))!)!;
      rules.split('), ').forEach((rule) => broken.add(rule.replace(/ \(.*$/, '')));
    }
  }
  expect([...broken].sort()).toEqual([
    'allowPrivilegeEscalation != false', 'privileged', 'restricted volume types', 'runAsNonRoot != true', 'runAsUser=0', 'seccompProfile',
    'unrestricted capabilities',
  ]);
});
