import * as fc from 'fast-check';
import { PlainDocuments, plainDocuments } from '../../src/machine-config/documents/plain-documents';
import { allKinds, DocumentKind, LEGACY_KIND, schemaOf, Type } from '../../src/machine-config/schema/schema';
import { writeYaml } from '../../src/machine-config/yaml/writer';
import { Release } from '../../src/talos/release';

const TEXTS = [
  'a', '', 'yes', '12', '1.5', '0x10', '~', 'null', '2026-01-02', '- x', 'a: b', 'x #y', ' lead', 'tail ', '"q"', "it's", '12:30', '<<', '\t', '\u0001',
  'ünï', '😀', 'line\nline\n', 'line\nline', '  lead\nline\n', '\n\nlast', 'a\n\n\n', 'tail \nx', '\r\n', '#x', '%x', 'a\u2028b', '\u00a0x',
];

/** Values of the leaf types; of closed sets the table knows the values. */
const LEAVES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'string': fc.constantFrom(...TEXTS),
  'bool': fc.boolean(),
  'int': fc.constantFrom(0, 1, -1, 65536),
  'int32': fc.constantFrom(0, -5),
  'uint': fc.constantFrom(0, 512),
  'uint8': fc.constantFrom(0, 255),
  'uint16': fc.constantFrom(0, 65535),
  'uint32': fc.constantFrom(0, 1500),
  'uint64': fc.constantFrom(0, 18446744073709551615n),
  'FileMode': fc.constantFrom(0, 0o644),
  'time.Duration': fc.constantFrom('0s', '1m', '1.5h', '-100ms', '1us'),
  'netip.Addr': fc.constantFrom('10.0.0.1', 'FD00:0::1', '::ffff:1.2.3.4', 'fe80::1%eth0'),
  'netip.AddrPort': fc.constantFrom('10.0.0.1:80', '[fd00::1]:5'),
  'netip.Prefix': fc.constantFrom('10.0.0.0/8', 'fd00::/64'),
  'network.PortRange': fc.constantFrom(80, '1000-2000', '5-5'),
  'nethelpers.HardwareAddr': fc.constantFrom('', '02:00:00:00:00:01', '02AABBCCDDEE'),
  'block.ByteSize': fc.constantFrom('', '1GiB', '10 GB'),
  'block.Size': fc.constantFrom('', '1GiB', '80%'),
  'cel.Expression': fc.constantFrom('', 'system_disk'),
  'meta.ArgValue': fc.constantFrom<unknown>('', 'a', null, [], ['a', 'b']),
  'meta.URL': fc.constantFrom('', 'https://u:p@a.lab/b%2Fc?x=1#f', 'mailto:x', '/path', 'https://[::1]:5'),
  'v1alpha1.Base64Bytes': fc.constantFrom('', 'YQ=='),
  'v1alpha1.DiskSize': fc.constantFrom('10GB', '1234567', 0),
  'v1alpha1.InlineManifestContents': fc.constantFrom(...TEXTS),
  'v1alpha1.InstallDiskSizeMatcher': fc.constantFrom('> 1TB', '4GB'),
};

/** Types that take the same values as another one. */
const SAME_AS: Readonly<Record<string, string>> = {
  'meta.Addr': 'netip.Addr',
  'meta.AddrPort': 'netip.AddrPort',
  'meta.Prefix': 'netip.Prefix',
  'network.Prefix': 'netip.Prefix',
  'v1alpha1.Endpoint': 'meta.URL',
  'block.UnmergedByteSize': 'block.ByteSize',
  'x509.PEM': 'v1alpha1.Base64Bytes',
  'x509.PEMKey': 'v1alpha1.Base64Bytes',
};

const KEYS = fc.constantFrom('a', 'a9', 'a10', 'B', 'x.y/z', 'yes', '1', 'key: x');

const FREE_FORM = fc.letrec<{ any: unknown; object: unknown }>((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, fc.constantFrom<unknown>(...TEXTS, 1, 1.5, -0.25, 1e21, true, null), fc.array(tie('any'), { maxLength: 2 }), tie('object')),
  object: fc.dictionary(KEYS, tie('any'), { maxKeys: 3, noNullPrototype: true }),
}));

/** A plain value of the type. */
function valueOf(type: Type, depth: number): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'leaf': {
      const words = /^one of (.*)$/.exec(type.leaf.expects)?.[1].split(/ \.\.\. |, /);
      return words ? fc.constantFrom(...words) : LEAVES[SAME_AS[type.name] ?? type.name];
    }
    case 'pointer':
      return valueOf(type.to, depth);
    case 'list':
      return fc.array(valueOf(type.of, depth - 1), { maxLength: 2 });
    case 'map':
      return fc.dictionary(KEYS, valueOf(type.of, depth - 1), { maxKeys: 2, noNullPrototype: true });
    case 'object':
      return FREE_FORM.object;
    case 'any':
      return FREE_FORM.any;
    case 'struct': {
      const fields = [...type.fields.values()].filter(({ name }) => name !== 'apiVersion' && name !== 'kind');
      // what a missing protocol is written as can't be read
      const required = fields.filter(({ name }) => name === 'name' || name === 'protocol' || name === 'portSelector').map(({ name }) => name);
      const model = Object.fromEntries((depth > 0 ? fields : fields.filter(({ name }) => required.includes(name)))
        .map(({ name, type: fieldType }) => [name, valueOf(fieldType, depth - 1)]));
      return fc.record(model, { requiredKeys: required.filter((name) => name in model), noNullPrototype: true });
    }
  }
}

const documents = new Map<DocumentKind, fc.Arbitrary<object>>();

function documentOf(kind: DocumentKind): fc.Arbitrary<object> {
  const arbitrary = documents.get(kind) ?? newDocumentOf(kind);
  documents.set(kind, arbitrary);
  return arbitrary;
}

function newDocumentOf(kind: DocumentKind): fc.Arbitrary<object> {
  const identity = kind.kind === LEGACY_KIND ? { machine: {}, cluster: {} } : { apiVersion: 'v1alpha1', kind: kind.kind };
  return valueOf(kind.type, 3).map((value) => ({ ...identity, ...value as object, ...kind.named ? { name: `${kind.kind}-1` } : {} }));
}

/** The text of a document of a random kind. */
export function documentText(release: Release): fc.Arbitrary<string> {
  const kinds = [LEGACY_KIND, ...allKinds()].flatMap((name) => schemaOf(release).kind(name) ?? []);
  return fc.constantFrom(...kinds).chain(documentOf).map((document) => textOf(plainDocuments([document])));
}

/** The text of a configuration with the legacy document and some others. */
export function configText(release: Release): fc.Arbitrary<string> {
  return plainConfig(release).map(textOf);
}

/** The same as plain objects. */
export function plainConfig(release: Release): fc.Arbitrary<PlainDocuments> {
  const legacy = documentOf(schemaOf(release).kind(LEGACY_KIND)!);
  const kinds = [...allKinds()].flatMap((name) => schemaOf(release).kind(name) ?? []);
  const others = fc.uniqueArray(fc.constantFrom(...kinds), { maxLength: 3 }).chain((chosen) => fc.tuple(...chosen.map(documentOf)));
  return fc.tuple(legacy, others).map(([first, rest]) => plainDocuments([first, ...rest]));
}

/** The text of plain objects. */
export function textOf(plain: PlainDocuments): string {
  return plain.map((document) => writeYaml(document, '"')).join('---\n');
}
