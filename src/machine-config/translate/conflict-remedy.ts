import { translateDocuments } from './translate';
import { TranslatedDocuments, TranslationTarget } from './translation';
import { MASK } from '../../problem';
import { ConfigDocuments } from '../documents/config-documents';
import { FreeFormDecoder } from '../documents/decode-free-form';
import { encode, encodeAny } from '../documents/encode';
import { redactedValue } from '../schema/redaction';
import { LEGACY_KIND } from '../schema/schema';
import { isMap, ValueMap } from '../schema/values';
import { nodeOf } from '../yaml/nodes';
import { Output, writeYaml } from '../yaml/writer';

/** The most characters of documents in a message. */
const LONGEST_EXAMPLE = 2000;

/** What to write instead of a field of the document without a kind, beside which another document can't stand. Masks secrets. */
export function conflictRemedy(config: ConfigDocuments, path: string, target: TranslationTarget): string {
  const legacy = config.entries.find(({ kind }) => kind.kind === LEGACY_KIND)!;
  const redacted = encode(legacy.kind.type, redactedValue(legacy.kind.type, legacy.value));
  const values = new FreeFormDecoder('the machine config').decodeAny(nodeOf(redacted)) as ValueMap;
  const { documents, notes } = translateDocuments(only(values, path.split('.')), target);
  const lines = notes.map((note) => `'${note.path}' ${note.words}`);
  if (documents.length === 0) {
    return [lines.length === 0 ? 'remove the field, which changes nothing' : 'remove one of them', ...lines].join('\n');
  }
  return [`write this instead of the field${shownDocuments(documents)}`, ...lines].join('\n');
}

/** Documents as the end of a message. */
export function shownDocuments(documents: TranslatedDocuments['documents']): string {
  const text = documents.map((document) => writeYaml(outputOf(document), '"')).join('---\n').trimEnd();
  if (text.length > LONGEST_EXAMPLE) {
    return `: documents of the kind ${[...new Set(documents.map((document) => String(document.get('kind'))))].join(', ')}`;
  }
  return `${text.includes(MASK) ? ` (${MASK} stands for a secret)` : ''}\n${text}`;
}

/** A document with its identity first, if it has one. */
export function outputOf(document: ValueMap): Output {
  return !document.has('kind') ? encodeAny(document) : { entries: [...document].map(([key, value]) => [encodeAny(key), encodeAny(value)] as const) };
}

/** Only what is at a path. */
function only(values: ValueMap, [key, ...rest]: readonly string[]): ValueMap {
  const value = values.get(key);
  return value === undefined || value === null || (rest.length > 0 && !isMap(value))
    ? new Map()
    : new Map([[key, rest.length === 0 ? value : only(value as ValueMap, rest)]]);
}
