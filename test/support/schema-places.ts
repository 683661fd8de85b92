import { allKinds, DocumentKind, LEGACY_KIND, Schema, schemaOf, Type } from '../../src/machine-config/schema/schema';
import { Release } from '../../src/talos/release';

/** A place in the documents of a kind. */
export interface SchemaPlace {
  readonly kind: DocumentKind;
  /** the keys; `[0]` is an element of a list, `key` a value of a map */
  readonly keys: readonly string[];
  readonly type: Type;
  /** whether its field, or one around it, is secret */
  readonly isSecret: boolean;
}

const IDENTITY = ['apiVersion', 'kind'];

/** Every kind of document of a release. */
export function kindsOf(release: Release): DocumentKind[] {
  const schema: Schema = schemaOf(release);
  return [LEGACY_KIND, ...allKinds()].flatMap((name) => schema.kind(name) ?? []);
}

/** Every place in the documents of a kind, but not their identity. */
export function* placesOf(kind: DocumentKind): Generator<SchemaPlace> {
  for (const place of placesBelow(kind, kind.type, [], false)) {
    if (!IDENTITY.includes(place.keys[0])) {
      yield place;
    }
  }
}

function* placesBelow(kind: DocumentKind, type: Type, keys: readonly string[], isSecret: boolean): Generator<SchemaPlace> {
  const children: Array<[string, Type, boolean]> = type.kind === 'struct'
    ? [...type.fields.values()].map((field) => [field.name, field.type, field.secret])
    : type.kind === 'list' || type.kind === 'map' ? [[type.kind === 'list' ? '[0]' : 'key', type.of, false]] : [];
  if (type.kind === 'pointer') {
    yield* placesBelow(kind, type.to, keys, isSecret);
  }
  for (const [key, of, secret] of children) {
    const place = { kind, keys: [...keys, key], type: of, isSecret: isSecret || secret };
    yield place;
    yield* placesBelow(kind, of, place.keys, place.isSecret);
  }
}

/** Whether there is a secret field in the type. */
export function holdsSecret(kind: DocumentKind, type: Type): boolean {
  return [...placesBelow(kind, type, [], false)].some(({ isSecret }) => isSecret);
}

/** A plain value below keys: `{ machine: { files: [value] } }`. */
export function nested(keys: readonly string[], value: unknown): any {
  return keys.reduceRight((inner, key) => key === '[0]' ? [inner] : { [key]: inner }, value);
}

/** A plain value of the type with everything set that `leaf` has a text for; undefined if there is nothing. */
export function filled(type: Type, leaf: (type: Type, keys: readonly string[]) => string | undefined, keys: readonly string[] = []): any {
  switch (type.kind) {
    case 'pointer':
      return filled(type.to, leaf, keys);
    case 'list': {
      const item = filled(type.of, leaf, [...keys, '[0]']);
      return item === undefined ? undefined : [item];
    }
    case 'map': {
      const item = filled(type.of, leaf, [...keys, 'key']);
      return item === undefined ? undefined : { key: item };
    }
    case 'struct': {
      const fields = [...type.fields.values()].filter(({ name }) => keys.length > 0 || !IDENTITY.includes(name));
      const given = fields.map(({ name, type: of }) => [name, filled(of, leaf, [...keys, name])] as const).filter(([, value]) => value !== undefined);
      return given.length === 0 ? undefined : Object.fromEntries(given);
    }
    case 'object':
      return { key: leaf(type, keys), list: [leaf(type, keys)] };
    default:
      return leaf(type, keys);
  }
}
