import { ConfigDocuments, DocumentEntry } from '../documents/config-documents';
import { Type } from '../schema/schema';
import { isList, isMap, Value, valueText } from '../schema/values';
import { pathText } from '../yaml/refusal';

/** A value of a document without values below it, or an empty list or object. */
export interface Leaf {
  /** for example `machine.certSANs[0]` */
  readonly path: string;
  readonly value: Value;
  readonly isSecret: boolean;
}

/** The values of a document, in the order of the output. */
export function leavesOf({ kind, value }: DocumentEntry): Leaf[] {
  return leavesBelow(kind.type, value, [], false);
}

/** The value on one line, with secrets masked. */
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

/** The mask of a secret. */
export const MASK = '******';

/** The machine config with its secrets masked. */
export function redacted(config: ConfigDocuments): ConfigDocuments {
  const entries = config.entries.map(({ kind, value }) => ({ kind, value: withoutSecrets(kind.type, value) as typeof value }));
  return new ConfigDocuments(config.release, entries);
}

function withoutSecrets(type: Type, value: Value): Value {
  if (type.kind === 'pointer') {
    return withoutSecrets(type.to, value);
  }
  if (isList(value) && type.kind === 'list') {
    return value.map((item) => withoutSecrets(type.of, item));
  }
  if (isMap(value) && type.kind === 'map') {
    return new Map([...value].map(([key, item]) => [key, withoutSecrets(type.of, item)]));
  }
  if (isMap(value) && type.kind === 'struct') {
    return new Map([...value].map(([key, item]) => {
      const field = type.fields.get(String(key))!;
      return [key, field.secret ? masked(item) : withoutSecrets(field.type, item)];
    }));
  }
  return value;
}

/** Masks values but keeps keys, so that readers see what is set. */
function masked(value: Value): Value {
  if (isList(value)) {
    return value.map(masked);
  }
  if (isMap(value)) {
    return new Map([...value].map(([key, item]) => [key, masked(item)]));
  }
  return value === null || value === '' ? value : MASK;
}
