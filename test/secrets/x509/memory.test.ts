import { inspect } from 'node:util';
import { Memory } from '../../../src/secrets/x509/memory';

test('what was read of the same bytes is not read again', () => {
  const memory = new Memory<object>();
  const read = jest.fn(() => ({}));
  const value = memory.recall('key', Buffer.from('bytes'), read);
  expect(memory.recall('key', Buffer.from('bytes'), read)).toBe(value);
  expect(read).toHaveBeenCalledTimes(1);
  memory.recall('key', Buffer.from('other bytes'), read);
  memory.recall('certificate', Buffer.from('bytes'), read);
  expect(read).toHaveBeenCalledTimes(3);
});

test('the end of a use is not a part of the bytes', () => {
  const memory = new Memory<number>();
  memory.recall('ab', Buffer.from('c'), () => 1);
  expect(memory.recall('a', Buffer.from('bc'), () => 2)).toBe(2);
});

test('a refusal is not remembered', () => {
  const memory = new Memory<number>();
  expect(() => memory.recall('key', Buffer.from('bytes'), () => { throw new RangeError('refused'); })).toThrow('refused');
  expect(memory.recall('key', Buffer.from('bytes'), () => 1)).toBe(1);
});

test('it forgets before it grows without end', () => {
  const memory = new Memory<number>();
  const read = jest.fn(() => 1);
  for (let index = 0; index < 10_001; index++) {
    memory.recall('key', Buffer.from(`${index}`), read);
  }
  memory.recall('key', Buffer.from('10000'), read);
  expect(read).toHaveBeenCalledTimes(10_001);
  memory.recall('key', Buffer.from('0'), read);
  expect(read).toHaveBeenCalledTimes(10_002);
});

test('it shows nothing of what was read', () => {
  const memory = new Memory<string>();
  memory.recall('key', Buffer.from('bytes'), () => 'a secret');
  expect(inspect(memory, { showHidden: true, depth: 9 })).not.toMatch(/secret|bytes/);
});
