import * as asn1js from 'asn1js';

const KEY_USAGE_OID = '2.5.29.15';
const EXTENDED_KEY_USAGE_OID = '2.5.29.37';
const BASIC_CONSTRAINTS_OID = '2.5.29.19';
const AUTHORITY_KEY_IDENTIFIER_OID = '2.5.29.35';

/** Object identifier of the subject key identifier extension. */
export const SUBJECT_KEY_IDENTIFIER_OID = '2.5.29.14';

// bit numbers of RFC 5280, 4.2.1.3
const KEY_USAGE_BITS = { digitalSignature: 0, keyCertSign: 5 };

const EXTENDED_KEY_USAGE_OIDS = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' };

/** The uses of a certificate's key (critical). */
export function keyUsage(...usages: (keyof typeof KEY_USAGE_BITS)[]): asn1js.Sequence {
  const bits = usages.map((usage) => KEY_USAGE_BITS[usage]);
  const octet = bits.reduce((sum, bit) => sum + 2 ** (7 - bit), 0);
  const value = new asn1js.BitString({ valueHex: Uint8Array.of(octet).buffer, unusedBits: 7 - Math.max(...bits) });
  return extension(KEY_USAGE_OID, value, true);
}

/** The sides of a TLS connection that can use a certificate. */
export function extendedKeyUsage(...usages: (keyof typeof EXTENDED_KEY_USAGE_OIDS)[]): asn1js.Sequence {
  const value = usages.map((usage) => new asn1js.ObjectIdentifier({ value: EXTENDED_KEY_USAGE_OIDS[usage] }));
  return extension(EXTENDED_KEY_USAGE_OID, new asn1js.Sequence({ value }));
}

/** Marks a certificate authority with unlimited path length (critical). */
export function certificateAuthorityConstraint(): asn1js.Sequence {
  return extension(BASIC_CONSTRAINTS_OID, new asn1js.Sequence({ value: [new asn1js.Boolean({ value: true })] }), true);
}

/** Identifies a certificate authority's key. The certificates that it signs refer to it. */
export function subjectKeyIdentifier(identifier: Buffer): asn1js.Sequence {
  return extension(SUBJECT_KEY_IDENTIFIER_OID, new asn1js.OctetString({ valueHex: identifier }));
}

/** Identifies the key that signed a certificate. */
export function authorityKeyIdentifier(identifier: Buffer): asn1js.Sequence {
  const keyIdentifier = new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: identifier });
  return extension(AUTHORITY_KEY_IDENTIFIER_OID, new asn1js.Sequence({ value: [keyIdentifier] }));
}

function extension(oid: string, value: asn1js.AsnType, critical = false): asn1js.Sequence {
  return new asn1js.Sequence({
    value: [
      new asn1js.ObjectIdentifier({ value: oid }),
      // DER leaves out default values, and the default is not critical
      ...(critical ? [new asn1js.Boolean({ value: true })] : []),
      new asn1js.OctetString({ valueHex: value.toBER() }),
    ],
  });
}
