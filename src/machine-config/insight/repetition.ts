import { ConfigDocuments, documentName, documentId, matchingId } from '../documents/config-documents';
import { ElementIndex } from '../patches/element-index';
import { MERGED_ELEMENTS } from '../patches/merge-rules';
import { Type } from '../schema/schema';
import { isList, isMap, Value, valueText } from '../schema/values';
import { shownPath } from '../yaml/refusal';

/**
 * Lists to which a patch has appended an element that they already had. Talos doesn't check for duplicates, so they show that a patch was applied
 * twice or was meant to replace.
 */
export function repeatedElements(before: ConfigDocuments, after: ConfigDocuments): string[] {
  const old = new Map(before.entries.map((entry) => [matchingId(entry), entry]));
  return after.entries.flatMap((entry) => {
    const previous = old.get(matchingId(entry));
    const { kind, name } = documentId(entry);
    const described = documentName(kind, name);
    return previous ? repeatedBelow(entry.kind.type, previous.value, entry.value, []).map((path) => `'${path}' in ${described}`) : [];
  });
}

function repeatedBelow(type: Type, before: Value | undefined, after: Value, path: readonly string[]): string[] {
  if (after === before) {
    return []; // the patch left it as it was
  }
  if (type.kind === 'pointer') {
    return repeatedBelow(type.to, before, after, path);
  }
  const old = isList(before) ? before : [];
  if (isList(after)) {
    const added = after.slice(old.length);
    const texts = new Set(added.length === 0 ? [] : old.map(valueText));
    const isRepeated = added.some((item) => texts.has(valueText(item)));
    return [...isRepeated ? [shownPath(path)] : [], ...type.kind === 'list' ? repeatedInElements(type, old, after, path) : []];
  }
  if (isMap(after)) {
    return [...after].flatMap(([key, item]) => {
      const field = type.kind === 'struct' ? type.fields.get(String(key))! : undefined;
      const of: Type = field?.type ?? (type.kind === 'map' ? type.of : { kind: 'any' });
      // what a patch replaces, it doesn't append to
      return field?.replace ? [] : repeatedBelow(of, isMap(before) ? before.get(key) : undefined, item, [...path, String(key)]);
    });
  }
  return [];
}

/** The same inside the elements into which elements of a patch are merged. */
function repeatedInElements(type: Type & { kind: 'list' }, before: readonly Value[], after: readonly Value[], path: readonly string[]): string[] {
  const identity = MERGED_ELEMENTS[type.name ?? ''];
  if (identity === undefined) {
    return [];
  }
  const index = new ElementIndex(before, (element) => isMap(element) ? identity.keysOf(element) : []);
  return after.flatMap((item, position) => {
    const previous = isMap(item) ? before[index.first(identity.wantedBy(item))] : undefined;
    return previous === undefined ? [] : repeatedBelow(type.of, previous, item, [...path, `[${position}]`]);
  });
}
