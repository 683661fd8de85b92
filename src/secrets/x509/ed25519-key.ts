import { createPrivateKey, KeyObject, sign } from 'node:crypto';
import { bitString, integer, objectIdentifier, octetString, sequence } from './der';
import { PrivateKey } from './private-key';

/** The algorithm of the keys, and of their signatures. */
export const ED25519_ALGORITHM = sequence(objectIdentifier('1.3.101.112'));

export const ED25519_SECRET_BYTES = 32;

// reading a key from DER takes it ten times as long as from a JWK, in which it doesn't look at the public half; newer ones do, and read DER as fast
const IS_SLOW_WITH_DER = process.versions.node.startsWith('20.');

/** A private key of Ed25519. Node.js holds it and signs with it. */
export class Ed25519Key implements PrivateKey {
  /** The key of as many secret bytes as `ED25519_SECRET_BYTES`. */
  public static of(secret: Buffer): Ed25519Key {
    return new Ed25519Key(IS_SLOW_WITH_DER
      ? createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', d: secret.toString('base64url'), x: '' } })
      : createPrivateKey({ format: 'der', type: 'pkcs8', key: pkcs8(secret) }));
  }

  public readonly type = 'ed25519';
  public readonly publicKey: Buffer;
  public readonly signatureAlgorithm = ED25519_ALGORITHM;
  readonly #key: KeyObject;

  public constructor(key: KeyObject) {
    this.#key = key;
    this.publicKey = sequence(ED25519_ALGORITHM, bitString(Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url')));
  }

  public sign(data: Buffer): Buffer {
    return sign(null, data, this.#key);
  }

  public encode(): Buffer {
    return pkcs8(this.secret());
  }

  public secret(): Buffer {
    return Buffer.from(this.#key.export({ format: 'jwk' }).d!, 'base64url');
  }

  public problem(): undefined {
    return undefined;
  }
}

function pkcs8(secret: Buffer): Buffer {
  return sequence(integer(Buffer.of(0)), ED25519_ALGORITHM, octetString(octetString(secret)));
}
