import { constants, createCipheriv, createHash, hkdfSync, KeyObject, publicEncrypt } from 'node:crypto';

/*
 * How Sealed Secrets encrypts a value: AES-256-GCM by a session key of the value's own, and RSA-OAEP with SHA-256 for the session key. Sealed Secrets
 * draws the session key and OAEP's seed at random; here they are derived, so that equal input gives equal text.
 * See https://github.com/bitnami-labs/sealed-secrets/blob/main/docs/developer/crypto.md and RFC 8017, 7.1.1 and B.2.1.
 */

/** What all that is derived begins with; another way to derive gets another text. */
const DERIVATION = 'cdk8s-talos/sealed-secrets/1';
const KEY_BYTES = 32;
const HASH_BYTES = 32;
/** No key encrypts two values: each depends on its value. */
const ZERO_NONCE = Buffer.alloc(12);

/** One value of a Secret. */
export interface SealedValue {
  /** The key of the Secret. */
  readonly key: string;
  readonly value: string;
  /** What the value is bound to: the namespace and the name of its Secret, or less. */
  readonly label: string;
  /** A digest of at least 256 random bits that nobody knows who may not read the value: without them, a guess of the value can't be tested. */
  readonly entropy: Buffer;
}

/** The encrypted value, in base64. */
export function seal(publicKey: KeyObject, { key, value, label, entropy }: SealedValue): string {
  const plaintext = Buffer.from(value);
  const info = digest(listed(DERIVATION, digest(publicKey.export({ type: 'spki', format: 'der' })), label, key, digest(plaintext)));
  const derived = Buffer.from(hkdfSync('sha256', entropy, '', info, KEY_BYTES + HASH_BYTES));
  const [sessionKey, seed] = [derived.subarray(0, KEY_BYTES), derived.subarray(KEY_BYTES)];
  const size = Math.ceil(publicKey.asymmetricKeyDetails!.modulusLength! / 8);
  const wrapped = publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, padded(sessionKey, label, seed, size));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(wrapped.length);
  const cipher = createCipheriv('aes-256-gcm', sessionKey, ZERO_NONCE);
  return Buffer.concat([length, wrapped, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** The digest of texts in order. */
export function digestOf(...texts: string[]): Buffer {
  return digest(listed(...texts));
}

/** The padding of OAEP, for a key of a size in bytes; node's own draws the seed at random. */
function padded(message: Buffer, label: string, seed: Buffer, size: number): Buffer {
  const block = Buffer.concat([digest(Buffer.from(label)), Buffer.alloc(size - message.length - 2 * HASH_BYTES - 2), Buffer.of(1), message]);
  const maskedBlock = exclusiveOr(block, maskOf(seed, block.length));
  const maskedSeed = exclusiveOr(seed, maskOf(maskedBlock, HASH_BYTES));
  return Buffer.concat([Buffer.of(0), maskedSeed, maskedBlock]);
}

/** MGF1 with SHA-256. */
function maskOf(seed: Buffer, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / HASH_BYTES) }, (_, index) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(index);
    return digest(Buffer.concat([seed, counter]));
  });
  return Buffer.concat(blocks).subarray(0, length);
}

function exclusiveOr(one: Buffer, other: Buffer): Buffer {
  return Buffer.from(one.map((byte, index) => byte ^ other[index])); // eslint-disable-line no-bitwise
}

function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Each part behind its length, so that no two lists give the same bytes. */
function listed(...parts: (Buffer | string)[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part)).flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, part];
  }));
}
