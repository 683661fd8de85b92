import { decodeCertificate } from '../../../src/secrets/x509/certificate';
import { generateCertificateAuthority } from '../../../src/secrets/x509/certificate-authority';
import { describeCertificate, extensionsOf, openssl } from '../../support/openssl';
import { bundle, generatedBundle, NOW } from '../../support/secrets-fixtures';

const fromTalosctl = bundle();
const generated = generatedBundle(new Date('2026-11-24T14:41:10.999Z'));
const names = ['etcd', 'k8s', 'k8saggregator', 'os'] as const;

test.each(names)('openssl reads the same in the %s authority as in that of talosctl', (name) => {
  expect(describeCertificate(generated.certs[name].crt)).toBe(describeCertificate(fromTalosctl.certs[name].crt));
});

test.each(names)('the extensions of the %s authority are in their order', (name) => {
  expect(extensionsOf(generated.certs[name].crt)).toEqual([
    'Key Usage (critical): Digital Signature, Certificate Sign',
    'Extended Key Usage: TLS Web Server Authentication, TLS Web Client Authentication',
    'Basic Constraints (critical): CA:TRUE',
    'Subject Key Identifier: 20 bytes',
  ]);
});

test.each(names)('openssl accepts the %s authority', (name) => {
  const { crt } = generated.certs[name];
  expect(openssl(['verify', '-x509_strict', '-check_ss_sig', '-CAfile', 'crt', '-attime', '1800000000', 'crt'], { crt })).toBe('crt: OK\n');
});

test('serial numbers and key identifiers differ', () => {
  const serials = names.map((name) => openssl(['x509', '-in', 'crt', '-noout', '-serial'], { crt: generated.certs[name].crt }));
  expect(new Set(serials).size).toBe(names.length);
  const identifiers = names.map((name) => decodeCertificate(generated.certs[name].crt).subjectKeyIdentifier!.toString('hex'));
  expect(new Set(identifiers).size).toBe(names.length);
});

test('an authority that outlives 2049 has times of four-digit years', () => {
  const notBefore = new Date('2045-06-01T00:00:00Z');
  const { crt } = generateCertificateAuthority({ algorithm: 'Ed25519', notBefore });
  const notAfter = decodeCertificate(crt).notAfter;
  expect(notAfter).toEqual(new Date('2055-05-30T00:00:00Z'));
  const structure = openssl(['asn1parse', '-in', 'crt'], { crt });
  expect(structure).toContain('UTCTIME           :450601000000Z');
  expect(structure).toContain('GENERALIZEDTIME   :20550530000000Z');
});

test('two authorities differ', () => {
  const options = { algorithm: 'Ed25519', notBefore: NOW } as const;
  expect(generateCertificateAuthority(options)).not.toEqual(generateCertificateAuthority(options));
});
