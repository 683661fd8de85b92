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

test('large files of many objects are read, also of short words', () => {
  const role = 'apiVersion: v1\nkind: Role\nmetadata: {name: a}\nrules:\n- apiGroups: [""]\n  resources:\n  - pods\n  verbs:\n  - get\n  - list\n  - watch\n---\n';
  expect(role.length * 4500).toBeLessThan(2 ** 20);
  expect(read(role.repeat(4500))).toHaveLength(4500);
});

test.each([
  ['a key twice', object('  a: b\n  c: d\n  a: e\n'), 'is not YAML: duplicate key at line 7, column 3; synthesize the file again'],
  ['a key twice in a later document', `${object('  a: b\n')}---\n{a: b, a: c}`, 'is not YAML: duplicate key at line 7, column 8; synthesize the file again'],
  ['a mistake before it', object('  a: "\\q"\n  a: b\n'), 'is not YAML: bad dq escape at line 5, column 7; synthesize the file again'],
  ['a mistake after it', object('  a: b\n  a: "\\q"\n'), 'is not YAML: duplicate key at line 6, column 3; synthesize the file again'],
  ['very many levels', object(`  a: ${'['.repeat(100_000)}`), 'is too much: nested too deeply at line 5, column 504; split the file'],
  ['very many levels that end', object(`  a: ${'{a: '.repeat(20_000)}${'}'.repeat(20_000)}`), 'is too much: nested too deeply at line 5, column 1995; split the file'],
  ['very many tokens', object(`  a: [${'~,'.repeat(100_000)}]`), 'is too much: more than 250,000 tokens at line 5, column 166649; split the file'],
])('%s is refused', (_, text, words) => {
  expect(refusal(() => read(text)).text).toContain(`a.yaml) ${words}`);
});

test('very many documents are refused', () => {
  expect(refusal(() => read('---\n'.repeat(100_002))).text).toContain('a.yaml) has more than 100,000 documents: split the file');
});

test.each([
  ['secrets', 'cluster: {id: S3CRET}\nsecrets: {bootstraptoken: S3CRET}\n'],
  ['a kubeconfig', 'apiVersion: v1\nkind: Config\nusers: [{name: a, user: {token: S3CRET}}]\n'],
  ['a machine config', 'version: v1alpha1\nmachine: {token: S3CRET}\n---\napiVersion: v1alpha1\nkind: HostnameConfig\n'],
  ['a text', 'S3CRET\n'],
])('%s instead of manifests: refused', (_, text) => {
  const { message } = refusal(() => read(text));
  expect(message).toBe(`'applied' (${join(directory, 'a.yaml')}) has no object of Kubernetes: give manifests, or what kubectl get --output yaml prints [talos:file-refused]`);
});

test.each([
  ['nothing', ''],
  ['empty documents', '---\n---\n'],
  ['a list without items', 'apiVersion: v1\nkind: List\nitems: []\n'],
  ['a pod of a StatefulSet', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, uid: b, ownerReferences: [{name: c}]}\n'],
])('%s: no manifests', (_, text) => {
  expect(read(text)).toEqual([]);
});

test('other files beside manifests are passed over', () => {
  const folder = mkdtempSync(join(directory, 'folder-'));
  writeFileSync(join(folder, 'package.json'), '{"name": "acme"}');
  writeFileSync(join(folder, 'acme.k8s.yaml'), object('  a: b\n'));
  expect(readManifests('applied', folder)).toHaveLength(1);
});
