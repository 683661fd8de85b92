import { encodeConfig } from '../../../src/machine-config/documents/encode';
import { loadConfig } from '../../../src/machine-config/documents/load';
import { applyPatches } from '../../../src/machine-config/patches/apply';
import { loadPatch } from '../../../src/machine-config/patches/load-patch';
import { TalosError } from '../../../src/problem';
import { refusal } from '../../support/errors';
import { IS_THOROUGH } from '../../support/releases';

const MEBIBYTES = IS_THOROUGH ? 10 : 2;

function written(text: string): string {
  return encodeConfig(loadConfig(text, '1.13'));
}

test.each([
  ['a byte order mark', '\ufeffmachine:\n  type: worker\n'],
  ['line ends of Windows', 'machine:\r\n  type: worker\r\n'],
  ['tabs between words', 'machine:\t{type:\tworker}\n'],
  ['comments', '# a\nmachine: # b\n  type: worker # c\n'],
])('%s make no difference', (_, text) => {
  expect(written(text)).toBe(written('machine: {type: worker}'));
});

test.each([
  ['numbers beyond 2^53', 'maxPods: 9007199254740993', 'maxPods: 9007199254740993'],
  ['dates', 'at: 2026-01-03', 'at: 2026-01-03T00:00:00Z'],
  ['octal numbers', 'mode: 0o17', 'mode: 15'],
  ['words of YAML 1.1', 'on: yes', '"on": "yes"'],
  ['anchors', 'a: &x [1], b: *x', 'b:'],
  ['keys that are no texts', '1: a, true: b', '"1": a'],
])('%s are read as Talos reads them', (_, extra, expected) => {
  expect(written(`machine: {type: worker, kubelet: {extraConfig: {${extra}}}}`)).toContain(expected);
});

test.each([
  ['a tab as indentation', 'machine:\n\ttype: worker\n'],
  ['a NUL byte', 'machine: {type: "a\0"}'],
  ['a key twice', 'machine: {type: worker, type: worker}'],
  ['a merge key without an alias', 'machine: {<<: {type: worker}}'],
])('%s is refused', (_, text) => {
  expect(() => loadConfig(text, '1.13')).toThrow(TalosError);
});

test(`${MEBIBYTES} mebibytes are read`, () => {
  const contents = `${'x'.repeat(1023)}\n`.repeat(MEBIBYTES * 1024);
  const config = loadConfig(JSON.stringify({ machine: { type: 'worker', files: [{ content: contents, path: '/var/large', op: 'create' }] } }), '1.13');
  expect(config.get('v1alpha1', ['machine', 'files', '0', 'content']) === contents).toBe(true);
});

describe('a json patch on several documents', () => {
  const config = loadConfig('machine: {type: worker, certSANs: [a], nodeLabels: {a: b}}\n---\napiVersion: v1alpha1\nkind: OOMConfig\n', '1.13');
  const textOf = (operations: object[]) => refusal(() => applyPatches(config, [loadPatch(JSON.stringify(operations), '1.13')], '1.13')).text;

  test.each<[string, object[], string]>([
    ['a value', [{ op: 'add', path: '/machine/network', value: { hostname: 'x' } }], 'machine:\n    network:\n        hostname: x\n'],
    ['a value that is there', [{ op: 'replace', path: '/machine/type', value: 'controlplane' }], 'machine:\n    type: controlplane\n'],
    ['elements of a list', ['b', 'c'].map((value) => ({ op: 'add', path: '/machine/certSANs/-', value })),
      'machine:\n    certSANs:\n        - b\n        - c\n'],
    ['a removal, and a key with a slash', [{ op: 'remove', path: '/machine/certSANs' }, { op: 'add', path: '/machine/sysctls/a~1b', value: '1' }],
      'machine:\n    certSANs:\n        $patch: delete\n    sysctls:\n        a/b: "1"\n'],
    ['a place in a list', [{ op: 'add', path: '/machine/certSANs/0', value: 'b' }],
      'machine:\n    certSANs:\n        $patch: delete\n---\nmachine:\n    certSANs:\n        - b\n        - a\n'],
    ['a list that is there', [{ op: 'replace', path: '/machine/certSANs', value: ['b'] }],
      'machine:\n    certSANs:\n        $patch: delete\n---\nmachine:\n    certSANs:\n        - b\n'],
    ['an object that is there', [{ op: 'add', path: '/machine/nodeLabels', value: { c: 'd' } }],
      'machine:\n    nodeLabels:\n        a:\n            $patch: delete\n        c: d\n'],
    ['a test and a change', [{ op: 'test', path: '/machine/type', value: 'worker' }, { op: 'add', path: '/machine/nodeLabels/c', value: 'd' }],
      'machine:\n    nodeLabels:\n        c: d\n'],
    ['a move', [{ op: 'move', from: '/machine/nodeLabels', path: '/machine/nodeAnnotations' }],
      'machine:\n    nodeAnnotations:\n        a: b\n    nodeLabels:\n        $patch: delete\n'],
    ['a copy', [{ op: 'copy', from: '/machine/nodeLabels/a', path: '/machine/nodeLabels/c' }], 'machine:\n    nodeLabels:\n        c: b\n'],
    ['one value twice', ['x', 'z'].map((value) => ({ op: 'add', path: '/machine/nodeLabels/a', value })), 'machine:\n    nodeLabels:\n        a: z\n'],
  ])('is refused, with the documents that do the same: %s', (_, operations, documents) => {
    const message = textOf(operations);
    expect(message).toBe(`a JSON patch works only on a machine config with a single document: use documents as a patch, for example\n${documents}`);
    expect(() => applyPatches(config, [loadPatch(documents, '1.13')], '1.13')).not.toThrow();
  });

  test.each<[string, object[]]>([
    ['a test', [{ op: 'test', path: '/machine/type', value: 'worker' }]],
    ['what isn\'t there', [{ op: 'remove', path: '/machine/kubelet' }]],
    ['a test that fails', [{ op: 'test', path: '/machine/type', value: 'controlplane' }, { op: 'add', path: '/machine/nodeLabels/c', value: 'd' }]],
    ['the whole document', [{ op: 'replace', path: '', value: {} }]],
  ])('is refused without, where documents can\'t do the same: %s', (_, operations) => {
    expect(textOf(operations)).toBe('a JSON patch works only on a machine config with a single document: use documents as a patch');
  });
});
