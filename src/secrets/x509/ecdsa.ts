import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Curve, isScalar, numberOf, pointOf, scalarOf } from './curves';
import { integer, sequence } from './der';

/**
 * Signs data by ECDSA. The same key and data always give the same signature, while Node.js takes a random nonce for each.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6979
 */
export function signEcdsa(curve: Curve, privateKey: Buffer, data: Buffer): Buffer {
  const { order, size } = curve;
  const hash = createHash(curve.digest).update(data).digest();
  const [key, message] = [numberOf(privateKey), leftmostBits(curve, hash)];
  const source = nonces(curve, privateKey, hash);
  for (;;) {
    const nonce = source.next().value;
    const r = numberOf(pointOf(curve, nonce).subarray(1, 1 + size)) % order;
    // the time of an inversion depends on the number: a random factor hides the nonce in it
    const blinding = numberOf(randomBytes(size)) % (order - 1n) + 1n;
    const s = inverse(numberOf(nonce) * blinding % order, order) * (blinding * message + blinding * key % order * r) % order;
    if (r !== 0n && s !== 0n) {
      return sequence(integer(scalarOf(curve, r)), integer(scalarOf(curve, s)));
    }
  }
}

/** The nonces of a key and a hash (RFC 6979, 3.2). The first one almost certainly makes a signature. */
function* nonces(curve: Curve, privateKey: Buffer, hash: Buffer): Generator<Buffer, never> {
  const seed = [privateKey, scalarOf(curve, leftmostBits(curve, hash) % curve.order)];
  let key: Buffer = Buffer.alloc(hash.length, 0);
  let value: Buffer = Buffer.alloc(hash.length, 1);
  const mac = (...parts: Buffer[]) => createHmac(curve.digest, key).update(Buffer.concat(parts)).digest();
  const step = (...parts: Buffer[]) => {
    key = mac(value, ...parts);
    value = mac(value);
  };
  step(Buffer.of(0), ...seed);
  step(Buffer.of(1), ...seed);
  for (;;) {
    let bytes = value = mac(value);
    while (bytes.length < curve.size) {
      value = mac(value);
      bytes = Buffer.concat([bytes, value]);
    }
    const nonce = leftmostBits(curve, bytes);
    if (isScalar(curve, nonce)) {
      yield scalarOf(curve, nonce);
    }
    step(Buffer.of(0));
  }
}

/** The number of as many first bits as the order of the curve has. */
function leftmostBits({ bits }: Curve, bytes: Buffer): bigint {
  return numberOf(bytes) / 2n ** BigInt(Math.max(8 * bytes.length - bits, 0));
}

/** The number that multiplied by this one leaves 1 (Euclid's algorithm). */
function inverse(value: bigint, modulus: bigint): bigint {
  let [rest, next, factor, nextFactor] = [modulus, value, 0n, 1n];
  while (next > 0n) {
    const quotient = rest / next;
    [rest, next] = [next, rest - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return factor < 0n ? factor + modulus : factor;
}
