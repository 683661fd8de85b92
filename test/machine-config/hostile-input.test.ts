import { Parser } from 'yaml';
import { MachineConfig, MachineConfigPatch, TalosPlatform, TalosSecrets, TalosVersion } from '../../src';
import { decodeUserData, encodeUserData } from '../../src/machine-config/user-data';
import { certificatesProblem } from '../../src/machine-config/validation/check/pem';
import { YamlTokens } from '../../src/talos/yaml-tokens';
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
    ['objects', withValue('{a: '.repeat(LEVELS / 5) + '}'.repeat(LEVELS / 5))],
    ['JSON', `${'{"a":'.repeat(LEVELS / 5)}1${'}'.repeat(LEVELS / 5)}`],
    ['dashes', '- '.repeat(LEVELS)],
    ['explicit keys', '? '.repeat(LEVELS)],
    ['indentation', repeated(1000, (index) => `${' '.repeat(index)}a:\n`)],
    ['fewer levels with many values', withValue(`${'['.repeat(400)}${'a,'.repeat(50_000)}${']'.repeat(400)}`)],
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

describe('a text of very many tokens', () => {
  const { next } = Parser.prototype;
  let read = 0;

  beforeEach(() => {
    read = 0;
    Parser.prototype.next = function (lexeme) {
      read++;
      return next.call(this, lexeme);
    };
  });
  afterEach(() => {
    Parser.prototype.next = next;
  });

  test.each([
    ['lists', `[${'[],'.repeat(LEVELS)}]`],
    ['nulls', `[${'~,'.repeat(LEVELS)}]`],
    ['keys', `{${repeated(LEVELS, (index) => `a${index}: b, `)}}`],
    ['lines', repeated(LEVELS, (index) => `a${index}: b\n`)],
    ['dashes', '- a\n'.repeat(LEVELS)],
    ['tags', '!a '.repeat(LEVELS)],
    ['quotes', '"" '.repeat(LEVELS)],
    ['comments', '# a\n'.repeat(LEVELS)],
    ['directives', '%TAG ! a\n'.repeat(LEVELS)],
    ['documents', '---\n'.repeat(LEVELS)],
    ['ends of documents', '...\n'.repeat(LEVELS)],
  ])('is counted before any is parsed: %s', (_, text) => {
    const tokens = new YamlTokens(text, 1000);
    expect([...tokens.read()]).toEqual([]);
    expect(tokens.excess).toMatchObject({ of: 'tokens', words: 'more than 1,000 tokens' });
    expect(read).toBe(0);
  });

  test('is refused, whatever it is read as', () => {
    const refused = 'the text has more than 250,000 tokens, the parts of its YAML: write long values as one text';
    const text = `nodes: [${'[],'.repeat(LEVELS)}]`;
    expect(refusal(() => MachineConfig.fromYaml(text)).text).toContain(`the machine config: ${refused}`);
    const comments = '# a\n'.repeat(2 * LEVELS);
    expect(refusal(() => MachineConfig.fromYaml(withValue('a')).patch(MachineConfigPatch.fromYaml(comments))).text).toContain(refused);
    expect(refusal(() => TalosSecrets.fromYaml(comments)).text).toContain('is not valid YAML: line 125001: more than 250,000 tokens');
    expect(read).toBeLessThan(100); // tokens of the config that is patched
  });

  test('is fine where the tokens are long, or fewer', () => {
    const manifest = repeated(30_000, (index) => `      - {a: [${index}, ~], b: {}} # --- {[\n`);
    const config = MachineConfig.fromYaml(`cluster:\n  inlineManifests:\n  - name: a\n    contents: |\n${manifest}machine:\n  nodeLabels:\n${repeated(10_000, (index) => `    a${index}: b\n`)}`);
    expect(config.toYaml().length).toBeGreaterThan(1_000_000);
  });

  test('is read up to its first mistake', () => {
    const documents = '---\na: b\n'.repeat(10_000);
    expect(refusal(() => MachineConfig.fromYaml(`a: b: c\n${documents}`)).text).toContain('not valid YAML: block as implicit key at line 1');
    expect(refusal(() => TalosSecrets.fromYaml(`cluster: {id: a}\n${documents}`)).text).toContain('has several YAML documents, the second from line 2');
    expect(read).toBeLessThan(100);
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

test('a very long name is not repeated for each problem and value of its document', () => {
  const named = (name: string) => MachineConfig.fromYaml(`apiVersion: v1alpha1\nkind: ContainerConfig\n? name\n: ${name}\nenvironment: [${'a, '.repeat(50)}]\n`, { talosVersion: TalosVersion.V1_14 });
  const other = MachineConfig.fromYaml(withValue('a'), { talosVersion: TalosVersion.V1_14 });
  const [short, long] = [500, 100_000].map((length) => named('a'.repeat(length)));
  const written = (config: MachineConfig) =>
    [config.validate({ platform: TalosPlatform.METAL }), config.diff(other)].map((output) => JSON.stringify(output).length);
  const [[problems, lines], [problemsOfLong, linesOfLong]] = [short, long].map(written);
  expect(problemsOfLong).toBeLessThan(2 * problems);
  // the name is also a value
  expect(linesOfLong).toBeLessThan(2 * lines + 100_000);
  expect(long.validate().errors[0].document).toMatch(/^ContainerConfig\/a+\.\.\.[0-9a-f]{16}$/);
});

test('blocks that are no PEM are passed over, up to a hundred', () => {
  const begin = '-----BEGIN CERTIFICATE-----\n';
  const [before, after] = [99, 100].map((count) => certificatesProblem(`${`${begin}x\n`.repeat(count)}${begin}MIIB\n-----END CERTIFICATE-----\n`));
  expect([before, after]).toEqual([undefined, expect.stringContaining('is not PEM')]);
});
