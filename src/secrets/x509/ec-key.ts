import { Curve, pointOf } from './curves';
import { bitString, contextTag, element, integer, objectIdentifier, octetString, sequence } from './der';
import { signEcdsa } from './ecdsa';
import { MISMATCHED_HALVES, PrivateKey } from './private-key';

const PUBLIC_KEY_TYPE = objectIdentifier('1.2.840.10045.2.1');

/** A private key on a curve that Talos takes. */
export class EcKey implements PrivateKey {
  public readonly type = 'ec';
  public readonly publicKey: Buffer;
  public readonly signatureAlgorithm: Buffer;
  readonly #curve: Curve;
  readonly #secret: Buffer;
  readonly #point: Buffer;
  readonly #givenPoint?: Buffer;

  /**
   * @param curve the curve
   * @param secret the scalar, as long as those of the curve are
   * @param givenPoint the public half that it was read with
   * @throws if the scalar is zero, or not below the order of the curve
   */
  public constructor(curve: Curve, secret: Buffer, givenPoint?: Buffer) {
    this.#curve = curve;
    this.#secret = secret;
    this.#point = pointOf(curve, secret);
    this.#givenPoint = givenPoint;
    this.publicKey = sequence(sequence(PUBLIC_KEY_TYPE, curve.identifier), bitString(this.#point));
    this.signatureAlgorithm = curve.signatureAlgorithm;
  }

  public sign(data: Buffer): Buffer {
    return signEcdsa(this.#curve, this.#secret, data);
  }

  public encode(): Buffer {
    return sequence(
      integer(Buffer.of(1)),
      octetString(this.#secret),
      element(contextTag(0), this.#curve.identifier),
      element(contextTag(1), bitString(this.#point)),
    );
  }

  public secret(): Buffer {
    return this.#secret;
  }

  public problem(): string | undefined {
    return this.#givenPoint === undefined || this.#givenPoint.equals(this.#point) ? undefined : MISMATCHED_HALVES;
  }
}
