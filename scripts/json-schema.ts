import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { DELETE, isAnySince, JsonSchema, leafSchema, orDelete, sentence } from './leaf-schemas';
import { spanText } from './span-text';
import { allKinds, DocumentKind, Field, fieldSpan, LEGACY_KIND, schemaOf, StructType, Type } from '../src/machine-config/schema/schema';
import { isAtLeast, Release, RELEASES } from '../src/talos/release';

/*
 * Writes the JSON schemas of patch files from the schema table: one for each release, and one for all of them. Their definitions are in one file,
 * because most are the same in all releases.
 */

/** The folder of the schemas. */
export const SCHEMAS = join(__dirname, '..', 'schemas');

/** The text of each schema, by the name of its file. */
export function jsonSchemas(): Map<string, string> {
  const shared = new SharedDefinitions();
  const schemas = [
    ['patch.json', shared.schemaText(new PatchSchema(RELEASES), '')] as const,
    ...[...RELEASES].reverse().map((release) => [`patch-${release}.json`, shared.schemaText(new PatchSchema([release]), `-${release}`)] as const),
  ];
  return new Map([...schemas, [SHARED, shared.text()]]);
}

/** The file of the definitions. */
const SHARED = 'definitions.json';

const DEFINITIONS = '#/definitions/';

/** The definitions of all schemas: those that differ between releases have the name of a release behind theirs. */
class SharedDefinitions {
  private readonly texts = new Map<string, string>();

  /** The text of a schema, whose definitions are among the shared ones. */
  public schemaText(patch: PatchSchema, suffix: string): string {
    const { definitions, ...schema } = patch.schema();
    const names = new Map<string, string>();
    const linked = (value: unknown): string => JSON.stringify(value).replace(/"#\/definitions\/([^"]+)"/g, (_, name) => `"${DEFINITIONS}${sharedName(name)}"`);
    const sharedName = (name: string): string => {
      const known = names.get(name) ?? this.add(name, suffix, linked((definitions as JsonSchema)[name]));
      names.set(name, known);
      return known;
    };
    return `${linked(schema).replaceAll(`"${DEFINITIONS}`, `"${SHARED}${DEFINITIONS}`)}\n`;
  }

  /** A definition is one line, so that a change of it is a change of one line. */
  public text(): string {
    const lines = [...this.texts].map(([name, text]) => `${JSON.stringify(name)}:${text}`);
    return `{"definitions":{\n${lines.sort().join(',\n')}\n}}\n`;
  }

  private add(name: string, suffix: string, text: string): string {
    const same = [...this.texts].find(([other, known]) => known === text && other.split(/-(?=1\.\d+$)/)[0] === name);
    if (same) {
      return same[0];
    }
    const own = this.texts.has(name) ? `${name}${suffix}` : name;
    this.texts.set(own, text);
    return own;
  }
}

/** `$patch: delete` in a part of an element of a list, and alone in an element. */
const PART = { pattern: '^(?!delete$)', errorMessage: 'can only delete the whole element of the list' };
const ALONE = { pattern: '^(?!delete$)', errorMessage: 'needs another key beside it, which selects the element to delete' };

/** How `$patch: delete` can delete a value: not at all, by its path, or as an element of a list that another of its keys selects. */
type Deletion = 'none' | 'path' | 'element';

/** The schema of what any of the releases accepts. */
class PatchSchema {
  private readonly definitions: Record<string, JsonSchema> = {};
  private readonly kinds: readonly DocumentKind[];
  /** each type as the releases have it, newest first */
  private readonly structs = new Map<string, StructType[]>();
  private readonly deletion: Deletion;

  public constructor(private readonly releases: readonly Release[]) {
    const newestFirst = [...releases].reverse().map((release) => [LEGACY_KIND, ...allKinds()].flatMap((kind) => schemaOf(release).kind(kind) ?? []));
    newestFirst.flat().forEach(({ type }) => this.collect(type));
    this.kinds = newestFirst[0];
    this.deletion = isAnySince(releases, '1.8') ? 'path' : 'none';
  }

  public schema(): JsonSchema {
    const [legacy, ...kinds] = this.kinds;
    const talos = `Talos ${[...new Set([this.releases[0], this.releases[this.releases.length - 1]])].join(' to ')}`;
    return {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: `Patch of a machine config of ${talos}`,
      type: ['object', 'array', 'null'],
      errorMessage: 'must be a document of the machine config or a JSON patch, which is a list of operations',
      items: OPERATION,
      properties: {
        apiVersion: { description: 'v1alpha1 in each document with a kind' },
        kind: { description: 'The kind of the document. The document with machine and cluster has none' },
      },
      if: { type: 'object', anyOf: [{ required: ['kind'] }, { required: ['apiVersion'] }] },
      then: {
        required: ['apiVersion', 'kind'],
        properties: {
          apiVersion: { enum: ['v1alpha1'] },
          kind: { enum: kinds.map(({ kind }) => kind), errorMessage: `${talos} has no such kind of document` },
        },
        if: { required: ['kind'] },
        then: { allOf: kinds.map((kind) => ({ if: { properties: { kind: { const: kind.kind } } }, then: this.document(kind) })) },
      },
      else: { if: { type: 'object' }, then: this.document(legacy) },
      definitions: this.definitions,
    };
  }

  private collect(type: Type): void {
    if (type.kind === 'pointer') {
      this.collect(type.to);
    } else if (type.kind === 'list' || type.kind === 'map') {
      this.collect(type.of);
    } else if (type.kind === 'struct') {
      const forms = this.structs.get(type.name) ?? [];
      if (!forms.includes(type)) {
        this.structs.set(type.name, [...forms, type]);
        type.fields.forEach((field) => this.collect(field.type));
      }
    }
  }

  private define(name: string, definition: () => JsonSchema): JsonSchema {
    this.definitions[name] ??= definition();
    return { $ref: `${DEFINITIONS}${name}` };
  }

  private document({ kind, named, since, type }: DocumentKind): JsonSchema {
    const span = spanText(since, undefined);
    const name = () => ({ description: 'A patch is merged into the document of this name', ...this.value(type.fields.get('name')!.type, 'none') });
    return this.define(kind, () => ({
      ...span ? { description: sentence(span) } : {},
      ...this.struct(type, this.deletion, {
        // the root says what apiVersion and kind are
        ...kind === LEGACY_KIND ? {} : { apiVersion: {}, kind: {}, ...this.deletion === 'path' ? { $patch: DELETE } : {} },
        ...named ? { name: name() } : {},
      }),
      // Talos deletes nothing, or something else, without a name
      ...named ? { if: { not: { required: ['$patch'] } }, then: { required: ['name'] } } : {},
    }));
  }

  private value(type: Type, deletion: Deletion): JsonSchema {
    switch (type.kind) {
      case 'any':
        return {};
      case 'pointer':
        return this.value(type.to, deletion);
      case 'object':
        return this.define(nameOf(type, deletion), () => ({ type: ['object', 'null'], ...this.deletable(deletion), errorMessage: 'must be an object' }));
      case 'leaf': {
        const isDeletable = deletion === 'path' && !type.leaf.isHidden;
        return this.define(nameOf(type, isDeletable ? 'path' : 'none'), () => leafSchema(type.name, type.leaf, this.releases, isDeletable));
      }
      case 'list':
        return this.define(nameOf(type, deletion), () => this.list(type.of, deletion));
      case 'map':
        return this.define(nameOf(type, deletion), () => this.map(type.of, deletion));
      case 'struct':
        return this.define(nameOf(type, deletion), () => ({
          ...this.struct(type, deletion === 'path' ? 'path' : 'none', deletion === 'none' ? {} : { $patch: DELETE }),
          ...deletion === 'element' ? { if: { maxProperties: 1 }, then: { properties: { $patch: ALONE } } } : {},
        }));
    }
  }

  /** What an object with any keys says of `$patch`: releases before 1.8 read it like another key. */
  private deletable(deletion: Deletion): JsonSchema {
    const isMarker = this.releases.every((release) => isAtLeast(release, '1.8'));
    return deletion === 'path' ? { properties: { $patch: DELETE } } : isMarker ? { properties: { $patch: PART } } : {};
  }

  private list(of: Type, deletion: Deletion): JsonSchema {
    const items = this.value(of, deletion === 'path' && this.isSelectable(of) ? 'element' : 'none');
    const list = { type: ['array', 'null'], errorMessage: 'must be a list', items };
    return deletion === 'path' ? orDelete(list) : list;
  }

  private map(of: Type, deletion: Deletion): JsonSchema {
    return {
      type: ['object', 'null'],
      ...this.deletable(deletion),
      additionalProperties: this.value(of, deletion),
      errorMessage: 'must be an object',
    };
  }

  private struct(type: StructType, deletion: Deletion, others: JsonSchema): JsonSchema {
    const fields = new Map<string, JsonSchema>();
    for (const field of this.structs.get(type.name)!.flatMap((form) => [...form.fields.values()])) {
      if (!fields.has(field.name)) {
        fields.set(field.name, this.field(type, field, deletion));
      }
    }
    return { type: ['object', 'null'], properties: { ...Object.fromEntries(fields), ...others }, additionalProperties: false };
  }

  private field(owner: StructType, field: Field, deletion: Deletion): JsonSchema {
    const value = this.value(field.type, deletion);
    const { since, until } = fieldSpan(owner, field.name)!;
    const notes = [spanText(since, until), field.replace ? 'A patch replaces it' : ''].filter((note) => note !== '');
    const { description } = this.definitions[String(value.$ref).slice(DEFINITIONS.length)] ?? {};
    return notes.length === 0 ? value : { description: [...description ? [String(description)] : [], ...notes].map(sentence).join('. '), ...value };
  }

  /** Whether a key of the elements can select one. */
  private isSelectable(of: Type): boolean {
    const struct = of.kind === 'pointer' ? of.to : of;
    return struct.kind === 'struct' && [...struct.fields.values()].some(({ type }) => {
      const leaf = type.kind === 'pointer' ? type.to : type;
      return leaf.kind === 'leaf' && leaf.leaf.selector !== undefined && (type.kind === 'leaf' && type.name === 'string' || isAnySince(this.releases, '1.12'));
    });
  }
}

const OPERATION: JsonSchema = {
  description: 'An operation of a JSON patch, which works on a config with one document only',
  type: 'object',
  required: ['op', 'path'],
  properties: {
    op: { enum: ['add', 'remove', 'replace', 'move', 'copy', 'test'] },
    path: { description: 'A JSON pointer, such as /machine/certSANs/-', type: 'string' },
    from: { description: 'A JSON pointer to the value to move or copy', type: 'string' },
    value: {},
  },
  if: { properties: { op: { enum: ['move', 'copy'] } } },
  then: { required: ['from'] },
};

function nameOf(type: Type, deletion: Deletion): string {
  const name = type.kind === 'list' || type.kind === 'map' ? type.name ?? `${type.kind}-of-${nameOf(type.of, 'none')}`
    : type.kind === 'pointer' ? nameOf(type.to, 'none')
      : type.kind === 'struct' || type.kind === 'leaf' ? type.name : type.kind;
  return deletion === 'none' ? name : `${name}.${deletion}`;
}

if (require.main === module) {
  mkdirSync(SCHEMAS, { recursive: true });
  for (const [name, text] of jsonSchemas()) {
    writeFileSync(join(SCHEMAS, name), text);
    console.log(`schemas/${name}: ${text.length} bytes`);
  }
}
