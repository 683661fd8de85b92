import { MASK } from '../../problem';
import { ConfigDocuments, DocumentEntry } from '../documents/config-documents';
import { redactedValue } from '../schema/redaction';
import { Type } from '../schema/schema';
import { isList, isMap, Value, valueText } from '../schema/values';
import { pathBelow, prefixOf } from '../yaml/refusal';

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
  const leaves: Leaf[] = [];
  addLeaves(leaves, kind.type, value, '', undefined);
  return leaves;
}

/** The value on one line, with secrets masked. */
export function leafText({ value, isSecret }: Leaf): string {
  return isSecret ? MASK : valueText(redactedValue(ANY, value));
}

function addLeaves(leaves: Leaf[], type: Type, value: Value, path: string, secretField: string | undefined): void {
  if (type.kind === 'pointer') {
    addLeaves(leaves, type.to, value, path, secretField);
    return;
  }
  const children = childrenOf(type, value);
  if (children.length === 0) {
    leaves.push({ path, value, isSecret: secretField !== undefined, secretField });
    return;
  }
  const prefix = prefixOf(path);
  for (const { key, of, item, secret = false } of children) {
    const below = pathBelow(prefix, key);
    addLeaves(leaves, of, item, below, secretField ?? (secret ? below : undefined));
  }
}

/** A value below an object or a list. */
interface Child {
  readonly key: string;
  readonly of: Type;
  readonly item: Value;
  readonly secret?: boolean;
}

/** What an object or a list has below it; empty for other values. */
function childrenOf(type: Type, value: Value): Child[] {
  if (isList(value)) {
    const of: Type = type.kind === 'list' ? type.of : ANY;
    return value.map((item, index) => ({ key: `[${index}]`, of, item }));
  }
  if (isMap(value) && type.kind === 'struct') {
    const given = [...type.fields.values()].filter(({ name }) => value.has(name));
    return given.map(({ name, type: of, secret }) => ({ key: name, of, item: value.get(name)!, secret }));
  }
  const of: Type = type.kind === 'map' ? type.of : ANY;
  return isMap(value) ? [...value].map(([key, item]) => ({ key: String(key), of, item })) : [];
}

const ANY: Type = { kind: 'any' };

/** The machine config with its secrets masked. */
export function redacted(config: ConfigDocuments): ConfigDocuments {
  const entries = config.entries.map(({ kind, value }) => ({ kind, value: redactedValue(kind.type, value) as typeof value }));
  return new ConfigDocuments(config.release, entries);
}
