import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import {
  ApiExposure, ArgoCdClusterSecret, ClusterOptions, EphemeralClusterProps, ExternalMachineConfigSecret, KubeconfigSecret, MachineConfig,
  MachineConfigPatch, TalosCluster, TalosClusterProps, TalosconfigSecret, TalosControlPlane, TalosMachineConfig, TalosNamespace, TalosNode,
  TalosVersion, TalosWorkers, UpdateCheck, WorkerPoolOptions,
} from '../../src';
import { TalosError } from '../../src/problem';
import { hostingNetwork, secrets } from '../support/control-planes';
import { refusal } from '../support/errors';
import { runs } from '../support/releases';
import { warningsOf } from '../support/warnings';

const chart = () => new Chart(new App(), 'globex', { namespace: 'globex' });
const cluster = (props: Partial<TalosClusterProps>) => refusal(() => new TalosCluster(chart(), 'cluster', { clusterName: 'globex', secrets, ...props }));
const ephemeral = (props: Partial<EphemeralClusterProps>) =>
  refusal(() => TalosCluster.ephemeral(chart(), 'cluster', { clusterName: 'globex', secrets, workers: 1, ...props }));
const workers = (props: Partial<WorkerPoolOptions>) => refusal(() => {
  const controlPlane = new TalosControlPlane(chart(), 'cp', { clusterName: 'globex', secrets });
  new TalosWorkers(controlPlane, 'general', { controlPlane, name: 'general', ...props });
});

const GOOD = MachineConfigPatch.fromYaml('machine: {nodeLabels: {a: b}}');
const BAD = MachineConfigPatch.fromYaml('machine: {kubelt: {}}');
const REFUSED = "unknown key 'machine.kubelt' in the v1alpha1 document: did you mean 'kubelet'? [talos:unknown-field]";

let directory: string;
let file: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'errors-'));
  file = join(directory, 'kubelet.yaml');
  writeFileSync(file, 'machine: {kubelt: {}}');
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('an error in a patch names its place', () => {
  test('in a fleet: cluster, property, index, file', () => {
    const error = cluster({ controlPlane: { patches: [GOOD, MachineConfigPatch.fromFile(file)] } });
    expect(error.message).toBe(`globex/cluster: controlPlane.patches[1] (${file}): ${REFUSED}`);
    expect(error).toMatchObject({ constructPath: 'globex/cluster', property: 'controlPlane.patches', patchIndex: 1, patchSource: file, code: 'talos:unknown-field' });
  });

  test.each<[string, () => TalosError, string]>([
    ['a machine config', () => refusal(() => MachineConfig.worker({ clusterName: 'a', endpoint: 'https://a:6443', secrets }).patch(GOOD, BAD)), 'patches[1]: '],
    ['a pool of a cluster', () => cluster({ workerPools: [{ name: 'a' }, { name: 'b', patches: [BAD] }] }), 'globex/cluster: workerPools[1].patches[0]: '],
    ['an ephemeral cluster', () => ephemeral({ patches: [GOOD, GOOD, BAD] }), 'globex/cluster: patches[2]: '],
    ['a control plane', () => refusal(() => new TalosControlPlane(chart(), 'cp', { clusterName: 'globex', secrets, patches: [BAD] })), 'globex/cp: patches[0]: '],
    ['workers', () => workers({ nodeLabels: { a: 'b' }, patches: [GOOD, BAD] }), 'globex/cp/general: patches[1]: '],
    ['an external worker', () => refusal(() => new TalosControlPlane(chart(), 'cp', {
      clusterName: 'globex', secrets, externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
    }).externalWorkerConfig({ installDisk: '/dev/sda', patches: [BAD] })), 'globex/cp: patches[0]: '],
  ])('of %s', (_, create, place) => {
    expect(create().message).toBe(place + REFUSED);
  });

  test('the same patch can be given to several constructs', () => {
    expect(ephemeral({ patches: [GOOD, BAD] }).patchIndex).toBe(1);
    expect(ephemeral({ patches: [BAD] }).patchIndex).toBe(0);
  });
});

describe('what doesn\'t fit a pod names the patch that brings it', () => {
  const WATCHDOG = 'apiVersion: v1alpha1\nkind: WatchdogTimerConfig\ndevice: /dev/watchdog0\ntimeout: 5m';
  const sysctl = (key: string) => MachineConfigPatch.fromDocuments({ machine: { sysctls: { [key]: '1' } } });
  const [OVERCOMMIT, SWAPPINESS] = ['vm.overcommit_memory', 'vm.swappiness'].map(sysctl);

  test('in an error: property, index, file', () => {
    const path = join(directory, `${'long-'.repeat(20)}watchdog.yaml`);
    writeFileSync(path, WATCHDOG);
    const { message } = cluster({ patches: [GOOD], controlPlanePatches: [GOOD, MachineConfigPatch.fromFile(path)] });
    expect(message).toContain(`\n- controlPlanePatches[1] (${path}): WatchdogTimerConfig: the WatchdogTimerConfig document (/dev/watchdog0) would arm`);
  });

  test('a patch for all machines that workers refuse leads to the patches of control planes', () => {
    const etcd = MachineConfigPatch.fromYaml("cluster: {etcd: {extraArgs: {v: '1'}}}");
    const remedy = "is for control planes only: remove it\nif control planes need it, give the patch to 'controlPlanePatches'";
    expect(cluster({ patches: [etcd], workerPools: [{ name: 'a' }] }).message).toMatch(remedy);
    expect(ephemeral({ patches: [etcd] }).message).toMatch(remedy);
    expect(cluster({ workerPools: [{ name: 'a', patches: [etcd] }] }).message).not.toMatch('controlPlanePatches');
  });

  test.each<[string, (scope: Chart) => void, string]>([
    ['a cluster', (scope) => new TalosCluster(scope, 'cluster', {
      clusterName: 'globex', secrets, patches: [GOOD, OVERCOMMIT], controlPlane: { patches: [SWAPPINESS] },
    }), "patches[1]: v1alpha1: 'machine.sysctls' (vm.overcommit_memory, vm.swappiness)"],
    ['a pool', (scope) => new TalosCluster(scope, 'cluster', { clusterName: 'globex', secrets, workerPools: [{ name: 'a', patches: [SWAPPINESS] }] }),
      "workerPools[0].patches[0]: v1alpha1: 'machine.sysctls' (vm.swappiness)"],
    ['a node', (scope) => new TalosNode(scope, 'node', { machineConfig: worker().patch(GOOD, SWAPPINESS) }),
      "patches[1]: v1alpha1: 'machine.sysctls' (vm.swappiness)"],
    ['a node whose machine config has it already', (scope) => new TalosNode(scope, 'node', {
      machineConfig: MachineConfig.fromYaml(worker().patch(SWAPPINESS).toYaml(), { talosVersion: TalosVersion.V1_13 }).patch(GOOD),
    }), "'machineConfig': v1alpha1: 'machine.sysctls' (vm.swappiness)"],
  ])('in a warning of %s', (_, create, text) => {
    const scope = chart();
    create(scope);
    expect(warningsOf(scope)).toContainEqual(expect.stringContaining(`/Config: ${text}`));
  });

  function worker(): MachineConfig {
    return MachineConfig.worker({ clusterName: 'a', endpoint: 'https://a:6443', secrets, talosVersion: TalosVersion.V1_13 });
  }
});

describe('an error names the property that the user gave', () => {
  const version = TalosVersion.V1_13;
  const older = { talosVersion: TalosVersion.V1_12, kubernetesVersion: '1.30.5' };

  test.each<[string, () => TalosError, string, string]>([
    ['control plane of a cluster', () => cluster({ controlPlane: { replicas: 2 } }), 'globex/cluster', 'controlPlane.replicas'],
    ['wrong type below it', () => cluster({ controlPlane: { replicas: '3' as any } }), 'globex/cluster', 'controlPlane.replicas'],
    ['what a control plane lacks', () => cluster({ controlPlane: { replicas: 3 } }), 'globex/cluster', 'controlPlane.memberAddresses'],
    ['the cluster\'s own release', () => cluster({ talosVersion: version, controlPlane: older, workerPools: [{ name: 'a' }] }),
      'globex/cluster', 'talosVersion'],
    ['a pool\'s release', () => cluster({ controlPlane: older, workerPools: [{ name: 'a', talosVersion: version }] }), 'globex/cluster', 'workerPools[0].talosVersion'],
    ['a pool\'s pod', () => cluster({ workerPools: [{ name: 'a', env: [{ name: 'USERDATA', value: 'x' }] }] }), 'globex/cluster', 'workerPools[0].env'],
    ['a pool\'s name', () => cluster({ workerPools: [{ name: 'a' }, { name: 'a' }] }), 'globex/cluster', 'workerPools[1].name'],
    ['the cluster\'s name', () => cluster({ clusterName: 'A' }), 'globex/cluster', 'clusterName'],
    ['the ephemeral cluster', () => ephemeral({ kubernetesVersion: '1.2.3' }), 'globex/cluster', 'kubernetesVersion'],
    ['the ephemeral cluster\'s networks', () => ephemeral({ hostingNetwork, patches: [MachineConfigPatch.fromYaml('cluster: {network: {podSubnets: [10.244.0.0/16]}}')] }),
      'globex/cluster', 'patches.podSubnets'],
    ['the ephemeral cluster\'s workers', () => ephemeral({ workers: -1 }), 'globex/cluster', 'workers'],
    ['its control plane\'s resources', () => ephemeral({ controlPlaneResources: { requests: { cpu: 'x' } } }), 'globex/cluster', 'controlPlaneResources.requests.cpu'],
    ['its workers\' resources', () => ephemeral({ workerResources: { requests: { cpu: 'x' } } }), 'globex/cluster', 'workerResources.requests.cpu'],
    ['a config that can\'t run', () => refusal(() => new TalosMachineConfig(chart(), 'config', { config: unfit() })), 'globex/config', 'config'],
    ['a node\'s', () => refusal(() => new TalosNode(chart(), 'node', { machineConfig: unfit() })), 'globex/node', 'machineConfig'],
    ['patches that make it so', () => workers({ patches: [UNFIT] }), 'globex/cp/general', 'patches'],
    ['those in a cluster', () => cluster({ workerPools: [{ name: 'a', patches: [UNFIT] }] }), 'globex/cluster', 'workerPools[0].patches'],
    ['one name for several machines', () => workers({ replicas: 2, patches: [NAMED] }), 'globex/cp/general', 'patches'],
    ['a type of another machine', () => cluster({ controlPlane: { patches: [MachineConfigPatch.fromYaml('machine: {type: worker}')] } }), 'globex/cluster', 'controlPlane.patches'],
    ['an external worker\'s Secret', () => refusal(() => new ExternalMachineConfigSecret(chart(), 'external', { config: MachineConfig.fromYaml('machine: {type: worker}') })), 'globex/external', 'config'],
    ['a namespace', () => refusal(() => new TalosNamespace(chart(), 'ns', { name: 'A' })), 'globex/ns', 'name'],
    ['a check of updates', () => refusal(() => new UpdateCheck(chart(), 'check', { applied: [1 as any] })), 'globex/check', 'applied[0]'],
    ['a kubeconfig', () => refusal(() => new KubeconfigSecret(chart(), 'kc', { clusterName: 'a', endpoint: 'http://a', secrets })), 'globex/kc', 'endpoint'],
    ['a talosconfig', () => refusal(() => new TalosconfigSecret(chart(), 'tc', { clusterName: 'a', endpoints: ['https://a'], secrets })), 'globex/tc', 'endpoints'],
    ['Argo CD\'s Secret', () => refusal(() => new ArgoCdClusterSecret(chart(), 'argo', { clusterName: 'a', endpoint: 'http://a', secrets })), 'globex/argo', 'endpoint'],
    ['a Secret that is made elsewhere', () => refusal(() => TalosMachineConfig.fromSecretName(chart(), 'config', 'A')), 'globex/config', 'secretName'],
    ['its options', () => refusal(() => TalosMachineConfig.fromSecretName(chart(), 'config', 'a', { secretKey: 1 as any })), 'globex/config', 'secretKey'],
    ['a container', () => refusal(() => new TalosNode(chart(), 'node').addContainer({ name: 'A', image: 'a' })), 'globex/node', 'containers.name'],
    ['a volume', () => refusal(() => new TalosNode(chart(), 'node').addVolume({ name: 'a' })), 'globex/node', 'volumes'],
    ['a mount', () => refusal(() => new TalosNode(chart(), 'node').addVolumeMount({ name: 'a', mountPath: '/a' })), 'globex/node', 'volumeMounts'],
    ['a variable', () => refusal(() => new TalosNode(chart(), 'node').addEnv({ name: '1' })), 'globex/node', 'env.name'],
    ['a credential', () => refusal(() => new TalosControlPlane(chart(), 'cp', { clusterName: 'globex', secrets }).kubeconfig({ endpoint: 'a' })), 'globex/cp', 'endpoint'],
    ['another credential', () => refusal(() => new TalosControlPlane(chart(), 'cp', { clusterName: 'globex', secrets }).talosconfig({ roles: [] })), 'globex/cp', 'roles'],
  ])('%s', (_, create, constructPath, property) => {
    const { message, ...error } = create();
    expect({ constructPath: error.constructPath, property: error.property }).toEqual({ constructPath, property });
    expect(create().message).toMatch(new RegExp(`^${constructPath}: '${property.replace(/[[\].]/g, '\\$&')}['.]`));
  });

  const NAMED = MachineConfigPatch.fromYaml('apiVersion: v1alpha1\nkind: HostnameConfig\nhostname: a\nauto: "off"');
  const UNFIT = MachineConfigPatch.fromYaml('machine: {kubelet: {nodeIP: {validSubnets: [x]}}}');
  function unfit(): MachineConfig {
    return MachineConfig.worker({ clusterName: 'a', endpoint: 'https://a:6443', secrets, talosVersion: version }).patch(UNFIT);
  }
});

test('patches are named only where a user gave some', () => {
  const errors = [
    cluster({ controlPlane: { hostingNetwork, podSubnets: ['10.244.0.0/16'] } }),
    cluster({ controlPlane: { kubernetesVersion: '1.2.3' } }),
    workers({ kubernetesVersion: '1.2.3' }),
  ];
  expect(errors.filter(({ message }) => /patch/.test(message))).toEqual([]);
});

test('no message has the path or the code of its construct twice, however deep the construct lies', () => {
  const faults: Partial<TalosClusterProps & ClusterOptions>[] = [
    { clusterName: 'A' }, { controlPlane: { replicas: 2 } }, { controlPlane: { patches: [BAD] } }, { workerPools: [{ name: 'A' }] }, { namespace: 'A' },
    { workerPools: [{ name: 'a', priorityClassName: 'A' }] }, { controlPlane: { labels: { '-': '' } } }, { workerPools: [{ name: 'a', patches: [GOOD, BAD] }] },
    { controlPlane: { credentials: { generation: 0 } } }, { controlPlane: { dnsDomain: '-' } },
  ];
  fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { maxLength: 4 }), fc.constantFrom(...faults), (ids, props) => {
    const scope = ids.reduce<Construct>((parent, id) => new Construct(parent, id), chart());
    const error = refusal(() => new TalosCluster(scope, 'cluster', { clusterName: 'globex', secrets, ...props }));
    const path = ['globex', ...ids, 'cluster'].join('/');
    expect(error.message.split(path)).toHaveLength(2);
    expect(error.message.startsWith(`${path}: `)).toBe(true);
    expect(error.message.split(`[${error.code}]`)).toHaveLength(2);
  }), runs(40));
});
