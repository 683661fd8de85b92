import { bitString, boolean, element, objectIdentifier, octetString, sequence } from './der';

const KEY_USAGE = objectIdentifier('2.5.29.15');
const EXTENDED_KEY_USAGE = objectIdentifier('2.5.29.37');
const BASIC_CONSTRAINTS = objectIdentifier('2.5.29.19');
const AUTHORITY_KEY_IDENTIFIER = objectIdentifier('2.5.29.35');

/** The object identifier of the subject key identifier extension in DER. */
export const SUBJECT_KEY_IDENTIFIER = objectIdentifier('2.5.29.14');

/** The tag of the key identifier in the authority key identifier extension (RFC 5280, 4.2.1.1). */
const KEY_IDENTIFIER_TAG = 0x80;

// bit numbers of RFC 5280, 4.2.1.3
const KEY_USAGE_BITS = { digitalSignature: 0, keyCertSign: 5 };

const EXTENDED_KEY_USAGES = {
  serverAuth: objectIdentifier('1.3.6.1.5.5.7.3.1'),
  clientAuth: objectIdentifier('1.3.6.1.5.5.7.3.2'),
};

/** The uses of a certificate's key (critical). */
export function keyUsage(...usages: (keyof typeof KEY_USAGE_BITS)[]): Buffer {
  const bits = usages.map((usage) => KEY_USAGE_BITS[usage]);
  const octet = bits.reduce((sum, bit) => sum + 2 ** (7 - bit), 0);
  return extension(KEY_USAGE, bitString(Buffer.of(octet), 7 - Math.max(...bits)), true);
}

/** The sides of a TLS connection that can use a certificate. */
export function extendedKeyUsage(...usages: (keyof typeof EXTENDED_KEY_USAGES)[]): Buffer {
  return extension(EXTENDED_KEY_USAGE, sequence(...usages.map((usage) => EXTENDED_KEY_USAGES[usage])));
}

/** Marks a certificate authority with unlimited path length (critical). */
export function certificateAuthorityConstraint(): Buffer {
  return extension(BASIC_CONSTRAINTS, sequence(boolean(true)), true);
}

/** Identifies a certificate authority's key. The certificates that it signs refer to it. */
export function subjectKeyIdentifier(identifier: Buffer): Buffer {
  return extension(SUBJECT_KEY_IDENTIFIER, octetString(identifier));
}

/** Identifies the key that signed a certificate. */
export function authorityKeyIdentifier(identifier: Buffer): Buffer {
  return extension(AUTHORITY_KEY_IDENTIFIER, sequence(element(KEY_IDENTIFIER_TAG, identifier)));
}

function extension(identifier: Buffer, value: Buffer, isCritical = false): Buffer {
  // DER leaves out default values, and the default is not critical
  return sequence(identifier, ...(isCritical ? [boolean(true)] : []), octetString(value));
}
