import { ElementIndex } from '../../../src/machine-config/patches/element-index';

interface Element {
  key: string;
}

test('the first element with a key is found, also after changes', () => {
  const elements: Element[] = ['a', 'b', 'a', 'c'].map((key) => ({ key }));
  const index = new ElementIndex(elements, ({ key }) => [key]);
  const found = () => ['a', 'b', 'c', 'd'].map((key) => index.first(key));
  expect(found()).toEqual([0, 1, 3, -1]);
  elements[0] = { key: 'd' };
  index.add(0);
  expect(found()).toEqual([2, 1, 3, 0]);
  elements[1] = { key: 'a' };
  index.add(1);
  elements.push({ key: 'b' });
  index.add(4);
  expect(found()).toEqual([1, 4, 3, 0]);
});

test('finding all elements of a list looks at each of them a few times', () => {
  const elements: Element[] = Array.from({ length: 1000 }, (_, index) => ({ key: `${index}` }));
  let looks = 0;
  const index = new ElementIndex(elements, ({ key }) => {
    looks++;
    return [key];
  });
  for (const [position, { key }] of [...elements.entries()].reverse()) {
    expect(index.first(key)).toBe(position);
    elements[position] = { key: 'gone' };
    index.add(position);
  }
  expect(looks).toBeLessThanOrEqual(3 * elements.length);
});
