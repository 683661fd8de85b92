import { inspect } from 'node:util';
import { Memory } from '../../../src/secrets/x509/memory';

test('what was read of the same text is not read again', () => {
  const memory = new Memory<object>();
  const read = jest.fn(() => ({}));
  const value = memory.recall('text', read);
  expect(memory.recall('text', read)).toBe(value);
  expect(read).toHaveBeenCalledTimes(1);
  memory.recall('other text', read);
  expect(read).toHaveBeenCalledTimes(2);
  expect([memory.has('text'), memory.has('third text')]).toEqual([true, false]);
});

test('a refusal is not remembered', () => {
  const memory = new Memory<number>();
  expect(() => memory.recall('text', () => { throw new RangeError('refused'); })).toThrow('refused');
  expect(memory.recall('text', () => 1)).toBe(1);
});

test('it forgets before it grows without end', () => {
  const memory = new Memory<number>();
  const read = jest.fn(() => 1);
  for (let index = 0; index < 10_001; index++) {
    memory.recall(`${index}`, read);
  }
  memory.recall('10000', read);
  expect(read).toHaveBeenCalledTimes(10_001);
  memory.recall('0', read);
  expect(read).toHaveBeenCalledTimes(10_002);
});

test('it shows nothing of what was read', () => {
  const memory = new Memory<string>();
  memory.recall('text', () => 'a secret');
  expect(inspect(memory, { showHidden: true, depth: 9 })).not.toMatch(/secret|text/);
});
