import { createHash } from 'node:crypto';
import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { TalosError } from '../../../src/problem';
import { mintTalosconfig, TalosconfigContent } from '../../../src/secrets/bundle/talosconfig';
import { TalosApiRole } from '../../../src/talos/talos-api-role';
import { describeCertificate, extensionsOf, openssl, subjectOf } from '../../support/openssl';
import { bundle, fixture, NOW } from '../../support/secrets-fixtures';

const secrets = bundle('c');
const options: TalosconfigContent = { clusterName: 'lab', endpoints: ['10.0.0.1', 'cp.example.org'] };

function context(text: string): Record<string, any> {
  const config = parse(text);
  return config.contexts[config.context];
}

function pem(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}

test('the text is that of talosctl but for the client\'s certificate and key', () => {
  const withoutClient = (text: string) => text.replace(/(crt|key): \S+/g, '$1:');
  expect(withoutClient(mintTalosconfig(secrets, options))).toBe(withoutClient(fixture('talosconfig.yaml')));
});

test('openssl reads the same in the certificate as in that of talosctl', () => {
  const fromTalosctl = pem(context(fixture('talosconfig.yaml')).crt);
  const dates = openssl(['x509', '-in', 'crt', '-noout', '-dates'], { crt: fromTalosctl }).match(/(?<==).*/g)!;
  const [notBefore, notAfter] = dates.map((date) => new Date(date));
  const validity = Duration.millis(notAfter.getTime() - notBefore.getTime());
  const minted = pem(context(mintTalosconfig(secrets, { ...options, notBefore, validity })).crt);
  expect(describeCertificate(minted)).toBe(describeCertificate(fromTalosctl));
  expect(extensionsOf(minted)).toEqual([
    'Key Usage (critical): Digital Signature',
    'Extended Key Usage: TLS Web Client Authentication',
    'Authority Key Identifier: 20 bytes',
  ]);
});

test('openssl verifies the certificate as a client\'s and not as a server\'s', () => {
  const { ca, crt } = context(mintTalosconfig(secrets, { ...options, notBefore: NOW }));
  const files = { ca: pem(ca), crt: pem(crt) };
  const verify = (purpose: string) => openssl(['verify', '-x509_strict', '-purpose', purpose, '-CAfile', 'ca', '-attime', '1800000000', 'crt'], files);
  expect(verify('sslclient')).toBe('crt: OK\n');
  expect(() => verify('sslserver')).toThrow('unsuitable certificate purpose');
});

test('the certificate has the roles asked for and no other name', () => {
  const { crt } = context(mintTalosconfig(secrets, { ...options, roles: [TalosApiRole.READER, TalosApiRole.ETCD_BACKUP] }));
  expect(subjectOf(pem(crt))).toBe('O=os:reader+O=os:etcd:backup');
});

test('the same bundle and options give the same text, whatever is done with the addresses', () => {
  const text = mintTalosconfig(secrets, options);
  expect(mintTalosconfig(bundle('c'), options)).toBe(text);
  expect(context(mintTalosconfig(secrets, { ...options, endpoints: ['10.0.0.9'] })).key).toBe(context(text).key);
  expect(context(mintTalosconfig(secrets, { ...options, roles: [TalosApiRole.READER] })).key).not.toBe(context(text).key);
});

// a change here would change the credentials of every cluster
test('the text stays the same from release to release', () => {
  expect(createHash('sha256').update(mintTalosconfig(secrets, { ...options, notBefore: NOW })).digest('hex')).toBe('18a34058f7634c597dcda03afb87cfd00b5b9dd6b674c58de6730df3844abe07');
});

test('nodes are written where there are some, names quoted where they need it', () => {
  const text = mintTalosconfig(secrets, { clusterName: 'on', endpoints: [], nodes: ['10.0.0.2'] });
  expect(text).toMatch(/^context: "on"\ncontexts:\n    "on":\n        endpoints: \[\]\n        nodes:\n            - 10\.0\.0\.2\n        ca: /);
});

test.each<[Partial<Record<keyof TalosconfigContent, unknown>>, string]>([
  [{ clusterName: '' }, "'clusterName' () is empty or contains spaces: give a text without spaces"],
  [{ endpoints: ['https://10.0.0.1'] }, "'endpoints' (https://10.0.0.1) is a URL: give only host or host:port"],
  [{ nodes: ['a b'] }, "'nodes' (a b) is empty or contains spaces: give a text without spaces"],
  [{ roles: [] }, "'roles' is empty, so the client could do nothing: choose from os:admin, os:operator, os:reader, os:etcd:backup"],
  [{ roles: ['os:reeder'] }, "'roles' (os:reeder) is not a Talos API role: choose from os:admin"],
])('%j is refused', (changed, problem) => {
  const mint = () => mintTalosconfig(secrets, { ...options, ...changed } as TalosconfigContent);
  expect(mint).toThrow(TalosError);
  expect(mint).toThrow(problem);
});
