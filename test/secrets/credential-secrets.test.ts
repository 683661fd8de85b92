import { X509Certificate } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { parse } from 'yaml';
import { ArgoCdClusterSecret, KubeconfigSecret, TalosApiRole, TalosconfigSecret, TalosSecrets } from '../../src';

const secrets = TalosSecrets.fromYaml(readFileSync(join(__dirname, '..', 'fixtures', 'secrets', 'a.yaml'), 'utf8'));
const endpoint = 'https://lab.example.com:6443';

function synth(define: (chart: Chart) => void): any {
  const chart = new Chart(new App(), 'test', { namespace: 'talos' });
  define(chart);
  const [{ data, ...rest }] = Testing.synth(chart);
  return { ...rest, values: Object.fromEntries(Object.entries<string>(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()])) };
}

test('a talosconfig', () => {
  const secret = synth((chart) => new TalosconfigSecret(chart, 'talosconfig', {
    secrets, clusterName: 'lab', endpoints: ['lab.example.com'], roles: [TalosApiRole.READER], labels: { team: 'a' }, annotations: { note: 'x' },
  }));
  expect(secret).toMatchObject({ kind: 'Secret', type: 'Opaque', metadata: { name: 'lab-talosconfig', labels: { team: 'a' }, annotations: { note: 'x' } } });
  expect(Object.keys(secret.values)).toEqual(['talosconfig']);
  const { contexts } = parse(secret.values.talosconfig);
  expect(new X509Certificate(Buffer.from(contexts.lab.crt, 'base64')).subject).toBe('O=os:reader');
});

test('a kubeconfig as Cluster API and Flux expect it', () => {
  const secret = synth((chart) => new KubeconfigSecret(chart, 'kubeconfig', { secrets, clusterName: 'lab', endpoint }));
  expect(secret).toMatchObject({
    type: 'cluster.x-k8s.io/secret',
    metadata: { name: 'lab-kubeconfig', labels: { 'cluster.x-k8s.io/cluster-name': 'lab' } },
  });
  expect(parse(secret.values.value).clusters[0].cluster.server).toBe(endpoint);
});

test('a cluster of Argo CD', () => {
  const secret = synth((chart) => new ArgoCdClusterSecret(chart, 'argo', { secrets, clusterName: 'lab', endpoint, user: 'argo-cd', groups: ['deployers'] }));
  expect(secret.metadata).toMatchObject({ name: 'lab-argocd-cluster', labels: { 'argocd.argoproj.io/secret-type': 'cluster' } });
  expect(secret.values).toMatchObject({ name: 'lab', server: endpoint });
  const { tlsClientConfig } = JSON.parse(secret.values.config);
  const certificate = new X509Certificate(Buffer.from(tlsClientConfig.certData, 'base64'));
  expect(certificate.subject).toBe('O=deployers\nCN=argo-cd');
  expect(certificate.verify(new X509Certificate(Buffer.from(tlsClientConfig.caData, 'base64')).publicKey)).toBe(true);
  expect(Buffer.from(tlsClientConfig.keyData, 'base64').toString()).toContain('PRIVATE KEY');
});

test('a JSON patch is wire-level', () => {
  const chart = new Chart(new App(), 'test');
  const secret = new KubeconfigSecret(chart, 'kubeconfig', { secrets, clusterName: 'lab', endpoint });
  ApiObject.of(secret).addJsonPatch(JsonPatch.add('/futureField', { a: 1 }));
  expect(Testing.synth(chart)[0].futureField).toEqual({ a: 1 });
});

test.each<[string, (chart: Chart) => void, string]>([
  ['a name that is none', (chart) => new TalosconfigSecret(chart, 'a', { secrets, clusterName: 'Lab', endpoints: ['a'] }),
    '\'name\' (Lab-talosconfig) is not a DNS name'],
  ['a label that says what it is', (chart) => new ArgoCdClusterSecret(chart, 'a', {
    secrets, clusterName: 'lab', endpoint, labels: { 'argocd.argoproj.io/secret-type': 'repository' },
  }), '\'labels\' sets argocd.argoproj.io/secret-type (repository)'],
  ['two of one name', (chart) => [1, 2].map((id) => new KubeconfigSecret(chart, `${id}`, { secrets, clusterName: 'lab', endpoint })),
    '\'name\' (lab-kubeconfig) is already the name of the Secret at test/1'],
])('%s is refused', (_, define, message) => {
  expect(() => synth(define)).toThrow(message);
});
