import { encodeAny } from './encode';
import { TalosError } from '../../problem';
import { Value } from '../schema/values';
import { refuseDepth } from '../yaml/refusal';
import { Output } from '../yaml/writer';

/** Documents from plain JavaScript objects. */
export type PlainDocuments = readonly Output[];

/** Copies plain JavaScript objects, for `loadConfig` and `loadPatch`. */
export function plainDocuments(documents: readonly object[]): PlainDocuments {
  return documents.map((document) => encodeAny(valueOf(document)));
}

function valueOf(plain: unknown, levels = 0): Value {
  refuseDepth(levels);
  switch (typeof plain) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return plain;
    case 'number':
      return Number.isSafeInteger(plain) ? BigInt(plain) : plain;
    case 'object':
      return plain === null ? null : Array.isArray(plain) ? plain.map((item) => valueOf(item, levels + 1)) : valueOfObject(plain, levels + 1);
    default:
      throw new TalosError('talos:machine-config-refused', `a document can't hold a ${typeof plain}`);
  }
}

function valueOfObject(plain: object, levels: number): Value {
  if (plain instanceof Date) {
    return plain.toISOString();
  }
  return new Map(Object.entries(plain).filter(([, item]) => item !== undefined).map(([key, item]) => [key, valueOf(item, levels)]));
}
