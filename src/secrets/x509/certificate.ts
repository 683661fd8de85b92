import { createHash, createPublicKey, KeyObject, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import { SUBJECT_KEY_IDENTIFIER_OID } from './extensions';
import { decodePem, encodePem } from './pem';
import { signerOf } from './signature';
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

/** The fields of a certificate. */
export interface CertificateFields extends Validity {
  readonly serialNumber: Buffer;
  readonly issuer: asn1js.AsnType;
  readonly subject: asn1js.AsnType;
  /** The certified key; for a private key, its public key. */
  readonly key: KeyObject;
  readonly extensions: readonly asn1js.Sequence[];
}

/** The fields of an authority's certificate that the certificates it signs repeat. */
export interface Issuer extends Validity {
  readonly subject: asn1js.AsnType;
  readonly subjectKeyIdentifier?: Buffer;
}

/** A certificate with the fields that a bundle's checks need. */
export interface Certificate extends Issuer {
  readonly publicKey: KeyObject;
  readonly isCertificateAuthority: boolean;
  /** Whether it names itself as its issuer. */
  readonly isSelfIssued: boolean;
  /** Whether its own key made its signature. */
  readonly isSelfSigned: boolean;
}

/** Signs a version 3 certificate (RFC 5280) and writes it as PEM text. */
export function signCertificate(fields: CertificateFields, signingKey: KeyObject): string {
  const signer = signerOf(signingKey);
  const contents = new asn1js.Sequence({
    value: [
      contextTag(0, new asn1js.Integer({ value: 2 })),
      asn1js.Integer.fromBigInt(`0x${fields.serialNumber.toString('hex')}`),
      signer.algorithm,
      fields.issuer,
      new asn1js.Sequence({ value: [encodeTime(fields.notBefore), encodeTime(fields.notAfter)] }),
      fields.subject,
      parseDer(publicKeyDer(fields.key)),
      contextTag(3, new asn1js.Sequence({ value: [...fields.extensions] })),
    ],
  });
  const signature = signer.sign(Buffer.from(contents.toBER()));
  const certificate = new asn1js.Sequence({
    value: [contents, signer.algorithm, new asn1js.BitString({ valueHex: signature })],
  });
  return encodePem({ label: CERTIFICATE_LABEL, der: Buffer.from(certificate.toBER()) });
}

/** Reads a certificate from PEM text. */
export function decodeCertificate(pem: string): Certificate {
  return decode(pem, (der) => ({ ...readIssuer(der), ...readChecks(new X509Certificate(der)) }));
}

/** Reads a certificate that was checked before. Much faster, because it reads only the fields that the certificates it signs repeat. */
export function decodeIssuer(pem: string): Issuer {
  return decode(pem, readIssuer);
}

/** The SHA-256 fingerprint of a certificate's public key, as kubeadm writes it. A renewed certificate with the same key has the same one. */
export function publicKeyFingerprint(pem: string): string {
  return decode(pem, (der) => `sha256:${createHash('sha256').update(publicKeyDer(new X509Certificate(der).publicKey)).digest('hex')}`);
}

function decode<T>(pem: string, read: (der: Buffer) => T): T {
  const { label, der } = decodePem(pem);
  if (label !== CERTIFICATE_LABEL) {
    throw new TalosError('talos:invalid-secrets', `has the PEM label "${label}": expected "${CERTIFICATE_LABEL}"`);
  }
  try {
    return read(der);
  } catch {
    throw new TalosError('talos:invalid-secrets', 'is damaged: its PEM block does not hold a certificate');
  }
}

// Node.js gives neither the encoded name nor the key identifier
function readIssuer(der: Buffer): Issuer {
  const [contents] = childrenOf(parseDer(der));
  const [version, ...afterVersion] = childrenOf(contents);
  const fields = version.idBlock.tagClass === 3 ? afterVersion : [version, ...afterVersion];
  const [notBefore, notAfter] = childrenOf(fields[3]) as (asn1js.UTCTime | asn1js.GeneralizedTime)[];
  return {
    notBefore: notBefore.toDate(),
    notAfter: notAfter.toDate(),
    subject: fields[4],
    subjectKeyIdentifier: findSubjectKeyIdentifier(fields),
  };
}

function readChecks(x509: X509Certificate): Omit<Certificate, keyof Issuer> {
  return {
    publicKey: x509.publicKey,
    isCertificateAuthority: x509.ca,
    isSelfIssued: x509.issuer === x509.subject,
    isSelfSigned: x509.verify(x509.publicKey),
  };
}

function findSubjectKeyIdentifier(fields: readonly asn1js.AsnType[]): Buffer | undefined {
  const extensions = fields.find((field) => field.idBlock.tagClass === 3 && field.idBlock.tagNumber === 3);
  for (const extension of extensions ? childrenOf(childrenOf(extensions)[0]) : []) {
    const [oid, value] = childrenOf(extension);
    if ((oid as asn1js.ObjectIdentifier).getValue() === SUBJECT_KEY_IDENTIFIER_OID) {
      return Buffer.from((parseDer((value as asn1js.OctetString).getValue()) as asn1js.OctetString).getValue());
    }
  }
  return undefined;
}

function publicKeyDer(key: KeyObject): Buffer {
  const publicKey = key.type === 'public' ? key : createPublicKey(key);
  return publicKey.export({ format: 'der', type: 'spki' });
}

function encodeTime(valueDate: Date): asn1js.AsnType {
  // RFC 5280, 4.1.2.5: two-digit years through 2049
  return valueDate.getUTCFullYear() < 2050 ? new asn1js.UTCTime({ valueDate }) : new asn1js.GeneralizedTime({ valueDate });
}

function contextTag(tagNumber: number, value: asn1js.AsnType): asn1js.Constructed {
  return new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber }, value: [value] });
}

function childrenOf(block: asn1js.AsnType): asn1js.AsnType[] {
  return (block as asn1js.Sequence).valueBlock.value as asn1js.AsnType[];
}

function parseDer(der: Buffer | ArrayBuffer): asn1js.AsnType {
  return asn1js.fromBER(der).result;
}
