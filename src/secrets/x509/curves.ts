import { createECDH, ECDH } from 'node:crypto';
import { objectIdentifier, sequence } from './der';

/** A curve of ECDSA keys. */
export interface Curve {
  /** As OpenSSL names it. */
  readonly name: string;
  /** The object identifier in DER. */
  readonly identifier: Buffer;
  /** The number of points. Private keys are smaller. */
  readonly order: bigint;
  /** The bits of the order. */
  readonly bits: number;
  /** The bytes of a scalar, and of each coordinate of a point. */
  readonly size: number;
  /** The digest of the same strength, which signatures use. */
  readonly digest: string;
  /** The algorithm of the signatures in DER. */
  readonly signatureAlgorithm: Buffer;
}

export const P256 = curve('prime256v1', '1.2.840.10045.3.1.7', 'sha256', '1.2.840.10045.4.3.2',
  0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n);

/** The curves of the keys that Talos takes. */
export const CURVES: readonly Curve[] = [
  P256,
  curve('secp384r1', '1.3.132.0.34', 'sha384', '1.2.840.10045.4.3.3',
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n),
  curve('secp521r1', '1.3.132.0.35', 'sha512', '1.2.840.10045.4.3.4',
    0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n),
];

// creating one takes as long as what it computes
const multipliers = new Map<string, ECDH>();

/**
 * The point that belongs to a scalar, uncompressed: the public half of a private key.
 *
 * @throws if the scalar is zero, or not below the order
 */
export function pointOf({ name }: Curve, scalar: Buffer): Buffer {
  const multiplier = multipliers.get(name) ?? createECDH(name);
  multipliers.set(name, multiplier);
  multiplier.setPrivateKey(scalar);
  return multiplier.getPublicKey();
}

/** A point of its coordinates. */
export function uncompressedPoint(x: Buffer, y: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x04), x, y]);
}

/** Whether a number is a private key of the curve. */
export function isScalar({ order }: Curve, value: bigint): boolean {
  return value > 0n && value < order;
}

/** The number that bytes stand for. */
export function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x0${bytes.toString('hex')}`);
}

/** A number in the bytes of a scalar. */
export function scalarOf({ size }: Curve, value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * size, '0'), 'hex');
}

function curve(name: string, identifier: string, digest: string, signatureAlgorithm: string, order: bigint): Curve {
  const bits = order.toString(2).length;
  return {
    name,
    identifier: objectIdentifier(identifier),
    order,
    bits,
    size: Math.ceil(bits / 8),
    digest,
    signatureAlgorithm: sequence(objectIdentifier(signatureAlgorithm)),
  };
}
