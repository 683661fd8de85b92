import { Size } from './quantities';
import { Url } from '../../network/url';
import { Timestamp } from '../yaml/scalars';

/**
 * A value of a document. A mapping is a `Map`, whether its type has fields or is free-form.
 *
 * Whole numbers are `bigint`, floats `number`. An absent key is empty; `null` stands only where Talos keeps one.
 * Values are never changed once they are part of a document.
 */
export type Value = string | bigint | number | boolean | null | Timestamp | Url | Size | readonly Value[] | ValueMap;

/** A mapping. Keys other than strings occur in free-form objects only. */
export type ValueMap = ReadonlyMap<Value, Value>;

/** A value as plain JavaScript. */
export type PlainValue = string | number | bigint | boolean | null | PlainValue[] | { [key: string]: PlainValue };

export function isMap(value: Value | undefined): value is ValueMap {
  return value instanceof Map;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The value as plain JavaScript: durations, sizes and URLs as text, whole numbers as numbers where they fit. */
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

/** The value as JSON on one line; whole numbers that JavaScript can't hold are written as texts. */
export function valueText(value: Value): string {
  return JSON.stringify(plainValue(value), (_, part) => typeof part === 'bigint' ? `${part}` : part);
}
