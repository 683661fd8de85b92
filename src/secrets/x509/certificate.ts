import { createHash, X509Certificate } from 'node:crypto';
import { bitString, contextTag, element, integer, sequence, TAGS, time } from './der';
import { childrenOf, contentsOf, DerElement, readElement, readFirstElement } from './der-reader';
import { SUBJECT_KEY_IDENTIFIER } from './extensions';
import { Memory, textOf } from './memory';
import { decodePem, encodePem } from './pem';
import { PrivateKey } from './private-key';
import { TalosError } from '../../problem';

const CERTIFICATE_LABEL = 'CERTIFICATE';

/** A certificate and its private key, both as PEM text. */
export interface CertificateAndKey {
  readonly crt: string;
  readonly key: string;
}

/** The validity period of a certificate. */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** The fields of a certificate. Names and extensions are in DER. */
export interface CertificateFields extends Validity {
  readonly serialNumber: Buffer;
  readonly issuer: Buffer;
  readonly subject: Buffer;
  /** The certified key, of which the certificate has the public half. */
  readonly key: PrivateKey;
  readonly extensions: readonly Buffer[];
}

/** A certificate with the fields that checks need, and those that the certificates it signs repeat. */
export interface Certificate extends Validity {
  /** The subject in DER. */
  readonly subject: Buffer;
  readonly subjectKeyIdentifier?: Buffer;
  /** The public key in DER. */
  readonly publicKey: Buffer;
  readonly isCertificateAuthority: boolean;
  /** Whether it names itself as its issuer. */
  readonly isSelfIssued: boolean;
  /** Whether it names itself as its issuer, and its own key made its signature. */
  readonly isSelfSigned: boolean;
}

const VERSION_TAG = contextTag(0);
const EXTENSIONS_TAG = contextTag(3);
const VERSION_3 = element(VERSION_TAG, integer(Buffer.of(2)));

/** Signs a version 3 certificate (RFC 5280) and writes it as PEM text. */
export function signCertificate(fields: CertificateFields, signingKey: PrivateKey): string {
  const contents = sequence(
    VERSION_3,
    integer(fields.serialNumber),
    signingKey.signatureAlgorithm,
    fields.issuer,
    sequence(time(fields.notBefore), time(fields.notAfter)),
    fields.subject,
    fields.key.publicKey,
    element(EXTENSIONS_TAG, sequence(...fields.extensions)),
  );
  const der = sequence(contents, signingKey.signatureAlgorithm, bitString(signingKey.sign(contents)));
  return encodePem({ label: CERTIFICATE_LABEL, der });
}

/** By their PEM text, and by their bytes. */
const decoded = new Memory<Certificate>();
const certificates = new Memory<Certificate>();
const readable = new Memory<boolean>();

/** Reads a certificate from PEM text. */
export function decodeCertificate(pem: string): Certificate {
  return decoded.recall(pem, () => decode(pem));
}

function decode(pem: string): Certificate {
  const { label, der } = decodePem(pem);
  if (label !== CERTIFICATE_LABEL) {
    throw new TalosError('talos:invalid-secrets', `has the PEM label "${label}": expected "${CERTIFICATE_LABEL}"`);
  }
  try {
    return certificates.recall(textOf(der), () => readCertificate(der));
  } catch {
    throw new TalosError('talos:invalid-secrets', 'is damaged: its PEM block does not hold a certificate');
  }
}

/** Whether bytes are a certificate that Node.js can read. The machines of a cluster have the same ones, which are slow to read. */
export function isCertificate(der: Buffer): boolean {
  const text = textOf(der);
  return certificates.has(text) || readable.recall(text, () => isReadable(der));
}

/** The SHA-256 fingerprint of a certificate's public key, as kubeadm writes it. A renewed certificate with the same key has the same one. */
export function publicKeyFingerprint(pem: string): string {
  return `sha256:${createHash('sha256').update(decodeCertificate(pem).publicKey).digest('hex')}`;
}

function readCertificate(der: Buffer): Certificate {
  const x509 = new X509Certificate(der);
  const { publicKey } = x509;
  const isSelfIssued = x509.issuer === x509.subject;
  return {
    ...readFields(der),
    notBefore: readTime(x509.validFrom),
    notAfter: readTime(x509.validTo),
    isCertificateAuthority: x509.ca,
    isSelfIssued,
    isSelfSigned: isSelfIssued && x509.verify(publicKey),
  };
}

function isReadable(der: Buffer): boolean {
  try {
    return new X509Certificate(der).serialNumber !== '';
  } catch {
    return false;
  }
}

function readTime(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new TalosError('talos:invalid-secrets', 'has a time that does not exist');
  }
  return date;
}

// Node.js gives neither the encoded names and key nor the key identifier
function readFields(der: Buffer): Pick<Certificate, 'subject' | 'subjectKeyIdentifier' | 'publicKey'> {
  const [contents] = childrenOf(readElement(der));
  const [first, ...others] = childrenOf(contents);
  // serial number, signature algorithm, issuer, validity, subject, public key; version 1 certificates begin with the serial number
  const fields = first?.tag === VERSION_TAG ? others : [first, ...others];
  const [,,,, subject, publicKey] = fields;
  const extensions = fields.find(({ tag }) => tag === EXTENSIONS_TAG);
  return {
    subject: subject.encoding,
    publicKey: publicKey.encoding,
    subjectKeyIdentifier: extensions && subjectKeyIdentifierIn(extensions),
  };
}

function subjectKeyIdentifierIn(extensions: DerElement): Buffer | undefined {
  const found = childrenOf(readElement(extensions.contents)).map(childrenOf)
    .find(([identifier]) => identifier?.encoding.equals(SUBJECT_KEY_IDENTIFIER));
  return found && contentsOf(readFirstElement(contentsOf(found[found.length - 1], TAGS.octetString)), TAGS.octetString);
}
