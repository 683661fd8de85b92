import { TalosError } from '../../problem';
import { refuseDepth } from '../yaml/refusal';
import { formatFloat } from '../yaml/scalars';
import { compareKeys, Output } from '../yaml/writer';

/** Documents from plain JavaScript objects. */
export type PlainDocuments = readonly Output[];

/** Copies plain JavaScript objects, for `loadConfig` and `loadPatch`. */
export function plainDocuments(documents: readonly object[]): PlainDocuments {
  return documents.map((document) => outputOf(document));
}

function outputOf(plain: any, levels = 0): Output {
  refuseDepth(levels);
  switch (typeof plain) {
    case 'string':
      return { text: plain };
    case 'boolean':
    case 'bigint':
      return { scalar: String(plain) };
    case 'number':
      return { scalar: Number.isSafeInteger(plain) ? String(plain) : formatFloat(plain) };
    case 'object':
      return plain === null ? { scalar: 'null' } : Array.isArray(plain) ? { list: plain.map((item) => outputOf(item, levels + 1)) } : outputOfObject(plain, levels + 1);
    default:
      throw new TalosError('talos:machine-config-refused', `a document can't hold a ${typeof plain}`);
  }
}

function outputOfObject(plain: { readonly [key: string]: unknown }, levels: number): Output {
  if (plain instanceof Date) {
    return { text: plain.toISOString() };
  }
  const given = Object.keys(plain).filter((key) => plain[key] !== undefined);
  return { entries: given.sort(compareKeys).map((key) => [{ text: key }, outputOf(plain[key], levels)]) };
}
