import { App, Chart } from 'cdk8s';
import { SecretDelivery, TalosCluster, TalosVersion, UpdatePlan, UpdateRisk } from '../../src';
import { hostingNetwork, secrets } from '../support/control-planes';
import { servedList } from '../support/served-objects';
import { updateOf } from '../support/updates';

/*
 * A Job that makes keys for a cluster that has some. The usual ways to it are in the table of day-two changes.
 */

const EXTERNAL = SecretDelivery.externalSecret({ store: 'vault', key: 'talos/acme' });
const GENERATED = SecretDelivery.generateOnce();

function createCluster(chart: Chart, keys?: SecretDelivery): void {
  new TalosCluster(chart, 'cluster', {
    clusterName: 'acme', talosVersion: TalosVersion.V1_13, ...keys ? { secretDelivery: keys } : { secrets }, controlPlane: { hostingNetwork }, workerPools: [{ name: 'general' }],
  });
}

function objects(keys?: SecretDelivery): any[] {
  const chart = new Chart(new App(), 'talos', { namespace: 'talos' });
  createCluster(chart, keys);
  return chart.toJson();
}

const sealed = (name: string) => ({ apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name, namespace: 'talos' }, spec: { encryptedData: { bundle: 'AgB' } } });
const problems = (before: any[], after: any[]) => UpdatePlan._of(before, after, []).risks.map(({ risk, problem, remedy }) => `${risk}: ${problem}: ${remedy}`);

test('the refusal says how to bring the keys first', () => {
  expect(updateOf((chart) => createCluster(chart), (chart) => createCluster(chart, GENERATED))).toThrow(
    'a Job makes the keys in the Secret acme-secrets for the StatefulSet acme-control-plane, which has others: the machines keep their state, and never start again with other keys: '
    + 'make this Secret first, of the file of secrets that the cluster has so far, `kubectl --namespace talos create secret generic acme-secrets --from-file bundle=secrets.yaml`: '
    + 'the Job leaves one that is there. Then give \'applied\' what `kubectl --namespace talos get secret acme-secrets --output yaml` prints, too. '
    + 'To apply it all the same, add UpdateRisk.GENERATED_KEYS to \'allow\'',
  );
});

describe('machines whose machine config can\'t be read', () => {
  const encrypted = objects().map((object) => object.kind === 'Secret' ? { ...object, data: undefined } : object);

  test('have keys as well', () => {
    expect(UpdatePlan._of(encrypted, objects(GENERATED), []).risks.map(({ risk }) => risk)).toEqual([UpdateRisk.GENERATED_KEYS]);
  });

  test('keep them if the Secret is there', () => {
    const made = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'acme-secrets', namespace: 'talos' }, data: { bundle: 'RU5D' } };
    expect(problems([...encrypted, made], objects(GENERATED))).toEqual([]);
  });
});

describe('objects that own the Secrets', () => {
  test('take them along when they are pruned', () => {
    const expected = [
      'GeneratedKeys: what prunes the ExternalSecret acme-secrets and the ExternalSecret acme-worker-secrets deletes the Secrets with the keys of the StatefulSet acme-control-plane, '
      + 'and a Job makes others: the machines keep their state, and never start again with other keys: delete them without their Secrets first, with pruning switched off, '
      + '`kubectl --namespace talos delete externalsecret/acme-secrets externalsecret/acme-worker-secrets --cascade=orphan`. Then leave them out of \'applied\'',
    ];
    expect(problems(objects(EXTERNAL), objects(GENERATED))).toEqual(expected);
    expect(problems(servedList(objects(EXTERNAL), 'the server').items, objects(GENERATED))).toEqual(expected);
  });

  test('may have other names', () => {
    const renamed = objects(EXTERNAL).map((object) => object.kind !== 'ExternalSecret' ? object : {
      ...object, metadata: { ...object.metadata, name: `vault-${object.metadata.name}` }, spec: { ...object.spec, target: { ...object.spec.target, name: object.metadata.name } },
    });
    expect(problems(renamed, objects(GENERATED)).join()).toContain('delete externalsecret/vault-acme-secrets externalsecret/vault-acme-worker-secrets --cascade');
  });

  test('are those of Sealed Secrets, too', () => {
    const both = [sealed('acme-secrets'), sealed('acme-worker-secrets')];
    const existing = objects(SecretDelivery.existing({ workerSecretName: 'acme-worker-secrets' }));
    expect(problems([...existing, ...both], objects(GENERATED)).join()).toContain('what prunes the SealedSecret acme-secrets and the SealedSecret acme-worker-secrets');
  });

  test('may be gone already', () => {
    expect(problems(objects(EXTERNAL).filter(({ kind }) => kind !== 'ExternalSecret'), objects(GENERATED))).toEqual([]);
  });

  test('do no harm as long as a Secret stays, which stops the Job', () => {
    expect(problems([...objects(SecretDelivery.existing()), sealed('acme-secrets')], objects(GENERATED))).toEqual([]);
  });

  test('do no harm where no Job makes keys', () => {
    expect(problems(objects(EXTERNAL), objects(SecretDelivery.existing()))).toEqual([]);
    expect(problems(objects(), objects(EXTERNAL))).toEqual([]);
  });
});

test('machines without a machine config may have no keys', () => {
  const waiting = objects().map((object) => object.kind !== 'StatefulSet' ? object : {
    ...object, spec: { ...object.spec, template: { ...object.spec.template, spec: { ...object.spec.template.spec, containers: [{ name: 'talos', image: 'ghcr.io/siderolabs/talos:v1.13.9' }] } } },
  });
  expect(problems(waiting, objects(GENERATED))).toEqual([]);
});

test('a Role that somebody else has written is none of a Job that makes keys', () => {
  const foreign = {
    apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'vault-agent', namespace: 'talos' },
    rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['acme-secrets'], verbs: ['create'] }],
  };
  const wide = { ...foreign, metadata: { ...foreign.metadata, labels: { 'app.kubernetes.io/component': 'secrets' } }, rules: [{ nonResourceURLs: ['/healthz'], verbs: ['get'] }, { apiGroups: [''], resources: ['pods'], verbs: ['create'] }] };
  expect(problems(objects(), [...objects(SecretDelivery.existing()), foreign, wide])).toEqual([]);
});

test('another bundle in a Secret among the manifests is another cluster', () => {
  const bundle = (id: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'acme-secrets', namespace: 'talos' }, stringData: { bundle: `cluster:\n    id: ${id}\n` } });
  expect(problems([bundle('a')], [bundle('b')])).toEqual([expect.stringContaining('OtherCluster: \'cluster.id\' of the Secret acme-secrets can\'t change')]);
});

test('without a namespace, the commands have none', () => {
  const [before, after] = [objects(), objects(GENERATED)].map((each) => each.map(({ metadata: { namespace: _namespace, ...metadata }, ...rest }) => ({ ...rest, metadata })));
  expect(problems(before, after).join()).toContain('`kubectl create secret generic acme-secrets ');
});
