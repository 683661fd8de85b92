import { inspect } from 'util';
import * as fc from 'fast-check';
import { refusal } from './support/errors';
import { ErrorCode, problem, quoted, shortened, TalosError, withoutCredentials, withSubjects } from '../src/problem';
import { runs } from './support/releases';

test.each([
  ['https://a.lab/b#c', 'https://a.lab/b#c'],
  ['https://me@a.lab', 'https://******@a.lab'],
  ['https://me:pass@a.lab:6443/b', 'https://******@a.lab:6443/b'],
  ['https://me:p@ss@a.lab', 'https://******@a.lab'],
  ['https://me:pa/s?s#@a.lab/b', 'https://******@a.lab/b'],
  ['https://me:pass@[fd00::1]:6443/b', 'https://******@[fd00::1]:6443/b'],
  ['me:pass@a.lab', '******@a.lab'],
  ['//me:pass@a.lab', '//******@a.lab'],
  ['https://a.lab,https://me:pass@b.lab https://c:d@e', 'https://a.lab,https://******@b.lab https://******@e'],
  ['https://a.lab/b?token=x&y#c', 'https://a.lab/b?******#c'],
  ['https://a.lab:443/@scope/b@v1', 'https://a.lab:443/@scope/b@v1'],
  ['https://[fd00::1]:6443/b@v1', 'https://[fd00::1]:6443/b@v1'],
  ['ghcr.io/a/b:v1@sha256:0123', 'ghcr.io/a/b:v1@sha256:0123'],
  ['nginx:v1@sha256:0123', 'nginx:v1@sha256:0123'],
  ['a ? b : c', 'a ? b : c'],
])('credentials: %s', (text, shown) => {
  expect(withoutCredentials(text)).toBe(shown);
});

/** What credentials are, in one pattern. Nothing reads long texts with it: it tries every `//` with every `@`. */
const CREDENTIALS = /(?<=\/\/|^|\s)[^\s/?#[]{0,200}:(?!\d*(?:[/?#,]|$))\S*@(?!sha256:)|(?<=\/\/)[^\s/?#]*@/g;

test('credentials are masked wherever the pattern finds them', () => {
  const part = fc.constantFrom('a', '1', ':', '@', '/', '//', '#', '[', ' ', '\n', ',', '@sha256:', '://', ':80', 'x'.repeat(199));
  fc.assert(fc.property(fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')), (text) => {
    expect(withoutCredentials(text)).toBe(text.replace(CREDENTIALS, '******@'));
  }), runs(2000));
});

test.each([
  ['plain', 'plain ünï 😀', 'plain ünï 😀'],
  ['not printable', 'a\nb\u001b[2J\u007f\u009b\u202e\u2028\ud800', 'a\\nb\\u001b[2J\\u007f\\u009b\\u202e\\u2028\\ud800'],
  ['of 60 characters', 'x'.repeat(60), 'x'.repeat(60)],
  ['of 100 kB', 'x'.repeat(100_000), `${'x'.repeat(57)}...`],
  ['of 61 emoji', '😀'.repeat(61), `${'😀'.repeat(57)}...`],
])('a text in a message: %s', (_, text, shown) => {
  expect(shortened(text)).toBe(shown);
  expect(problem('property', text, 'is wrong: change it')).toBe(`'property' (${shown}) is wrong: change it`);
});

test.each(['x', ':', '/', '?', '//', '@:', 'a:b ', '//a?'])('a long text of %j takes no time', (part) => {
  const start = performance.now();
  shortened(part.repeat(100_000));
  expect(performance.now() - start).toBeLessThan(5000);
});

test('quotes', () => {
  expect(quoted('a "b" \\ \n')).toBe('"a \\"b\\" \\\\ \\n"');
});

describe('a TalosError', () => {
  const TEXT = "'replicas' (2) must be 1: choose 1";
  const error = new TalosError('talos:invalid-value', TEXT);

  test('ends with its code, and knows its property', () => {
    expect(error).toMatchObject({ name: 'TalosError', code: 'talos:invalid-value', property: 'replicas', message: `${TEXT} [talos:invalid-value]` });
  });

  test('has each part of its origin once, whatever the order is', () => {
    const inPatch = error.from({ property: 'patches', patchIndex: 1, patchSource: 'a.yaml' }).from({ constructPath: 'lab/cluster/Inner' }).from({ constructPath: 'lab/cluster' });
    expect(inPatch.message).toBe(`lab/cluster: patches[1] (a.yaml): ${TEXT} [talos:invalid-value]`);
    expect(inPatch).toMatchObject({ constructPath: 'lab/cluster', property: 'patches', patchIndex: 1, patchSource: 'a.yaml', text: TEXT });
    expect(error.from({ property: 'patches', patchIndex: 0 }).message).toBe(`patches[0]: ${TEXT} [talos:invalid-value]`);
  });

  test('has its code after its first line, where lists and examples follow', () => {
    expect(new TalosError('talos:machine-config-refused', 'use:\na: b\n').message).toBe('use: [talos:machine-config-refused]\na: b\n');
  });

  test('keeps the place in the code and the cause, and is printed once', () => {
    const [cause, code]: [Error, ErrorCode] = [new Error('system'), 'talos:file-refused'];
    const created = new TalosError(code, TEXT, { cause });
    const located = created.from({ constructPath: 'lab' });
    expect(located.cause).toBe(cause);
    expect(located.stack).toBe(created.stack!.replace(created.message, located.message));
    expect(inspect(located).split(TEXT)).toHaveLength(3); // the stack, and the field
    expect(located.stack).toMatch(/^TalosError: lab: /);
  });

  test('escapes what would change a terminal', () => {
    expect(error.from({ constructPath: 'lab\u001b[2J' }).message).toBe(`lab\\u001b[2J: ${TEXT} [talos:invalid-value]`);
  });

  test('names its property as the user knows it, but for a patch', () => {
    const named = (thrown: Error) => refusal(() => withSubjects((property) => `'controlPlane.${property}'`, () => {
      throw thrown;
    }));
    expect(named(error)).toMatchObject({ property: 'controlPlane.replicas', text: "'controlPlane.replicas' (2) must be 1: choose 1" });
    expect(named(error.from({ property: 'patches', patchIndex: 0 })).message).toBe(`patches[0]: ${TEXT} [talos:invalid-value]`);
    expect(named(new TalosError('talos:unknown-field', 'no property')).text).toBe('no property');
  });
});
