import * as fc from 'fast-check';
import { parseDocument, stringify } from 'yaml';
import { encodeKubernetesYaml, encodeTalosYaml, parseYamlAsText, SecretsYaml } from '../../../src/secrets/bundle/secrets-yaml';
import { refusal } from '../../support/errors';
import { runs } from '../../support/releases';

const text = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9+/=@._:-]{0,12}$/),
  fc.constantFrom('yes', 'Off', 'y', 'N', 'null', 'True', '~', '10.0.0.1', '10.0.0.1:6443', '1.5', '10:20', '1e3', '0x1f', '2027-01-01', 'a:', '-', '=', '<<'),
  fc.constantFrom('https://lab.example.com:6443', 'admin@lab', 'LS0tLS1CRUdJTg==', 'system:masters'),
);
const { document } = fc.letrec<{ document: SecretsYaml; item: SecretsYaml[string] }>((tie) => ({
  document: fc.dictionary(text, tie('item') as fc.Arbitrary<any>, { maxKeys: 4 }),
  item: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    text,
    fc.array(fc.oneof(text, tie('document')), { maxLength: 3 }) as fc.Arbitrary<any>,
    tie('document'),
  ),
}));

test.each([
  ['Talos', encodeTalosYaml, { indent: 4, lineWidth: 0, version: '1.1' }],
  ['Kubernetes', encodeKubernetesYaml, { indentSeq: false, lineWidth: 0, version: '1.1' }],
] as const)('YAML in the form of %s is that of the library', (_, encode, options) => {
  fc.assert(fc.property(document, (value) => {
    expect(encode(value)).toBe(stringify(value, options));
  }), runs(1000));
});

test('texts with line breaks and of other alphabets stay what they are', () => {
  fc.assert(fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), (value) => {
    expect(encodeTalosYaml(value)).toBe(stringify(value, { indent: 4, lineWidth: 0, version: '1.1' }));
  }));
});

test('scalars are texts, in one document', () => {
  const keys = Array.from({ length: 1000 }, (_, index) => `a${index}: 1.5\n`).join('');
  expect(parseYamlAsText(`---\n${keys}b: {c: [yes, 0x1f, null], d: }\n...\n`)).toMatchObject({ a999: '1.5', b: { c: ['yes', '0x1f', 'null'], d: '' } });
  expect(parseYamlAsText('')).toBeUndefined();
});

test.each([
  ['a key twice', 'a: b\nc: {d: e,\n  d: f}\n', 'is not valid YAML: line 3: duplicate key'],
  ['a mistake', 'a: b\nc: "\\q"\n', 'is not valid YAML: line 2: bad dq escape'],
  ['several documents', 'a: b\n---\nc: d\n---\ne: f\n', "has several YAML documents, the second from line 2: keep the one that 'talosctl gen secrets' wrote"],
  ['very many levels', `a:\n  ${'{b: '.repeat(20_000)}${'}'.repeat(20_000)}`, 'is not valid YAML: line 2: nested too deeply'],
  ['an alias of nothing', 'a: *b\n', 'is not valid YAML: an alias ("*") refers to no anchor'],
])('%s is refused', (_, given, words) => {
  expect(refusal(() => parseYamlAsText(given)).text).toBe(words);
});

test('texts in the form of talosctl, and almost in it, are what the library reads', () => {
  const values = ['', ' ', ' x', ' /+=', ' null', ' a: b', ' -', ' -x', ' -_=', ' --', ' ---', ' _-', ' #', ' é'];
  const line = fc.tuple(fc.constantFrom(0, 0, 1, 2, 4), fc.constantFrom('a', 'b', 'constructor'), fc.constantFrom(...values))
    .map(([indentation, key, value]) => `${' '.repeat(indentation)}${key}:${value}`);
  fc.assert(fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom('', '\n', '\n\n', '\r\n'), (lines, end) => {
    const given = lines.join('\n') + end;
    const { errors, contents } = parseDocument(given, { schema: 'failsafe', logLevel: 'error' });
    if (errors.length > 0) {
      expect(() => parseYamlAsText(given)).toThrow();
    } else {
      expect(parseYamlAsText(given) ?? null).toEqual(contents?.toJSON() ?? null);
    }
  }), runs(2000));
});
