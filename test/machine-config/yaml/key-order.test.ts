import * as fc from 'fast-check';
import { compareKeys } from '../../../src/machine-config/yaml/writer';

test.each([
  ['numbers by their value', ['a2', 'a10', 'a010']],
  ['letters after other characters', ['a-b', 'a.b', 'a1', 'ab']],
  ['the beginning of a key before it', ['a', 'ab', 'abc']],
  ['characters beyond the basic ones', ['a\u{1f600}', 'a\u{1f601}', 'ab']],
])('%s', (_, keys) => {
  expect([...keys].reverse().sort(compareKeys)).toEqual(keys);
});

const characters = ['a', 'b', 'A', '0', '1', '9', '-', '.', ' ', '\u{1f600}', '\ud83d', '\ude00', '\u00e9', '\u4e2d', '\u0660'];
const key = fc.array(fc.constantFrom(...characters), { maxLength: 6 }).map((all) => all.join(''));

test('only what follows the common beginning counts, and the character before it', () => {
  fc.assert(fc.property(key, key, key, (beginning, left, right) => {
    const order = Math.sign(compareKeys(`a${beginning}${left}`, `a${beginning}${right}`));
    expect(order + Math.sign(compareKeys(`a${beginning}${right}`, `a${beginning}${left}`))).toBe(0);
    expect(order).toBe(Math.sign(compareKeys(`bba${beginning}${left}`, `bba${beginning}${right}`)));
    expect(order === 0).toBe(left === right);
  }));
});
