import { Testing } from 'cdk8s';
import {
  ConfigUpdate, EnvVar, MachineConfig, MachineConfigPatch, MemberPatches, TalosMachineConfig, TalosMachineConfigProps, TalosNode, TalosNodeProps,
  TalosRole, TalosVersion, TalosWorkload, Volume,
} from '../../src';
import { decode, documentsIn, newChart } from '../support/control-planes';
import { generated } from '../support/machine-configs';
import { warningsOf } from '../support/warnings';

const label = (value: string) => MachineConfigPatch.fromDocuments({ machine: { nodeLabels: { rack: value } } });
const hostname = (name: string) => MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'HostnameConfig', hostname: name, auto: { $patch: 'delete' } });
const labelOf = (ordinal: number, value: string): MemberPatches => ({ ordinal, patches: [label(value)] });

function workerConfig(talosVersion: TalosVersion = TalosVersion.V1_13): MachineConfig {
  return MachineConfig.fromYaml(generated(`v${talosVersion.minor}`).worker, { talosVersion });
}

function synth(memberPatches: MemberPatches[], props: TalosNodeProps = {}, configProps: Partial<TalosMachineConfigProps> = {}) {
  const chart = newChart();
  const machineConfig = new TalosMachineConfig(chart, 'config', { config: workerConfig(), memberPatches, ...configProps });
  new TalosNode(chart, 'node', { machineConfig, replicas: 3, ...props });
  const objects = Testing.synth(chart);
  const [secret, workload] = ['Secret', 'StatefulSet'].map((kind) => objects.find((object) => object.kind === kind));
  const { metadata, spec } = workload.spec.template;
  return { objects, secret, metadata, spec, talos: spec.containers[0], label: (ordinal: number) => labelIn(secret.data[`machineconfig-${ordinal}`]) };
}

function labelIn(value: string | undefined): string | undefined {
  return value === undefined ? undefined : documentsIn(decode(value))[0].machine.nodeLabels.rack;
}

describe('patches for single machines', () => {
  test('make machine configs of their own in the Secret', () => {
    const { secret, label: own } = synth([labelOf(2, 'c'), labelOf(0, 'a')]);
    expect(Object.keys(secret.data)).toEqual(['machineconfig-0', 'machineconfig-2', 'userdata']);
    expect([0, 1, 2].map(own)).toEqual(['a', undefined, 'c']);
    expect(decode(decode(secret.data.userdata))).toBe(workerConfig().toYaml());
  });

  test('are mounted where Talos looks before USERDATA, for the pods that have some', () => {
    const { spec, talos } = synth([labelOf(2, 'c')]);
    expect(talos.env.slice(1)).toEqual([
      { name: 'USERDATA', valueFrom: { secretKeyRef: { name: 'test-config', key: 'userdata' } } },
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ]);
    expect(talos.volumeMounts).toContainEqual({ name: 'machine-config', mountPath: '/usr/local/etc/talos', subPathExpr: '$(POD_NAME)', readOnly: true });
    expect(spec.volumes).toContainEqual({
      name: 'machine-config',
      secret: { secretName: 'test-config', items: [{ key: 'machineconfig-2', path: 'test-node-2/config.yaml' }], defaultMode: 0o400 },
    });
  });

  test('leave everything as it is where there are none', () => {
    expect(synth([]).objects).toEqual(synth([], {}, { memberPatches: undefined }).objects);
  });

  test('don\'t replace pods where the number of machines changes', () => {
    const [three, five] = [3, 5].map((replicas) => synth([labelOf(0, 'a')], { replicas, configUpdate: ConfigUpdate.ROLL }));
    expect([five.metadata, five.spec]).toEqual([three.metadata, three.spec]);
  });

  test('replace the pods when one of them changes', () => {
    const checksums = [synth([]), ...['a', 'b'].map((value) => synth([labelOf(1, value)], { configUpdate: ConfigUpdate.ROLL }))]
      .map(({ metadata }) => metadata.annotations?.['checksum/machine-config']);
    expect(new Set(checksums).size).toBe(3);
  });

  test('are applied in the order of the list', () => {
    expect(synth([labelOf(1, 'a'), labelOf(1, 'b')]).label(1)).toBe('b');
  });

  test('can give each machine its hostname', () => {
    expect(() => synth([0, 1].map((ordinal) => ({ ordinal, patches: [hostname(`edge-${ordinal}`)] })))).not.toThrow();
  });

  test('warn of what they bring, not of what all have', () => {
    const twice = (name: string) => MachineConfigPatch.fromDocuments({ machine: { certSANs: [name] } });
    const config = workerConfig().patch(twice('a'), twice('a'));
    const chart = newChart();
    new TalosMachineConfig(chart, 'config', { config, memberPatches: [{ ordinal: 1, patches: [twice('b'), twice('b')] }] });
    expect(warningsOf(chart).filter((warning) => warning.includes('certSANs'))).toEqual([
      expect.stringContaining('patches[1] appends a duplicate element to'),
      expect.stringContaining('memberPatches[0].patches[1] appends a duplicate element to'),
    ]);
  });

  test.each<[string, MemberPatches[], TalosNodeProps, Partial<TalosMachineConfigProps>, string]>([
    ['without ordinals', [labelOf(0, 'a')], { workload: TalosWorkload.DEPLOYMENT, replicas: 1 }, {},
      '\'memberPatches\' in the Secret test-config need pods with ordinals, which a Deployment doesn\'t have: use TalosWorkload.STATEFUL_SET'],
    ['of a release that doesn\'t read them', [labelOf(0, 'a')], {}, { config: workerConfig(TalosVersion.V1_11) },
      'are read from a file, as Talos does since 1.12, and this is v1.11'],
    ['that don\'t exist', [labelOf(3, 'a')], {}, {}, 'have the ordinal 3, and the last of 3 \'replicas\' has 2: leave it out, or add replicas'],
    ['of one name', [0, 1].map((ordinal) => ({ ordinal, patches: [hostname('edge')] })), {}, {}, 'give several machines the name \'edge\''],
    ['of the name of another one\'s pod', [{ ordinal: 0, patches: [hostname('test-node-1')] }], {}, {}, 'give several machines the name \'test-node-1\''],
    ['with a hostname that the others share', [labelOf(0, 'a')], {}, { config: workerConfig().patch(hostname('edge')) }, 'give several machines the name \'edge\''],
    ['with an ordinal that is none', [labelOf(-1, 'a')], {}, {}, '\'memberPatches[0].ordinal\' (-1) must be a whole number of at least 0'],
    ['with a broken ordinal', [labelOf(0.5, 'a')], {}, {}, '\'memberPatches[0].ordinal\' (0.5)'],
    ['with what Talos would refuse', [{ ordinal: 1, patches: [MachineConfigPatch.fromYaml('machine: {kubelt: {}}')] }], {}, {}, 'kubelt'],
    ['with what can\'t run in a pod', [{ ordinal: 1, patches: [MachineConfigPatch.fromYaml('machine: {features: {hostDNS: {enabled: false}}}')] }], {}, {},
      '\'memberPatches\' (ordinal 1) can\'t run in a pod, change: [talos:machine-config-unfit]\n- memberPatches[0].patches[0]: v1alpha1: '],
    ['with too much for a Secret', [0, 1].map((ordinal) => ({
      ordinal, patches: [MachineConfigPatch.fromDocuments({ machine: { files: [{ path: '/var/a', op: 'create', permissions: 0o600, content: 'a'.repeat(600_000) }] } })],
    })), {}, {}, '\'memberPatches\' of 2 machines make a Secret of 12'],
    ['and another volume of the name', [labelOf(0, 'a')], { volumes: [{ name: 'machine-config', emptyDir: {} } satisfies Volume] }, {}, '\'volumes\' has the name \'machine-config\' twice'],
    ['and another variable of the name', [labelOf(0, 'a')], { env: [{ name: 'POD_NAME', value: 'a' } satisfies EnvVar] }, {}, 'POD_NAME'],
  ])('are refused for machines %s', (_, memberPatches, props, configProps, message) => {
    expect(() => synth(memberPatches, props, configProps)).toThrow(message);
  });

  test('need no pod of their name in a release that names nodes by their identity', () => {
    const props: TalosNodeProps = { configUpdate: ConfigUpdate.ROLL, replicas: 2, role: TalosRole.WORKER };
    const config = workerConfig(TalosVersion.of('v1.14.1'));
    const named = [0, 1].map((ordinal) => ({ ordinal, patches: [hostname(`edge-${ordinal}`)] }));
    expect(() => synth(named, props, { config })).not.toThrow();
    expect(() => synth(named.slice(1), props, { config })).toThrow('\'configUpdate\' (ROLL) loses the node\'s name');
  });
});

describe('patches for single machines can\'t change what all have in common:', () => {
  test.each<[string, object]>([
    ['machine.type', { machine: { type: 'controlplane' } }],
    ['machine.token', { machine: { token: 'abcdef.0123456789abcdef' } }],
    ['machine.certSANs', { machine: { certSANs: { $patch: 'delete' } } }],
    ['cluster.clusterName', { cluster: { clusterName: 'other' } }],
    ['cluster.controlPlane.endpoint', { cluster: { controlPlane: { endpoint: 'https://other:6443' } } }],
    ['cluster.controlPlane.localAPIServerPort', { cluster: { controlPlane: { localAPIServerPort: 7443 } } }],
    ['cluster.network.podSubnets[0]', { cluster: { network: { podSubnets: ['10.1.0.0/16'] } } }],
    ['cluster.network.cni.name', { cluster: { network: { cni: { name: 'none' } } } }],
    ['cluster.network.dnsDomain', { cluster: { network: { dnsDomain: 'other' } } }],
    ['cluster.proxy.disabled', { cluster: { proxy: { disabled: true } } }],
    ['cluster.etcd.advertisedSubnets[0]', { cluster: { etcd: { advertisedSubnets: ['10.1.0.0/16'] } } }],
  ])('%s on 1.13', (field, document) => {
    const config = workerConfig().patch(MachineConfigPatch.fromDocuments({ machine: { certSANs: ['a'] } }));
    expect(() => synth([{ ordinal: 1, patches: [MachineConfigPatch.fromDocuments(document)] }], {}, { config, validate: false })).toThrow(
      `'memberPatches' (ordinal 1) change ${field}, which all machines have in common: change it with 'patches'`);
  });

  test.each<[string, object]>([
    ['KubeClusterConfig endpoint', { kind: 'KubeClusterConfig', endpoint: 'https://other:6443' }],
    ['KubeNetworkConfig dnsDomain', { kind: 'KubeNetworkConfig', dnsDomain: 'other' }],
    ['KubeFlannelCNIConfig', { kind: 'KubeFlannelCNIConfig', $patch: 'delete' }],
    ['KubeAPIServerConfig apiPort', { kind: 'KubeAPIServerConfig', apiPort: 7443 }],
  ])('%s on 1.14', (field, document) => {
    const talosVersion = TalosVersion.V1_14;
    const config = MachineConfig.fromYaml(generated('v1.14').controlplane, { talosVersion });
    const patches = [MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', ...document })];
    expect(() => synth([{ ordinal: 1, patches }], {}, { config, validate: false })).toThrow(`'memberPatches' (ordinal 1) change ${field}, which`);
  });

  test('they can change what concerns one machine, and add names', () => {
    const config = MachineConfig.fromYaml(generated('v1.13').controlplane, { talosVersion: TalosVersion.V1_13 });
    const patches = [MachineConfigPatch.fromDocuments({
      machine: { certSANs: ['b'], sysctls: { 'net.a': '1' }, nodeLabels: { rack: 'a' } },
      cluster: { allowSchedulingOnControlPlanes: true, apiServer: { certSANs: ['b'], extraArgs: { v: '3' } }, etcd: { extraArgs: { 'quota-backend-bytes': '1' } } },
    })];
    expect(() => synth([{ ordinal: 1, patches }], {}, { config })).not.toThrow();
  });
});
