import { JsonOperation } from './json-patch';
import { ConfigDocuments } from '../documents/config-documents';
import { encodeAnyValue } from '../documents/encode';
import { LEGACY_KIND } from '../schema/schema';
import { isList, isMap, Value } from '../schema/values';

type Mapping = Map<Value, Value>;

/**
 * The documents that change the legacy document like a JSON patch, or undefined if merging can't do it: merging only adds to existing lists and
 * objects, and has no tests, moves or list indexes.
 */
export function equivalentPatch(config: ConfigDocuments, operations: readonly JsonOperation[]): string | undefined {
  const legacy = config.entries.find(({ kind }) => kind.kind === LEGACY_KIND);
  const patch: Mapping = new Map();
  for (const operation of operations) {
    const keys = keysOf(operation);
    const change = legacy && keys && changeOf(operation, keys, valueAt(legacy.value, keys));
    if (!change || !put(patch, keys, change.value)) {
      return undefined;
    }
  }
  return patch.size > 0 ? encodeAnyValue(patch) : undefined;
}

/** The keys of the path to the value, without a `-` for the end of a list. */
function keysOf(operation: JsonOperation): string[] | undefined {
  const path = operation.get('path');
  if (typeof path !== 'string' || !path.startsWith('/')) {
    return undefined;
  }
  const keys = path.slice(1).split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const known = keys[keys.length - 1] === '-' ? keys.slice(0, -1) : keys;
  return known.some((key) => /^\d+$/.test(key)) ? undefined : known;
}

function changeOf(operation: JsonOperation, keys: readonly string[], present: Value | undefined): { readonly value: Value } | undefined {
  const [name, value] = [operation.get('op'), operation.get('value')];
  const appends = String(operation.get('path')).endsWith('/-');
  if (name === 'remove' && !appends && present !== undefined && keys.length > 0) {
    return { value: new Map([['$patch', 'delete']]) };
  }
  if (name !== 'add' && name !== 'replace') {
    return undefined;
  }
  if (appends) {
    return name === 'add' && value !== undefined ? { value: [value] } : undefined;
  }
  const isMerged = isFilled(present) && (isList(present) || isMap(present));
  return value === undefined || value === null || isMerged ? undefined : { value };
}

function isFilled(value: Value | undefined): boolean {
  return isList(value) ? value.length > 0 : isMap(value) ? value.size > 0 : value !== undefined;
}

function valueAt(root: Value, keys: readonly string[]): Value | undefined {
  return keys.reduce<Value | undefined>((value, key) => isMap(value) ? value.get(key) : undefined, root);
}

/** Puts a value into the patch; false if another value is in the way. */
function put(patch: Mapping, keys: readonly string[], value: Value): boolean {
  let parent = patch;
  for (const key of keys.slice(0, -1)) {
    const next = parent.get(key) ?? new Map<Value, Value>();
    if (!(next instanceof Map)) {
      return false;
    }
    parent.set(key, next);
    parent = next;
  }
  const last = keys[keys.length - 1];
  const before = parent.get(last);
  if (before !== undefined && !(isList(before) && isList(value))) {
    return false;
  }
  parent.set(last, isList(before) ? [...before, ...value as readonly Value[]] : value);
  return true;
}
