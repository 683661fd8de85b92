import { randomBytes } from 'node:crypto';
import { CertificateAndKey, signCertificate } from './certificate';
import { certificateAuthorityConstraint, extendedKeyUsage, keyUsage, subjectKeyIdentifier } from './extensions';
import { encodePrivateKey, generatePrivateKey, KeyAlgorithm } from './keys';
import { encodeName } from './subject';

const VALIDITY_HOURS = 87600;

/** How to generate a certificate authority. */
export interface CertificateAuthorityOptions {
  readonly algorithm: KeyAlgorithm;
  /** The organization in its name; without one, the name is empty. */
  readonly organization?: string;
  /** The time from which it is valid, for ten years. */
  readonly notBefore: Date;
}

/** Generates a self-signed certificate authority with the same fields as Talos's. */
export function generateCertificateAuthority(options: CertificateAuthorityOptions): CertificateAndKey {
  const key = generatePrivateKey(options.algorithm);
  const name = encodeName({ organizations: options.organization ? [options.organization] : [] });
  const crt = signCertificate({
    serialNumber: randomBytes(16),
    issuer: name,
    subject: name,
    notBefore: options.notBefore,
    notAfter: new Date(options.notBefore.getTime() + VALIDITY_HOURS * 3_600_000),
    key,
    extensions: [
      keyUsage('digitalSignature', 'keyCertSign'),
      extendedKeyUsage('serverAuth', 'clientAuth'),
      certificateAuthorityConstraint(),
      subjectKeyIdentifier(randomBytes(20)), // random, as in Talos: any unique value works
    ],
  }, key);
  return { crt, key: encodePrivateKey(key) };
}
