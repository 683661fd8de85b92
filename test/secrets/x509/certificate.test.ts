import { createHash } from 'node:crypto';
import { decodeCertificate, publicKeyFingerprint, signCertificate } from '../../../src/secrets/x509/certificate';
import { readElement } from '../../../src/secrets/x509/der-reader';
import { generatePrivateKey } from '../../../src/secrets/x509/keys';
import { decodePem, encodePem } from '../../../src/secrets/x509/pem';
import { encodeName } from '../../../src/secrets/x509/subject';
import { openssl } from '../../support/openssl';
import { bundle } from '../../support/secrets-fixtures';

const { os, etcd } = bundle().certs;

/** A certificate whose bytes are changed. */
function changed(pem: string, change: (der: Buffer) => Buffer): string {
  const { label, der } = decodePem(pem);
  return encodePem({ label, der: change(Buffer.from(der)) });
}

test.each([os, etcd])('openssl reads the same fields', ({ crt }) => {
  const { subject, subjectKeyIdentifier, publicKey, notBefore, notAfter, ...checks } = decodeCertificate(crt);
  const shown = (what: string) => openssl(['x509', '-in', 'crt', '-noout', what, '-dateopt', 'iso_8601'], { crt });
  expect(shown('-dates')).toBe(`notBefore=${asShown(notBefore)}\nnotAfter=${asShown(notAfter)}\n`);
  expect(decodePem(shown('-pubkey')).der).toEqual(publicKey);
  expect(openssl(['x509', '-in', 'crt', '-noout', '-text'], { crt })).toContain(subjectKeyIdentifier!.toString('hex').toUpperCase().match(/../g)!.join(':'));
  expect(readElement(subject).encoding).toEqual(subject);
  expect(checks).toEqual({ isCertificateAuthority: true, isSelfIssued: true, isSelfSigned: true });
});

function asShown(date: Date): string {
  return date.toISOString().replace('T', ' ').replace('.000', '');
}

test('a certificate is read once', () => {
  expect(decodeCertificate(`${os.crt}\n`)).toBe(decodeCertificate(os.crt));
});

test('the fingerprint is that of the public key', () => {
  const { der } = decodePem(openssl(['x509', '-in', 'crt', '-noout', '-pubkey'], { crt: etcd.crt }));
  expect(publicKeyFingerprint(etcd.crt)).toBe(`sha256:${createHash('sha256').update(der).digest('hex')}`);
});

test('a certificate without extensions is read', () => {
  const key = generatePrivateKey('Ed25519');
  const name = encodeName({ commonName: 'bare' });
  const [notBefore, notAfter] = [new Date('2020-01-01T00:00:00Z'), new Date('2060-01-01T00:00:00Z')];
  const crt = signCertificate({ serialNumber: Buffer.of(1), issuer: name, subject: name, notBefore, notAfter, key, extensions: [] }, key);
  expect(decodeCertificate(crt)).toMatchObject({ notBefore, notAfter, subject: name, publicKey: key.publicKey, subjectKeyIdentifier: undefined });
});

test.each<[string, (der: Buffer) => Buffer]>([
  ['a month that does not exist', (der) => Buffer.from(der.toString('latin1').replace(/2611241441/, '2613241441'), 'latin1')],
  ['other bytes behind it', (der) => Buffer.concat([der, Buffer.of(5, 0)])],
  ['no bytes', () => Buffer.alloc(0)],
  ['a certificate as text', () => Buffer.from(etcd.crt)],
  // the first length counts the bytes of the second one, and is in the form of BER
  ['a length that is longer than it has to be', (der) => Buffer.concat([Buffer.of(0x30, 0x83, 0), der.subarray(2)])],
])('refuses %s', (_, change) => {
  expect(() => decodeCertificate(changed(etcd.crt, change))).toThrow('is damaged: its PEM block does not hold a certificate');
});
