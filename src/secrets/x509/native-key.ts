import { createPublicKey, JsonWebKey, KeyObject, sign } from 'node:crypto';
import { CURVES, numberOf } from './curves';
import { element, objectIdentifier, sequence, TAGS } from './der';
import { MISMATCHED_HALVES, PrivateKey } from './private-key';

const SHA256_WITH_RSA = sequence(objectIdentifier('1.2.840.113549.1.1.11'), element(TAGS.null));
const MINIMUM_RSA_BITS = 2048;

/** A private key of RSA, or of a type or on a curve that Talos doesn't take. Node.js holds it and signs with it. */
export class NativeKey implements PrivateKey {
  public readonly type: string;
  public readonly signatureAlgorithm = SHA256_WITH_RSA;
  readonly #key: KeyObject;

  public constructor(key: KeyObject) {
    this.#key = key;
    this.type = key.asymmetricKeyType!;
  }

  public get publicKey(): Buffer {
    return createPublicKey(this.#key).export({ format: 'der', type: 'spki' });
  }

  public sign(data: Buffer): Buffer {
    return sign('sha256', data, this.#key);
  }

  public encode(): Buffer {
    return this.type === 'rsa' ? this.#key.export({ format: 'der', type: 'pkcs1' }) : this.#key.export({ format: 'der', type: 'pkcs8' });
  }

  public secret(): Buffer {
    return Buffer.from(this.#key.export({ format: 'jwk' }).d!, 'base64url');
  }

  public problem(): string | undefined {
    const { modulusLength, namedCurve } = this.#key.asymmetricKeyDetails!;
    if (modulusLength !== undefined && modulusLength < MINIMUM_RSA_BITS) {
      return `is an RSA key of ${modulusLength} bits: use at least ${MINIMUM_RSA_BITS}`;
    }
    if (namedCurve !== undefined) {
      return `is a key on the curve ${namedCurve}: use one of ${CURVES.map(({ name }) => name).join(', ')}`;
    }
    return this.type !== 'rsa' || isConsistent(this.#key.export({ format: 'jwk' })) ? undefined : MISMATCHED_HALVES;
  }
}

// the checks of Go, and so of Talos; OpenSSL signs even with a damaged prime, and a signature takes longer than these checks
function isConsistent(jwk: JsonWebKey): boolean {
  const [n, e, d, p, q, dp, dq, qi] = [jwk.n, jwk.e, jwk.d, jwk.p, jwk.q, jwk.dp, jwk.dq, jwk.qi].map((part) => numberOf(Buffer.from(part!, 'base64url')));
  return p > 1n && q > 1n
    && n === p * q
    && e * d % (p - 1n) === 1n
    && e * d % (q - 1n) === 1n
    && dp === d % (p - 1n)
    && dq === d % (q - 1n)
    && qi * q % p === 1n;
}
