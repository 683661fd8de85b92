import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { issueClientCertificate } from '../../../src/secrets/bundle/client-certificate';
import { CertificateAndKey, decodeCertificate, signCertificate } from '../../../src/secrets/x509/certificate';
import { certificateAuthorityConstraint } from '../../../src/secrets/x509/extensions';
import { encodePrivateKey } from '../../../src/secrets/x509/keys';
import { encodeName } from '../../../src/secrets/x509/subject';
import { openssl, subjectOf } from '../../support/openssl';
import { bundle, NOW } from '../../support/secrets-fixtures';

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
  ['another end', os, { subject, notAfter: NOW }],
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

test('validity is the authority\'s where none is given', () => {
  const authority = decodeCertificate(os.crt);
  const client = decodeCertificate(issueClientCertificate(os, { subject }).crt);
  expect(client.notBefore).toEqual(authority.notBefore);
  expect(client.notAfter).toEqual(authority.notAfter);
});

test('any given validity within the authority\'s is taken, in whole seconds', () => {
  const { notBefore: start, notAfter: end } = decodeCertificate(os.crt);
  const time = fc.date({ min: start, max: new Date(end.getTime() - 2000), noInvalidDate: true });
  fc.assert(fc.property(time, fc.integer({ min: 1000, max: 10 ** 9 }), (notBefore, duration) => {
    const notAfter = new Date(Math.min(notBefore.getTime() + duration, end.getTime()));
    const client = decodeCertificate(issueClientCertificate(os, { subject, notBefore, notAfter }).crt);
    expect(notBefore.getTime() - client.notBefore.getTime()).toBe(notBefore.getTime() % 1000);
    expect(notAfter.getTime() - client.notAfter.getTime()).toBe(notAfter.getTime() % 1000);
  }), { numRuns: 12 });
});

test.each([
  [{ notAfter: new Date('2036-11-21T14:41:11Z') }, "'notAfter' (2036-11-21T14:41:11.000Z) is later than the end of the certificate authority (2036-11-21T14:41:10.000Z): choose an earlier time"],
  [{ notBefore: NOW, notAfter: NOW }, "'notAfter' (2027-01-01T00:00:00.000Z) is not later than 'notBefore' (2027-01-01T00:00:00.000Z): choose a later time"],
  [{ notBefore: new Date('tomorrow') }, "'notBefore' is not a valid time: pass a date, for example new Date('2030-01-01')"],
])('the validity %p is refused', (validity, problem) => {
  expect(() => issueClientCertificate(os, { subject, ...validity })).toThrow(problem);
});

describe('authorities of other kinds', () => {
  const kinds: [string, ReturnType<typeof authorityOf>][] = [
    ['P-384', authorityOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }))],
    ['P-521', authorityOf(generateKeyPairSync('ec', { namedCurve: 'P-521' }))],
    ['RSA', authorityOf(generateKeyPairSync('rsa', { modulusLength: 2048 }))],
  ];

  test.each(kinds)('%s: the client gets a P-256 key and openssl verifies the chain', (_, authority) => {
    const { crt, key } = issueClientCertificate(authority, { subject });
    expect(key).toContain('BEGIN EC PRIVATE KEY');
    expect(openssl(['verify', '-CAfile', 'ca', '-attime', '1800000000', 'crt'], { ca: authority.crt, crt })).toBe('crt: OK\n');
    expect(issueClientCertificate(readAnew(authority), { subject }).crt).toBe(crt);
  });

  test('an authority without key identifier is referred to by its name alone', () => {
    const [, authority] = kinds[0];
    const { crt } = issueClientCertificate(authority, { subject });
    expect(show(crt, '-text')).not.toContain('Authority Key Identifier');
  });
});

/** A certificate authority with nothing but the mark that it is one. */
function authorityOf({ privateKey: key }: { privateKey: Parameters<typeof encodePrivateKey>[0] }): CertificateAndKey {
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
