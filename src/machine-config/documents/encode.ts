import { ConfigDocuments } from './config-documents';
import { isAtLeast } from '../../talos/release';
import { Type } from '../schema/schema';
import { isList, isMap, Value } from '../schema/values';
import { formatFloat } from '../yaml/scalars';
import { compareKeys, Output, writeYaml } from '../yaml/writer';

/**
 * Writes the text of a machine config as talosctl does.
 *
 * @param change what each document is written with instead
 */
export function encodeConfig(config: ConfigDocuments, change: (document: Output) => Output = (document) => document): string {
  const oldWordQuote = isAtLeast(config.release, '1.14') ? "'" : '"';
  return encodeDocuments(config).map((document) => writeYaml(change(document), oldWordQuote)).join('---\n');
}

/** The output of a machine config's documents. */
export function encodeDocuments(config: ConfigDocuments): Output[] {
  return config.entries.map(({ kind, value }) => encode(kind.type, value));
}

/** Writes the text of a value without a type, with sorted keys. */
export function encodeAnyValue(value: Value): string {
  return writeYaml(encodeAny(value), '"');
}

const NULL: Output = { scalar: 'null' };

/** The output of a value of this type; an absent value is empty. */
export function encode(type: Type, value: Value | undefined): Output {
  switch (type.kind) {
    case 'leaf':
      return type.leaf.write(value ?? type.leaf.empty);
    case 'pointer':
      return value === undefined || value === null ? NULL : encode(type.to, value);
    case 'list':
      return { list: isList(value) ? value.map((item) => encode(type.of, item)) : [] };
    case 'map':
      return { entries: isMap(value) ? sorted(value).map(([key, item]) => [encodeKey(key), encode(type.of, item)]) : [] };
    case 'struct': {
      const values = isMap(value) ? value : new Map<Value, Value>();
      const written = [...type.fields.values()].filter((field) => field.always || !isEmpty(field.type, values.get(field.name)));
      return { entries: written.map((field) => [encodeKey(field.name), encode(field.type, values.get(field.name))]) };
    }
    case 'object':
      return encodeAny(value ?? new Map());
    case 'any':
      return encodeAny(value ?? null);
  }
}

/** Whether an optional value is left out. */
export function isEmpty(type: Type, value: Value | undefined): boolean {
  if (value === undefined || value === null) {
    return true;
  }
  switch (type.kind) {
    case 'leaf':
      return value === type.leaf.empty;
    case 'struct': {
      const fields = [...type.fields.values()];
      const deciding = fields.filter((field) => field.decides);
      return (deciding.length > 0 ? deciding : fields).every((field) => isEmpty(field.type, (value as ReadonlyMap<Value, Value>).get(field.name)));
    }
    case 'list':
      return isList(value) && value.length === 0;
    case 'map':
    case 'object':
      return isMap(value) && value.size === 0;
    default:
      return false;
  }
}

/** The output of a value without a type, with sorted keys. */
export function encodeAny(value: Value): Output {
  if (isMap(value)) {
    return { entries: sorted(value).map(([key, item]) => [encodeKey(key), encodeAny(item)]) };
  }
  if (isList(value)) {
    return { list: value.map(encodeAny) };
  }
  return encodeKey(value);
}

function encodeKey(key: Value): Output {
  return typeof key === 'string' ? { text: key } : { scalar: typeof key === 'number' ? formatFloat(key) : String(key) };
}

function sorted(map: ReadonlyMap<Value, Value>): Array<[Value, Value]> {
  return [...map].sort(([left], [right]) => compareAnyKeys(left, right));
}

/** Sorts booleans and numbers by value, and different types by their order. */
function compareAnyKeys(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') {
    return compareKeys(left, right);
  }
  const byNumber = Number(isNumeric(left)) && Number(isNumeric(right)) ? Number(left) - Number(right) : 0;
  return byNumber || KEY_ORDER.indexOf(typeof left) - KEY_ORDER.indexOf(typeof right);
}

const KEY_ORDER = ['object', 'boolean', 'bigint', 'number', 'string'];

function isNumeric(key: Value): boolean {
  return typeof key === 'boolean' || typeof key === 'bigint' || typeof key === 'number';
}
