import { createPrivateKey, KeyObject } from 'node:crypto';
import { CURVES, isScalar, numberOf, uncompressedPoint } from './curves';
import { TAGS } from './der';
import { childrenOf, contentsOf, DerElement, readElement, readFirstElement } from './der-reader';
import { EcKey } from './ec-key';
import { ED25519_ALGORITHM, ED25519_SECRET_BYTES, Ed25519Key } from './ed25519-key';
import { Memory, textOf } from './memory';
import { NativeKey } from './native-key';
import { PrivateKey } from './private-key';
import { TalosError } from '../../problem';

/** The encoding of a private key, named after its standard. */
export type PrivateKeyEncoding = 'pkcs1' | 'pkcs8' | 'sec1';

/** The ASN.1 type that follows the version number in each encoding. */
const SECOND_TAGS = { pkcs1: TAGS.integer, pkcs8: TAGS.sequence, sec1: TAGS.octetString };

const memory = new Memory<PrivateKey>();

/**
 * Reads a private key in one encoding, as Talos does. Node.js accepts others too, and more of them since version 22.
 *
 * @throws if the bytes aren't a private key in this encoding
 */
export function readPrivateKey(der: Buffer, encoding: PrivateKeyEncoding): PrivateKey {
  return memory.recall(`${encoding} ${textOf(der)}`, () => {
    // Talos ignores what follows a key in the other two
    const parts = childrenOf(encoding === 'pkcs1' ? readElement(der) : readFirstElement(der));
    if (parts[1]?.tag !== SECOND_TAGS[encoding]) {
      throw new TalosError('talos:invalid-secrets', `not a private key in ${encoding}`);
    }
    return ed25519KeyIn(parts) ?? ecKeyIn(parts, der) ?? privateKeyOf(createPrivateKey({ key: der, format: 'der', type: encoding }));
  });
}

/** A private key that Node.js holds. */
export function privateKeyOf(key: KeyObject): PrivateKey {
  const curve = CURVES.find(({ name }) => name === key.asymmetricKeyDetails?.namedCurve);
  if (curve) {
    const jwk = key.export({ format: 'jwk' });
    const [secret, x, y] = [jwk.d, jwk.x, jwk.y].map((part) => Buffer.from(part!, 'base64url'));
    return new EcKey(curve, secret, uncompressedPoint(x, y));
  }
  return key.asymmetricKeyType === 'ed25519' ? new Ed25519Key(key) : new NativeKey(key);
}

function ed25519KeyIn([, algorithm, key]: readonly DerElement[]): Ed25519Key | undefined {
  if (!algorithm.encoding.equals(ED25519_ALGORITHM)) {
    return undefined;
  }
  const secret = contentsOf(readFirstElement(contentsOf(key, TAGS.octetString)), TAGS.octetString);
  if (secret.length !== ED25519_SECRET_BYTES) {
    throw new TalosError('talos:invalid-secrets', `not a key of ${ED25519_SECRET_BYTES} bytes`);
  }
  return Ed25519Key.of(secret);
}

// Node.js takes longer; it reads whatever isn't written exactly as Talos writes it
function ecKeyIn([, secret]: readonly DerElement[], der: Buffer): EcKey | undefined {
  const curve = secret.tag === TAGS.octetString ? CURVES.find(({ size }) => size === secret.contents.length) : undefined;
  const key = curve && isScalar(curve, numberOf(secret.contents)) ? new EcKey(curve, secret.contents) : undefined;
  return key?.encode().equals(der) ? key : undefined;
}
