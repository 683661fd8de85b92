import { equivalentPatches } from './equivalent-patch';
import { applyJsonPatch, copy, JsonOperation, keysOf } from './json-patch';
import { unlessRefused } from '../../problem';
import { ConfigDocuments, DocumentEntry } from '../documents/config-documents';
import { FreeFormDecoder } from '../documents/decode-free-form';
import { encodeAny, encodeConfig, encodeDocuments } from '../documents/encode';
import { readConfig } from '../documents/load';
import { PlainDocuments } from '../documents/plain-documents';
import { redactedValue } from '../schema/redaction';
import { LEGACY_KIND } from '../schema/schema';
import { isMap, Value, ValueMap } from '../schema/values';
import { outputOf, shownDocuments } from '../translate/conflict-remedy';
import { translateDocuments } from '../translate/translate';
import { Check } from '../validation/check/check';
import { conflictingPaths } from '../validation/legacy/legacy-conflicts';
import { nodeOf } from '../yaml/nodes';

/** Applies documents to a machine config. */
type Apply = (config: ConfigDocuments, patch: PlainDocuments) => ConfigDocuments;

/**
 * The documents that change a machine config like a JSON patch of the document without a kind, as the end of a message, with secrets masked; empty
 * if there are none.
 */
export function jsonPatchRemedy(config: ConfigDocuments, operations: readonly JsonOperation[], apply: Apply): string {
  const legacy = config.entries.find(({ kind }) => kind.kind === LEGACY_KIND);
  const before = legacy && valuesOf(legacy, config);
  const after = before && unlessRefused(() => applyJsonPatch(withParents(before, operations), operations, legacy.kind.type));
  const patches = isMap(after) && !operations.some((operation) => operation.get('path') === '') ? equivalentPatches(before!, after) : [];
  if (!legacy || patches.length === 0 || !isMap(after)) {
    return '';
  }
  const patched = unlessRefused(() => apply(config, patches.map(outputOf)));
  const wanted = unlessRefused(() => readConfig([encodeAny(after)], config.release));
  if (patched && wanted && encodeConfig(legacyOf(patched)) !== encodeConfig(wanted)) {
    return ''; // merging can't do it
  }
  return shownPatches(patches.map((patch) => redactedValue(legacy.kind.type, patch) as ValueMap), patched ?? config);
}

/** A document with the objects to which the operations add; merging makes them. */
function withParents(document: ValueMap, operations: readonly JsonOperation[]): ValueMap {
  const root = copy(document) as Map<Value, Value>;
  for (const operation of operations.filter((candidate) => candidate.get('op') === 'add')) {
    let parent: Map<Value, Value> | undefined = root;
    for (const key of keysOf(String(operation.get('path'))).slice(0, -1)) {
      const child: Value = parent?.get(key) ?? new Map<Value, Value>();
      parent?.set(key, child);
      parent = child instanceof Map ? child as Map<Value, Value> : undefined;
    }
  }
  return root;
}

/** Patches of the document without a kind, with documents where others of the machine config replace their fields. */
function shownPatches(patches: readonly ValueMap[], patched: ConfigDocuments): string {
  const check = new Check(patched, patched.release, 'container');
  const target = { release: patched.release, isControlPlane: check.isControlPlane };
  const translated = patches.map((patch) => translateDocuments(patch, target, conflictingPaths(check)));
  const documents = translated.flatMap((translation) => [...translation.rest.size > 0 ? [translation.rest] : [], ...translation.documents]);
  return `${shownDocuments(documents)}\n${translated.flatMap(({ notes }) => notes).map((note) => `'${note.path}' ${note.words}\n`).join('')}`;
}

function valuesOf(legacy: DocumentEntry, { release }: ConfigDocuments): ValueMap {
  const [written] = encodeDocuments(new ConfigDocuments(release, [legacy]));
  return copy(new FreeFormDecoder('the machine config').decodeAny(nodeOf(written))) as ValueMap;
}

function legacyOf({ release, entries }: ConfigDocuments): ConfigDocuments {
  return new ConfigDocuments(release, entries.filter(({ kind }) => kind.kind === LEGACY_KIND));
}
