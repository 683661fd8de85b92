import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import {
  MachineConfig, MachineConfigPatch, TalosCluster, TalosControlPlane, TalosMachineConfig, TalosMachineConfigProps, TalosNode, TalosRole,
  TalosVersion, TalosWorkers,
} from '../../src';
import { contractOf } from '../../src/machine-config/generate/options/contract';
import { factsOf, RELEASES } from '../../src/talos/release';
import { secrets } from '../support/control-planes';
import { refusal } from '../support/errors';
import { generated } from '../support/machine-configs';
import { warningsOf } from '../support/warnings';

function newChart(): Chart {
  return new Chart(new App(), 'test', { namespace: 'talos' });
}

function secretOf(props: TalosMachineConfigProps): any {
  const chart = newChart();
  new TalosMachineConfig(chart, 'config', props);
  return Testing.synth(chart)[0];
}

/** What Talos reads, as documents. */
function delivered(props: TalosMachineConfigProps): any[] {
  const userData = Buffer.from(secretOf(props).data.userdata, 'base64').toString();
  return parseAllDocuments(Buffer.from(userData, 'base64').toString()).map((document) => document.toJS());
}

test('it is a Secret with the user data', () => {
  const config = MachineConfig.fromYaml(generated('v1.13').controlplane);
  const { data, ...rest } = secretOf({ config, labels: { team: 'a' }, annotations: { note: 'x' } });
  expect(rest).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'test-config', namespace: 'talos', labels: { 'app.kubernetes.io/managed-by': 'cdk8s-talos', 'team': 'a' }, annotations: { note: 'x' } },
    type: 'Opaque',
  });
  expect(Object.keys(data)).toEqual(['userdata']);
  expect(Buffer.from(data.userdata, 'base64').toString()).toBe(config.toUserData());
});

describe('pod defaults', () => {
  const hostDNS = { enabled: true, forwardKubeDNSToHost: true };

  const complete = RELEASES.filter((release) => contractOf(release).hostDNSForwardsKubeDNS && !factsOf(release).needsPodRuntime);

  test.each(complete)('nothing is added to what talosctl generated for %s', (release) => {
    const text = generated(`v${release}`).controlplane;
    const config = MachineConfig.fromYaml(text, { talosVersion: TalosVersion.of(release) });
    expect(new TalosMachineConfig(newChart(), 'config', { config }).config!.toYaml()).toBe(text);
  });

  test.each<[string, TalosVersion, string, string]>([
    ['1.7 lacks the forwarding', TalosVersion.V1_7, 'v1.7', '{}'],
    ['nothing is given', TalosVersion.V1_13, 'v1.13', '{hostDNS: {$patch: delete}}'],
    ['the legacy field is half there on 1.14', TalosVersion.V1_14, 'v1.13', '{hostDNS: {forwardKubeDNSToHost: {$patch: delete}}}'],
  ])('host DNS is switched on where %s', (_, talosVersion, contract, features) => {
    const config = MachineConfig.fromYaml(generated(contract).worker, { talosVersion })
      .patch(MachineConfigPatch.fromYaml(`machine: {features: ${features}}`));
    const [machine, ...others] = delivered({ config });
    expect(machine.machine.features.hostDNS).toEqual(hostDNS);
    expect(others.map(({ kind }) => kind)).not.toContain('ResolverConfig');
  });

  test('host DNS on 1.14 is its own document, beside what is there', () => {
    const config = MachineConfig.fromYaml(generated('v1.14').worker, { talosVersion: TalosVersion.V1_14 }).patch(
      MachineConfigPatch.fromYaml('apiVersion: v1alpha1\nkind: ResolverConfig\nhostDNS: {$patch: delete}'),
      MachineConfigPatch.fromYaml('apiVersion: v1alpha1\nkind: ResolverConfig\nnameservers: [{address: 1.1.1.1}]'),
    );
    const documents = delivered({ config });
    expect(documents.find(({ kind }) => kind === 'ResolverConfig')).toMatchObject({ nameservers: [{ address: '1.1.1.1' }], hostDNS });
  });

  test('a container runtime that works in a pod is added on 1.14, unless one is chosen', () => {
    const talosVersion = TalosVersion.V1_14;
    const config = MachineConfig.fromYaml(generated('v1.14').controlplane, { talosVersion });
    const added = delivered({ config }).filter(({ kind }) => kind === 'CRICustomizationConfig');
    expect(added).toHaveLength(1);
    expect(added[0].content).toContain('default_runtime_name = "pod"');
    expect(added[0].content).not.toContain('ShimCgroup');

    const own = { apiVersion: 'v1alpha1', kind: 'CRICustomizationConfig', name: 'kata', content: 'default_runtime_name = "kata"\n' };
    const chosen = delivered({ config: config.patch(MachineConfigPatch.fromDocuments(own)) }).filter(({ kind }) => kind === 'CRICustomizationConfig');
    expect(chosen).toEqual([own]);
  });

  test('they can be left out', () => {
    const config = MachineConfig.fromYaml(generated('v1.7').worker, { talosVersion: TalosVersion.V1_7 });
    const [machine] = delivered({ config, podDefaults: false, validate: false });
    expect(machine.machine.features.hostDNS).toEqual({ enabled: true });
    expect(() => secretOf({ config, podDefaults: false })).toThrow('\'machine.features.hostDNS.forwardKubeDNSToHost\' must be true in a container');
  });
});

describe('validation', () => {
  const worker = MachineConfig.fromYaml(generated('v1.13').worker);

  test('says all that Talos would refuse, and what can\'t work', () => {
    const config = worker.patch(MachineConfigPatch.fromYaml('machine: {token: {$patch: delete}}\ncluster: {network: {serviceSubnets: [10.244.0.0/20]}}'));
    expect(() => secretOf({ config })).toThrow('\'config\' can\'t run in a pod, change: [talos:machine-config-unfit]\n- patches[0]: v1alpha1: ');
    expect(() => secretOf({ config })).toThrow('\'machine.token\' is required');
    expect(() => secretOf({ config })).toThrow('10.244.0.0/20');
    expect(() => secretOf({ config, validate: false })).not.toThrow();
  });

  test('a patch that appends a duplicate element is a warning', () => {
    const patch = MachineConfigPatch.fromYaml('machine: {certSANs: [a.example.com]}');
    const secret = new TalosMachineConfig(newChart(), 'config', { config: worker.patch(patch, patch) });
    expect(warningsOf(secret)).toEqual([expect.stringContaining('patches[1] appends a duplicate element to \'machine.certSANs\'')]);
  });
});

test('a JSON patch is wire-level', () => {
  const chart = newChart();
  const config = new TalosMachineConfig(chart, 'config', { config: MachineConfig.fromYaml(generated('v1.13').worker) });
  ApiObject.of(config).addJsonPatch(JsonPatch.add('/immutable', true), JsonPatch.add('/futureField', { a: 1 }));
  expect(Testing.synth(chart)[0]).toMatchObject({ immutable: true, futureField: { a: 1 } });
});

test('a Secret that is made elsewhere is only referred to', () => {
  const chart = newChart();
  const sealed = TalosMachineConfig.fromSecretName(chart, 'sealed', 'machine');
  expect([sealed.secretName, sealed.secretKey, sealed.config]).toEqual(['machine', 'userdata', undefined]);
  expect(Testing.synth(chart)).toEqual([]);
  expect(() => TalosMachineConfig.fromSecretName(chart, 'a', 'No Name')).toThrow('\'secretName\' (No Name) is not a DNS name');
  expect(() => TalosMachineConfig.fromSecretName(chart, 'b', 'machine', { secretKey: 'a/b' })).toThrow('\'secretKey\' (a/b) is not a key of a Secret');
});

describe('bad input', () => {
  const config = MachineConfig.fromYaml(generated('v1.13').worker);

  test.each<[string, TalosMachineConfigProps, string]>([
    ['a name that is none', { config, name: 'My_Config' }, '\'name\' (My_Config) is not a DNS name'],
    ['a config without its main document', { config: MachineConfig.fromYaml('apiVersion: v1alpha1\nkind: HostnameConfig\nhostname: a') },
      '\'config\' has the documents HostnameConfig, but none with \'machine\' and \'cluster\''],
    ['host DNS switched off', { config: MachineConfig.fromYaml('machine: {type: worker, features: {hostDNS: {enabled: false}}}') },
      '\'machine.features.hostDNS.enabled\' (false) must be true in a pod'],
  ])('%s is refused', (_, props, message) => {
    expect(() => secretOf(props)).toThrow(message);
  });

  test('two of one name are refused', () => {
    const chart = newChart();
    new TalosMachineConfig(chart, 'one', { config, name: 'machine' });
    expect(() => new TalosMachineConfig(chart, 'two', { config, name: 'machine' })).toThrow('\'name\' (machine) is already the name of the Secret at test/one');
  });
});

describe('a MachineConfig that a construct is given', () => {
  const config = MachineConfig.fromYaml(generated('v1.13').controlplane);

  test('has a Secret that the construct makes', () => {
    const chart = newChart();
    const node = new TalosNode(chart, 'node', { machineConfig: config, labels: { team: 'a' } });
    const [secret, , workload] = Testing.synth(chart);
    expect(secret.metadata).toEqual({
      name: 'test-node-config',
      namespace: 'talos',
      labels: {
        'app.kubernetes.io/component': 'control-plane',
        'app.kubernetes.io/instance': 'test-node',
        'app.kubernetes.io/managed-by': 'cdk8s-talos',
        'app.kubernetes.io/name': 'talos',
        'team': 'a',
      },
    });
    expect(Buffer.from(secret.data.userdata, 'base64').toString()).toBe(config.toUserData());
    expect(workload.spec.template.spec.containers[0].env).toContainEqual(
      { name: 'USERDATA', valueFrom: { secretKeyRef: { name: 'test-node-config', key: 'userdata' } } });
    expect([node.role, node.talosVersion, node.machineConfig?.secretName]).toEqual([TalosRole.CONTROL_PLANE, config.talosVersion, 'test-node-config']);
  });

  test('is that of a node as if its Secret were made beside it', () => {
    const [direct, beside] = [newChart(), newChart()];
    new TalosNode(direct, 'node', { machineConfig: config });
    new TalosNode(beside, 'node', { machineConfig: new TalosMachineConfig(beside, 'config', { config, name: 'test-node-config' }) });
    const withoutLabels = (chart: Chart) => Testing.synth(chart)
      .map((object) => ({ ...object, metadata: { ...object.metadata, labels: undefined } }));
    expect(withoutLabels(direct)).toEqual(withoutLabels(beside));
  });

  test('is that of a control plane and of a pool', () => {
    const controlPlane = MachineConfig.controlPlane({
      clusterName: 'acme',
      endpoint: 'https://acme-control-plane.talos.svc.cluster.local:6443',
      secrets,
      podSubnets: ['172.24.0.0/16'],
      serviceSubnets: ['172.25.0.0/16'],
      additionalSans: ['*.acme-control-plane.talos.svc.cluster.local'],
    });
    const worker = MachineConfig.worker({
      clusterName: 'acme',
      endpoint: 'https://acme-control-plane.talos.svc.cluster.local:6443',
      secrets,
      podSubnets: ['172.24.0.0/16'],
      serviceSubnets: ['172.25.0.0/16'],
    });
    const chart = newChart();
    const cluster = new TalosCluster(chart, 'cluster', {
      clusterName: 'acme',
      controlPlane: { machineConfig: controlPlane },
      workerPools: [{ name: 'general', machineConfig: worker }],
    });
    expect([cluster.controlPlane, ...cluster.workerPools].map(({ machineConfig: { secretName } }) => secretName))
      .toEqual(['acme-control-plane-config', 'acme-general-config']);
    const secretNames = Testing.synth(chart).filter(({ kind }) => kind === 'Secret').map(({ metadata }) => metadata.name);
    expect(secretNames).toEqual(expect.arrayContaining(['acme-control-plane-config', 'acme-general-config']));
  });

  test.each<[string, unknown, string]>([
    ['a string', 'machine: {token: canary}', 'a string'],
    ['an object', { machine: { token: 'canary' } }, 'another object'],
    ['another construct', newChart(), 'another object'],
    ['null', null, 'null'],
  ])('is told apart from %s', (_, machineConfig: any, kind) => {
    const problem = `'machineConfig' is ${kind}: give a MachineConfig, for example MachineConfig.fromYaml() or MachineConfig.fromFile(), `
      + 'a TalosMachineConfig, or TalosMachineConfig.fromSecretName() for a Secret that is made elsewhere';
    expect(refusal(() => new TalosNode(newChart(), 'node', { machineConfig })).text).toBe(problem);
    expect(refusal(() => new TalosControlPlane(newChart(), 'cp', { clusterName: 'acme', machineConfig })).text).toBe(problem);
    const controlPlane = new TalosControlPlane(newChart(), 'cp', { clusterName: 'acme', secrets });
    expect(refusal(() => new TalosWorkers(controlPlane, 'workers', { controlPlane, name: 'general', machineConfig })).text).toBe(problem);
  });
});
