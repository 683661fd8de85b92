import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { typedFiles } from '../../scripts/typed';
import { words } from '../../scripts/typed-documentation';
import { typedSchema, TypedSchema } from '../../scripts/typed-structs';
import { fieldOfProperty, propertyOfField, propertyOfKind } from '../../src/machine-config/schema/property-names';
import { allKinds, Field, LEGACY_KIND, Schema, schemaOfAllReleases, StructType, Type } from '../../src/machine-config/schema/schema';
import { Release } from '../../src/talos/release';

const TYPES = join(__dirname, '..', '..', 'src', 'types');

let schema: TypedSchema;
beforeAll(() => {
  schema = typedSchema();
});

test('what is committed is what the script writes', () => {
  const files = typedFiles(schema);
  expect(readdirSync(TYPES).sort()).toEqual([...files.keys()].sort());
  expect(readdirSync(TYPES).map((name) => [name, readFileSync(join(TYPES, name), 'utf8')])).toEqual([...files].sort());
});

test('each property and struct has a docstring, and each file is for one of Talos\'s packages', () => {
  for (const [name, text] of typedFiles(schema)) {
    const undocumented = [...text.matchAll(/(\*\/)?\n *(?:readonly|export interface) \w+/g)].filter(([, end]) => !end);
    expect([name, undocumented]).toEqual([name, []]);
  }
});

test('names are Talos\'s, but those that jsii refuses', () => {
  const structs = [...schema.structs.values()];
  const renamed = structs.filter(({ kind, name, type }) => (kind?.kind ?? type.split('.')[1]) !== name).map(({ type, name }) => `${type} ${name}`);
  expect(renamed).toEqual(['v1alpha1.STP Stp']);
  expect(structs.flatMap(({ fields }) => fields).filter(({ field, property }) => field.name !== property).map(({ property }) => property)).toEqual([
    'rxMini', 'rxJumbo', 'rxBufLen', 'cqeSize', 'txPush', 'rxPush', 'txPushBufLen', 'tcpDataSplit',
  ]);
  const kinds = schema.documents.map(({ kind }) => kind!.kind);
  expect(kinds.map(propertyOfKind).filter((property, index) => property.slice(1) !== kinds[index].slice(1))).toEqual([
    'bgpInstanceConfig', 'criBaseRuntimeSpecConfig', 'criCustomizationConfig', 'dhcpv4Config', 'dhcpv6Config', 'httpProbeConfig', 'lvmLogicalVolumeConfig',
    'lvmVolumeGroupConfig', 'oomConfig', 'pciDriverRebindConfig', 'raidArrayConfig', 'tcpProbeConfig', 'vlanConfig', 'vrfConfig',
  ]);
});

test('a name of a property leads back to its field', () => {
  for (const { fields, type } of [schema.legacy, ...schema.structs.values()]) {
    const struct = { kind: 'struct', name: type, fields: new Map(fields.map(({ field }) => [field.name, field])) } as const;
    fields.forEach(({ field, property }) => expect([property, fieldOfProperty(struct, property)]).toEqual([propertyOfField(field.name), field]));
  }
});

test('of() takes the properties that the types have', () => {
  const seen = new Set<string>();
  const visit = (type: Type): void => {
    if (type.kind === 'pointer') {
      visit(type.to);
    } else if (type.kind === 'list' || type.kind === 'map') {
      visit(type.of);
    } else if (type.kind === 'struct' && !seen.has(type.name)) {
      seen.add(type.name);
      const found = schema.structs.get(type.name) ?? schema.legacy;
      const own = [...found.fields, ...found.bases.flatMap((base) => schema.structs.get(base)!.fields)].map(({ field }) => field.name);
      // a field that only releases know in which nothing has the struct
      const unreachable = type.name === 'block.MountSpec' ? ['readOnly'] : [];
      expect([type.name, [...own, ...unreachable].sort()]).toEqual([type.name, [...type.fields.keys()].filter((name) => !['apiVersion', 'kind'].includes(name)).sort()]);
      type.fields.forEach((field) => visit(field.type));
    }
  };
  [LEGACY_KIND, ...allKinds()].forEach((kind) => visit(schemaOfAllReleases().kind(kind)!.type));
  expect(seen.size).toBeGreaterThan(200);
});

/** A schema of one kind with one field, for the laws of the script. */
function madeUp(release: Release, fields: ReadonlyArray<readonly [string, Type]>): Schema {
  const field = (name: string, type: Type): Field => ({ name, type, always: false, replace: false, secret: false, decides: false });
  const type: StructType = { kind: 'struct', name: 'v1alpha1.Config', fields: new Map(fields.map(([name, of]) => [name, field(name, of)])) };
  const kind = { kind: LEGACY_KIND, since: '1.7' as const, named: false, type };
  return { release, kind: (name: string) => name === LEGACY_KIND ? kind : { ...kind, kind: name, type: { ...type, name: `made.${name}` } } } as unknown as Schema;
}

const TEXT: Type = { kind: 'leaf', name: 'string', leaf: { empty: '' } as any };
const NUMBER: Type = { kind: 'leaf', name: 'int', leaf: { empty: 0n } as any };
const WORD: Type = { kind: 'leaf', name: 'v1alpha1.InstallDiskType', leaf: { empty: '' } as any };
const ARGUMENT: Type = { kind: 'leaf', name: 'meta.ArgValue', leaf: { empty: '' } as any };
const struct = (name: string, type: Type): Type => ({ kind: 'struct', name, fields: new Map([['a', { name: 'a', type } as Field]]) });

test.each<[string, Type, Type]>([
  ['a text that becomes a number', TEXT, NUMBER],
  ['a text that becomes a list', TEXT, { kind: 'list', of: TEXT }],
  ['elements that become numbers', { kind: 'list', of: TEXT }, { kind: 'list', of: NUMBER }],
  ['a text that becomes a closed set', TEXT, WORD],
  ['a free-form object that becomes a map', { kind: 'object' }, { kind: 'map', of: TEXT }],
  ['a struct whose field changes', struct('v1alpha1.Old', TEXT), struct('v1alpha1.New', NUMBER)],
])('%s in a later release stops the script', (_, older, newer) => {
  expect(() => typedSchema([madeUp('1.13', [['x', older]]), madeUp('1.14', [['x', newer]])])).toThrow(/has a type in Talos 1.13 whose values don't fit the type of Talos 1.14/);
});

test.each<[string, Type, Type]>([
  ['a closed set that opens', WORD, TEXT],
  ['a text that becomes a text or a list', { kind: 'map', of: TEXT }, { kind: 'map', of: ARGUMENT }],
  ['a value that becomes a pointer', TEXT, { kind: 'pointer', to: TEXT }],
  ['another struct with the same fields', struct('v1alpha1.Old', TEXT), struct('v1alpha1.New', TEXT)],
])('%s in a later release is taken', (_, older, newer) => {
  const { fields: [field] } = typedSchema([madeUp('1.13', [['x', older]]), madeUp('1.14', [['x', newer]])]).legacy;
  expect([field.property, field.releases]).toEqual(['x', ['1.13', '1.14']]);
});

test.each<[string, ReadonlyArray<readonly [string, Type]>, string]>([
  ['two fields', [['rx-mini', NUMBER], ['rxMini', NUMBER]], 'rx-mini and rxMini would both be rxMini'],
  ['a field and a kind', [['linkConfig', TEXT]], 'linkConfig and LinkConfig would both be linkConfig'],
  ['two structs', [['x', struct('v1alpha1.STP', TEXT)], ['y', struct('v1alpha1.Stp', TEXT)]], 'v1alpha1.STP and v1alpha1.Stp would both be talos.v1alpha1.Stp'],
])('one name for %s stops the script', (_, fields, message) => {
  expect(() => typedSchema([madeUp('1.14', fields)])).toThrow(message);
});

test('a kind without a description, and a description without its kind, stop the script', () => {
  const { documents } = schema;
  const unknown = { ...documents[0], kind: { ...documents[0].kind!, kind: 'MadeUpConfig' } };
  expect(() => typedFiles({ ...schema, documents: [unknown, ...documents.slice(1)] }))
    .toThrow('the texts of kinds don\'t fit the schema: add or delete BGPInstanceConfig, MadeUpConfig');
});

test('how a patch changes a value, and which releases know it, is said where it surprises', () => {
  const text = [...typedFiles(schema).values()].join('\n');
  const described = (property: string) => [...text.matchAll(new RegExp(`/\\*\\*((?:(?!\\*/).)*)\\*/\\n  readonly ${property}\\?:`, 'gs'))].map(([, doc]) => doc.replace(/\s*\n\s*\*\s*/g, ' '));
  expect(described('certSANs').join()).toContain('A patch appends to the list.');
  expect(described('podSubnets').join()).toContain('A patch replaces the list.');
  expect(described('auditPolicy').join()).toContain('A patch replaces the whole object.');
  expect(described('extraConfig').join()).toContain('A patch is merged into it at every depth, and appends to its lists.');
  expect(described('vlans').join()).toContain('A patch is merged into the element with the same `vlanId`; other elements are appended.');
  expect(described('match').join()).toContain('A patch that doesn\'t repeat it can reset it.');
  expect(described('size').join()).toContain('A patch can\'t change it once it is set.');
  expect(described('hostDNS').join()).toContain('Since Talos 1.14.');
  expect(described('extraArgs').join()).toContain('Some of these values need Talos 1.13.');
  expect(described('bootTimeout').join()).toContain('A duration such as 1m30s.');
  expect(described('type').join()).toContain('`swap` (Talos 1.11 to 1.12)');
  expect(described('localAPIServerPort').join()).toContain('@default 6443');
});

test('a name is read as its words', () => {
  expect(['certSANs', 'nodeCIDRMaskSizeIPv4', 'extraArgs', 'cqe-size', 'mtu', 'acceptedCAs', 'kubeNetworkPoliciesEnabled'].map(words))
    .toEqual(['cert SANs', 'node CIDR mask size IPv4', 'extra args', 'cqe size', 'MTU', 'accepted CAs', 'kube network policies enabled']);
});
