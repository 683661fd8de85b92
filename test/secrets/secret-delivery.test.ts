import { inspect } from 'util';
import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import {
  ArgoCdClusterSecret, ExternalMachineConfigSecret, KubeconfigSecret, MachineConfig, SealingScope, SecretDelivery, SecretStoreKind, TalosconfigSecret,
  TalosMachineConfig, TalosSecrets, TalosVersion,
} from '../../src';
import { newChart, secrets } from '../support/control-planes';
import { refusal } from '../support/errors';
import { sealingFixture, unseal } from '../support/sealed-secrets';
import { addKeys } from '../support/secrets-with-keys';
import { warningsOf } from '../support/warnings';

const certificate = sealingFixture('controller.crt');
const isSecret = ({ kind }: any) => kind === 'Secret';
const sorted = (objects: any[]) => [...objects].sort((a, b) => a.metadata.name < b.metadata.name ? -1 : 1);

/** What is there without a delivery. */
const plain = (() => {
  const chart = newChart();
  addKeys(chart, SecretDelivery.inline());
  return Testing.synth(chart);
})();
const plainSecrets = sorted(plain.filter(isSecret));

/** Secrets with keys, by what marks their values. */
function leaks(objects: any[]): string[] {
  const text = JSON.stringify(objects);
  const values = plainSecrets.flatMap(({ data }) => Object.values<string>(data)).flatMap((value) => [value, Buffer.from(value, 'base64').toString()]);
  return values.filter((value) => value.length > 40 && text.includes(JSON.stringify(value).slice(1, -1)));
}

test('every Secret with keys is there to be delivered', () => {
  expect(plainSecrets.map(({ metadata }) => metadata.name)).toEqual([
    'acme-apply-config', 'acme-argocd-cluster', 'acme-bootstrap', 'acme-control-plane-config', 'acme-general-config', 'acme-kubeconfig',
    'acme-scale-down', 'acme-talosconfig', 'acme-upgrade-k8s', 'globex-bootstrap', 'globex-control-plane-config', 'globex-general-config', 'globex-kubeconfig',
    'globex-readiness', 'globex-talosconfig', 'globex-upgrade-k8s', 'metal', 'reader', 'ready', 'viewer',
  ]);
  expect(leaks(plain).length).toBeGreaterThanOrEqual(plainSecrets.length);
});

describe('in another chart', () => {
  const others: [string, (app: App) => Construct][] = [
    ['a chart of the same app', (app) => new Chart(app, 'secrets')],
    ['a chart with another namespace', (app) => new Chart(app, 'secrets', { namespace: 'elsewhere' })],
    ['a construct in a chart', (app) => new Construct(new Construct(new Chart(app, 'secrets'), 'a'), 'b')],
    ['a chart of another app', () => new Chart(new App(), 'secrets')],
    ['a chart in a chart', (app) => new Chart(new Chart(app, 'outer', { namespace: 'outer' }), 'secrets')],
  ];

  test.each(others)('%s has the Secrets as they are, and the rest has no key', (_, scopeIn) => {
    const chart = newChart();
    const scope = scopeIn(chart.node.root as App);
    addKeys(chart, SecretDelivery.scope(scope));
    const objects = Testing.synth(chart);
    expect(objects.filter(isSecret)).toEqual([]);
    expect(leaks(objects)).toEqual([]);
    expect(objects).toEqual(plain.filter((object) => !isSecret(object)));
    expect(sorted(Testing.synth(Chart.of(scope)))).toEqual(plainSecrets);
    (chart.node.root as App).synthYaml();
    (scope.node.root as App).synthYaml();
  });

  test('keeps the labels of the own chart', () => {
    const app = new App();
    const chart = new Chart(app, 'acme', { namespace: 'acme', labels: { stage: 'production', tenant: 'a' } });
    const scope = new Chart(app, 'secrets', { labels: { stage: 'secret', kind: 'b' } });
    addKeys(chart, SecretDelivery.scope(scope));
    const labels = Testing.synth(scope).map(({ metadata }) => metadata.labels);
    expect(labels).toEqual(labels.map(() => expect.objectContaining({ stage: 'production', tenant: 'a', kind: 'b' })));
  });

  test('Secrets of several apps and namespaces go into one chart', () => {
    const scope = new Chart(new App(), 'secrets');
    ['one', 'two'].forEach((namespace) => addKeys(newChart(namespace), SecretDelivery.scope(scope)));
    const places = Testing.synth(scope).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    expect(new Set(places).size).toBe(2 * plainSecrets.length);
    expect(places).toContain('two/viewer');
  });

  test('names stay taken, in the own app and in the other', () => {
    const scope = new Chart(new App(), 'secrets');
    const add = (chart: Chart, id: string, delivery?: SecretDelivery) => {
      const group = new Construct(chart, id);
      delivery?._deliver(group);
      return new KubeconfigSecret(group, 'kubeconfig', { clusterName: 'acme', secrets, endpoint: 'https://a.example.com' });
    };
    const chart = newChart();
    add(chart, 'group', SecretDelivery.scope(scope));
    expect(refusal(() => add(chart, 'inline'))).toMatchObject({ code: 'talos:name-taken', constructPath: 'test/inline/kubeconfig' });
    expect(refusal(() => add(newChart(), 'same', SecretDelivery.scope(scope)))).toMatchObject({
      code: 'talos:name-taken',
      message: 'test/same/kubeconfig: \'name\' (acme-kubeconfig) is already the name of the Secret at test/group/kubeconfig: give one of them another name [talos:name-taken]',
    });
    add(newChart('other'), 'same', SecretDelivery.scope(scope));
  });

  test('without a namespace, the Secrets don\'t get the one of the other chart', () => {
    const app = new App();
    const chart = new Chart(app, 'acme');
    const add = (id: string, scope: Chart) => {
      SecretDelivery.scope(scope)._deliver(chart);
      return new TalosconfigSecret(chart, id, { clusterName: id, secrets, endpoints: ['a.example.com'] });
    };
    expect(refusal(() => add('one', new Chart(app, 'named', { namespace: 'secrets' })))).toMatchObject({
      code: 'talos:missing-property', constructPath: 'acme/one', message: expect.stringContaining('would get that of \'named\' (secrets)'),
    });
    const bare = new Chart(app, 'bare');
    add('two', bare);
    expect(Testing.synth(bare)[0].metadata.namespace).toBeUndefined();
  });

  test.each<[string, any]>([
    ['an app', new App()], ['nothing', undefined], ['a text', 'chart'], ['a construct in no chart', new Construct(new App(), 'a')],
  ])('%s is no scope', (_, scope) => {
    expect(refusal(() => SecretDelivery.scope(scope))).toMatchObject({ code: 'talos:invalid-value', property: 'scope' });
  });

  test('printing the other chart shows no key', () => {
    const scope = new Chart(new App(), 'secrets');
    addKeys(newChart(), SecretDelivery.scope(scope), secrets);
    const printed = inspect(scope, { depth: Infinity, showHidden: true });
    expect(printed).toContain('tenant.viewer');
    expect(leaks([printed])).toEqual([]);
  });
});

describe('sealed', () => {
  const seal = (options: { scope?: SealingScope; clusterSecrets?: TalosSecrets; certificate?: string; chart?: Chart } = {}): any[] => {
    const chart = options.chart ?? newChart();
    addKeys(chart, SecretDelivery.sealed({ certificate: options.certificate ?? certificate, scope: options.scope }), options.clusterSecrets);
    return Testing.synth(chart);
  };
  const isSealed = ({ kind }: any) => kind === 'SealedSecret';

  test.each<[SealingScope, { [key: string]: string } | undefined]>([
    [SealingScope.STRICT, undefined],
    [SealingScope.NAMESPACE_WIDE, { 'sealedsecrets.bitnami.com/namespace-wide': 'true' }],
    [SealingScope.CLUSTER_WIDE, { 'sealedsecrets.bitnami.com/cluster-wide': 'true' }],
  ])('%s: the controller makes the Secrets, and nothing else changes', (scope, annotations) => {
    const objects = seal({ scope, clusterSecrets: secrets });
    expect(objects.filter((object) => !isSealed(object))).toEqual(plain.filter((object) => !isSecret(object)));
    expect(leaks(objects)).toEqual([]);
    const own = annotations ?? {};
    const expected = plainSecrets.map((secret) => {
      const all = { ...secret.metadata.annotations, ...own };
      return { ...secret, metadata: { ...secret.metadata, ...Object.keys(all).length > 0 && { annotations: all } } };
    });
    expect(sorted(objects.filter(isSealed).map((object) => unseal(object)))).toEqual(expected);
    expect(sorted(objects.filter(isSealed)).map(({ metadata }) => metadata)).toEqual(expected.map(({ metadata }) => metadata));
  });

  test('two syntheses give the same text', () => {
    expect(seal({ clusterSecrets: secrets })).toEqual(seal({ clusterSecrets: secrets }));
    expect(seal()).toEqual(seal());
  });

  test('the cluster\'s secrets change all texts, and so does another namespace or certificate', () => {
    const texts = [seal(), seal({ clusterSecrets: secrets }), seal({ chart: newChart('other') }), seal({ certificate: sealingFixture('large.crt') })]
      .flatMap((objects) => objects.filter(isSealed).flatMap(({ spec }) => Object.values(spec.encryptedData)));
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('one changed value of a Secret changes its texts, and no other Secret\'s', () => {
    const [before, after] = ['a', 'b'].map((user) => {
      const chart = newChart();
      SecretDelivery.sealed({ certificate })._deliver(chart, secrets);
      const config = MachineConfig.worker({ clusterName: 'acme', secrets, endpoint: 'https://a.example.com:6443', talosVersion: TalosVersion.V1_13 });
      new KubeconfigSecret(chart, 'kubeconfig', { clusterName: 'acme', secrets, endpoint: 'https://a.example.com', user });
      new TalosMachineConfig(chart, 'config', { config });
      return Testing.synth(chart).map(({ spec }) => Object.values(spec.encryptedData));
    });
    expect(after[0]).not.toEqual(before[0]);
    expect(after[1]).toEqual(before[1]);
  });

  test('a Secret without a namespace can only be sealed for the whole cluster', () => {
    const add = (scope?: SealingScope) => {
      const chart = new Chart(new App(), 'acme');
      SecretDelivery.sealed({ certificate, scope })._deliver(chart);
      new TalosconfigSecret(chart, 'talosconfig', { clusterName: 'acme', secrets, endpoints: ['a.example.com'] });
      return Testing.synth(chart);
    };
    for (const scope of [undefined, SealingScope.STRICT, SealingScope.NAMESPACE_WIDE]) {
      expect(refusal(() => add(scope))).toMatchObject({ code: 'talos:missing-property', property: 'namespace', constructPath: 'acme/talosconfig' });
    }
    expect(unseal(add(SealingScope.CLUSTER_WIDE)[0]).metadata).toMatchObject({ name: 'acme-talosconfig' });
  });

  test('names stay taken', () => {
    const chart = newChart();
    SecretDelivery.sealed({ certificate })._deliver(chart);
    const add = (id: string) => new TalosconfigSecret(chart, id, { clusterName: 'acme', secrets, endpoints: ['a.example.com'] });
    add('one');
    expect(refusal(() => add('two'))).toMatchObject({ code: 'talos:name-taken', message: expect.stringContaining('is already the name of the Secret at test/one') });
  });

  test('annotations don\'t change the scope', () => {
    const chart = newChart();
    SecretDelivery.sealed({ certificate })._deliver(chart);
    const add = (annotation: string) => new KubeconfigSecret(chart, annotation.replace('/', ' '), {
      clusterName: 'acme', secrets, endpoint: 'https://a.example.com', annotations: { [annotation]: 'true' }, name: annotation.replace('/', '.'),
    });
    add('sealedsecrets.bitnami.com/managed');
    expect(refusal(() => add('sealedsecrets.bitnami.com/cluster-wide'))).toMatchObject({ code: 'talos:conflicting-properties', property: 'annotations' });
  });

  const lines = certificate.split('\n');
  test.each<[string, any, string]>([
    ['a path', 'sealing.pem', 'is not a certificate as PEM text'],
    ['an empty text', '', 'is not a certificate as PEM text'],
    ['a damaged certificate', [...lines.slice(0, 3), ...lines.slice(4)].join('\n'), 'is not a certificate as PEM text'],
    ['a certificate with its key', certificate + sealingFixture('controller.key'), 'has a private key'],
    ['a key on a curve', sealingFixture('ec.crt'), 'has a key of the type ec, and Sealed Secrets uses RSA'],
    ['a weak key', sealingFixture('weak.crt'), 'has an RSA key of 1024 bits'],
    ['no text', 5, 'is a number'],
  ])('%s is refused', (_, given, message) => {
    const error = refusal(() => SecretDelivery.sealed({ certificate: given }));
    expect(error).toMatchObject({ property: 'certificate', message: expect.stringContaining(message) });
    expect(error.message).not.toContain('MII');
  });

  test.each([['an unknown scope', 'everywhere'], ['no scope', 5]])('%s is refused', (_, scope: any) => {
    expect(refusal(() => SecretDelivery.sealed({ certificate, scope }))).toMatchObject({ property: 'scope' });
  });

  test('an expired certificate is a warning', () => {
    const warningsAt = (time?: string) => {
      process.env.SOURCE_DATE_EPOCH = time && `${Date.parse(time) / 1000}`;
      try {
        const chart = newChart();
        SecretDelivery.sealed({ certificate })._deliver(chart);
        return warningsOf(chart);
      } finally {
        delete process.env.SOURCE_DATE_EPOCH;
      }
    };
    expect(warningsAt('2100-01-01')).toEqual([]);
    expect(warningsAt('2127-01-01')).toEqual([
      'test: \'certificate\' of the SealedSecrets expired on 2126-11-06, and the controller may no longer have its key: give what \'kubeseal --fetch-cert\' prints [talos:sealing-certificate]',
    ]);
  });

  test('the text around the certificate and its line ends don\'t matter', () => {
    const other = `# fetched\n${certificate.replace(/\n/g, '\r\n')}\n`;
    expect(seal({ certificate: other })).toEqual(seal());
  });
});

test('the nearest delivery counts', () => {
  const chart = newChart();
  const other = new Chart(new App(), 'secrets');
  SecretDelivery.sealed({ certificate })._deliver(chart);
  const make = (id: string, delivery?: SecretDelivery) => {
    const group = new Construct(chart, id);
    delivery?._deliver(group);
    new TalosconfigSecret(new Construct(group, 'inner'), 'talosconfig', { clusterName: id, secrets, endpoints: ['a.example.com'] });
  };
  make('a');
  make('b', SecretDelivery.inline());
  make('c', SecretDelivery.scope(other));
  make('d', SecretDelivery.generateOnce());
  expect(Testing.synth(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`))
    .toEqual(['SealedSecret a-talosconfig', 'Secret b-talosconfig', 'Secret d-talosconfig']);
  expect(Testing.synth(other)).toMatchObject([{ kind: 'Secret', metadata: { name: 'c-talosconfig', namespace: 'tenant' } }]);
});

describe('Secrets that synthesis never sees', () => {
  test('have names after the cluster', () => {
    expect(SecretDelivery.existing()._bundleSecrets('acme')).toEqual({
      source: { kind: 'existing', makesWorkerSecret: true }, secretName: 'acme-secrets', workerSecretName: 'acme-worker-secrets', revision: undefined, aescbcEncryption: false,
    });
    expect(SecretDelivery.inline()._bundleSecrets('acme')).toBeUndefined();
    const deliveries = [SecretDelivery.inline(), SecretDelivery.sealed({ certificate }), SecretDelivery.generateOnce()];
    expect(deliveries.map(({ _isKeyless }) => _isKeyless)).toEqual([false, false, true]);
  });

  test.each<[string, () => SecretDelivery, string]>([
    ['a name', () => SecretDelivery.existing({ secretName: 'Acme' }), 'secretName'],
    ['the workers\' name', () => SecretDelivery.generateOnce({ workerSecretName: 'a_b' }), 'workerSecretName'],
    ['a store', () => SecretDelivery.externalSecret({ store: '', key: 'talos/acme' }), 'store'],
    ['a key', () => SecretDelivery.externalSecret({ store: 'vault', key: '' }), 'key'],
    ['a property', () => SecretDelivery.externalSecret({ store: 'vault', key: 'talos/acme', property: '' }), 'property'],
    ['a kind', () => SecretDelivery.externalSecret({ store: 'vault', key: 'talos/acme', storeKind: 'Vault' as SecretStoreKind }), 'storeKind'],
  ])('%s that can\'t be is refused', (_, make, property) => {
    expect(refusal(make).property).toBe(property);
  });

  test('workers don\'t get the Secret with everything', () => {
    for (const options of [{ secretName: 'all', workerSecretName: 'all' }, { secretName: 'acme-worker-secrets' }]) {
      expect(refusal(() => SecretDelivery.existing(options)._bundleSecrets('acme'))).toMatchObject({ code: 'talos:conflicting-properties', property: 'workerSecretName' });
    }
  });
});

describe('a Secret outside of the cluster\'s construct', () => {
  const common = { clusterName: 'acme', secrets };
  const MAKERS: readonly [string, (chart: Chart, secretDelivery?: SecretDelivery) => Construct][] = [
    ['TalosconfigSecret', (chart, secretDelivery) => new TalosconfigSecret(chart, 'made', { ...common, endpoints: ['a.example'], secretDelivery })],
    ['KubeconfigSecret', (chart, secretDelivery) => new KubeconfigSecret(chart, 'made', { ...common, endpoint: 'https://a.example:6443', secretDelivery })],
    ['ArgoCdClusterSecret', (chart, secretDelivery) => new ArgoCdClusterSecret(chart, 'made', { ...common, endpoint: 'https://a.example:6443', secretDelivery })],
    ['ExternalMachineConfigSecret', (chart, secretDelivery) => new ExternalMachineConfigSecret(chart, 'made', {
      config: MachineConfig.worker({ ...common, endpoint: 'https://a.example:6443', installDisk: '/dev/sda' }), secretDelivery,
    })],
  ];

  test.each(MAKERS)('%s has a delivery of its own', (_, make) => {
    const [inline, moved, keys, sealed] = [newChart(), newChart(), new Chart(new App(), 'keys'), newChart()];
    make(inline);
    make(moved, SecretDelivery.scope(keys));
    make(sealed, SecretDelivery.sealed({ certificate }));
    expect(Testing.synth(moved)).toEqual([]);
    expect(Testing.synth(keys)).toEqual(Testing.synth(inline));
    expect(Testing.synth(sealed).map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([['SealedSecret', 'tenant']]);
    expect(() => make(newChart(), SecretDelivery.generateOnce()))
      .toThrow('\'secretDelivery\' keeps keys from synthesis, and the Secret is made of them: choose SecretDelivery.inline(), scope() or sealed()');
  });
});
