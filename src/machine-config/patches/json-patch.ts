import { quoted, shortened, TalosError } from '../../problem';
import { RepetitionLimit } from '../documents/repetition-limit';
import { shownAt } from '../schema/redaction';
import { Type } from '../schema/schema';
import { isList, isMap, Value } from '../schema/values';
import { Timestamp } from '../yaml/scalars';

/** An operation of a JSON patch (RFC 6902), not yet checked. */
export type JsonOperation = ReadonlyMap<Value, Value>;

type JsonObject = Map<Value, Value>;
type JsonArray = Value[];

/**
 * Applies JSON patches as Talos's library does: negative indexes count from the end, and missing keys are null. The type of the document decides
 * which values a message shows.
 */
export function applyJsonPatch(document: Value, operations: readonly JsonOperation[], type: Type): Value {
  const copied = new RepetitionLimit();
  let root = copy(document);
  for (const operation of operations) {
    root = applyOperation(root, operation, type, copied);
  }
  return root;
}

function applyOperation(root: Value, operation: JsonOperation, type: Type, copied: RepetitionLimit): Value {
  const name = operation.get('op');
  const path = pointer(operation, 'path');
  switch (name) {
    case 'add':
      add(root, path, copy(operation.get('value') ?? null));
      return root;
    case 'remove':
      remove(root, path);
      return root;
    case 'replace':
      return replace(root, path, copy(operation.get('value') ?? null));
    case 'move': {
      const from = pointer(operation, 'from');
      const value = read(root, from);
      remove(root, from);
      add(root, path, value);
      return root;
    }
    case 'copy':
      add(root, path, copy(read(root, pointer(operation, 'from')), copied));
      return root;
    case 'test':
      test(root, path, operation.get('value') ?? null, type);
      return root;
    default:
      throw new TalosError('talos:machine-config-refused', `JSON patch: unknown operation ${quoted(String(name))}: use add, remove, replace, move, copy or test`);
  }
}

function pointer(operation: JsonOperation, key: 'path' | 'from'): string {
  const value = operation.get(key);
  if (typeof value !== 'string') {
    throw new TalosError('talos:machine-config-refused', `JSON patch: the operation ${quoted(String(operation.get('op')))} needs '${key}' as a text`);
  }
  return value;
}

function add(root: Value, path: string, value: Value): void {
  const { container, key } = find(root, path);
  if (container instanceof Map) {
    container.set(key, value);
  } else {
    container.splice(key === '-' ? container.length : index(container, key, path, container.length + 1), 0, value);
  }
}

function remove(root: Value, path: string): void {
  const { container, key } = find(root, path);
  if (!(container instanceof Map)) {
    container.splice(index(container, key, path, container.length), 1);
  } else if (!container.delete(key)) {
    missing(path);
  }
}

function replace(root: Value, path: string, value: Value): Value {
  if (path === '') {
    return isMap(value) || isList(value) ? value : missing(path);
  }
  const { container, key } = find(root, path);
  if (container instanceof Map) {
    container.set(key, value);
  } else {
    container[index(container, key, path, container.length)] = value;
  }
  return root;
}

function read(root: Value, path: string): Value {
  const { container, key } = find(root, path);
  return container instanceof Map ? container.get(key) ?? null : container[index(container, key, path, container.length)];
}

function test(root: Value, path: string, expected: Value, type: Type): void {
  if (!isEqual(path === '' ? root : read(root, path), expected)) {
    const wanted = isMap(expected) ? 'the object given' : isList(expected) ? 'the list given' : shownAt(type, keysOf(path), String(expected));
    throw new TalosError('talos:machine-config-refused', `JSON patch: the test of '${shortened(path)}' failed: it is not ${wanted}`);
  }
}

/** The keys of a JSON pointer. */
export function keysOf(path: string): string[] {
  return path.split('/').slice(1).map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** The object or list that contains the place of a JSON pointer. */
function find(root: Value, path: string): { container: JsonObject | JsonArray; key: string } {
  const keys = keysOf(path);
  const last = keys.pop() ?? missing(path);
  let container = root;
  for (const key of keys) {
    container = isMap(container) ? container.get(key) ?? missing(path) : elementAt(container, key, path);
  }
  return isMap(container) || isList(container) ? { container: container as JsonObject | JsonArray, key: last } : missing(path);
}

function elementAt(container: Value, key: string, path: string): Value {
  return isList(container) ? container[index(container, key, path, container.length)] : missing(path);
}

function index(list: readonly Value[], key: string, path: string, limit: number): number {
  const given = /^[-+]?[0-9]+$/.test(key) ? Number(key) : NaN;
  const position = given < 0 ? given + limit : given;
  if (!(position >= 0 && position < limit)) {
    throw new TalosError('talos:machine-config-refused', `JSON patch: '${shortened(path)}' has no index '${shortened(key)}': the list has ${list.length} elements`);
  }
  return position;
}

function missing(path: string): never {
  throw new TalosError('talos:machine-config-refused', `JSON patch: there is nothing at '${shortened(path)}'`);
}

function isEqual(left: Value, right: Value): boolean {
  if (isMap(left) && isMap(right)) {
    return left.size === right.size && [...left].every(([key, value]) => right.has(key) && isEqual(value, right.get(key)!));
  }
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((value, position) => isEqual(value, right[position]));
  }
  return left === right;
}

/** Copies a value as JSON: keys and dates are texts. Copies of copies can double what there is with each operation. */
export function copy(value: Value, copied?: RepetitionLimit): Value {
  if (copied?.isExceededBy(1, typeof value === 'string' ? value : isMap(value) ? [...value.keys()].join('') : '')) {
    throw new TalosError('talos:machine-config-refused', 'JSON patch: its operations copy too much: write what they should add');
  }
  if (isMap(value)) {
    return new Map([...value].map(([key, item]) => [String(key), copy(item, copied)]));
  }
  if (isList(value)) {
    return value.map((item) => copy(item, copied));
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TalosError('talos:machine-config-refused', 'JSON patch: JSON has no infinite numbers');
  }
  return value instanceof Timestamp ? value.toString() : value;
}
