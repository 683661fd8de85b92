import { MachineConfig, MachineConfigPatch, TalosVersion } from '../../../src';
import { Deletions } from '../../../src/machine-config/patches/delete';
import { LEGACY_KIND, schemaOf } from '../../../src/machine-config/schema/schema';
import { ValueMap } from '../../../src/machine-config/schema/values';
import { refusal } from '../../support/errors';

const COUNT = 200;
const numbers = Array.from({ length: COUNT }, (_, index) => index);

function patched(base: object, ...patches: object[]): any {
  const config = MachineConfig.fromDocuments([base]).patch(...patches.map((patch) => MachineConfigPatch.fromDocuments(patch)));
  return config._documents.get(LEGACY_KIND);
}

const interfaces = (all: object[]) => ({ machine: { network: { interfaces: all } } });
const listOf = (document: any) => document.machine.network.interfaces;

test('deleting many keys copies their object once', () => {
  const { type } = schemaOf('1.13').kind(LEGACY_KIND)!;
  const labels = new Map(numbers.map((number) => [`a${number}`, 'b']));
  const document: ValueMap = new Map([['machine', new Map([['nodeLabels', labels]])]]);
  const deletions = new Deletions('1.13');
  const apply = (value: ValueMap, key: string) =>
    deletions.apply(type, value, { apiVersion: '', kind: LEGACY_KIND, name: '', path: ['machine', 'nodeLabels', key] });
  const first = apply(document, 'a0');
  expect(first).not.toBe(document);
  expect(apply(first, 'a1')).toBe(first);
  expect(labels.size).toBe(COUNT);
  deletions.finish();
  expect(apply(first, 'a2')).not.toBe(first);
});

test('the first matching element is deleted, each time', () => {
  const base = interfaces([...numbers, ...numbers].map((number) => ({ interface: `eth${number}`, mtu: number + 1 })));
  const deletes = interfaces(numbers.map((number) => ({ interface: `eth${number}`, $patch: 'delete' })));
  expect(listOf(patched(base, deletes))).toEqual(numbers.map((number) => ({ interface: `eth${number}`, mtu: number + 1 })));
  expect(listOf(patched(base, deletes, deletes))).toEqual([]);
  expect(refusal(() => patched(base, deletes, deletes, deletes)).text).toBe('\'machine.network.interfaces[0]\': there isn\'t an element with \'interface\' "eth0"');
});

test('deletes and merges of one patch follow each other', () => {
  const document = (mtu: unknown) => `apiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\nmtu: ${mtu}\naddresses: [{address: 10.0.0.1/24}]\n`;
  const config = MachineConfig.fromYaml(`${document(1400)}---\nmachine: {type: worker}`, { talosVersion: TalosVersion.V1_14 });
  const deletes = 'apiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\nmtu: {$patch: delete}\n';
  const steps = [document(1500), deletes, document(1600), deletes.replace('mtu', 'addresses')].join('---\n');
  expect(config.patch(MachineConfigPatch.fromYaml(steps))._documents.get('LinkConfig')).toEqual({ apiVersion: 'v1alpha1', kind: 'LinkConfig', name: 'eth0', mtu: 1600 });
});

test('interfaces are merged by name, or by selectors, which change as they are merged', () => {
  const base = interfaces([
    { interface: 'eth0', deviceSelector: { driver: 'a' } }, { deviceSelector: { driver: 'a' } }, { deviceSelector: { driver: 'b' } },
  ]);
  const patch = interfaces([
    { interface: 'eth0', deviceSelector: { busPath: 'x' } },
    { deviceSelector: { driver: 'a' }, mtu: 1 },
    { deviceSelector: { busPath: 'x', driver: 'a' }, mtu: 2 },
    { deviceSelector: { driver: 'c' }, mtu: 3 },
    { deviceSelector: { driver: 'c' }, mtu: 4 },
    { deviceSelector: { driver: 'b', physical: true }, mtu: 5 },
  ]);
  expect(listOf(patched(base, patch))).toEqual([
    { interface: 'eth0', deviceSelector: { driver: 'a', busPath: 'x' }, mtu: 2 },
    { deviceSelector: { driver: 'a' }, mtu: 1 },
    { deviceSelector: { driver: 'b' } },
    { deviceSelector: { driver: 'c' }, mtu: 4 },
    { deviceSelector: { driver: 'b', physical: true }, mtu: 5 },
  ]);
});
