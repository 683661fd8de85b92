import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { KubeconfigSecret, SecretDelivery, SecretStoreKind } from '../../src';
import { createExternalSecrets } from '../../src/secrets/external-secrets';
import { ExternalSecretOptions } from '../../src/secrets/secret-delivery';
import { newChart, secrets } from '../support/control-planes';
import { refusal } from '../support/errors';

const LABELS = { 'app.kubernetes.io/part-of': 'acme' };

function externalSecrets(options: Partial<ExternalSecretOptions> = {}, chart: Chart = newChart()): any[] {
  const delivery = SecretDelivery.externalSecret({ store: 'vault', key: 'talos/acme', ...options });
  createExternalSecrets(new Construct(chart, 'cluster'), delivery._bundleSecrets('acme')!, LABELS);
  return Testing.synth(chart);
}

test('one for the whole bundle and one for the workers\' part', () => {
  const [whole, workers] = externalSecrets();
  expect(whole).toEqual({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'acme-secrets', namespace: 'tenant', labels: { ...LABELS, 'app.kubernetes.io/managed-by': 'cdk8s-talos' } },
    spec: {
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      target: { template: { engineVersion: 'v2', metadata: { labels: { ...LABELS, 'app.kubernetes.io/managed-by': 'cdk8s-talos' } }, data: { bundle: expect.any(String) } } },
      data: [{ secretKey: 'bundle', remoteRef: { key: 'talos/acme', conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' } }],
    },
  });
  expect(workers).toEqual({
    ...whole,
    metadata: { ...whole.metadata, name: 'acme-worker-secrets' },
    spec: { ...whole.spec, target: { template: { ...whole.spec.target.template, data: { bundle: expect.any(String) } } } },
  });
  const fields = (template: string) => [...template.matchAll(/\$s((\.\w+)+)/g)].map(([, path]) => path);
  expect(fields(whole.spec.target.template.data.bundle)).toEqual(['.cluster', '.secrets', '.trustdinfo', '.certs']);
  expect(fields(workers.spec.target.template.data.bundle)).toEqual(['.cluster', '.trustdinfo', '.secrets.bootstraptoken', '.certs.os.crt', '.certs.k8s.crt']);
});

test('the store, the key, the property and the names are the user\'s', () => {
  const objects = externalSecrets({ store: 'local', storeKind: SecretStoreKind.SECRET_STORE, property: 'secrets.yaml', secretName: 'all', workerSecretName: 'some' });
  expect(objects.map(({ metadata }) => metadata.name)).toEqual(['all', 'some']);
  for (const { spec } of objects) {
    expect(spec.secretStoreRef).toEqual({ kind: 'SecretStore', name: 'local' });
    expect(spec.data).toEqual([{ secretKey: 'bundle', remoteRef: { key: 'talos/acme', property: 'secrets.yaml', conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' } }]);
  }
});

test('nothing where another brings the Secrets', () => {
  const chart = new Chart(new App(), 'acme');
  for (const delivery of [SecretDelivery.existing(), SecretDelivery.generateOnce()]) {
    createExternalSecrets(chart, delivery._bundleSecrets('acme')!, LABELS);
  }
  expect(Testing.synth(chart)).toEqual([]);
});

test.each([['acme-secrets', 'secretName'], ['acme-worker-secrets', 'workerSecretName']])('%s can\'t be another Secret as well', (name, property) => {
  const chart = newChart();
  new KubeconfigSecret(chart, 'kubeconfig', { name, clusterName: 'acme', secrets, endpoint: 'https://a.example.com' });
  expect(refusal(() => externalSecrets({}, chart))).toMatchObject({ code: 'talos:name-taken', property });
});

test('a name that a cluster\'s name doesn\'t make is refused', () => {
  const delivery = SecretDelivery.externalSecret({ store: 'vault', key: 'talos/acme' });
  expect(refusal(() => createExternalSecrets(newChart(), delivery._bundleSecrets('Acme')!, LABELS)).property).toBe('secretName');
});
