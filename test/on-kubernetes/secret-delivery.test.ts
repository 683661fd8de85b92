import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { synthesize } from './cases';
import { KubeClient, KubeObject } from './kube-client';
import { dropped, ofKind, settled } from './manifests';
import { applyAll } from './rollout';
import { newNamespace } from './run';
import { SealingScope, SecretDelivery, SecretStoreKind } from '../../src';
import { createExternalSecrets } from '../../src/secrets/external-secrets';
import { secrets } from '../support/control-planes';
import { sealingFixture, unseal } from '../support/sealed-secrets';
import { addKeys } from '../support/secrets-with-keys';

const client = KubeClient.fromEnvironment();
const namespace = newNamespace();
beforeAll(() => applyAll(client, synthesize(namespace, () => undefined)));
afterAll(() => client.close());

const sealed = (scope: SealingScope): KubeObject[] => ofKind(synthesize(namespace, (chart) =>
  addKeys(chart, SecretDelivery.sealed({ certificate: sealingFixture('controller.crt'), scope }), secrets)), 'SealedSecret');

const external = (storeKind: SecretStoreKind, property?: string): KubeObject[] => ofKind(synthesize(namespace, (chart) => {
  const delivery = SecretDelivery.externalSecret({ store: 'vault', storeKind, key: 'talos/acme', property });
  createExternalSecrets(new Construct(chart, 'cluster'), delivery._bundleSecrets('acme')!, { 'app.kubernetes.io/part-of': 'acme' });
}), 'ExternalSecret');

const elsewhere = (): KubeObject[] => {
  const scope = new Chart(new App(), 'secrets');
  synthesize(namespace, (chart) => addKeys(chart, SecretDelivery.scope(scope)));
  return scope.toJson();
};

const cases: [string, number, () => KubeObject[]][] = [
  ...Object.values(SealingScope).map((scope): [string, number, () => KubeObject[]] => [`SealedSecrets, ${scope}`, 20, () => sealed(scope)]),
  ['ExternalSecrets of a ClusterSecretStore', 2, () => external(SecretStoreKind.CLUSTER_SECRET_STORE)],
  ['ExternalSecrets of a SecretStore and a property', 2, () => external(SecretStoreKind.SECRET_STORE, 'secrets.yaml')],
  ['Secrets in another app', 20, elsewhere],
  ['the Secrets that the controller makes', 20, () => sealed(SealingScope.STRICT).map((object) => unseal(object))],
];

test.each(cases)('%s: the API server takes them whole, and a second apply changes nothing', async (_, count, objects) => {
  const own = objects();
  expect(own).toHaveLength(count);
  for (const object of own) {
    const dryRun = await client.apply(object, { dryRun: true });
    expect({ message: dryRun.status < 300 ? undefined : dryRun.body.message, warnings: dryRun.warnings, dropped: dropped(object, dryRun.body) })
      .toEqual({ message: undefined, warnings: undefined, dropped: [] });
    const [{ body: before }, { body: after }] = [await client.apply(object), await client.apply(object)];
    expect(settled(after)).toEqual(settled(before));
    expect(after.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
  }
});

test.each([['a SealedSecret', () => sealed(SealingScope.STRICT)[0]], ['an ExternalSecret', () => external(SecretStoreKind.SECRET_STORE)[0]]])(
  'a field that %s doesn\'t have is refused', async (_, object) => {
    const { spec, ...rest } = object();
    const { status, body } = await client.apply({ ...rest, spec: { ...spec, cipher: 'none' } }, { dryRun: true });
    expect([status >= 400, body.message]).toEqual([true, expect.stringContaining('cipher')]);
  });
