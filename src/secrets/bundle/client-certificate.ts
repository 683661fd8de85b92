import { KeyObject } from 'node:crypto';
import { shortened } from '../../problem';
import { CertificateAndKey, decodeIssuer, Issuer, signCertificate, Validity } from '../x509/certificate';
import { authorityKeyIdentifier, extendedKeyUsage, keyUsage } from '../x509/extensions';
import { decodeKnownPrivateKey, deriveBytes, derivePrivateKey, encodePrivateKey } from '../x509/keys';
import { SecretsError } from '../x509/secrets-error';
import { encodeName, Subject } from '../x509/subject';

/** The subject and validity of a client certificate. */
export interface ClientCertificateFields {
  readonly subject: Subject;
  /** @default the certificate authority's */
  readonly notBefore?: Date;
  /** @default the certificate authority's */
  readonly notAfter?: Date;
}

/** A parsed certificate authority, with the certificates that it has issued. */
interface Authority {
  readonly certificate: Issuer;
  readonly key: KeyObject;
  readonly issued: Map<string, CertificateAndKey>;
}

// parsing an authority takes a millisecond, and issuing a certificate several
const authorities = new WeakMap<CertificateAndKey, Authority>();

function authorityOf(pem: CertificateAndKey): Authority {
  const authority = authorities.get(pem) ?? { certificate: decodeIssuer(pem.crt), key: decodeKnownPrivateKey(pem.key), issued: new Map() };
  authorities.set(pem, authority);
  return authority;
}

/**
 * Issues a client certificate. The same authority and fields give the same bytes:
 * the key and the serial number are derived from the authority's key, and the signature is deterministic.
 */
export function issueClientCertificate(issuer: CertificateAndKey, fields: ClientCertificateFields): CertificateAndKey {
  const authority = authorityOf(issuer);
  const validity = validityWithin(authority.certificate, fields);
  const { organizations = [], commonName } = fields.subject;
  // roles and groups are sets: order and repetition don't matter
  const subject = { organizations: [...new Set(organizations)].sort(), commonName };

  const purpose = JSON.stringify([subject.organizations, commonName ?? null, validity.notBefore.toISOString(), validity.notAfter.toISOString()]);
  const certificate = authority.issued.get(purpose) ?? issue(authority, subject, validity, purpose);
  authority.issued.set(purpose, certificate);
  return certificate;
}

function issue(authority: Authority, subject: Subject, validity: Validity, purpose: string): CertificateAndKey {
  // Talos gives clients a key of their authority's type; RSA keys can't be derived, so their clients get P-256
  const algorithm = authority.key.asymmetricKeyType === 'ed25519' ? 'Ed25519' : 'P-256';
  const key = derivePrivateKey(algorithm, authority.key, `client key ${purpose}`);
  const { subjectKeyIdentifier } = authority.certificate;
  const crt = signCertificate({
    serialNumber: deriveBytes(authority.key, `serial number ${purpose}`, 16),
    issuer: authority.certificate.subject,
    subject: encodeName(subject),
    ...validity,
    key,
    extensions: [
      keyUsage('digitalSignature'),
      extendedKeyUsage('clientAuth'),
      ...(subjectKeyIdentifier ? [authorityKeyIdentifier(subjectKeyIdentifier)] : []),
    ],
  }, authority.key);
  return { crt, key: encodePrivateKey(key) };
}

function validityWithin(issuer: Validity, wanted: Partial<Validity>): Validity {
  const notBefore = wholeSeconds('notBefore', wanted.notBefore ?? issuer.notBefore);
  const notAfter = wholeSeconds('notAfter', wanted.notAfter ?? issuer.notAfter);
  if (notAfter > issuer.notAfter) {
    throw new SecretsError(`'notAfter' (${notAfter.toISOString()}) is later than the end of the certificate authority (${issuer.notAfter.toISOString()}): choose an earlier time`);
  }
  if (notBefore >= notAfter) {
    throw new SecretsError(`'notAfter' (${notAfter.toISOString()}) is not later than 'notBefore' (${notBefore.toISOString()}): choose a later time`);
  }
  return { notBefore, notAfter };
}

// times in certificates have whole seconds
function wholeSeconds(name: string, time: Date): Date {
  if (Number.isNaN(time.getTime())) {
    throw new SecretsError(`'${name}' is not a valid time: pass a date, for example new Date('2030-01-01')`);
  }
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}

/** Refuses an option that is empty or contains white space. */
export function requireText(name: string, value: string): void {
  if (!/^\S+$/.test(value)) {
    throw new SecretsError(`'${name}' (${shortened(value)}) is empty or contains spaces: give a text without spaces`);
  }
}
