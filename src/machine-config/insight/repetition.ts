import { ConfigDocuments, documentName, documentId, matchingId } from '../documents/config-documents';
import { Type } from '../schema/schema';
import { isList, isMap, Value, valueText } from '../schema/values';
import { pathText } from '../yaml/refusal';

/**
 * Lists to which a patch has appended an element that they already had. Talos doesn't check for duplicates, so they show that a patch was applied
 * twice or was meant to replace.
 */
export function repeatedElements(before: ConfigDocuments, after: ConfigDocuments): string[] {
  const old = new Map(before.entries.map((entry) => [matchingId(entry), entry]));
  return after.entries.flatMap((entry) => {
    const previous = old.get(matchingId(entry));
    const { kind, name } = documentId(entry);
    return previous
      ? repeatedBelow(entry.kind.type, previous.value, entry.value, []).map((path) => `'${path}' in ${documentName(kind, name)}`)
      : [];
  });
}

function repeatedBelow(type: Type, before: Value | undefined, after: Value, path: readonly string[]): string[] {
  if (type.kind === 'pointer') {
    return repeatedBelow(type.to, before, after, path);
  }
  if (isList(after)) {
    const old = (isList(before) ? before : []).map(valueText);
    const isRepeated = after.slice(old.length).some((item) => old.includes(valueText(item)));
    return isRepeated ? [pathText(path)] : [];
  }
  if (isMap(after)) {
    return [...after].flatMap(([key, item]) => {
      const of: Type = type.kind === 'struct' ? type.fields.get(String(key))!.type : type.kind === 'map' ? type.of : { kind: 'any' };
      return repeatedBelow(of, isMap(before) ? before.get(key) : undefined, item, [...path, String(key)]);
    });
  }
  return [];
}
