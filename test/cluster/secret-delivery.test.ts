import { App, Chart, Testing } from 'cdk8s';
import {
  ApiExposure, ConfigUpdate, ExistingSecretsOptions, MachineConfig, SecretDelivery, SecretStoreKind, TalosCluster, TalosClusterProps,
  TalosControlPlane, TalosMachineConfig, TalosVersion, TalosWorkers,
} from '../../src';
import { clusterProps, SynthesizedCluster } from '../support/clusters';
import { controlPlaneProps, hostingNetwork, newChart, secrets } from '../support/control-planes';
import { sealingFixture } from '../support/sealed-secrets';

const KEYLESS: { readonly [name: string]: SecretDelivery } = {
  existing: SecretDelivery.existing(),
  external: SecretDelivery.externalSecret({ store: 'vault', key: 'talos/acme' }),
  generated: SecretDelivery.generateOnce(),
};
const POOLS = [{ name: 'general', replicas: 2 }];

function keyless(secretDelivery: SecretDelivery, props: Partial<TalosClusterProps> = {}, chart?: Chart): SynthesizedCluster {
  return SynthesizedCluster.of({ secrets: undefined, secretDelivery, workerPools: POOLS, ...props }, chart);
}

describe.each(Object.entries(KEYLESS))('keys that synthesis never sees (%s)', (_, delivery) => {
  const everything = keyless(delivery, {
    readinessJob: {},
    controlPlane: { hostingNetwork, configUpdate: ConfigUpdate.APPLY_JOB, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }), notes: true },
  });

  test('no Secret is made', () => {
    expect(everything.ofKind('Secret')).toEqual([]);
    expect(everything.construct.secrets).toBeUndefined();
  });

  test('no object has a key', () => {
    expect(JSON.stringify(everything.objects)).not.toMatch(/PRIVATE KEY|LS0tLS1CRUdJTi|TFMwdExTMUNSVWRKVGlC/);
  });

  test('every synthesis gives the same', () => {
    expect(keyless(delivery, { readinessJob: {} }).objects).toEqual(keyless(delivery, { readinessJob: {} }).objects);
  });

  test('members get the whole bundle, workers their part', () => {
    const secretOf = (workload: string) => everything.pod(workload).volumes.flatMap(({ secret }: any) => secret?.secretName ?? []);
    expect(secretOf('acme-control-plane')).toEqual(['acme-secrets']);
    expect(secretOf('acme-general')).toEqual(['acme-worker-secrets']);
  });

  test('Jobs make their talosconfig of the bundle', () => {
    for (const job of ['acme-bootstrap-', 'acme-apply-config-', 'acme-readiness-', 'acme-credentials-']) {
      const { volumes, containers: [{ command }] } = everything.find('Job', job).spec.template.spec;
      expect(volumes.map(({ secret }: any) => secret?.secretName)).toContain('acme-secrets');
      expect(command[3]).toContain('gen config acme https://unused --with-secrets /bundle/bundle');
    }
  });

  test('what must be signed here is refused, with the way to it', () => {
    const { controlPlane } = everything.construct;
    const refusal = (call: string) => `${call} needs the keys of the cluster, and 'secretDelivery' keeps them from synthesis: `;
    expect(() => controlPlane.talosconfig()).toThrow(`${refusal('\'talosconfig()\'')}read the Secret acme-talosconfig, or choose SecretDelivery.scope() [talos:keys-unknown]`);
    expect(() => controlPlane.machineConfig.config!.secrets()).toThrow('of a cluster whose keys synthesis never sees: read its bundle by TalosSecrets.fromFile()');
    expect(() => controlPlane.kubeconfig()).toThrow(`${refusal('\'kubeconfig()\'')}read the Secret acme-kubeconfig`);
    const open = keyless(delivery, { controlPlane: { hostingNetwork, externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) } });
    expect(() => open.construct.controlPlane.externalWorkerConfig({ installDisk: '/dev/sda' })).toThrow(`${refusal('\'externalWorkerConfig()\'')}save the bundle`);
  });

  test('the notes tell how the keys come, and that Jobs renew the credentials', () => {
    const notes = everything.construct.controlPlane.describe();
    expect(notes).toContain('\nKeys\n');
    expect(notes).toContain('acme-worker-secrets');
    expect(notes).toContain('A Job makes both, and a CronJob makes new ones in time: a talosconfig is valid for a year, and so is a kubeconfig unless the machine config says otherwise.');
  });
});

test.each<[string, SecretDelivery, string[]]>([
  ['existing', KEYLESS.existing, ['ServiceAccount acme-secrets', 'Job acme-secrets-']],
  ['existing, with the workers\' part', SecretDelivery.existing({ workerSecretName: 'a' }), []],
  ['external', KEYLESS.external, ['ExternalSecret acme-secrets', 'ExternalSecret acme-worker-secrets']],
  ['generated', KEYLESS.generated, ['ServiceAccount acme-secrets', 'Job acme-secrets-']],
])('what brings the Secrets: %s', (_, delivery, wanted) => {
  const ids = keyless(delivery).ids.filter((id) => /^(ExternalSecret|ServiceAccount|Job) acme-(worker-)?secrets/.test(id));
  expect(ids.map((id) => id.replace(/-[0-9a-f]{8}$/, '-'))).toEqual(wanted);
});

test('Secrets have the names that are given', () => {
  const cluster = keyless(SecretDelivery.externalSecret({
    store: 'vault', storeKind: SecretStoreKind.SECRET_STORE, key: 'a', property: 'b', secretName: 'keys', workerSecretName: 'worker-keys',
  }));
  const [{ spec }] = cluster.ofKind('ExternalSecret');
  expect(cluster.ofKind('ExternalSecret').map(({ metadata }) => metadata.name)).toEqual(['keys', 'worker-keys']);
  expect(spec.secretStoreRef).toEqual({ kind: 'SecretStore', name: 'vault' });
  expect(spec.data[0].remoteRef).toMatchObject({ key: 'a', property: 'b' });
  expect(cluster.pod('acme-general').volumes).toContainEqual(expect.objectContaining({ secret: expect.objectContaining({ secretName: 'worker-keys' }) }));
});

test('another revision makes the machines start again', () => {
  const annotations = (revision?: string) => ['acme-control-plane', 'acme-general']
    .map((name) => keyless(SecretDelivery.existing({ revision })).find('StatefulSet', name).spec.template.metadata.annotations['checksum/machine-config']);
  const [first, same, other] = [undefined, undefined, '2'].map(annotations);
  expect(first).toEqual(same);
  first.forEach((checksum, index) => expect(checksum).not.toBe(other[index]));
});

const ready = () => MachineConfig.controlPlane({ clusterName: 'acme', endpoint: 'https://acme.example.com:6443', secrets });

test.each<[string, Partial<TalosClusterProps>, string]>([
  ['secrets', { secrets }, '\'secrets\' needs keys at synthesis, which \'secretDelivery\' keeps from it: leave one of the two out'],
  ['terms of credentials', { controlPlane: { credentials: { generation: 2 } } }, '\'controlPlane.credentials\' needs keys at synthesis'],
  ['a ready machine config', { controlPlane: { machineConfig: ready() } }, '\'controlPlane.machineConfig\' is ready, and \'secretDelivery\' puts keys into a generated one only'],
  ['a ready one of a pool', { workerPools: [{ name: 'a', machineConfig: ready() }] }, '\'workerPools[0].machineConfig\' has keys in it, which \'secretDelivery\' of the control plane keeps from synthesis'],
  ['a pool with keys', { workerPools: [{ name: 'a', secretDelivery: SecretDelivery.inline() }] },
    '\'workerPools[0].secretDelivery\' of the pool doesn\'t keep keys from synthesis, and that of the control plane does: choose the same for both'],
  ['a pool with another source', { workerPools: [{ name: 'a', secretDelivery: SecretDelivery.generateOnce() }] },
    '\'workerPools[0].secretDelivery\' of the pool doesn\'t say which Secret has its keys: copy acme-worker-secrets of the control plane\'s namespace'],
])('beside such a delivery, %s: refused', (_, props, message) => {
  expect(() => keyless(KEYLESS.generated, props)).toThrow(message);
});

test('a pool without keys beside a control plane with keys is refused', () => {
  expect(() => SynthesizedCluster.of({ workerPools: [{ name: 'a', secretDelivery: SecretDelivery.existing({ workerSecretName: 'b' }) }] }))
    .toThrow('\'workerPools[0].secretDelivery\' of the pool keeps keys from synthesis, and that of the control plane doesn\'t');
});

test('a pool in another namespace says which Secret it has', () => {
  const app = new App();
  const controlPlane = new TalosControlPlane(new Chart(app, 'a', { namespace: 'a' }), 'cp', { clusterName: 'acme', hostingNetwork, secretDelivery: KEYLESS.generated });
  const chart = new Chart(app, 'b', { namespace: 'b' });
  expect(() => new TalosWorkers(chart, 'first', { controlPlane, name: 'first' })).toThrow('the namespace of the pool isn\'t the control plane\'s, and it doesn\'t say which Secret has its keys');
  new TalosWorkers(chart, 'second', { controlPlane, name: 'second', secretDelivery: SecretDelivery.existing({ workerSecretName: 'copied' }) });
  expect(JSON.stringify(Testing.synth(chart))).toContain('"secretName":"copied"');
});

test('two clusters may not have one Secret, unless both say so', () => {
  const build = (sharedSecrets?: boolean) => {
    const chart = newChart();
    const secretDelivery = SecretDelivery.existing({ secretName: 'keys', workerSecretName: 'worker-keys' });
    ['acme', 'globex'].forEach((clusterName) => new TalosControlPlane(chart, clusterName, { clusterName, hostingNetwork, secretDelivery, sharedSecrets }));
  };
  expect(build).toThrow('\'secretDelivery\' has the Secret keys of the control plane at test/acme');
  expect(() => build(true)).not.toThrow();
});

test('the Secret of one cluster\'s workers isn\'t that of another', () => {
  const build = (one: string, other: string, secretDelivery: SecretDelivery) => () => {
    const chart = newChart();
    [one, other].forEach((clusterName) => new TalosControlPlane(chart, clusterName, { clusterName, hostingNetwork, secretDelivery }));
  };
  expect(build('a', 'a-worker', SecretDelivery.existing())).toThrow('\'secretDelivery\' has the Secret a-worker-secrets of the control plane at test/a,');
  expect(build('a-worker', 'a', SecretDelivery.existing())).toThrow('\'secretDelivery\' has the Secret a-worker-secrets of the control plane at test/a-worker,');
  expect(build('a', 'b', SecretDelivery.existing({ workerSecretName: 'workers' }))).toThrow('\'secretDelivery\' has the Secret workers of the control plane at test/a,');
  expect(build('a', 'b', SecretDelivery.existing())).not.toThrow();
});

test.each<[string, ExistingSecretsOptions, string]>([
  ['the kubeconfig', { secretName: 'acme-kubeconfig' }, '\'secretName\' (acme-kubeconfig) of \'secretDelivery\' is made elsewhere'],
  ['the authority of the Talos API', { secretName: 'ca', talosAuthoritySecretName: 'ca' }, '\'secretName\' (ca)'],
  ['the talosconfig, by the workers\' part', { workerSecretName: 'acme-talosconfig' }, '\'workerSecretName\' (acme-talosconfig)'],
])('a bundle that is made elsewhere isn\'t overwritten by %s', (_, options, message) => {
  expect(() => keyless(SecretDelivery.existing(options))).toThrow(message);
});

test('a pool may say what its control plane has', () => {
  const implied = keyless(KEYLESS.generated, { workerPools: [{ name: 'a' }] });
  expect(keyless(KEYLESS.generated, { workerPools: [{ name: 'a', secretDelivery: KEYLESS.generated }] }).objects).toEqual(implied.objects);
});

test('an ephemeral cluster takes the keys of its delivery', () => {
  const cluster = SynthesizedCluster.ephemeral({ secrets: undefined, secretDelivery: KEYLESS.generated });
  expect(cluster.ofKind('Secret')).toEqual([]);
});

test('where policies hold, Jobs reach the API of the hosting cluster', () => {
  const [policy] = keyless(KEYLESS.generated, { controlPlane: { hostingNetwork, networkPolicy: {} } })
    .ofKind('NetworkPolicy').filter(({ metadata }) => metadata.name === 'acme-control-plane-jobs');
  expect(policy.spec.egress.flatMap(({ ports }: any) => ports).map(({ port }: any) => port)).toContain(443);
});

test('without credential Secrets, nothing makes them', () => {
  const cluster = keyless(KEYLESS.generated, { controlPlane: { hostingNetwork, credentialSecrets: false } });
  expect(cluster.ofKind('CronJob')).toEqual([]);
  expect(cluster.construct.controlPlane.describe()).toContain('make them with the bundle, by `talosctl gen config --with-secrets`');
});

test('a suspended cluster renews nothing', () => {
  const cluster = keyless(KEYLESS.generated, { suspend: true });
  expect(cluster.ofKind('CronJob').map(({ spec }) => spec.suspend)).toEqual([true]);
  expect(cluster.ids.filter((id) => id.startsWith('Job acme-credentials'))).toEqual([]);
  const stopped = 'While the members are stopped, nothing makes or renews them.';
  expect(cluster.construct.controlPlane.describe()).toContain(stopped);
  expect(keyless(KEYLESS.generated).construct.controlPlane.describe()).not.toContain(stopped);
});

describe('keys that synthesis sees', () => {
  const inline = SynthesizedCluster.of({ workerPools: POOLS, readinessJob: {} });
  const secretNames = inline.ofKind('Secret').map(({ metadata }) => metadata.name).sort();

  test('in another app: each Secret is as it is inline', () => {
    const elsewhere = new Chart(new App(), 'keys');
    const cluster = SynthesizedCluster.of({ workerPools: POOLS, readinessJob: {}, secretDelivery: SecretDelivery.scope(elsewhere) });
    const moved = Testing.synth(elsewhere);
    expect(cluster.ofKind('Secret')).toEqual([]);
    expect(moved).toEqual(expect.arrayContaining(inline.ofKind('Secret')));
    expect(moved).toHaveLength(secretNames.length);
    expect(cluster.objects).toEqual(inline.objects.filter(({ kind }) => kind !== 'Secret'));
  });

  test('sealed: each Secret is a SealedSecret, and the rest is the same', () => {
    const cluster = SynthesizedCluster.of({ workerPools: POOLS, readinessJob: {}, secretDelivery: SecretDelivery.sealed({ certificate: sealingFixture('controller.crt') }) });
    expect(cluster.ofKind('SealedSecret').map(({ metadata }) => metadata.name).sort()).toEqual(secretNames);
    expect(cluster.objects.filter(({ kind }) => kind !== 'SealedSecret')).toEqual(inline.objects.filter(({ kind }) => kind !== 'Secret'));
  });

  test('of a control plane with a ready machine config', () => {
    const chart = newChart();
    const { config } = new TalosControlPlane(newChart(), 'cp', controlPlaneProps()).machineConfig;
    new TalosControlPlane(chart, 'cp', { ...controlPlaneProps({ machineConfig: config }), secretDelivery: SecretDelivery.scope(new Chart(new App(), 'keys')) });
    expect(Testing.synth(chart).filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });
});

test.each<[string, () => SecretDelivery]>([
  ['sealed', () => SecretDelivery.sealed({ certificate: sealingFixture('controller.crt') })],
  ['in another app', () => SecretDelivery.scope(new Chart(new App(), 'keys'))],
])('a ready TalosMachineConfig isn\'t left in plain beside Secrets that are %s', (_, choose) => {
  const source = new TalosControlPlane(newChart(), 'cp', controlPlaneProps());
  const worker = new TalosWorkers(newChart(), 'pool', { controlPlane: source, name: 'a' }).machineConfig.config!;
  const inPlace = (chart: Chart, config: MachineConfig, own?: SecretDelivery) => new TalosMachineConfig(chart, `ready-${config.role}`, { config, secretDelivery: own });
  const build = (chart: Chart, secretDelivery: SecretDelivery, own?: SecretDelivery) =>
    new TalosControlPlane(chart, 'cp', { ...controlPlaneProps({ machineConfig: inPlace(chart, source.machineConfig.config!, own) }), secretDelivery });
  const buildPool = (chart: Chart, secretDelivery: SecretDelivery, own?: SecretDelivery) => {
    const controlPlane = new TalosControlPlane(chart, 'cp', { ...controlPlaneProps(), secretDelivery });
    return new TalosWorkers(chart, 'pool', { controlPlane, name: 'a', machineConfig: inPlace(chart, worker, own) });
  };
  for (const each of [build, buildPool]) {
    expect(() => each(newChart(), choose())).toThrow('\'secretDelivery\' would not reach the ready \'machineConfig\'');
    const [chart, secretDelivery] = [newChart(), choose()];
    each(chart, secretDelivery, secretDelivery);
    expect(Testing.synth(chart).filter(({ kind }) => kind === 'Secret')).toEqual([]);
  }
});

test('a ready TalosMachineConfig in plain fits Secrets in plain', () => {
  const { config } = new TalosControlPlane(newChart(), 'cp', controlPlaneProps()).machineConfig;
  const chart = newChart();
  const machineConfig = new TalosMachineConfig(chart, 'ready', { config: config! });
  expect(() => new TalosControlPlane(chart, 'cp', { ...controlPlaneProps({ machineConfig }), secretDelivery: SecretDelivery.inline() })).not.toThrow();
});

test('a machine config that is made elsewhere has no keys to deliver', () => {
  const chart = newChart();
  const machineConfig = TalosMachineConfig.fromSecretName(chart, 'config', 'made-elsewhere');
  expect(() => new TalosControlPlane(chart, 'cp', { clusterName: 'acme', hostingNetwork, machineConfig, secretDelivery: KEYLESS.generated }))
    .toThrow('\'machineConfig\' is ready, and \'secretDelivery\' puts keys into a generated one only');
});

test('a cluster has one default for all', () => {
  const chart = newChart();
  expect(() => new TalosCluster(chart, 'cluster', { ...clusterProps(), secrets: undefined, talosVersion: TalosVersion.V1_13 }))
    .toThrow('or a \'secretDelivery\' that brings them, for example SecretDelivery.generateOnce()');
});
