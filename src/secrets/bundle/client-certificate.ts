import { buildTime } from './build-time';
import { CertificatePeriod, certificatePeriod, WantedValidity } from './certificate-period';
import { shortened, TalosError } from '../../problem';
import { Certificate, CertificateAndKey, decodeCertificate, signCertificate, Validity } from '../x509/certificate';
import { authorityKeyIdentifier, extendedKeyUsage, keyUsage } from '../x509/extensions';
import { decodePrivateKey, deriveBytes, derivePrivateKey, encodePrivateKey } from '../x509/keys';
import { PrivateKey } from '../x509/private-key';
import { encodeName, Subject } from '../x509/subject';

/** When a client certificate is valid, and what its key is derived from beside its subject. */
export interface ClientCertificateTerms extends WantedValidity {
  /**
   * Another number gives another key.
   * @default 1
   */
  readonly generation?: number;
  /**
   * Who uses the certificate: another holder gets another key.
   * @default nobody in particular
   */
  readonly holder?: string;
}

/** The subject and terms of a client certificate. */
export interface ClientCertificateFields extends ClientCertificateTerms {
  readonly subject: Subject;
}

/** A parsed certificate authority, with the certificates that it has issued. */
interface Authority {
  readonly certificate: Certificate;
  readonly key: PrivateKey;
  readonly issued: Map<string, CertificateAndKey>;
}

const authorities = new WeakMap<CertificateAndKey, Authority>();

function authorityOf(pem: CertificateAndKey): Authority {
  const authority = authorities.get(pem) ?? { certificate: decodeCertificate(pem.crt), key: decodePrivateKey(pem.key), issued: new Map() };
  authorities.set(pem, authority);
  return authority;
}

/** The validity of the client certificates that an authority issues on these terms. */
export function clientCertificatePeriod(issuer: CertificateAndKey, terms: WantedValidity, now: Date = buildTime()): CertificatePeriod {
  return certificatePeriod(authorityOf(issuer).certificate, terms, now);
}

/**
 * Issues a client certificate. The same authority, fields and period give the same bytes:
 * the key and the serial number are derived from the authority's key, and the signature is deterministic.
 */
export function issueClientCertificate(issuer: CertificateAndKey, fields: ClientCertificateFields, now?: Date): CertificateAndKey {
  const authority = authorityOf(issuer);
  const { generation = 1, holder = '' } = fields;
  requireGeneration(generation);
  const { notBefore, notAfter } = clientCertificatePeriod(issuer, fields, now);
  const { organizations = [], commonName } = fields.subject;
  // roles and groups are sets: order and repetition don't matter
  const subject = { organizations: [...new Set(organizations)].sort(), commonName };

  const purpose = JSON.stringify([subject.organizations, commonName ?? null, notBefore.toISOString(), notAfter.toISOString(), holder, generation]);
  const certificate = authority.issued.get(purpose) ?? issue(authority, subject, { notBefore, notAfter }, purpose);
  authority.issued.set(purpose, certificate);
  return certificate;
}

function issue(authority: Authority, subject: Subject, validity: Validity, purpose: string): CertificateAndKey {
  // Talos gives clients a key of their authority's type; RSA keys can't be derived, so their clients get P-256
  const algorithm = authority.key.type === 'ed25519' ? 'Ed25519' : 'P-256';
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

function requireGeneration(generation: number): void {
  if (!Number.isSafeInteger(generation) || generation < 1) {
    throw new TalosError('talos:invalid-value', `'generation' (${generation}) is not a whole number from 1 on: count the times that the credential was issued`);
  }
}

/** Refuses an option that is empty or contains white space. */
export function requireText(name: string, value: string): void {
  if (!/^\S+$/.test(value)) {
    throw new TalosError('talos:invalid-value', `'${name}' (${shortened(value)}) is empty or contains spaces: give a text without spaces`);
  }
}
