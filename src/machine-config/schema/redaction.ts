import { Type } from './schema';
import { isList, isMap, Value } from './values';
import { Url } from '../../network/url';
import { MASK, quoted, withoutCredentials } from '../../problem';

/**
 * What a message says of the text at a path. It shows the text only if neither the field nor one around it is secret or unknown, and not in
 * place of an object, whose fields can be secret.
 */
export function shownAt(root: Type, path: readonly string[], text: string): string {
  const type = shownType(root, path);
  return type && isOfTexts(type) ? quoted(text) : 'the value given (not shown)';
}

/** The type at a path; undefined in a secret or unknown field. */
export function shownType(root: Type, path: readonly string[]): Type | undefined {
  return path.reduce<Type | undefined>((type, key) => type && shownChild(type, key), root);
}

function shownChild(type: Type, key: string): Type | undefined {
  switch (type.kind) {
    case 'pointer':
      return shownChild(type.to, key);
    case 'list':
    case 'map':
      return type.of;
    case 'struct': {
      const field = type.fields.get(key);
      return field?.secret ? undefined : field?.type;
    }
    case 'object':
      return { kind: 'any' };
    default:
      return type;
  }
}

function isOfTexts(type: Type): boolean {
  switch (type.kind) {
    case 'pointer':
      return isOfTexts(type.to);
    case 'list':
    case 'map':
      return isOfTexts(type.of);
    default:
      return type.kind === 'leaf' || type.kind === 'any';
  }
}

/** The value with its secrets masked: in secret and unknown fields, in place of an object, and in URLs. */
export function redactedValue(type: Type, value: Value): Value {
  if (isMap(value) && value.get('$patch') === 'delete') {
    return value; // nothing but what a patch deletes
  }
  switch (type.kind) {
    case 'pointer':
      return redactedValue(type.to, value);
    case 'list':
      return isList(value) ? value.map((item) => redactedValue(type.of, item)) : masked(value);
    case 'map':
      return isMap(value) ? new Map([...value].map(([key, item]) => [key, redactedValue(type.of, item)])) : masked(value);
    case 'struct':
      return isMap(value) ? new Map([...value].map(([key, item]) => {
        const field = shownChild(type, String(key));
        return [key, field ? redactedValue(field, item) : masked(item)];
      })) : masked(value);
    case 'object':
      return isMap(value) ? redactedTexts(value) : masked(value);
    default:
      return redactedTexts(value);
  }
}

/** Masks values but keeps keys, so that readers see what is set. */
export function masked(value: Value): Value {
  return mapped(value, (part) => part === null || part === '' ? part : MASK);
}

function redactedTexts(value: Value): Value {
  return mapped(value, (part) => {
    const text = typeof part === 'string' || part instanceof Url ? String(part) : '';
    const shown = withoutCredentials(text);
    return shown === text ? part : shown;
  });
}

function mapped(value: Value, change: (part: Value) => Value): Value {
  if (isList(value)) {
    return value.map((item) => mapped(item, change));
  }
  return isMap(value) ? new Map([...value].map(([key, item]) => [key, mapped(item, change)])) : change(value);
}
