import { Lazy, Size } from 'cdk8s';
import { MachineConfig, MachineConfigPatch } from '../../src';

class Hosts {
  public readonly names = ['a'];
}

const cyclic: any = { a: {} };
cyclic.a.b = [cyclic];

const REFUSED: Array<[string, any, string]> = [
  ['a Map', { machine: { sysctls: new Map([['net.core.somaxconn', '4096']]) } }, "'documents[0].machine.sysctls' is an object of the class Map: give a plain object"],
  ['a Map as a document', new Map([['machine', {}]]), "'documents[0]' is an object of the class Map: give a plain object"],
  ['a Set', { machine: { certSANs: new Set(['a']) } }, "'documents[0].machine.certSANs' is an object of the class Set"],
  ['a Size', { machine: { files: [{ size: Size.gibibytes(1) }] } }, "'documents[0].machine.files[0].size' is an object of the class Size"],
  ['an object of one\'s own class', { cluster: new Hosts() }, "'documents[0].cluster' is an object of the class Hosts"],
  ['a regular expression', { a: /x/ }, "'documents[0].a' is an object of the class RegExp"],
  ['a Lazy', { machine: { certSANs: [Lazy.any({ produce: () => 'a' })] } }, "'documents[0].machine.certSANs[0]' is a token, whose value isn't known yet"],
  ['NaN', { machine: { network: { mtu: NaN } } }, "'documents[0].machine.network.mtu' is NaN: give a number"],
  ['an infinite number', { a: [1, Infinity] }, "'documents[0].a[1]' is Infinity: give a number"],
  ['undefined in a list', { machine: { certSANs: ['a', undefined] } }, "'documents[0].machine.certSANs[1]' is missing: give a value"],
  ['a hole in a list', { machine: { certSANs: ['a', , 'b'] } }, "'documents[0].machine.certSANs[1]' is missing: give a value"], // eslint-disable-line no-sparse-arrays
  ['a function', { a: { b: () => 'x' } }, "'documents[0].a.b' is a function: give a value"],
  ['what contains itself', cyclic, "'documents[0].a.b[0]' contains itself"],
  ['a text as a document', 'machine: {}', "'documents[0]' is a string: give an object"],
];

test.each(REFUSED)('%s is refused, with the path of its key', (_, document, message) => {
  expect(() => MachineConfig.fromDocuments([document])).toThrow(message);
  expect(() => MachineConfigPatch.fromDocuments(document)).toThrow(message);
});

test('dates, null, objects without a prototype and the same object twice are taken; a key without a value is left out', () => {
  const shared = { at: new Date(0) };
  const bare = Object.assign(Object.create(null), { some: shared, other: shared, none: undefined, nothing: null });
  const config = MachineConfig.fromDocuments([{ machine: { type: 'worker', kubelet: { extraConfig: bare } } }]);
  expect(config.toYaml()).toContain('extraConfig:\n            nothing: null\n            other:\n                at: "1970-01-01T00:00:00.000Z"');
  expect(config.toYaml()).not.toContain('none');
});
