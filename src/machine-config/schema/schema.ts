import { LEAF_TYPES, LeafType, enumType } from './leaf-types';
import { ENUMS, KINDS, TYPES } from './schema-table';
import { isAtLeast, Release, RELEASES } from '../../talos/release';

/** A type in one release. */
export type Type =
  | { readonly kind: 'leaf'; readonly name: string; readonly leaf: LeafType }
  | { readonly kind: 'pointer'; readonly to: Type }
  /** `name` is the name of a type with its own merge rule */
  | { readonly kind: 'list'; readonly name?: string; readonly of: Type }
  | { readonly kind: 'map'; readonly name?: string; readonly of: Type }
  | StructType
  /** an object with any keys and values */
  | { readonly kind: 'object' }
  | { readonly kind: 'any' };

/** A type with named fields. */
export interface StructType {
  readonly kind: 'struct';
  readonly name: string;
  /** in the order of encoding */
  readonly fields: ReadonlyMap<string, Field>;
}

/** A field of a type. */
export interface Field {
  readonly name: string;
  readonly type: Type;
  /** written even if empty */
  readonly always: boolean;
  /** a patch replaces the value instead of adding to it */
  readonly replace: boolean;
  /** never in a message, and masked unless secrets are requested: keys, tokens, and values that often contain some */
  readonly secret: boolean;
  /** an object without a value in any such field counts as empty */
  readonly decides: boolean;
  readonly since?: Release;
  readonly until?: Release;
}

/** A document kind; the legacy document has the kind `v1alpha1`. */
export interface DocumentKind {
  readonly kind: string;
  readonly since: Release;
  readonly named: boolean;
  /** documents of one group's kinds can't share a name */
  readonly group?: string;
  readonly type: StructType;
}

/** The kind of the document without a kind: `version`, `machine`, `cluster`. */
export const LEGACY_KIND = 'v1alpha1';

/** A field in the schema table. */
type FieldEntry = Omit<Field, 'type'> & { readonly type: string };

/** The schema of a release's machine config, or of those of all releases: then a field has the type of the newest release that knows it. */
export class Schema {
  private readonly types = new Map<string, Type>();
  private readonly kinds = new Map<string, DocumentKind | undefined>();

  public constructor(public readonly release: Release, private readonly ofAllReleases = false) {}

  /** The kind, if this release has it. */
  public kind(name: string): DocumentKind | undefined {
    if (!this.kinds.has(name)) {
      this.kinds.set(name, this.resolveKind(name));
    }
    return this.kinds.get(name);
  }

  private resolveKind(name: string): DocumentKind | undefined {
    if (name === LEGACY_KIND) {
      return { kind: name, since: '1.7', named: false, type: this.type('v1alpha1.Config') as StructType };
    }
    const entry = tables().kinds.get(name);
    if (!entry || !isAtLeast(this.release, kindSince(name)!)) {
      return undefined;
    }
    const [type, , ...flags] = entry.split(' ');
    const group = flags.find((flag) => flag.startsWith('one-per-name='))?.split('=')[1];
    return { kind: name, since: kindSince(name)!, named: flags.includes('named'), group, type: this.type(type) as StructType };
  }

  private type(text: string): Type {
    let type = this.types.get(text);
    if (!type) {
      type = this.resolveType(text);
      this.types.set(text, type);
    }
    return type;
  }

  private resolveType(text: string): Type {
    if (text.startsWith('*')) {
      return { kind: 'pointer', to: this.type(text.slice(1)) };
    }
    if (text.startsWith('[]')) {
      return { kind: 'list', of: this.type(text.slice(2)) };
    }
    if (text.startsWith('map[string]')) {
      return { kind: 'map', of: this.type(text.slice('map[string]'.length)) };
    }
    if (text === 'any' || text === 'meta.Unstructured') {
      return { kind: text === 'any' ? 'any' : 'object' };
    }
    const definition = tables().types.get(text);
    if (definition?.startsWith('=')) {
      return { ...this.resolveType(definition.slice(2)), name: text } as Type;
    }
    if (definition !== undefined) {
      return this.resolveStruct(text);
    }
    const values = tables().enums.get(text);
    return { kind: 'leaf', name: text, leaf: values === undefined ? LEAF_TYPES[text] : enumType(text, values, this.release) };
  }

  private resolveStruct(name: string): StructType {
    const fields = new Map<string, Field>();
    for (const entry of fieldEntries(name)) {
      const isKnown = (!entry.since || isAtLeast(this.release, entry.since)) && (!entry.until || isAtLeast(entry.until, this.release));
      if (isKnown || this.ofAllReleases) {
        fields.set(entry.name, { ...entry, type: this.type(entry.type) });
      }
    }
    return { kind: 'struct', name, fields };
  }
}

const schemas = new Map<Release, Schema>();

/** The schema of a release. */
export function schemaOf(release: Release): Schema {
  let schema = schemas.get(release);
  if (!schema) {
    schema = new Schema(release);
    schemas.set(release, schema);
  }
  return schema;
}

let schemaOfAll: Schema | undefined;

/** What documents are made of in any release: for values that are written before their release is known. */
export function schemaOfAllReleases(): Schema {
  schemaOfAll ??= new Schema(RELEASES[RELEASES.length - 1], true);
  return schemaOfAll;
}

/** Every kind of any release. */
export function allKinds(): Iterable<string> {
  return tables().kinds.keys();
}

/** The first release that has this kind, or undefined if none does. */
export function kindSince(name: string): Release | undefined {
  return /@(\S+)/.exec(tables().kinds.get(name) ?? '')?.[1] as Release | undefined;
}

/** The words of a closed set, as the schema table has them; undefined if the type isn't one. */
export function enumValues(type: string): string | undefined {
  return tables().enums.get(type);
}

/** The types whose fields a type has too. */
export function basesOf(type: string): string[] {
  return (tables().types.get(type) ?? '').split('; ').filter((text) => text.startsWith('...')).map((text) => text.slice(3));
}

/** The releases that know a field of a type, if any: the first, if it is newer than the type's, and the last. */
export function fieldSpan(type: Pick<StructType, 'name'>, field: string): { since?: Release; until?: Release } | undefined {
  const entries = fieldEntries(type.name).filter((entry) => entry.name === field);
  return entries.length === 0 ? undefined : { since: entries[0].since, until: entries[entries.length - 1].until };
}

function fieldEntries(name: string): FieldEntry[] {
  const definition = tables().types.get(name);
  return (definition || undefined)?.split('; ').flatMap((text) => {
    if (text.startsWith('...')) {
      return fieldEntries(text.slice(3));
    }
    const [key, type, ...flags] = text.split(' ');
    const [since, until] = (flags.find((flag) => /^@|^\.\./.test(flag)) ?? '').replace('@', '').split('..') as Array<Release | ''>;
    return [{
      name: key.replace('!', ''),
      type,
      always: key.endsWith('!'),
      replace: flags.includes('='),
      secret: flags.includes('secret'),
      decides: flags.includes('decides'),
      since: since || undefined,
      until: until || undefined,
    }];
  }) ?? [];
}

interface Tables {
  readonly kinds: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, string>;
  readonly enums: ReadonlyMap<string, string>;
}

let parsedTables: Tables | undefined;

function tables(): Tables {
  parsedTables ??= { kinds: lines(KINDS), types: lines(TYPES), enums: lines(ENUMS) };
  return parsedTables;
}

/** `NAME: REST` and `NAME = REST`, by name. */
function lines(table: string): Map<string, string> {
  return new Map(table.trim().split('\n').map((line) => {
    const [, name, rest] = /^([\w.]+):? ?(.*)$/.exec(line)!;
    return [name, rest] as const;
  }));
}
