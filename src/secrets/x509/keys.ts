import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, hkdfSync, KeyObject, sign, verify } from 'node:crypto';
import { mapHashToField } from '@noble/curves/abstract/modular.js';
import { p256 } from '@noble/curves/nist.js';
import * as asn1js from 'asn1js';
import { decodePem, encodePem } from './pem';
import { PrivateKeyEncoding, readPrivateKey } from './private-key';
import { TalosError } from '../../problem';

/** The key algorithms that Talos generates. */
export type KeyAlgorithm = 'Ed25519' | 'P-256' | 'RSA-4096';

/** The key algorithms that can be derived from other key material. */
export type DerivableKeyAlgorithm = Exclude<KeyAlgorithm, 'RSA-4096'>;

/** Object identifier of Ed25519, for keys and for signatures. */
export const ED25519_OID = '1.3.101.112';

// the PEM label and encoding of each key type in Go's x509 package and Talos
const ENCODINGS: Record<string, { label: string; type: 'pkcs1' | 'pkcs8' | 'sec1' }> = {
  ed25519: { label: 'ED25519 PRIVATE KEY', type: 'pkcs8' },
  ec: { label: 'EC PRIVATE KEY', type: 'sec1' },
  rsa: { label: 'RSA PRIVATE KEY', type: 'pkcs1' },
};

/** PEM label of a private key of any type; Talos reads it since 1.10. */
export const GENERIC_PRIVATE_KEY_LABEL = 'PRIVATE KEY';

const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];
const MINIMUM_RSA_BITS = 2048;

/** Generates a random private key. */
export function generatePrivateKey(algorithm: KeyAlgorithm): KeyObject {
  switch (algorithm) {
    case 'Ed25519': return generateKeyPairSync('ed25519').privateKey;
    case 'P-256': return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    case 'RSA-4096': return generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey;
  }
}

/** Derives bytes from a private key: the same key and purpose always give the same bytes, which reveal nothing about the key. */
export function deriveBytes(parent: KeyObject, purpose: string, length: number): Buffer {
  const secret = Buffer.from(parent.export({ format: 'jwk' }).d!, 'base64url');
  // HKDF takes at most 1024 bytes of info
  const info = createHash('sha256').update(purpose).digest();
  return Buffer.from(hkdfSync('sha256', secret, 'cdk8s-talos', info, length));
}

/** Derives a private key from another one: the same key and purpose always give the same key. */
export function derivePrivateKey(algorithm: DerivableKeyAlgorithm, parent: KeyObject, purpose: string): KeyObject {
  if (algorithm === 'Ed25519') {
    const pkcs8 = new asn1js.Sequence({
      value: [
        new asn1js.Integer({ value: 0 }),
        new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: ED25519_OID })] }),
        new asn1js.OctetString({ valueHex: new asn1js.OctetString({ valueHex: deriveBytes(parent, purpose, 32) }).toBER() }),
      ],
    });
    return createPrivateKey({ key: Buffer.from(pkcs8.toBER()), format: 'der', type: 'pkcs8' });
  }
  // 48 bytes for a 32-byte scalar, so that the remainder has no noticeable bias (FIPS 186-5, A.2.1)
  const scalar = mapHashToField(deriveBytes(parent, purpose, 48), p256.Point.Fn.ORDER);
  const point = Buffer.from(p256.getPublicKey(scalar, false));
  return createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: Buffer.from(scalar).toString('base64url'),
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
}

/** Writes a private key as PEM text, with the label and encoding that Talos uses for its type. */
export function encodePrivateKey(key: KeyObject): string {
  const { label, type } = ENCODINGS[key.asymmetricKeyType!];
  return encodePem({ label, der: key.export({ format: 'der', type: type as 'pkcs8' }) });
}

/** Reads a private key from PEM text. Refuses keys that Talos refuses, weak keys, and keys whose public and private parts don't match. */
export function decodePrivateKey(pem: string): KeyObject {
  const key = decodeKnownPrivateKey(pem);
  refuseWeakKey(key);
  if (!(key.asymmetricKeyType === 'rsa' ? isConsistentRsaKey(key) : fitsPublicKey(key, createPublicKey(key)))) {
    throw new TalosError('talos:invalid-secrets', 'is damaged: its public and private parts do not match');
  }
  return key;
}

/** Reads a private key that was checked before. Faster, because it doesn't check it again. */
export function decodeKnownPrivateKey(pem: string): KeyObject {
  const { label, der } = decodePem(pem);
  const labelled = Object.entries(ENCODINGS).find(([, encoding]) => encoding.label === label);
  if (!labelled && label !== GENERIC_PRIVATE_KEY_LABEL) {
    const known = [...Object.values(ENCODINGS).map((encoding) => encoding.label), GENERIC_PRIVATE_KEY_LABEL];
    throw new TalosError('talos:invalid-secrets', `has the PEM label "${label}": expected one of ${known.map((text) => `"${text}"`).join(', ')}`);
  }
  const key = parsePrivateKey(der, labelled?.[1].type ?? 'pkcs8', label);
  const type = key.asymmetricKeyType!;
  if (labelled ? labelled[0] !== type : !(type in ENCODINGS)) {
    throw new TalosError('talos:invalid-secrets', `has the PEM label "${label}" but holds a key of type ${type}: use the label of that type`);
  }
  return key;
}

/** Whether a public key verifies what the private key signs. */
export function fitsPublicKey(privateKey: KeyObject, publicKey: KeyObject): boolean {
  if (privateKey.asymmetricKeyType !== publicKey.asymmetricKeyType) {
    return false;
  }
  const digest = privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  const message = Buffer.from('do these keys belong together?');
  try {
    return verify(digest, message, publicKey, sign(digest, message, privateKey));
  } catch {
    return false; // OpenSSL detects some damage when it signs
  }
}

// the checks of Go, and so of Talos; OpenSSL signs even with a damaged prime, and a signature takes longer than these checks
function isConsistentRsaKey(key: KeyObject): boolean {
  const jwk = key.export({ format: 'jwk' });
  const number = (name: 'n' | 'e' | 'd' | 'p' | 'q' | 'dp' | 'dq' | 'qi') => BigInt(`0x${Buffer.from(jwk[name]!, 'base64url').toString('hex') || '0'}`);
  const [p, q, d] = [number('p'), number('q'), number('d')];
  return p > 1n && q > 1n
    && number('n') === p * q
    && number('e') * d % (p - 1n) === 1n
    && number('e') * d % (q - 1n) === 1n
    && number('dp') === d % (p - 1n)
    && number('dq') === d % (q - 1n)
    && number('qi') * q % p === 1n;
}

function parsePrivateKey(der: Buffer, encoding: PrivateKeyEncoding, label: string): KeyObject {
  try {
    return readPrivateKey(der, encoding);
  } catch {
    throw new TalosError('talos:invalid-secrets', `is damaged: its PEM block "${label}" does not hold such a key`);
  }
}

function refuseWeakKey(key: KeyObject): void {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails!;
  if (modulusLength !== undefined && modulusLength < MINIMUM_RSA_BITS) {
    throw new TalosError('talos:invalid-secrets', `is an RSA key of ${modulusLength} bits: use at least ${MINIMUM_RSA_BITS}`);
  }
  if (namedCurve !== undefined && !CURVES.includes(namedCurve)) {
    throw new TalosError('talos:invalid-secrets', `is a key on the curve ${namedCurve}: use one of ${CURVES.join(', ')}`);
  }
}
