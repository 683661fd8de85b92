import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { readManifests } from '../../src/update/manifests/read-manifests';
import { refusal } from '../support/errors';

const directory = mkdtempSync(join(tmpdir(), 'manifests-'));
afterAll(() => rmSync(directory, { recursive: true }));

function read(text: string): unknown[] {
  const path = join(directory, 'a.yaml');
  writeFileSync(path, text);
  return readManifests('applied', path);
}

const object = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n${data}`;

test('objects with many keys are read', () => {
  const keys = Array.from({ length: 1000 }, (_, index) => `  a${index}: "${index}"\n`).join('');
  expect(read(`${object(keys)}---\n${object('  a: b\n')}`)).toMatchObject([{ data: { a999: '999' } }, { data: { a: 'b' } }]);
});

test.each([
  ['a key twice', object('  a: b\n  c: d\n  a: e\n'), 'duplicate key at line 7, column 3'],
  ['a key twice in a later document', `${object('  a: b\n')}---\n{a: b, a: c}`, 'duplicate key at line 7, column 8'],
  ['a mistake before it', object('  a: "\\q"\n  a: b\n'), 'bad dq escape at line 5, column 7'],
  ['a mistake after it', object('  a: b\n  a: "\\q"\n'), 'duplicate key at line 6, column 3'],
  ['very many levels', object(`  a: ${'['.repeat(100_000)}`), 'nested too deeply at line 5, column 504'],
  ['very many levels that end', object(`  a: ${'{a: '.repeat(100_000)}${'}'.repeat(100_000)}`), 'nested too deeply at line 5, column 1995'],
])('%s is refused', (_, text, words) => {
  expect(refusal(() => read(text)).text).toContain(`a.yaml) is not YAML: ${words}; synthesize the file again`);
});
