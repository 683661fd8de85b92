import { MachineConfig } from '../../../src';
import { identityIn, identityInDocuments, identityOf } from '../../../src/secrets/bundle/cluster-identity';
import { RELEASES, secrets } from '../../support/control-planes';

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

test.each(RELEASES)('a machine config of %s, its text and its secrets say the same', (talosVersion) => {
  const options = { clusterName: 'acme', endpoint: 'https://acme:6443', secrets, talosVersion };
  const config = MachineConfig.controlPlane(options);
  const { encryptionSecrets, ...identity } = identityInDocuments(config._documents.plain);
  expect(identity).toEqual(identityOf(secrets._bundle));
  expect(encryptionSecrets).toHaveLength(1);
  for (const each of [config, MachineConfig.worker(options)]) {
    expect(identityInDocuments(each._documents.plain)).toEqual(identityIn(each.toYaml()));
  }
});
