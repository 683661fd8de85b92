import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { encodeKubernetesYaml, encodeTalosYaml, SecretsYaml } from '../../../src/secrets/bundle/secrets-yaml';
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
