import { ConfigDocuments } from './documents';
import { Type } from './schema';
import { isList, isMap, Value } from './values';

/** What stands for a secret. */
export const MASK = '******';

/** The configuration with its secrets masked, to be shown to people. */
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

/** Keys stay, so that one sees what is there. */
function masked(value: Value): Value {
  if (isList(value)) {
    return value.map(masked);
  }
  if (isMap(value)) {
    return new Map([...value].map(([key, item]) => [key, masked(item)]));
  }
  return value === null || value === '' ? value : MASK;
}
