import { enumWords } from '../src/machine-config/schema/leaf-types';
import { propertyOfField, propertyOfKind } from '../src/machine-config/schema/property-names';
import { allKinds, basesOf, DocumentKind, enumValues, Field, fieldSpan, LEGACY_KIND, Schema, schemaOf, StructType, Type } from '../src/machine-config/schema/schema';
import { RELEASES, Release } from '../src/talos/release';

/*
 * What the structs of typed machine configs are made of: the fields of all releases, each with the type of the newest release that knows it.
 */

/** A struct for one of Talos's types. */
export interface Struct {
  /** Talos's name for the type: `k8s.KubeletConfig` */
  readonly type: string;
  /** the package and name of the struct: `v1alpha1` and `Stp` for `v1alpha1.STP` */
  readonly package: string;
  readonly name: string;
  readonly kind?: DocumentKind;
  /** where the struct stands: `machine.kubelet`, or the kind and keys */
  readonly places: readonly Place[];
  /** the types whose fields the struct has too */
  readonly bases: readonly string[];
  /** without those of the bases */
  readonly fields: readonly StructField[];
  readonly releases: readonly Release[];
  /** whether a patch is merged into its values */
  readonly isMerged: boolean;
}

/** Where a struct stands in a document. */
export interface Place {
  readonly kind: DocumentKind;
  /** keys, and `[]` for an element of a list or a value of a map */
  readonly keys: readonly string[];
}

/** A property of a struct. */
export interface StructField {
  readonly property: string;
  readonly field: Field;
  readonly type: TypedType;
  readonly releases: readonly Release[];
  /** the first release that takes all values of the type, if older ones take some */
  readonly allValuesSince?: Release;
}

/** The type of a property. */
export type TypedType =
  /** `'string'`, `'number'`, `'boolean'`, `'string[]'`, or texts of a closed set in quotes */
  | { readonly kind: 'leaf'; readonly alternatives: readonly string[] }
  | { readonly kind: 'list' | 'map'; readonly of: TypedType }
  | { readonly kind: 'struct'; readonly type: string }
  | { readonly kind: 'object' | 'any' };

/** The structs of all releases, and the kinds of documents. */
export interface TypedSchema {
  /** the fields of the document without a kind */
  readonly legacy: Struct;
  readonly documents: readonly Struct[];
  /** all structs but the one without a kind, by their types */
  readonly structs: ReadonlyMap<string, Struct>;
}

/** Leaf types whose values aren't just of the type of their empty value. */
const ALTERNATIVES: Readonly<Record<string, readonly string[]>> = {
  'meta.ArgValue': ['string', 'string[]'],
  'network.PortRange': ['number', 'string'],
  'v1alpha1.DiskSize': ['string'],
};

const NAMES = { bigint: 'number', boolean: 'boolean', string: 'string' } as const;

/** More words than these aren't a closed set for a compiler. */
const MOST_WORDS = 20;

const IDENTITY = ['apiVersion', 'kind'];

/**
 * Reads the structs from schemas.
 *
 * @param schemas those of the releases, the oldest first
 * @throws if two types or fields would have one name, or a release changes a type so that a value for an older release doesn't fit
 */
export function typedSchema(schemas: readonly Schema[] = RELEASES.map(schemaOf)): TypedSchema {
  const collector = new Collector();
  for (const schema of [...schemas].reverse()) {
    for (const kind of [LEGACY_KIND, ...allKinds()].flatMap((name) => schema.kind(name) ?? [])) {
      collector.collect(kind.type.name, kind.type, schema.release, { kind, keys: [] }, true);
    }
  }
  const newest = schemas[schemas.length - 1];
  const legacy = newest.kind(LEGACY_KIND)!;
  const kinds = [...allKinds()].map((name) => newest.kind(name)!);
  const structs = withBases([...collector.structs].map(([type, found]) => ({ ...found.struct(), type, bases: [], ...nameOf(type, kinds) })));
  const byType = new Map(structs.map((struct) => [struct.type, struct]));
  const named = structs.filter(({ type }) => type !== legacy.type.name);
  requireDistinct(named.map((struct) => [`talos.${struct.package}.${struct.name}`, struct.type]));
  requireDistinct([
    ...byType.get(legacy.type.name)!.fields.map(({ property, field }) => [property, field.name] as const),
    ...kinds.map(({ kind }) => [propertyOfKind(kind), kind] as const),
  ]);
  return {
    legacy: byType.get(legacy.type.name)!,
    documents: kinds.map(({ type }) => byType.get(type.name)!),
    structs: new Map(named.map((struct) => [struct.type, struct])),
  };
}

/** Moves the fields that several structs have from one of Talos's types into a struct for that type. */
function withBases(structs: readonly Struct[]): Struct[] {
  const bases = new Map<string, Struct>();
  const own = structs.map((struct) => {
    const spread = basesOf(struct.type).filter((base) => base !== META);
    const isOf = (base: string, name: string) => fieldSpan({ name: base }, name) !== undefined;
    for (const base of spread) {
      const fields = struct.fields.filter(({ field }) => isOf(base, field.name));
      bases.set(base, bases.get(base) ?? { ...struct, ...nameOf(base, []), type: base, fields });
    }
    return { ...struct, bases: spread, fields: struct.fields.filter(({ field }) => !spread.some((base) => isOf(base, field.name))) };
  });
  return [...own, ...bases.values()];
}

/** The fields of each document that identify it. */
const META = 'meta.Meta';

/** The words of a closed set; undefined if the type isn't one. */
export function wordsOf(type: string): ReturnType<typeof enumWords> | undefined {
  const values = enumValues(type);
  return values === undefined ? undefined : enumWords(values).filter(({ word }) => word !== '-');
}

/** The type of a property, without names and pointers. */
export function typedTypeOf(type: Type): TypedType {
  switch (type.kind) {
    case 'pointer':
      return typedTypeOf(type.to);
    case 'list':
    case 'map':
      return { kind: type.kind, of: typedTypeOf(type.of) };
    case 'struct':
      return { kind: 'struct', type: type.name };
    case 'leaf':
      return { kind: 'leaf', alternatives: alternativesOf(type.name, type.leaf.empty) };
    default:
      return { kind: type.kind };
  }
}

function alternativesOf(type: string, empty: unknown): readonly string[] {
  const words = wordsOf(type);
  if (words !== undefined) {
    return words.length > MOST_WORDS || words.some(({ word }) => word.includes('..')) ? ['string'] : words.map(({ word }) => `'${word}'`);
  }
  return ALTERNATIVES[type] ?? [NAMES[typeof empty as keyof typeof NAMES]];
}

/** A document's struct has the name of its kind, and another one that of its type. jsii refuses names of capitals alone. */
function nameOf(type: string, kinds: readonly DocumentKind[]): Pick<Struct, 'package' | 'name' | 'kind'> {
  const [ofPackage, ofType] = type.split('.');
  const kind = kinds.find((candidate) => candidate.type.name === type);
  const name = kind?.kind ?? ofType;
  return { package: ofPackage, name: /[a-z]/.test(name) ? name : name[0] + name.slice(1).toLowerCase(), kind };
}

function requireDistinct(names: ReadonlyArray<readonly [name: string, of: string]>): void {
  const owners = new Map<string, string>();
  for (const [name, of] of names) {
    if (owners.has(name)) {
      throw new Error(`${owners.get(name)} and ${of} would both be ${name}: give one of them another name in ${__filename}`);
    }
    owners.set(name, of);
  }
}

interface FoundField {
  /** as the newest release has it */
  readonly field: Field;
  readonly type: TypedType;
  readonly releases: Release[];
  /** the releases that don't take all values of the type */
  readonly narrower: Set<Release>;
}

class FoundStruct {
  public readonly places: Place[] = [];
  public readonly fields = new Map<string, FoundField>();
  public readonly releases = new Set<Release>();
  public isMerged = false;

  public struct(): Pick<Struct, 'places' | 'fields' | 'releases' | 'isMerged'> {
    const fields = [...this.fields.values()].map(({ field, type, releases, narrower }) => ({
      property: propertyOfField(field.name),
      field,
      type,
      releases: oldestFirst(releases),
      allValuesSince: narrower.size === 0 ? undefined : oldestFirst(releases).find((release) => !narrower.has(release)),
    }));
    requireDistinct(fields.map(({ property, field }) => [property, field.name]));
    return { places: this.places, fields, releases: oldestFirst(this.releases), isMerged: this.isMerged };
  }
}

/** Collects the fields of structs, from the newest release to the oldest. */
class Collector {
  public readonly structs = new Map<string, FoundStruct>();
  private readonly seen = new Set<string>();

  /**
   * Adds what a release knows of a struct.
   *
   * @param struct the name of the type in the newest release
   * @param type the type in this release
   */
  public collect(struct: string, type: StructType, release: Release, place: Place, isMerged: boolean): void {
    const found = this.structs.get(struct) ?? new FoundStruct();
    this.structs.set(struct, found);
    found.releases.add(release);
    const where = [place.kind.kind, ...place.keys].join('.');
    if (this.seen.has([where, struct, release, isMerged].join(' '))) {
      return;
    }
    this.seen.add([where, struct, release, isMerged].join(' '));
    found.isMerged ||= isMerged;
    if (!found.places.some(({ kind, keys }) => [kind.kind, ...keys].join('.') === where)) {
      found.places.push(place);
    }
    for (const field of type.fields.values()) {
      if (!IDENTITY.includes(field.name)) {
        this.collectField(found, `${struct}.${field.name}`, field, release, place, isMerged);
      }
    }
  }

  private collectField(found: FoundStruct, name: string, field: Field, release: Release, place: Place, isMerged: boolean): void {
    const known = found.fields.get(field.name) ?? { field, type: typedTypeOf(field.type), releases: [], narrower: new Set() };
    found.fields.set(field.name, known);
    if (!known.releases.includes(release)) {
      known.releases.push(release);
    }
    if (!accepts(known.type, typedTypeOf(field.type))) {
      throw new Error(`${name} has a type in Talos ${release} whose values don't fit the type of Talos ${known.releases[0]}: give it a property of its own`);
    }
    if (!accepts(typedTypeOf(field.type), known.type)) {
      known.narrower.add(release);
    }
    const [newest, own] = [structIn(known.field.type), structIn(field.type)];
    if (newest && own) {
      const keys = [...place.keys, field.name, ...own.steps];
      this.collect(newest.struct.name, own.struct, release, { kind: place.kind, keys }, isMerged && own.isMerged);
    }
  }
}

/** The struct in a type, what stands around it, and whether a patch is merged into it. */
function structIn(type: Type): { struct: StructType; steps: string[]; isMerged: boolean } | undefined {
  switch (type.kind) {
    case 'struct':
      return { struct: type, steps: [], isMerged: true };
    case 'pointer':
      return structIn(type.to);
    case 'list':
    case 'map': {
      const inner = structIn(type.of);
      return inner && { ...inner, steps: ['[]', ...inner.steps], isMerged: inner.isMerged && (type.kind === 'map' || type.name !== undefined) };
    }
    default:
      return undefined;
  }
}

/** Whether a property of one type takes the values of another one. Structs are compared field by field elsewhere. */
function accepts(newer: TypedType, older: TypedType): boolean {
  if (newer.kind === 'leaf' && older.kind === 'leaf') {
    return older.alternatives.every((value) => newer.alternatives.includes(value) || (value.startsWith('\'') && newer.alternatives.includes('string')));
  }
  if ((newer.kind === 'list' || newer.kind === 'map') && newer.kind === older.kind) {
    return accepts(newer.of, (older as typeof newer).of);
  }
  return newer.kind === older.kind;
}

function oldestFirst(releases: Iterable<Release>): Release[] {
  const known = new Set(releases);
  return RELEASES.filter((release) => known.has(release));
}
