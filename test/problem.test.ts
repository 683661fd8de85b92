import { problem, quoted, shortened, withoutCredentials } from '../src/problem';

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
