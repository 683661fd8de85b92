import * as fc from 'fast-check';
import { ConfigDocuments } from '../../../src/machine-config/documents/config-documents';
import { encodeConfig } from '../../../src/machine-config/documents/encode';
import { loadConfig } from '../../../src/machine-config/documents/load';
import { allKinds, LEGACY_KIND, schemaOf, Type } from '../../../src/machine-config/schema/schema';
import { validateConfig } from '../../../src/machine-config/validation/validate';
import { TalosError } from '../../../src/problem';
import { Release, RELEASES } from '../../../src/talos/release';
import { runs } from '../../support/releases';
import { validateCases } from '../../support/talos-answers';

const TEXTS = ['', 'a', 'eth0', '10.0.0.0/8', '!x', 'https://x:1', 'x:1', '/a', '%d', '100', '802.3ad', 'disk.size > 1u', 'a'.repeat(300), '-----BEGIN CERTIFICATE-----\n'];

/** Values of a type, good and bad. */
function valueOf(type: Type, depth: number): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'pointer':
      return fc.oneof({ arbitrary: valueOf(type.to, depth), weight: 9 }, { arbitrary: fc.constant(null), weight: 1 });
    case 'list':
      return fc.array(valueOf(type.of, depth + 1), { maxLength: depth > 4 ? 0 : 3 });
    case 'map':
      return fc.dictionary(fc.constantFrom('', 'a', '-b-', 'x.y/z', '__proto__', 'constructor'), valueOf(type.of, depth + 1), { maxKeys: 2 });
    case 'struct':
      return depth > 6 ? fc.constant({}) : fieldsOf(type, depth);
    case 'leaf':
      return leafOf(type.name);
    default:
      return fc.oneof(fc.object({ maxDepth: 2 }), fc.constant({ process: { rlimits: [{ hard: -1 }] } }));
  }
}

function fieldsOf(type: Type & { kind: 'struct' }, depth: number): fc.Arbitrary<unknown> {
  const fields = [...type.fields.values()].filter(({ name }) => name !== 'kind' && name !== 'apiVersion');
  return fc.subarray(fields, { maxLength: Math.min(8, fields.length) })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((field) => [field.name, valueOf(field.type, depth + 1)]))));
}

function leafOf(name: string): fc.Arbitrary<unknown> {
  if (name === 'bool') {
    return fc.boolean();
  }
  return /int|Size|FileMode|Port/.test(name) ? fc.constantFrom(0, 1, 5000) : fc.oneof(fc.constantFrom(...TEXTS), fc.string());
}

/** A text of some documents of a release, which may or may not load. */
const documents = fc.constantFrom(...RELEASES).chain((release) => {
  const kinds = [LEGACY_KIND, ...allKinds()].filter((kind) => schemaOf(release).kind(kind));
  const document = fc.constantFrom(...kinds).chain((kind) => valueOf(schemaOf(release).kind(kind)!.type, 0)
    .map((value) => kind === LEGACY_KIND ? { version: 'v1alpha1', ...value as object } : { apiVersion: 'v1alpha1', kind, ...value as object }));
  return fc.array(document, { minLength: 1, maxLength: 3 }).map((list) => ({ release, text: list.map((item) => JSON.stringify(item)).join('\n---\n') }));
});

function load(text: string, release: Release): ConfigDocuments | undefined {
  try {
    return loadConfig(text, release);
  } catch (error) {
    if (error instanceof TalosError) {
      return undefined;
    }
    throw error;
  }
}

const platform = fc.constantFrom('container', 'metal');

test('what loads is validated to a result, for every release, and is left as it was', () => {
  fc.assert(fc.property(documents, platform, fc.constantFrom(...RELEASES), ({ release, text }, where, target) => {
    const config = load(text, release);
    if (config) {
      const before = encodeConfig(config);
      const result = validateConfig(config, target, where);
      expect(validateConfig(config, target, where)).toEqual(result);
      expect(encodeConfig(config)).toBe(before);
    }
  }), runs(80));
});

test('every problem names its document and its place', () => {
  for (const { config, mode } of validateCases) {
    const loaded = load(config, '1.14');
    const { errors, warnings, findings } = loaded ? validateConfig(loaded, '1.14', mode) : { errors: [], warnings: [], findings: [] };
    for (const { document, path, message } of [...errors, ...warnings, ...findings]) {
      expect(document.kind).not.toBe('');
      expect(message).toContain(path === '' ? document.kind : `'${path}'`);
    }
  }
});

test.each<[string, string]>([
  ['a deep object', `machine: { baseRuntimeSpecOverrides: ${'{a: '.repeat(400)}1${'}'.repeat(400)} }`],
  ['many subnets', `cluster: { network: { podSubnets: [${Array.from({ length: 20_000 }, (_, index) => `10.${index % 256}.${Math.floor(index / 256)}.0/24`).join(', ')}] } }`],
  ['many interfaces', `machine: { network: { interfaces: [${Array.from({ length: 5000 }, (_, index) => `{ interface: eth${index}, bond: { interfaces: [a${index}] } }`).join(', ')}] } }`],
  ['many containers in a chain', Array.from({ length: 1000 }, (_, index) => `{ apiVersion: v1alpha1, kind: ContainerConfig, name: a${index}, image: x, dependsOn: { containers: [a${index + 1}] } }`).join('\n---\n')],
  ['many certificates', `{ apiVersion: v1alpha1, kind: KubeAPIServerCAConfig, acceptedCAs: ["${'-----BEGIN A-----\\n'.repeat(50_000)}"] }`],
])('%s is validated to a result', (_, text) => {
  const { errors, findings } = validateConfig(loadConfig(text, '1.14'), '1.14', 'container');
  expect(errors.length + findings.length).toBeGreaterThan(0);
});
