import { MASK } from '../../problem';
import { ConfigDocuments, DocumentEntry } from '../documents/config-documents';
import { redactedValue } from '../schema/redaction';
import { Type } from '../schema/schema';
import { isList, isMap, Value, valueText } from '../schema/values';
import { pathText } from '../yaml/refusal';

/** A value of a document without values below it, or an empty list or object. */
export interface Leaf {
  /** for example `machine.certSANs[0]` */
  readonly path: string;
  readonly value: Value;
  readonly isSecret: boolean;
  /** The path of the field that makes it a secret. */
  readonly secretField?: string;
}

/** The values of a document, in the order of the output. */
export function leavesOf({ kind, value }: DocumentEntry): Leaf[] {
  return leavesBelow(kind.type, value, []);
}

/** The value on one line, with secrets masked. */
export function leafText({ value, isSecret }: Leaf): string {
  return isSecret ? MASK : valueText(redactedValue({ kind: 'any' }, value));
}

function leavesBelow(type: Type, value: Value, path: readonly string[], secretField?: string): Leaf[] {
  if (type.kind === 'pointer') {
    return leavesBelow(type.to, value, path, secretField);
  }
  if (isList(value) && value.length > 0) {
    const of: Type = type.kind === 'list' ? type.of : { kind: 'any' };
    return value.flatMap((item, index) => leavesBelow(of, item, [...path, `[${index}]`], secretField));
  }
  if (isMap(value) && value.size > 0 && type.kind === 'struct') {
    return [...type.fields.values()].filter(({ name }) => value.has(name)).flatMap(({ name, type: of, secret }) =>
      leavesBelow(of, value.get(name)!, [...path, name], secretField ?? (secret ? pathText([...path, name]) : undefined)));
  }
  if (isMap(value) && value.size > 0) {
    const of: Type = type.kind === 'map' ? type.of : { kind: 'any' };
    return [...value].flatMap(([key, item]) => leavesBelow(of, item, [...path, String(key)], secretField));
  }
  return [{ path: pathText(path), value, isSecret: secretField !== undefined, secretField }];
}

/** The machine config with its secrets masked. */
export function redacted(config: ConfigDocuments): ConfigDocuments {
  const entries = config.entries.map(({ kind, value }) => ({ kind, value: redactedValue(kind.type, value) as typeof value }));
  return new ConfigDocuments(config.release, entries);
}
