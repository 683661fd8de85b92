import * as fc from 'fast-check';
import { encodeConfig } from '../../src/machine-config/documents/encode';
import { loadConfig } from '../../src/machine-config/documents/load';
import { unsupportedIn } from '../../src/machine-config/insight/unsupported';
import { applyPatches } from '../../src/machine-config/patches/apply';
import { loadPatch } from '../../src/machine-config/patches/load-patch';
import { TalosError } from '../../src/problem';
import { Release, RELEASES } from '../../src/talos/release';
import { configText, documentText, plainConfig, textOf } from '../support/generated-documents';
import { runs } from '../support/releases';
import { generateCases } from '../support/talos-answers';

const release = fc.constantFrom<Release>(...RELEASES);

/** The result, or undefined where it is refused; any other error fails the test. */
function unlessRefused<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof TalosError) {
      return undefined;
    }
    throw error;
  }
}

function written(text: string, forRelease: Release): string {
  return encodeConfig(loadConfig(text, forRelease));
}

test('what is written reads as the same configuration', () => {
  fc.assert(fc.property(release.chain((chosen) => fc.tuple(fc.constant(chosen), configText(chosen))), ([chosen, text]) => {
    const once = written(text, chosen);
    expect(written(once, chosen)).toBe(once);
  }), runs(15));
});

test('plain objects are the same configuration as their text', () => {
  fc.assert(fc.property(release.chain((chosen) => fc.tuple(fc.constant(chosen), plainConfig(chosen))), ([chosen, plain]) => {
    expect(loadConfig(plain, chosen)).toEqual(loadConfig(textOf(plain), chosen));
    expect(loadPatch(plain, chosen)).toEqual(loadPatch(textOf(plain), chosen));
  }), runs(15));
});

test('a patch without values changes nothing', () => {
  fc.assert(fc.property(release.chain((chosen) => fc.tuple(fc.constant(chosen), configText(chosen))), ([chosen, text]) => {
    const config = loadConfig(text, chosen);
    const patch = loadPatch('machine: {}\ncluster: {}\n', chosen);
    expect(encodeConfig(applyPatches(config, [patch], chosen))).toBe(encodeConfig(config));
  }), runs(12));
});

test('what a patch leaves reads as the same configuration', () => {
  const texts = release.chain((chosen) => fc.tuple(fc.constant(chosen), configText(chosen), documentText(chosen)));
  fc.assert(fc.property(texts, ([chosen, text, patch]) => {
    const once = unlessRefused(() => encodeConfig(applyPatches(loadConfig(text, chosen), [loadPatch(patch, chosen)], chosen)));
    if (once !== undefined) {
      expect(written(once, chosen)).toBe(once);
    }
  }), runs(15));
});

test('a configuration has nothing that its own release does not know', () => {
  fc.assert(fc.property(release.chain((chosen) => fc.tuple(fc.constant(chosen), configText(chosen))), ([chosen, text]) => {
    expect(unsupportedIn(loadConfig(text, chosen), chosen)).toEqual([]);
  }), runs(15));
});

test('a configuration loads for another release exactly if that release knows all of it', () => {
  fc.assert(fc.property(release.chain((chosen) => fc.tuple(fc.constant(chosen), configText(chosen))), release, ([chosen, text], other) => {
    const config = loadConfig(text, chosen);
    const isLoaded = unlessRefused(() => loadConfig(encodeConfig(config), other)) !== undefined;
    expect(unsupportedIn(config, other).length === 0).toBe(isLoaded);
  }), runs(15));
});

const syntax = fc.constantFrom(
  '{', '}', '[', ']', ':', ': ', ',', '- ', '? ', '&a ', '*a', '<<: ', '!!int ', '"', '\'', '|', '>', '#', '\n', '  ', '---\n', '%', '@', '~', '$patch: delete', 'machine: ',
  'kind: ', 'apiVersion: v1alpha1', 'x', '1', '\t', '\0', '\ud800', '\u2028',
);

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(syntax, { maxLength: 30 }).map((parts) => parts.join('')),
  fc.json(),
);

test('nothing but the documented error comes from any text', () => {
  fc.assert(fc.property(anything, release, (text, chosen) => {
    const config = loadConfig('machine: {}', chosen);
    unlessRefused(() => written(text, chosen));
    unlessRefused(() => encodeConfig(applyPatches(config, [loadPatch(text, chosen)], chosen)));
  }), runs(150));
});

test('nothing but the documented error comes from a changed configuration', () => {
  const texts = generateCases.map(({ expect: { controlplane } }) => controlplane);
  const change = fc.tuple(fc.nat(), fc.nat(20), fc.oneof(syntax, fc.string({ maxLength: 5 })));
  fc.assert(fc.property(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 3 }), release, (text, changes, chosen) => {
    const changed = changes.reduce((current, [position, length, replacement]) => {
      const start = position % current.length;
      return current.slice(0, start) + replacement + current.slice(start + length);
    }, text);
    unlessRefused(() => applyPatches(loadConfig(changed, chosen), [loadPatch('machine: {certSANs: [x]}', chosen)], chosen));
    unlessRefused(() => applyPatches(loadConfig(text, '1.14'), [loadPatch(changed, '1.14')], '1.14'));
  }), runs(12));
});

test.each([
  ['deep lists', '['.repeat(20_000)],
  ['deep objects', 'a: {'.repeat(10_000)],
  ['deep blocks', '- '.repeat(10_000)],
  ['many documents', '---\n'.repeat(2_000)],
  ['a long number', `debug: ${'1'.repeat(100_000)}`],
  ['lists of lists by alias', `a: &a0 [x]\n${Array.from({ length: 30 }, (_, index) => `b${index}: &a${index + 1} [*a${index}, *a${index}]\n`).join('')}`],
  ['objects of objects by merge key', `machine:\n  kubelet:\n    extraConfig:\n      a: &a0 {x: 1}\n${Array.from({ length: 30 },
    (_, index) => `      b${index}: &a${index + 1} {<<: [*a${index}, *a${index}]}\n`).join('')}`],
  ['an alias inside its anchor', 'machine: {kubelet: {extraConfig: &a {x: *a}}}'],
])('%s are refused in time', (_, text) => {
  expect(() => loadConfig(text, '1.14')).toThrow(TalosError);
  expect(() => applyPatches(loadConfig('machine: {}\n---\napiVersion: v1alpha1\nkind: OOMConfig\n', '1.14'), [loadPatch(text, '1.14')], '1.14')).toThrow(TalosError);
});

test('patches of different fields commute', () => {
  const label = fc.stringMatching(/^[a-z]{1,8}$/);
  const field = fc.constantFrom('nodeLabels', 'nodeAnnotations', 'sysctls', 'env');
  const patch = fc.tuple(field, fc.dictionary(label, label, { minKeys: 1, maxKeys: 4 }));
  fc.assert(fc.property(patch, patch, ([field1, values1], [field2, values2]) => {
    fc.pre(field1 !== field2 || Object.keys(values1).every((key) => !(key in values2)));
    const patches = [{ machine: { [field1]: values1 } }, { machine: { [field2]: values2 } }].map((document) => loadPatch(JSON.stringify(document), '1.13'));
    const config = loadConfig('machine: {type: worker}', '1.13');
    expect(encodeConfig(applyPatches(config, [...patches].reverse(), '1.13'))).toBe(encodeConfig(applyPatches(config, patches, '1.13')));
  }), runs(15));
});
