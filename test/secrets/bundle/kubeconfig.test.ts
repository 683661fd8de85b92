import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { TalosError } from '../../../src/problem';
import { KubeconfigContent, mintKubeconfig } from '../../../src/secrets/bundle/kubeconfig';
import { extensionsOf, openssl, subjectOf } from '../../support/openssl';
import { bundle, NOW } from '../../support/secrets-fixtures';

const secrets = bundle();
const options: KubeconfigContent = { clusterName: 'lab', endpoint: 'https://cp.example.org:6443' };

function credentials(text: string): { ca: string; crt: string; key: string } {
  const { clusters: [{ cluster }], users: [{ user }] } = parse(text);
  const pem = (base64: string) => Buffer.from(base64, 'base64').toString();
  return { ca: pem(cluster['certificate-authority-data']), crt: pem(user['client-certificate-data']), key: pem(user['client-key-data']) };
}

test('the text is named as that of talosctl kubeconfig', () => {
  const text = mintKubeconfig(secrets, options);
  expect(text.replace(/-data: \S+/g, '-data: …')).toBe(`apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: …
    server: https://cp.example.org:6443
  name: lab
contexts:
- context:
    cluster: lab
    namespace: default
    user: admin@lab
  name: admin@lab
current-context: admin@lab
kind: Config
users:
- name: admin@lab
  user:
    client-certificate-data: …
    client-key-data: …
`);
  expect(credentials(text).ca).toBe(secrets.certs.k8s.crt);
});

test('the certificate is a client\'s alone, with the user and groups', () => {
  const { crt, key } = credentials(mintKubeconfig(secrets, options));
  expect(subjectOf(crt)).toBe('O=system:masters,CN=admin');
  expect(extensionsOf(crt)).toEqual([
    'Key Usage (critical): Digital Signature',
    'Extended Key Usage: TLS Web Client Authentication',
    'Authority Key Identifier: 20 bytes',
  ]);
  expect(openssl(['ec', '-in', 'key', '-noout', '-text'], { key })).toContain('NIST CURVE: P-256');
});

test('openssl verifies the certificate as a client\'s and not as a server\'s', () => {
  const files = { ...credentials(mintKubeconfig(secrets, { ...options, notBefore: NOW })) };
  const verify = (purpose: string) => openssl(['verify', '-x509_strict', '-purpose', purpose, '-CAfile', 'ca', '-attime', '1800000000', 'crt'], files);
  expect(verify('sslclient')).toBe('crt: OK\n');
  expect(() => verify('sslserver')).toThrow('unsuitable certificate purpose');
});

test('a user without power has a name and no group', () => {
  const text = mintKubeconfig(secrets, { ...options, user: 'viewer', groups: [], namespace: 'apps' });
  expect(parse(text).contexts).toEqual([{ name: 'viewer@lab', context: { cluster: 'lab', namespace: 'apps', user: 'viewer@lab' } }]);
  expect(subjectOf(credentials(text).crt)).toBe('CN=viewer');
});

test('the same bundle and options give the same text', () => {
  const text = mintKubeconfig(secrets, options);
  expect(mintKubeconfig(bundle(), options)).toBe(text);
  expect(credentials(mintKubeconfig(secrets, { ...options, user: 'other' })).key).not.toBe(credentials(text).key);
});

// a change here would change the credentials of every cluster
test('the text stays the same from release to release', () => {
  expect(createHash('sha256').update(mintKubeconfig(secrets, { ...options, notBefore: NOW })).digest('hex')).toBe('8c4f65c86e63fc27430573b036e04768d15f7f7b1548198c2e7e20d10c5a90bf');
});

test.each<[Partial<KubeconfigContent>, string]>([
  [{ clusterName: '' }, "'clusterName' () is empty or contains spaces: give a text without spaces"],
  [{ user: '' }, "'user' () is empty or contains spaces: give a text without spaces"],
  [{ groups: [''] }, "'groups' () is empty or contains spaces: give a text without spaces"],
  [{ namespace: 'a b' }, "'namespace' (a b) is empty or contains spaces: give a text without spaces"],
  [{ endpoint: 'cp.example.org:6443' }, "'endpoint' (cp.example.org:6443) is not an HTTPS URL: write it as https://host:6443"],
  [{ endpoint: 'http://cp.example.org:6443' }, "'endpoint' (http://cp.example.org:6443) is not an HTTPS URL"],
])('%j is refused', (changed, problem) => {
  const mint = () => mintKubeconfig(secrets, { ...options, ...changed });
  expect(mint).toThrow(TalosError);
  expect(mint).toThrow(problem);
});
