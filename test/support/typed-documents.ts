import { typedTypeOf } from '../../scripts/typed-structs';
import { talos } from '../../src';
import { FreeFormDecoder } from '../../src/machine-config/documents/decode-free-form';
import { propertyOfField, propertyOfKind } from '../../src/machine-config/schema/property-names';
import { DocumentKind, Field, LEGACY_KIND, schemaOfAllReleases, StructType, Type } from '../../src/machine-config/schema/schema';
import { isList, isMap, plainValue, Value } from '../../src/machine-config/schema/values';
import { followAlias, isNull, resolveScalar, scalarText, textUnder, YamlNode } from '../../src/machine-config/yaml/nodes';
import { parseOldBoolean, Timestamp } from '../../src/machine-config/yaml/scalars';

/** A document as an object of YAML. */
export interface PlainDocument {
  [key: string]: any;
}

/** Documents in their typed form; undefined if they have none, as JSON patches, nulls and deletions. */
export function typedForm(documents: readonly YamlNode[]): talos.Documents | undefined {
  const typed: PlainDocument = {};
  for (const node of documents) {
    const name = node.kind === 'mapping' ? textUnder(node, 'kind') : undefined;
    const kind = schemaOfAllReleases().kind(name || LEGACY_KIND);
    const document = kind && typedDocument(node, kind);
    const property = kind && (kind.kind === LEGACY_KIND ? 'machine' : propertyOfKind(kind.kind));
    if (!document || (kind.named ? document.name === undefined : property! in typed)) {
      return undefined;
    }
    Object.assign(typed, kind.kind === LEGACY_KIND ? document : { [property!]: kind.named ? [...typed[property!] ?? [], document] : document });
  }
  return Object.keys(typed).length === 0 ? undefined : typed;
}

function typedDocument(node: YamlNode, { kind, type }: DocumentKind): PlainDocument | undefined {
  if (node.kind !== 'mapping' || (kind !== LEGACY_KIND && textUnder(node, 'apiVersion') !== 'v1alpha1')) {
    return undefined;
  }
  const isIdentity = (key: string) => kind !== LEGACY_KIND && ['apiVersion', 'kind'].includes(key);
  return typedValue({ ...node, entries: node.entries.filter(({ key }) => !isIdentity(scalarText(key))) }, type);
}

/** The value that one would write for a node; undefined if there is none. */
function typedValue(given: YamlNode, type: Type): any {
  const node = followAlias(given);
  if (type.kind === 'pointer') {
    return typedValue(node, type.to);
  }
  if (type.kind === 'object' || type.kind === 'any') {
    return type.kind === 'any' || node.kind === 'mapping' ? freeFormOf(node) : undefined;
  }
  if (isNull(node)) {
    return undefined;
  }
  switch (type.kind) {
    case 'list':
      return node.kind === 'sequence' ? allOf(node.items.map((item) => typedValue(item, type.of))) : undefined;
    case 'map':
      return node.kind === 'mapping' ? objectOf(node.entries.map(({ key, value }) => [scalarText(key), typedValue(value, type.of)])) : undefined;
    case 'struct':
      return node.kind === 'mapping' ? objectOf(node.entries.map(({ key, value }) => typedEntry(scalarText(key), value, type.fields.get(scalarText(key))))) : undefined;
    case 'leaf':
      return leafOf(node, type);
  }
}

function typedEntry(key: string, value: YamlNode, field: Field | undefined): [string, any] {
  return [propertyOfField(key), field && typedValue(value, field.type)];
}

function leafOf(node: YamlNode, type: Type & { kind: 'leaf' }): any {
  const typed = typedTypeOf(type);
  const alternatives = typed.kind === 'leaf' ? typed.alternatives : [];
  if (node.kind === 'sequence') {
    return alternatives.includes('string[]') ? allOf(node.items.map((item) => item.kind === 'scalar' ? item.text : undefined)) : undefined;
  }
  if (node.kind !== 'scalar') {
    return undefined;
  }
  const value = resolveScalar(node);
  if (type.name === 'time.Duration' && typeof value !== 'string') {
    return undefined;
  }
  if (alternatives.includes('boolean')) {
    return typeof value === 'string' ? parseOldBoolean(value) : value;
  }
  if (alternatives.includes('number') && (typeof value === 'bigint' || typeof value === 'number')) {
    return Number(value);
  }
  return alternatives.includes('string') || alternatives.includes(`'${node.text}'`) ? node.text : undefined;
}

/** A free-form value, if JavaScript has it too. */
function freeFormOf(node: YamlNode): any {
  const isPlain = (value: Value): boolean => isList(value) ? value.every(isPlain)
    : isMap(value) ? [...value].every(([key, item]) => typeof key === 'string' && isPlain(item))
      : !(value instanceof Timestamp) && !Object.is(value, -0) && !Number.isInteger(value);
  const decoded = new FreeFormDecoder('the document').decodeAny(node);
  return isPlain(decoded) ? plainValue(decoded) : undefined;
}

function allOf(items: any[]): any[] | undefined {
  return items.includes(undefined) ? undefined : items;
}

/** JavaScript can't have a key twice. */
function objectOf(entries: Array<[string, any]>): PlainDocument | undefined {
  const isPossible = new Set(entries.map(([key]) => key)).size === entries.length && allOf(entries.map(([, item]) => item));
  return isPossible ? Object.fromEntries(entries) : undefined;
}

/** Values that Talos takes, of leaf types for which a text of the kind isn't enough. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  'FileMode': 0o644,
  'block.ByteSize': '10GiB',
  'block.Size': '80%',
  'block.UnmergedByteSize': '10GiB',
  'meta.Addr': '10.0.0.1',
  'meta.AddrPort': '10.0.0.1:51820',
  'meta.ArgValue': ['2', '3'],
  'meta.Prefix': '10.0.0.0/8',
  'meta.URL': 'https://x.example.org',
  'netip.Addr': '10.0.0.1',
  'netip.AddrPort': '10.0.0.1:51820',
  'netip.Prefix': '10.0.0.0/8',
  'nethelpers.HardwareAddr': '02:00:00:00:00:01',
  'nethelpers.RoutingTable': 'main',
  'network.PortRange': '1000-2000',
  'network.Prefix': '10.0.0.0/8',
  'time.Duration': '1m30s',
  'v1alpha1.Base64Bytes': 'aGVsbG8=',
  'v1alpha1.DiskSize': '10 GB',
  'v1alpha1.Endpoint': 'https://x.example.org',
  'v1alpha1.InstallDiskSizeMatcher': '>= 1TB',
  'x509.PEM': 'aGVsbG8=',
  'x509.PEMKey': 'aGVsbG8=',
};

/** A value with everything set that a type has. */
export function filledValue(type: Type): any {
  switch (type.kind) {
    case 'pointer':
      return filledValue(type.to);
    case 'list':
      return [filledValue(type.of)];
    case 'map':
      return { 'some.key': filledValue(type.of) };
    case 'struct':
      return filledStruct(type);
    case 'leaf':
      return SAMPLES[type.name] ?? /^one of ([^, ]+)/.exec(type.leaf.expects)?.[1] ?? { bigint: 1, boolean: true }[typeof type.leaf.empty as string] ?? 'text';
    default:
      return { text: 'x', list: ['a', 1, true], nested: { nothing: null } };
  }
}

function filledStruct({ fields }: StructType): PlainDocument {
  const given = [...fields.values()].filter(({ name }) => !['apiVersion', 'kind'].includes(name));
  return Object.fromEntries(given.map(({ name, type }) => [name, filledValue(type)]));
}

/** A document of a kind with every field set. */
export function filledDocument({ kind, type }: DocumentKind): PlainDocument {
  // both ends of a veth pair have names, which differ
  return { ...kind === LEGACY_KIND ? {} : { apiVersion: 'v1alpha1', kind }, ...filledStruct(type), ...type.fields.has('peer') ? { name: 'other' } : {} };
}
