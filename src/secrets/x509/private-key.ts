import { createPrivateKey, KeyObject } from 'node:crypto';
import * as asn1js from 'asn1js';
import { TalosError } from '../../problem';

/** The encoding of a private key, named after its standard. */
export type PrivateKeyEncoding = 'pkcs1' | 'pkcs8' | 'sec1';

/** The ASN.1 type that follows the version number in each encoding. */
const SECOND_PARTS = { pkcs1: asn1js.Integer, pkcs8: asn1js.Sequence, sec1: asn1js.OctetString };

/**
 * Reads a private key in one encoding, as Talos does. Node.js accepts others too, and more of them since version 22.
 *
 * @throws if the bytes aren't a private key in this encoding
 */
export function readPrivateKey(der: Buffer, encoding: PrivateKeyEncoding): KeyObject {
  const { result } = asn1js.fromBER(der);
  const parts = result instanceof asn1js.Sequence ? result.valueBlock.value : [];
  if (!(parts[1] instanceof SECOND_PARTS[encoding])) {
    throw new TalosError('talos:invalid-secrets', `not a private key in ${encoding}`);
  }
  return createPrivateKey({ key: der, format: 'der', type: encoding });
}
