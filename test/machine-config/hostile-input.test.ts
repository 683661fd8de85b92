import { MachineConfig, MachineConfigPatch, TalosPlatform, TalosVersion } from '../../src';
import { decodeUserData, encodeUserData } from '../../src/machine-config/user-data';
import { certificatesProblem } from '../../src/machine-config/validation/check/pem';
import { refusal } from '../support/errors';

/*
 * Texts that somebody wrote to make reading them slow: they are refused, or work like others. How long they take: `npm run benchmark hostile`.
 */

const LEVELS = 100_000;

/** A machine config with a free-form value. */
function withValue(value: string): string {
  return `machine:\n  type: worker\n  kubelet:\n    extraConfig:\n      key: ${value}\n`;
}

function repeated(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join('');
}

describe('input of very many levels', () => {
  test.each([
    ['lists', withValue('['.repeat(LEVELS) + ']'.repeat(LEVELS))],
    ['lists without an end', withValue('['.repeat(LEVELS))],
    ['objects', withValue('{a: '.repeat(LEVELS) + '}'.repeat(LEVELS))],
    ['JSON', `${'{"a":'.repeat(LEVELS)}1${'}'.repeat(LEVELS)}`],
    ['dashes', '- '.repeat(LEVELS)],
    ['explicit keys', '? '.repeat(LEVELS)],
    ['indentation', repeated(1000, (index) => `${' '.repeat(index)}a:\n`)],
    ['fewer levels with many values', withValue(`${'['.repeat(400)}${'a,'.repeat(LEVELS)}${']'.repeat(400)}`)],
    ['aliases', withValue(`[&a0 [x], ${repeated(1000, (index) => `&a${index + 1} [*a${index}], `)}]`)],
  ])('is refused: %s', (_, text) => {
    expect(refusal(() => MachineConfig.fromYaml(text)).text).toContain('nested too deeply');
    expect(refusal(() => MachineConfig.fromYaml(withValue('a')).patch(MachineConfigPatch.fromYaml(text))).text).toContain('nested too deeply');
  });

  test('is refused as plain objects', () => {
    const value = Array.from({ length: LEVELS }).reduce<unknown>((inner) => [inner], 1);
    const documents = [{ machine: { kubelet: { extraConfig: { value } } } }];
    expect(refusal(() => MachineConfig.fromDocuments(documents)).text).toMatch(/^'documents\[0\]\.machine.* is nested too deeply: give at most 500 levels$/);
    expect(refusal(() => MachineConfigPatch.fromDocuments(...documents)).text).toContain('nested too deeply');
  });

  test('is refused where JSON patches make it', () => {
    const operations = repeated(600, () => '{op: add, path: /machine/kubelet/extraConfig/b, value: {}}, '
      + '{op: move, from: /machine/kubelet/extraConfig/key, path: /machine/kubelet/extraConfig/b/a}, '
      + '{op: move, from: /machine/kubelet/extraConfig/b, path: /machine/kubelet/extraConfig/key}, ');
    expect(refusal(() => MachineConfig.fromYaml(withValue('a')).patch(MachineConfigPatch.fromYaml(`[${operations}]`))).text).toContain('nested too deeply');
  });

  test('is fine up to some hundreds', () => {
    const config = MachineConfig.fromYaml(withValue('['.repeat(400) + ']'.repeat(400)));
    expect(MachineConfig.fromYaml(config.toYaml()).toYaml()).toBe(config.toYaml());
  });

  test('is not the problem of a text with mistakes before', () => {
    expect(refusal(() => MachineConfig.fromYaml('a: b: c\n'.repeat(1000))).text).toBe('the machine config: not valid YAML: block as implicit key at line 1');
  });
});

describe('a short text that stands for a long one', () => {
  test.each([
    ['aliases of a list', withValue(`{a: &a [${'a,'.repeat(1000)}], b: [${'*a,'.repeat(1000)}]}`)],
    ['aliases of a text', withValue(`{a: &a ${'a'.repeat(100_000)}, b: [${'*a,'.repeat(1000)}]}`)],
    ['aliases of a key', withValue(`[&a {? ${'a'.repeat(100_000)} : b}, ${'*a,'.repeat(1000)}]`)],
    ['aliases of aliases', withValue(`[&a0 [x], ${repeated(30, (index) => `&a${index + 1} [*a${index}, *a${index}], `)}]`)],
    ['merge keys', withValue(`[&a {${repeated(1000, (index) => `a${index}: b, `)}}, {<<: [${'*a,'.repeat(1000)}]}]`)],
    ['merge keys of merge keys', withValue(`[&a0 {a: b}, ${repeated(1000, (index) => `&a${index + 1} {<<: *a${index}, a${index}: b}, `)}]`)],
  ])('is refused: %s', (_, text) => {
    expect(refusal(() => MachineConfig.fromYaml(text)).text).toContain('is repeated too often through aliases');
  });

  test.each([
    ['nodes', `[${'a,'.repeat(100)}]`],
    ['text', 'a'.repeat(10_000)],
    ['keys', `{${'a'.repeat(1000)}: b}`],
  ])('is refused as copies of copies of %s', (_, value) => {
    const copies = repeated(30, (index) => `{op: copy, from: /machine/kubelet/extraConfig, path: /machine/kubelet/extraConfig/${index}}, `);
    const config = MachineConfig.fromYaml(withValue(value));
    expect(refusal(() => config.patch(MachineConfigPatch.fromYaml(`[${copies}]`))).text).toContain('its operations copy too much');
  });

  test('is not expanded from gzip', () => {
    const [small, large] = [1000, 20_000_000].map((size) => Buffer.from(encodeLong('a'.repeat(size)), 'base64'));
    expect(decodeUserData(small.toString('base64'))).toHaveLength(1000 + 200_000);
    expect(refusal(() => decodeUserData(large.toString('base64'))).text).toContain('has more than');
  });
});

/** A text that is long enough to be compressed. */
function encodeLong(text: string): string {
  return encodeUserData(text + 'b'.repeat(200_000));
}

describe('a very long key', () => {
  const name = 'a'.repeat(5000);
  const config = (count: number) => MachineConfig.fromYaml(
    `machine: {registries: {mirrors: {? ${name} : {endpoints: [${repeated(count, (index) => `"${index}", `)}]}}}}`);

  test('is not repeated in each path below it', () => {
    const differences = config(3).diff(config(5));
    expect(differences).toHaveLength(2);
    expect(differences[0]).toMatch(/^\+ v1alpha1 machine\.registries\.mirrors\.a+\.\.\.[0-9a-f]{16}\.endpoints\[3\]: "3"$/);
    expect(differences[1].length).toBeLessThan(1000);
  });

  test('is not repeated in each problem', () => {
    const { errors } = MachineConfig.fromYaml(`apiVersion: v1alpha1\nkind: ContainerConfig\n? name\n: ${name}\nenvironment: [${'a, '.repeat(50)}]\n`, { talosVersion: TalosVersion.V1_14 })
      .validate({ platform: TalosPlatform.METAL });
    const ofVariables = errors.filter(({ path }) => path.startsWith('environment'));
    expect(new Set(ofVariables.map(({ message }) => message)).size).toBe(50);
    expect(Math.max(...ofVariables.map(({ message }) => message.length))).toBeLessThan(200);
  });
});

test('blocks that are no PEM are passed over, up to a hundred', () => {
  const begin = '-----BEGIN CERTIFICATE-----\n';
  const [before, after] = [99, 100].map((count) => certificatesProblem(`${`${begin}x\n`.repeat(count)}${begin}MIIB\n-----END CERTIFICATE-----\n`));
  expect([before, after]).toEqual([undefined, expect.stringContaining('is not PEM')]);
});
