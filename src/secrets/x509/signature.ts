import { createHash, KeyObject, sign as signWithNode } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import * as asn1js from 'asn1js';
import { ED25519_OID } from './keys';

/** How a private key signs. */
export interface Signer {
  readonly algorithm: asn1js.Sequence;
  sign(data: Buffer): Buffer;
}

// RFC 6979 pairs each curve with a digest of the same strength
const CURVES = {
  prime256v1: { curve: p256, digest: 'sha256', oid: '1.2.840.10045.4.3.2' },
  secp384r1: { curve: p384, digest: 'sha384', oid: '1.2.840.10045.4.3.3' },
  secp521r1: { curve: p521, digest: 'sha512', oid: '1.2.840.10045.4.3.4' },
};

const SHA256_WITH_RSA_OID = '1.2.840.113549.1.1.11';

/** A deterministic signer: the same key and data always give the same signature. */
export function signerOf(key: KeyObject): Signer {
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return { algorithm: algorithmIdentifier(ED25519_OID), sign: (data) => signWithNode(null, data, key) };
    case 'rsa':
      return { algorithm: algorithmIdentifier(SHA256_WITH_RSA_OID, new asn1js.Null()), sign: (data) => signWithNode('sha256', data, key) };
    default:
      return ecdsaSigner(key);
  }
}

// Node.js uses a random number for each ECDSA signature; RFC 6979 computes it from the key and the data
function ecdsaSigner(key: KeyObject): Signer {
  const { curve, digest, oid } = CURVES[key.asymmetricKeyDetails!.namedCurve as keyof typeof CURVES];
  const scalar = Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url');
  return {
    algorithm: algorithmIdentifier(oid),
    sign: (data) => {
      const hash = createHash(digest).update(data).digest();
      return Buffer.from(curve.sign(hash, scalar, { prehash: false, lowS: false }).toBytes('der'));
    },
  };
}

function algorithmIdentifier(oid: string, ...parameters: asn1js.AsnType[]): asn1js.Sequence {
  return new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: oid }), ...parameters] });
}
