import * as fc from 'fast-check';
import { generateToken, isToken } from '../../../src/secrets/bundle/bootstrap-tokens';

/** A source of bytes that repeats a list. */
function repeating(bytes: readonly number[]): (size: number) => Buffer {
  let position = 0;
  return (size) => Buffer.from(Array.from({ length: size }, () => bytes[position++ % bytes.length]));
}

test('whatever the random bytes are, a token has its form', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 255 })), (bytes) => {
    expect(isToken(generateToken(repeating([...bytes, 0])))).toBe(true);
  }));
});

test('each character comes from the same number of byte values', () => {
  const counts = new Map<string, number>();
  for (let byte = 0; byte < 252; byte++) {
    const [character] = generateToken(repeating([byte]));
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  expect([...counts.keys()].sort().join('')).toBe('0123456789abcdefghijklmnopqrstuvwxyz');
  expect(new Set(counts.values())).toEqual(new Set([7]));
});

test('bytes beyond the last whole round of the alphabet are drawn again', () => {
  expect(generateToken(repeating([252, 253, 254, 255, 35]))).toBe('zzzzzz.zzzzzzzzzzzzzzzz');
});

test('two tokens differ', () => {
  expect(generateToken()).not.toBe(generateToken());
});

test.each(['', 'abcdef', 'abcdef.0123456789abcde', 'abcdef.0123456789abcdeF', 'abcdef-0123456789abcdef', ' abcdef.0123456789abcdef'])('%p is not a token', (text) => {
  expect(isToken(text)).toBe(false);
});
