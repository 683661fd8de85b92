import { formatBytes, isPercentage, parseBytes, parseDuration } from '../../../src/machine-config/schema/quantities';
import { formatFloat, resolvePlain, Timestamp } from '../../../src/machine-config/yaml/scalars';
import { compareKeys, Output, writeYaml } from '../../../src/machine-config/yaml/writer';

test.each([
  ['0', '0s'],
  ['90s', '1m30s'],
  ['1.5h', '1h30m0s'],
  ['-1h2m3.5s', '-1h2m3.5s'],
  ['100ms', '100ms'],
  ['1500us', '1.5ms'],
  ['1us', '1\u00b5s'],
  ['2\u03bcs', '2\u00b5s'],
  ['10ns', '10ns'],
  ['.5s', '500ms'],
  ['5', undefined],
  ['1d', undefined],
  ['', undefined],
  ['9999999h', undefined],
])('duration %s', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test.each([
  ['1024', 1024n],
  ['1KiB', 1024n],
  ['1.5 GB', 1_500_000_000n],
  ['1,000 ki', 1_024_000n],
  ['2E', 2_000_000_000_000_000_000n],
  ['20E', undefined],
  ['10 ib', undefined],
  ['lots', undefined],
  ['', undefined],
])('bytes %s', (text, expected) => {
  expect(parseBytes(text)).toBe(expected);
});

test.each([
  [0n, '0 B'],
  [5000n, '5.0 kB'],
  [100_000_000n, '100 MB'],
  [12_500_000n, undefined],
  [1234n, undefined],
])('%d bytes', (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});

test.each([['80%', true], ['33.3%', true], ['101%', false], ['%', false], ['80', false]])('percentage %s', (text, expected) => {
  expect(isPercentage(text)).toBe(expected);
});

test.each<[string, unknown]>([
  ['yes', 'yes'], ['True', true], ['~', null], ['', null], ['0x1F', 31n], ['0b101', 5n], ['0o17', 15n], ['017', 15n], ['018', 18], ['1_000', 1000n], ['+5', 5n], ['-7', -7n],
  ['18446744073709551615', 18446744073709551615n], ['18446744073709551616', 18446744073709551616], ['1e3', 1000], ['.5', 0.5], ['.5e1', 5], ['-0', -0], ['.inf', Infinity],
  ['1e400', '1e400'], ['.', '.'], ['-', '-'], ['12:30', '12:30'], ['2026-13-01', '2026-13-01'], ['2026-02-30', '2026-02-30'], ['<<', '<<'],
])('plain %j', (text, expected) => {
  expect(resolvePlain(text)).toBe(expected);
});

test.each([
  ['2026-01-02', '2026-01-02T00:00:00Z'],
  ['2026-1-2 3:4:5', '2026-01-02T03:04:05Z'],
  ['2001-12-14t21:59:43.10-05:00', '2001-12-14T21:59:43.1-05:00'],
  ['2026-01-02T03:04:05+00:00', '2026-01-02T03:04:05Z'],
])('date %s', (text, expected) => {
  const value = resolvePlain(text);
  expect(value).toBeInstanceOf(Timestamp);
  expect(String(value)).toBe(expected);
});

test.each([[0.5, '0.5'], [1000, '1000'], [1e6, '1e+06'], [1234567.5, '1.2345675e+06'], [1e-7, '1e-07'], [-0, '-0'], [NaN, '.nan'], [-Infinity, '-.inf']])('float %d', (value, expected) => {
  expect(formatFloat(value)).toBe(expected);
});

test('keys are ordered by their numbers', () => {
  const ordered = ['"', '1', '01x', 'A', 'a', 'a.b', 'a/b', 'a1', 'a01', 'a9', 'a10', 'a10b', 'ab', 'b'];
  expect([...ordered].reverse().sort(compareKeys)).toEqual(ordered);
});

test.each<[string, Output, string]>([
  ['nothing', { entries: [] }, '{}\n'],
  ['lists in lists', { entries: [[{ text: 'a' }, { list: [{ list: [{ scalar: '1' }, { list: [] }] }] }]] }, 'a:\n    - - 1\n      - []\n'],
  ['long keys', { entries: [[{ text: 'k'.repeat(129) }, { entries: [[{ text: 'a' }, { text: 'b' }]] }]] }, `? ${'k'.repeat(129)}\n:   a: b\n`],
  ['keys of several lines', { entries: [[{ text: 'a\nb' }, { scalar: '1' }]] }, '? |-\n    a\n    b\n: 1\n'],
  ['a block in a list', { entries: [[{ text: 'a' }, { list: [{ text: ' b\nc\n' }] }]] }, 'a:\n    - |2\n       b\n      c\n'],
])('%s are written', (_, output, expected) => {
  expect(writeYaml(output, '"')).toBe(expected);
});

test('words of YAML 1.1 are quoted as asked', () => {
  expect(writeYaml({ list: [{ text: 'yes' }, { text: '5' }, { text: '- x' }] }, "'")).toBe("- 'yes'\n- \"5\"\n- '- x'\n");
});
