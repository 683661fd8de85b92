import { createHash, generateKeyPairSync, KeyObject } from 'node:crypto';
import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { clientCertificatePeriod, issueClientCertificate } from '../../../src/secrets/bundle/client-certificate';
import { SecretsBundle } from '../../../src/secrets/bundle/secrets-bundle';
import { CertificateAndKey, decodeCertificate, signCertificate } from '../../../src/secrets/x509/certificate';
import { certificateAuthorityConstraint } from '../../../src/secrets/x509/extensions';
import { decodePrivateKey, encodePrivateKey } from '../../../src/secrets/x509/keys';
import { privateKeyOf } from '../../../src/secrets/x509/private-key-reader';
import { encodeName } from '../../../src/secrets/x509/subject';
import { describeCertificate, openssl, subjectOf } from '../../support/openssl';
import { runs } from '../../support/releases';
import { bundle, fixture, NOW, parts } from '../../support/secrets-fixtures';

const { os, k8s } = bundle().certs;
const subject = { organizations: ['os:reader'] };

function show(crt: string, ...what: string[]): string {
  return openssl(['x509', '-in', 'crt', '-noout', ...what], { crt });
}

/** The same authority as another object, so that it remembers nothing. */
function readAnew({ crt, key }: CertificateAndKey): CertificateAndKey {
  return { crt, key };
}

test('the same options give the same bytes', () => {
  for (const authority of [os, k8s]) {
    expect(issueClientCertificate(readAnew(authority), { subject })).toEqual(issueClientCertificate(authority, { subject }));
    expect(issueClientCertificate(authority, { subject })).toBe(issueClientCertificate(authority, { subject }));
  }
});

test.each([
  ['another organization', os, { subject: { organizations: ['os:admin'] } }],
  ['a common name', os, { subject: { ...subject, commonName: 'someone' } }],
  ['another start', os, { subject, notBefore: NOW }],
  ['another end', os, { subject, validity: Duration.days(364) }],
  ['another holder', os, { subject, holder: 'acme-bootstrap' }],
  ['another generation', os, { subject, generation: 2 }],
  ['another authority', bundle('b').certs.os, { subject }],
])('%s gives another key and serial number', (_, authority, options) => {
  const [one, other] = [issueClientCertificate(os, { subject }), issueClientCertificate(authority, options)];
  expect(other.key).not.toBe(one.key);
  expect(show(other.crt, '-serial')).not.toBe(show(one.crt, '-serial'));
});

test('organizations are a set, sorted and without repetitions, in one place of the name', () => {
  const organizations = ['os:reader', 'os:etcd:backup', 'os:admin'];
  const { crt } = issueClientCertificate(os, { subject: { organizations } });
  expect(issueClientCertificate(readAnew(os), { subject: { organizations: [...organizations, ...organizations].reverse() } }).crt).toBe(crt);
  // DER sorts the members of a set by length first, as the length comes before the text
  expect(subjectOf(crt)).toBe('O=os:admin+O=os:reader+O=os:etcd:backup');
});

test.each([
  ['system:masters', 'PRINTABLESTRING'],
  ['a+b,c=d (e)/f?', 'PRINTABLESTRING'],
  ['someone@example.org', 'UTF8STRING'],
  ['größe', 'UTF8STRING'],
])('the name %s is written as %s', (commonName, type) => {
  const { crt } = issueClientCertificate(k8s, { subject: { commonName } });
  expect(openssl(['asn1parse', '-in', 'crt'], { crt })).toMatch(new RegExp(`:commonName\\n.*${type}`));
  expect(subjectOf(crt)).toBe(`CN=${commonName}`);
});

test('holder and generation change the key and nothing that openssl reads beside it', () => {
  const [one, other] = [{ subject }, { subject, holder: 'acme-bootstrap', generation: 7 }].map((fields) => issueClientCertificate(os, fields, NOW));
  expect(other.key).not.toBe(one.key);
  expect(describeCertificate(other.crt)).toBe(describeCertificate(one.crt));
});

test('the first generation is that of certificates without one', () => {
  expect(issueClientCertificate(readAnew(os), { subject, generation: 1 })).toEqual(issueClientCertificate(os, { subject }));
});

test.each([0, -1, 1.5, NaN, Infinity, '2' as any, null as any])('the generation %p is refused', (generation) => {
  expect(() => issueClientCertificate(os, { subject, generation })).toThrow(
    `'generation' (${generation}) is not a whole number from 1 on: count the times that the credential was issued`);
});

test('openssl verifies the certificate throughout its period, and neither before nor after', () => {
  const { crt } = issueClientCertificate(os, { subject }, NOW);
  const { notBefore, notAfter } = clientCertificatePeriod(os, {}, NOW);
  const verify = (time: Date, seconds: number) => () =>
    openssl(['verify', '-CAfile', 'ca', '-attime', String(time.getTime() / 1000 + seconds), 'crt'], { ca: os.crt, crt });
  expect(verify(notBefore, 0)()).toBe('crt: OK\n');
  expect(verify(notAfter, -1)()).toBe('crt: OK\n');
  expect(verify(notBefore, -1)).toThrow('certificate is not yet valid');
  expect(verify(notAfter, 1)).toThrow('certificate has expired');
});

test('any validity within the authority\'s is taken, in whole seconds', () => {
  const { notBefore: start, notAfter: end } = decodeCertificate(os.crt);
  const time = fc.date({ min: start, max: new Date(end.getTime() - 2000), noInvalidDate: true });
  fc.assert(fc.property(time, fc.integer({ min: 1000, max: 10 ** 9 }), (notBefore, duration) => {
    const validity = Duration.millis(Math.min(duration, end.getTime() - notBefore.getTime()));
    const client = decodeCertificate(issueClientCertificate(os, { subject, notBefore, validity }).crt);
    expect(notBefore.getTime() - client.notBefore.getTime()).toBe(notBefore.getTime() % 1000);
    expect(client.notAfter.getTime() - client.notBefore.getTime()).toBe(Math.floor(validity.toMilliseconds() / 1000) * 1000);
  }), runs(12));
});

describe('authorities that openssl made', () => {
  const read = (name: string) => ({ crt: fixture(`authorities/${name}.crt`), key: fixture(`authorities/${name}.key`) });
  const notBefore = new Date('2027-01-01T00:00:00Z');

  // a change here would change the credentials of every cluster
  test.each([
    ['ed25519', '49db123db559f5c8b31d7ca1072bc65cdb5b8b29132e0d61056633bd60a678a1'],
    ['p256', '80684828fbe702a4a2d7cde3877158d970bc1bf2ef2835f3e7e2749c0fb140d2'],
    ['p384', '62d4848aaeb26e6efecf911e1305cb9dab985e2c4495e23587fd28cd5d2694dc'],
    ['p521', 'b03f080a0edbcf4db718ff1e60ce81db7a6a73941f18a1fcf167f988d23a74ab'],
    ['rsa', '0890d799464a8dfa79b517b69c2677c370ba7386b388b98c184cc086de1f963b'],
  ])('%s: the bytes stay the same from release to release, and openssl verifies the chain', (name, hash) => {
    const authority = read(name);
    const { crt, key } = issueClientCertificate(authority, { subject: { organizations: ['system:masters'], commonName: 'admin' }, notBefore });
    expect(createHash('sha256').update(crt + key).digest('hex')).toBe(hash);
    expect(openssl(['verify', '-CAfile', 'ca', '-attime', '1800000000', 'crt'], { ca: authority.crt, crt })).toBe('crt: OK\n');
    expect(subjectOf(crt)).toBe('O=system:masters,CN=admin');
  });

  // new ones in each run
  test.each([
    ['Ed25519', ['genpkey', '-algorithm', 'ed25519']],
    ['P-256', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']],
    ['P-256 in SEC 1', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout']],
    ['P-384', ['ecparam', '-name', 'secp384r1', '-genkey', '-noout']],
    ['P-521', ['ecparam', '-name', 'secp521r1', '-genkey', '-noout']],
    ['RSA', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']],
  ])('%s: a new one is a bundle\'s, and issues', (_, generate) => {
    const key = openssl(generate);
    const crt = openssl(['req', '-x509', '-key', 'key', '-subj', '/O=Größe/CN=authority', '-utf8', '-days', '3650'], { key });
    const labelled = key.includes('BEGIN PRIVATE') ? encodePrivateKey(decodePrivateKey(key)) : key;
    const made = SecretsBundle.fromParts({ ...parts(), 'certs.k8s.crt': crt, 'certs.k8s.key': labelled }, { now: new Date() });
    const client = issueClientCertificate(made.certs.k8s, { subject });
    expect(openssl(['verify', '-CAfile', 'ca', 'crt'], { ca: crt, crt: client.crt })).toBe('crt: OK\n');
  });
});

describe('authorities of other kinds', () => {
  const kinds: [string, ReturnType<typeof authorityOf>][] = [
    ['P-384', authorityOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }))],
    ['P-521', authorityOf(generateKeyPairSync('ec', { namedCurve: 'P-521' }))],
    ['RSA', authorityOf(generateKeyPairSync('rsa', { modulusLength: 2048 }))],
  ];

  test.each(kinds)('%s: the client gets a P-256 key and openssl verifies the chain', (_, authority) => {
    const { crt, key } = issueClientCertificate(authority, { subject }, NOW);
    expect(key).toContain('BEGIN EC PRIVATE KEY');
    expect(openssl(['verify', '-CAfile', 'ca', '-attime', '1800000000', 'crt'], { ca: authority.crt, crt })).toBe('crt: OK\n');
    expect(issueClientCertificate(readAnew(authority), { subject }, NOW).crt).toBe(crt);
  });

  test('an authority without key identifier is referred to by its name alone', () => {
    const [, authority] = kinds[0];
    const { crt } = issueClientCertificate(authority, { subject });
    expect(show(crt, '-text')).not.toContain('Authority Key Identifier');
  });
});

/** A certificate authority with nothing but the mark that it is one. */
function authorityOf({ privateKey }: { readonly privateKey: KeyObject }): CertificateAndKey {
  const key = privateKeyOf(privateKey);
  const name = encodeName({ commonName: 'another authority' });
  const crt = signCertificate({
    serialNumber: Buffer.of(1),
    issuer: name,
    subject: name,
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('2040-01-01'),
    key,
    extensions: [certificateAuthorityConstraint()],
  }, key);
  return { crt, key: encodePrivateKey(key) };
}
