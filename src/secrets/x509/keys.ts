import { createHash, createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { numberOf, P256, scalarOf } from './curves';
import { EcKey } from './ec-key';
import { ED25519_SECRET_BYTES, Ed25519Key } from './ed25519-key';
import { Memory } from './memory';
import { decodePem, encodePem } from './pem';
import { PrivateKey } from './private-key';
import { PrivateKeyEncoding, privateKeyOf, readPrivateKey } from './private-key-reader';
import { TalosError } from '../../problem';

/** The key algorithms that Talos generates. */
export type KeyAlgorithm = 'Ed25519' | 'P-256' | 'RSA-4096';

/** The key algorithms that can be derived from other key material. */
export type DerivableKeyAlgorithm = Exclude<KeyAlgorithm, 'RSA-4096'>;

/** The PEM label and the encoding of each key type in Go's x509 package and Talos. */
const ENCODINGS: Readonly<Record<string, { readonly label: string; readonly encoding: PrivateKeyEncoding }>> = {
  ed25519: { label: 'ED25519 PRIVATE KEY', encoding: 'pkcs8' },
  ec: { label: 'EC PRIVATE KEY', encoding: 'sec1' },
  rsa: { label: 'RSA PRIVATE KEY', encoding: 'pkcs1' },
};

/** PEM label of a private key of any type; Talos reads it since 1.10. */
export const GENERIC_PRIVATE_KEY_LABEL = 'PRIVATE KEY';

/** Generates a random private key. */
export function generatePrivateKey(algorithm: KeyAlgorithm): PrivateKey {
  switch (algorithm) {
    case 'Ed25519': return privateKeyOf(generateKeyPairSync('ed25519').privateKey);
    case 'P-256': return privateKeyOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    case 'RSA-4096': return privateKeyOf(generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey);
  }
}

/** What bytes are derived from, by the private key. */
const derivationKeys = new WeakMap<PrivateKey, Buffer>();

/**
 * Derives bytes from a private key: the same key and purpose always give the same bytes, which reveal nothing about the key.
 *
 * They are those of HKDF with SHA-256. Node.js takes three times as long, and the first step again for each purpose.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
export function deriveBytes(parent: PrivateKey, purpose: string, length: number): Buffer {
  const key = derivationKeys.get(parent) ?? mac('cdk8s-talos', parent.secret());
  derivationKeys.set(parent, key);
  const info = createHash('sha256').update(purpose).digest();
  const blocks: Buffer[] = [];
  for (let size = 0; size < length; size += blocks[0].length) {
    blocks.push(mac(key, ...blocks.slice(-1), info, Buffer.of(blocks.length + 1)));
  }
  return Buffer.concat(blocks, length);
}

function mac(key: string | Buffer, ...parts: readonly Buffer[]): Buffer {
  return createHmac('sha256', key).update(Buffer.concat(parts)).digest();
}

/** Derives a private key from another one: the same key and purpose always give the same key. */
export function derivePrivateKey(algorithm: DerivableKeyAlgorithm, parent: PrivateKey, purpose: string): PrivateKey {
  if (algorithm === 'Ed25519') {
    return Ed25519Key.of(deriveBytes(parent, purpose, ED25519_SECRET_BYTES));
  }
  // 48 bytes for a 32-byte scalar, so that the remainder has no noticeable bias (FIPS 186-5, A.2.1)
  const scalar = numberOf(deriveBytes(parent, purpose, 48)) % (P256.order - 1n) + 1n;
  return new EcKey(P256, scalarOf(P256, scalar));
}

/** Writes a private key as PEM text, with the label and encoding that Talos uses for its type. */
export function encodePrivateKey(key: PrivateKey): string {
  return encodePem({ label: ENCODINGS[key.type].label, der: key.encode() });
}

/** The private keys that were read and checked before, by their PEM text. */
const decoded = new Memory<PrivateKey>();

/** Reads a private key from PEM text. Refuses keys that Talos refuses, weak keys, and keys whose public and private parts don't match. */
export function decodePrivateKey(pem: string): PrivateKey {
  return decoded.recall(pem, () => decode(pem));
}

function decode(pem: string): PrivateKey {
  const { label, der } = decodePem(pem);
  const labelled = Object.entries(ENCODINGS).find(([, encoding]) => encoding.label === label);
  if (!labelled && label !== GENERIC_PRIVATE_KEY_LABEL) {
    const known = [...Object.values(ENCODINGS).map((encoding) => encoding.label), GENERIC_PRIVATE_KEY_LABEL];
    throw new TalosError('talos:invalid-secrets', `has the PEM label "${label}": expected one of ${known.map((text) => `"${text}"`).join(', ')}`);
  }
  const key = parsePrivateKey(der, labelled?.[1].encoding ?? 'pkcs8', label);
  if (labelled ? labelled[0] !== key.type : !(key.type in ENCODINGS)) {
    throw new TalosError('talos:invalid-secrets', `has the PEM label "${label}" but holds a key of type ${key.type}: use the label of that type`);
  }
  const problem = key.problem();
  if (problem !== undefined) {
    throw new TalosError('talos:invalid-secrets', problem);
  }
  return key;
}

/** Whether a public key in DER is the public half of a private key. */
export function fitsPublicKey(privateKey: PrivateKey, publicKey: Buffer): boolean {
  return publicKey.equals(privateKey.publicKey) || isSamePublicKey(publicKey, privateKey.publicKey);
}

// the point of an EC key has several forms; KeyObject.equals() of different types would make Node.js refuse the next key that it reads
function isSamePublicKey(...keys: readonly Buffer[]): boolean {
  try {
    const [one, other] = keys.map((key) => JSON.stringify(createPublicKey({ key, format: 'der', type: 'spki' }).export({ format: 'jwk' })));
    return one === other;
  } catch {
    return false;
  }
}

function parsePrivateKey(der: Buffer, encoding: PrivateKeyEncoding, label: string): PrivateKey {
  try {
    return readPrivateKey(der, encoding);
  } catch {
    throw new TalosError('talos:invalid-secrets', `is damaged: its PEM block "${label}" does not hold such a key`);
  }
}
