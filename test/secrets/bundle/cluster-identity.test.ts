import { identityIn } from '../../../src/secrets/bundle/cluster-identity';

const LEGACY = 'machine: {type: worker}\ncluster: {id: acme}\n';

test.each([
  ['a key twice', 'a: b\na: c\n'],
  ['very many levels', `a: ${'['.repeat(100_000)}`],
  ['an alias of nothing', 'a: *b\n'],
  ['a mistake', 'a: "\\q"\n'],
])('a document with %s is left out', (_, document) => {
  expect(identityIn(`${LEGACY}---\n${document}`).id).toBe('acme');
  expect(identityIn(`${LEGACY}${document}`).id).toBeUndefined();
});

test('many keys are read', () => {
  const keys = Array.from({ length: 1000 }, (_, index) => `a${index}: b\n`).join('');
  expect(identityIn(`${LEGACY}${keys}`).id).toBe('acme');
});
