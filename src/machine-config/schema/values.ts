import { Size } from './quantities';
import { Url } from '../../network/url';
import { Timestamp } from '../yaml/scalars';

/**
 * A value of a document. A mapping is a `Map`, with typed fields or free-form.
 *
 * Whole numbers are `bigint`, floats `number`. An absent key is empty; `null` occurs only where Talos keeps it.
 * Values in a document are immutable.
 */
export type Value = string | bigint | number | boolean | null | Timestamp | Url | Size | readonly Value[] | ValueMap;

/** A mapping. Only free-form objects have keys that aren't strings. */
export type ValueMap = ReadonlyMap<Value, Value>;

/** A value as plain JavaScript. */
export type PlainValue = string | number | bigint | boolean | null | PlainValue[] | { [key: string]: PlainValue };

export function isMap(value: Value | undefined): value is ValueMap {
  return value instanceof Map;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Converts a value to plain JavaScript: durations, sizes and URLs to text, whole numbers to numbers if they are exact. */
export function plainValue(value: Value): PlainValue {
  if (isMap(value)) {
    return Object.fromEntries([...value].map(([key, item]) => [String(key), plainValue(item)]));
  }
  if (isList(value)) {
    return value.map(plainValue);
  }
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  return value instanceof Timestamp || value instanceof Url || value instanceof Size ? value.toString() : value;
}

/** Writes a value as JSON on one line; whole numbers that JavaScript can't hold become texts. */
export function valueText(value: Value): string {
  return JSON.stringify(plainValue(value), (_, part) => typeof part === 'bigint' ? `${part}` : part);
}
