import { DocumentEntry } from './documents';
import { pathText } from './errors';
import { MASK } from './redact';
import { Type } from './schema';
import { isList, isMap, Value, valueText } from './values';

/** A value of a document that holds no further ones, or an empty list or object. */
export interface Leaf {
  /** for example `machine.certSANs[0]` */
  readonly path: string;
  readonly value: Value;
  readonly isSecret: boolean;
}

/** The values of a document, in the order in which they are written. */
export function leavesOf({ kind, value }: DocumentEntry): Leaf[] {
  return leavesBelow(kind.type, value, [], false);
}

/** The value on one line, never that of a secret. */
export function leafText({ value, isSecret }: Leaf): string {
  return isSecret ? MASK : valueText(value);
}

function leavesBelow(type: Type, value: Value, path: readonly string[], isSecret: boolean): Leaf[] {
  if (type.kind === 'pointer') {
    return leavesBelow(type.to, value, path, isSecret);
  }
  if (isList(value) && value.length > 0) {
    const of: Type = type.kind === 'list' ? type.of : { kind: 'any' };
    return value.flatMap((item, index) => leavesBelow(of, item, [...path, `[${index}]`], isSecret));
  }
  if (isMap(value) && value.size > 0 && type.kind === 'struct') {
    return [...type.fields.values()].filter(({ name }) => value.has(name)).flatMap(({ name, type: of, secret }) =>
      leavesBelow(of, value.get(name)!, [...path, name], isSecret || secret));
  }
  if (isMap(value) && value.size > 0) {
    const of: Type = type.kind === 'map' ? type.of : { kind: 'any' };
    return [...value].flatMap(([key, item]) => leavesBelow(of, item, [...path, String(key)], isSecret));
  }
  return [{ path: pathText(path), value, isSecret }];
}
