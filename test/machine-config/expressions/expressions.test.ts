import { expressionProblem } from '../../../src/machine-config/expressions/expression-problem';
import { RELEASES } from '../../../src/talos/release';


const GOOD = {
  'disk': [
    'disk.size > 10u * GB', 'disk.transport == "nvme" && !system_disk', 'glob("a*", disk.serial)', 'disk.symlinks.exists(s, s.startsWith("/dev"))',
    'disk.symlinks.map(s, s.size()).exists(n, n > 3)', 'has(disk.size)', 'disk.rotational ? true : false', '"""a"b""" == r\'\\d\'', '{"a": true}.a',
    '-9223372036854775808 < 0', 'disk == null', '[1, "a",] == []', 'timestamp("x") - timestamp("y") > duration("1s") // a comment',
  ],
  'volume': ['volume.partition_label == "x"', 'disk.model == "x" || volume.size in [1u, 2u]'],
  'link': ['mac(link.permanent_addr) == "aa"', 'link.wireguard.peers.all(p, p.allowed_ips.size() > 0)', 'link.bond_master.mode == 1'],
  'oom-trigger': ['memory_full_avg10 > 12.0 && time_since_trigger > duration("500ms")', 'qos_memory_full_avg10[?System].orValue(0.0) > 1.0',
    'optional.of(1).optMap(x, x + 1).value() == 2', '[?optional.of(1)] == [1]'],
  'oom-ranking': ['{Besteffort: 1.0, Burstable: 0.5}[class] * double(memory_current.orValue(0u))'],
} as const;

const BAD = {
  'disk': [
    '', '1 +', '(true', 'true)', 'true or false', 'disk.size', 'disk.size > 10', 'disk.size > 1.5', 'disk.foo == 1', 'foo', 'disk.size.foo', '!1', '"a',
    'glob("a")', 'glob(1, "a")', 'nope()', 'disk.symlinks.all(s.x, true)', 'has(disk)', '1 < 2 < 3', '[1] == ["a"]', '18446744073709551616u > 0u',
    '9223372036854775808 > 0', 'if == 1', 'dyn(true)', 'disk.?size.hasValue()', '"\\q" == ""', '1.all(x, true)', '@', 'true ? 1 : "a"', 'f(1,)',
  ],
  'volume': ['system_disk', 'volume.model == "x"'],
  'link': ['KiB == 1u', 'mac(link.kind) == "x"'],
  'oom-trigger': ['1 + ', 'memory_full_avg10', 'memory_full_avg10 > 12', '[?1] == [1]', 'optional.of(1).optFlatMap(x, x).hasValue()'],
  'oom-ranking': ['1', 'true'],
} as const;

type Environment = keyof typeof GOOD;
const table = (expressions: Readonly<Record<Environment, readonly string[]>>) => Object.entries(expressions)
  .flatMap(([environment, texts]) => texts.map((text) => [environment as Environment, text] as const));

test.each(table(GOOD))('%s: %s', (environment, text) => {
  expect(expressionProblem(text, environment, '1.13')).toBeUndefined();
});

test.each(table(BAD))('%s: %s is refused', (environment, text) => {
  expect(expressionProblem(text, environment, '1.13')).toMatchSnapshot();
});

test.each([
  ['disk', 'disk.firmware_version == "x"', '1.14'], ['disk', 'disk.uuid == "x"', '1.9'], ['disk', 'glob("a", disk.model)', '1.9'],
  ['volume', 'disk.model == "x"', '1.11'], ['volume', 'volume.offset > 1u', '1.12'],
] as const)('%s: %s is known since %s', (environment, text, since) => {
  const known = RELEASES.filter((release) => expressionProblem(text, environment, release) === undefined);
  expect(known).toEqual(RELEASES.slice(RELEASES.indexOf(since)));
});

test('a long or deep expression is answered at once', () => {
  expect(expressionProblem(Array(5000).fill('true').join(' && '), 'disk', '1.13')).toBeUndefined();
  for (const text of ['('.repeat(50_000), '1 + '.repeat(20_000), '!'.repeat(50_000), 'disk' + '.a'.repeat(40_000), '['.repeat(99_999), 'a'.repeat(200_000)]) {
    expect(expressionProblem(text, 'disk', '1.13')).toMatch(/not a valid expression/);
  }
});

test.each([
  ['a type that doubles', `[1]${'.map(a, {a: a})'.repeat(200)} == 1`, 'its type is too large at character 87'],
  ['a type that doubles within itself', `${'[1].map(a, '.repeat(100)}{a: a}${')'.repeat(100)} == 1`, 'its type is too large at character 26'],
  ['parentheses', '('.repeat(50_000), 'it is nested too deeply at character 251'],
  ['more characters than it may have', 'true || '.repeat(20_000), 'it is longer than 100000 characters'],
])('a hostile expression is refused: %s', (_, text, problem) => {
  expect(expressionProblem(text, 'disk', '1.13')).toBe(`is not a valid expression: ${problem}`);
});
