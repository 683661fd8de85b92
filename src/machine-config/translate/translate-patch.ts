import { outputOf } from './conflict-remedy';
import { translateDocuments } from './translate';
import { TranslationTarget } from './translation';
import { TalosError } from '../../problem';
import { FreeFormDecoder } from '../documents/decode-free-form';
import { ConfigSource, mappings, nodesOf } from '../documents/load';
import { PlainDocuments } from '../documents/plain-documents';
import { isMap, Value, ValueMap } from '../schema/values';
import { withinStack } from '../yaml/refusal';

/** The documents of a patch, with those of a release in place of the fields that they replace. Refuses fields that none replaces. */
export function translatePatch(source: ConfigSource, target: TranslationTarget): PlainDocuments {
  return withinStack(() => {
    const nodes = nodesOf(source);
    if (nodes.some(({ kind }) => kind === 'sequence')) {
      throw new TalosError('talos:machine-config-refused', 'a JSON patch has no documents: write what it changes as a document');
    }
    const documents = [...mappings(nodes, target.release)].map((node) => new FreeFormDecoder('the patch').decodeAny(node) as ValueMap);
    const translated = documents.map((document) => document.has('kind')
      ? { documents: [], rest: document, notes: [] }
      : translateDocuments(document, target));
    const lost = translated.flatMap(({ notes }) => notes).filter(({ isLost }) => isLost);
    if (lost.length > 0) {
      throw new TalosError('talos:machine-config-refused', `can't become documents of Talos ${target.release}:\n${lost.map(({ path, words }) => `- '${path}' ${words}`).join('\n')}`);
    }
    return translated.flatMap(({ rest, documents: replacing }) => [...hasContent(rest) ? [rest] : [], ...replacing]).map(outputOf);
  });
}

function hasContent(rest: ValueMap): boolean {
  return [...rest].some(([key, value]) => key !== 'version' && !isEmpty(value));
}

function isEmpty(value: Value): boolean {
  return value === null || (isMap(value) && value.size === 0);
}
