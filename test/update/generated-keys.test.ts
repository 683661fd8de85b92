import { App, Chart } from 'cdk8s';
import { stringify } from 'yaml';
import { MachineConfigPatch, SecretDelivery, TalosCluster, TalosVersion, UpdatePlan, UpdateRisk } from '../../src';
import { hostingNetwork, otherSecrets, secrets } from '../support/control-planes';
import { servedList } from '../support/served-objects';
import { bundleObject, WORKER_PARTS } from '../support/stand-ins';
import { updateOf } from '../support/updates';

/*
 * A Job that makes keys for a cluster that has some. The usual ways to it are in the table of day-two changes.
 */

const EXTERNAL = SecretDelivery.externalSecret({ store: 'vault', key: 'talos/acme' });
const GENERATED = SecretDelivery.generateOnce();

function createCluster(chart: Chart, keys?: SecretDelivery, patches?: MachineConfigPatch[]): void {
  new TalosCluster(chart, 'cluster', {
    clusterName: 'acme', talosVersion: TalosVersion.V1_13, ...keys ? { secretDelivery: keys } : { secrets }, patches, controlPlane: { hostingNetwork }, workerPools: [{ name: 'general' }],
  });
}

function objects(keys?: SecretDelivery, patches?: MachineConfigPatch[]): any[] {
  const chart = new Chart(new App(), 'talos', { namespace: 'talos' });
  createCluster(chart, keys, patches);
  return chart.toJson();
}

const secretOf = (text: string, name: string = 'acme-secrets') => ({
  apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'talos' }, data: { bundle: Buffer.from(text).toString('base64') },
});
const sealed = (name: string) => ({ apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name, namespace: 'talos' }, spec: { encryptedData: { bundle: 'AgB' } } });
const [inline, external, generated] = [undefined, EXTERNAL, GENERATED].map((keys) => objects(keys));
const withoutNamespace = ({ metadata: { namespace: _namespace, ...metadata }, ...rest }: any) => ({ ...rest, metadata });
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
  const encrypted = inline.map((object) => object.kind === 'Secret' ? { ...object, data: undefined } : object);

  test('have keys as well', () => {
    expect(UpdatePlan._of(encrypted, generated, []).risks.map(({ risk }) => risk)).toEqual([UpdateRisk.GENERATED_KEYS]);
  });

  test('keep them if the Secret is there', () => {
    expect(problems([...encrypted, secretOf(secrets.toYaml())], generated)).toEqual([]);
  });
});

describe('the bundle that a Job finds', () => {
  const afterRotation = (() => {
    const bundle = bundleObject();
    bundle.certs.os = bundleObject(undefined, otherSecrets).certs.os;
    return stringify(bundle);
  })();

  test.each(['', 'ENC[AES256_GCM]', 'cluster: [', 'certs:\n  os: {crt: "***"}\n'])('is left to it if it can\'t be read (%j)', (text) => {
    expect(problems([...inline, secretOf(text)], generated)).toEqual([]);
  });

  test('has the authorities that the machines trust', () => {
    const trusting = [MachineConfigPatch.fromDocuments({ machine: { acceptedCAs: [{ crt: bundleObject(undefined, otherSecrets).certs.os.crt }] } })];
    expect(problems([...inline, secretOf(afterRotation)], generated).join()).toMatch(/^OtherCluster: 'machine.ca' \(\S+, applied \S+\) of the StatefulSet acme-control-plane can't change/);
    expect(problems([...objects(undefined, trusting), secretOf(afterRotation)], objects(GENERATED, trusting))).toEqual([]);
  });

  test('is that of the machines also in the part of workers', () => {
    const part = (of: typeof secrets) => secretOf(stringify(bundleObject(WORKER_PARTS, of)), 'acme-worker-secrets');
    const both = [...inline, secretOf(secrets.toYaml())];
    expect(problems([...both, part(secrets)], generated)).toEqual([]);
    expect(problems([...both, part(otherSecrets)], generated)).toEqual([expect.stringMatching(/^OtherCluster: 'cluster.id', 'machine.ca' .+ of the StatefulSet acme-general can't/)]);
  });

  test('may be among the manifests', () => {
    const existing = [...objects(SecretDelivery.existing()), secretOf(otherSecrets.toYaml())];
    expect(problems(inline, existing).join()).toContain('of the StatefulSet acme-control-plane can\'t change');
  });
});

describe('objects that own the Secrets', () => {
  test('take them along when they are pruned', () => {
    const expected = [
      'GeneratedKeys: what prunes the ExternalSecret acme-secrets and the ExternalSecret acme-worker-secrets deletes the keys of the StatefulSet acme-control-plane too, '
      + 'and a Job makes others: the machines keep their state, and never start again with other keys: switch pruning off, and delete them without their Secrets first, '
      + '`kubectl --namespace talos delete externalsecret/acme-secrets externalsecret/acme-worker-secrets --cascade=orphan`. Then leave them out of \'applied\'',
    ];
    expect(problems(external, generated)).toEqual(expected);
    expect(problems(servedList(external, 'the server').items, generated)).toEqual(expected);
  });

  test('may have other names', () => {
    const renamed = external.map((object) => object.kind !== 'ExternalSecret' ? object : {
      ...object, metadata: { ...object.metadata, name: `vault-${object.metadata.name}` }, spec: { ...object.spec, target: { ...object.spec.target, name: object.metadata.name } },
    });
    expect(problems(renamed, generated).join()).toContain('delete externalsecret/vault-acme-secrets externalsecret/vault-acme-worker-secrets --cascade');
  });

  test('are those of Sealed Secrets, too', () => {
    const both = [sealed('acme-secrets'), sealed('acme-worker-secrets')];
    const existing = objects(SecretDelivery.existing({ workerSecretName: 'acme-worker-secrets' }));
    expect(problems([...existing, ...both], generated).join()).toContain('what prunes the SealedSecret acme-secrets and the SealedSecret acme-worker-secrets');
  });

  test('may be gone already', () => {
    expect(problems(external.filter(({ kind }) => kind !== 'ExternalSecret'), generated)).toEqual([]);
  });

  test('do no harm as long as a Secret stays, which stops the Job', () => {
    expect(problems([...objects(SecretDelivery.existing()), sealed('acme-secrets')], generated)).toEqual([]);
  });

  test('do no harm where no Job makes keys', () => {
    expect(problems(external, objects(SecretDelivery.existing()))).toEqual([]);
    expect(problems(inline, external)).toEqual([]);
  });
});

test('machines without a machine config may have no keys', () => {
  const waiting = inline.map((object) => object.kind !== 'StatefulSet' ? object : {
    ...object, spec: { ...object.spec, template: { ...object.spec.template, spec: { ...object.spec.template.spec, containers: [{ name: 'talos', image: 'ghcr.io/siderolabs/talos:v1.13.9' }] } } },
  });
  expect(problems(waiting, generated)).toEqual([]);
});

test('a Role that somebody else has written is none of a Job that makes keys', () => {
  const foreign = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'vault-agent', namespace: 'talos' },
    rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['acme-secrets'], verbs: ['create'] }],
  };
  const ofOthers = {
    ...foreign,
    metadata: { ...foreign.metadata, labels: { 'app.kubernetes.io/component': 'secrets' } },
    rules: [{ nonResourceURLs: ['/healthz'], verbs: ['get'] }, { apiGroups: [''], resources: ['pods'], verbs: ['create'] }],
  };
  expect(problems(inline, [...objects(SecretDelivery.existing()), foreign, ofOthers])).toEqual([]);
});

test('another bundle in a Secret among the manifests is another cluster', () => {
  const bundle = (id: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'acme-secrets', namespace: 'talos' }, stringData: { bundle: `cluster:\n    id: ${id}\n` } });
  expect(problems([bundle('a')], [bundle('b')])).toEqual([expect.stringContaining('OtherCluster: \'cluster.id\' of the Secret acme-secrets can\'t change')]);
});

test('without a namespace, the commands have none', () => {
  const [before, after] = [inline, generated].map((each) => each.map(withoutNamespace));
  expect(problems(before, after).join()).toContain('`kubectl create secret generic acme-secrets ');
});
