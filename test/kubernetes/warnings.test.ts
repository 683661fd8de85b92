import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Chart, Testing } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { Warnings } from '../../src';
import { warn, warnAtOnce } from '../../src/kubernetes/warnings';
import { ERROR_CODES } from '../../src/problem';

const HINT = expect.stringContaining('Warnings.of(construct).acknowledge(id, reason)');
const STRICT = 'CDK8S_TALOS_STRICT';

type Tree = ReturnType<typeof tree>;

const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();
afterEach(() => delete process.env[STRICT]);

/** An app with two charts, each with one construct. */
function tree(context: { [key: string]: unknown } = {}) {
  const app = Testing.app();
  Object.entries(context).forEach(([key, value]) => app.node.setContext(key, value));
  const [first, second] = ['first', 'second'].map((id) => new Chart(app, id));
  return { app, first, second, cluster: new Construct(first, 'cluster'), node: new Construct(second, 'node') };
}

/** The lines of each warning that has been printed since the last call. */
function printed(): string[][] {
  const texts = emitWarning.mock.calls.map(([text, type]) => {
    expect(type).toBe('TalosWarning');
    return String(text).split('\n  ');
  });
  emitWarning.mockClear();
  return texts;
}

function acknowledge(construct: IConstruct, id: string): void {
  Warnings.of(construct).acknowledge(id, 'it is meant');
}

describe('warnings', () => {
  test('are printed at synthesis, once, by construct, and say once how to acknowledge them', () => {
    const { app, first, cluster, node } = tree();
    warn(cluster, 'talos:a', 'one');
    warn(node, 'talos:b', 'two');
    warn(cluster, 'talos:b', 'three');
    expect(printed()).toEqual([]);
    app.synth();
    expect(printed()).toEqual([['first/cluster:', 'one [talos:a]', 'three [talos:b]', HINT], ['second/node:', 'two [talos:b]']]);
    app.synthYaml();
    Testing.synth(first);
    expect(printed()).toEqual([]);
  });

  test('are kept in the metadata', () => {
    const { cluster } = tree();
    warn(cluster, 'talos:a', 'one');
    expect(cluster.node.metadata).toEqual([expect.objectContaining({ type: 'cdk8s-talos:warning', data: 'one [talos:a]' })]);
  });

  test('are printed by each way to synthesize', () => {
    for (const synth of [({ app }: Tree) => app.synth(), ({ app }: Tree) => app.synthYaml(), ({ first }: Tree) => Testing.synth(first)]) {
      const constructs = tree();
      warn(constructs.cluster, 'talos:a', 'one');
      synth(constructs);
      expect(printed()).toEqual([['first/cluster:', 'one [talos:a]', HINT]]);
    }
  });

  test('that are equal are one', () => {
    const { app, cluster } = tree();
    ['one', 'one'].forEach((message) => warn(cluster, 'talos:a', message));
    app.synth();
    expect(printed()).toEqual([['first/cluster:', 'one [talos:a]', HINT]]);
  });

  test('that come after a synthesis are printed by the next one, alone', () => {
    const { app, cluster, node } = tree();
    warn(cluster, 'talos:a', 'one');
    app.synth();
    printed();
    warn(cluster, 'talos:b', 'two');
    warn(node, 'talos:a', 'three');
    app.synth();
    expect(printed()).toEqual([['first/cluster:', 'two [talos:b]'], ['second/node:', 'three [talos:a]']]);
  });

  test('that come from a validation are printed by the same synthesis', () => {
    const { app, cluster, node } = tree();
    warn(cluster, 'talos:a', 'one');
    node.node.addValidation({
      validate: () => {
        warn(cluster, 'talos:b', 'two');
        warn(node, 'talos:b', 'three');
        return [];
      },
    });
    app.synth();
    expect(printed()).toEqual([['first/cluster:', 'one [talos:a]', HINT], ['first/cluster:', 'two [talos:b]'], ['second/node:', 'three [talos:b]']]);
  });

  test('of one app aren\'t those of another', () => {
    const [one, other] = [tree(), tree()];
    warn(one.cluster, 'talos:a', 'one');
    warn(other.cluster, 'talos:a', 'one');
    acknowledge(other.app, 'talos:a');
    one.app.synth();
    other.app.synth();
    expect(printed()).toEqual([['first/cluster:', 'one [talos:a]', HINT]]);
  });

  test('of no construct are printed at once', () => {
    warnAtOnce('talos:a', 'one');
    expect(printed()).toEqual([['one [talos:a]']]);
  });
});

describe('an acknowledgement', () => {
  test.each<[string, (constructs: Tree) => IConstruct, boolean]>([
    ['the construct', ({ cluster }) => cluster, true],
    ['a construct above', ({ first }) => first, true],
    ['the app', ({ app }) => app, true],
    ['another chart', ({ second }) => second, false],
    ['a construct below', ({ cluster }) => new Construct(cluster, 'child'), false],
  ])('of %s, before or after the warning', (_, place, isHushed) => {
    for (const order of [-1, 1]) {
      const constructs = tree();
      const steps = [() => warn(constructs.cluster, 'talos:a', 'one'), () => acknowledge(place(constructs), 'talos:a')];
      (order < 0 ? steps.reverse() : steps).forEach((step) => step());
      constructs.app.synth();
      expect(printed()).toEqual(isHushed ? [] : [['first/cluster:', 'one [talos:a]', HINT]]);
    }
  });

  test('is for one ID', () => {
    const { app, cluster } = tree();
    warn(cluster, 'talos:a', 'one');
    warn(cluster, 'talos:a-b', 'two');
    warn(cluster, 'talos:b', 'it says [talos:a] in passing');
    acknowledge(app, 'talos:a');
    app.synth();
    expect(printed()).toEqual([['first/cluster:', 'two [talos:a-b]', 'it says [talos:a] in passing [talos:b]', HINT]]);
  });

  test('keeps the reason', () => {
    const { cluster } = tree();
    Warnings.of(cluster).acknowledge('talos:a', 'because');
    expect(cluster.node.metadata).toEqual([expect.objectContaining({ type: 'cdk8s-talos:acknowledged', data: { id: 'talos:a', reason: 'because' } })]);
  });

  test.each<[string, () => void, string]>([
    ['no prefix', () => acknowledge(new App(), 'made-elsewhere'),
      '\'id\' (made-elsewhere) is not the ID of a warning: give the one at the end of the warning, for example talos:made-elsewhere'],
    ['brackets', () => acknowledge(new App(), '[talos:made-elsewhere]'), '\'id\' ([talos:made-elsewhere]) is not the ID of a warning'],
    ['no ID', () => acknowledge(new App(), undefined as any), '\'id\' is missing: give a string'],
    ['no reason', () => Warnings.of(new App()).acknowledge('talos:a', undefined as any), '\'reason\' is missing: give a string'],
    ['an empty reason', () => Warnings.of(new App()).acknowledge('talos:a', ' '), '\'reason\' is empty: say why the warning doesn\'t matter here'],
    ['no construct', () => Warnings.of(undefined as any), '\'construct\' is not a construct: give the app, a chart or a construct in one'],
    ['another object', () => Warnings.of({} as any), '\'construct\' is not a construct'],
  ])('is refused with %s', (_, action, message) => {
    expect(action).toThrow(message);
  });
});

describe('strictness', () => {
  const synthWith = (variable?: string, context: { [key: string]: unknown } = {}) => {
    if (variable !== undefined) {
      process.env[STRICT] = variable;
    }
    const { app, cluster, node } = tree(context);
    warn(cluster, 'talos:a', 'one');
    warn(cluster, 'talos:b', 'two');
    warn(node, 'talos:a', 'three');
    acknowledge(node, 'talos:a');
    app.synth();
  };

  test.each<[string, Parameters<typeof synthWith>]>([
    [STRICT, ['true']],
    [STRICT, ['1']],
    ['cdk8s-talos:strict', [undefined, { 'cdk8s-talos:strict': true }]],
    ['cdk8s-talos:strict', ['false', { 'cdk8s-talos:strict': 'true' }]],
    [STRICT, ['true', { 'cdk8s-talos:strict': false }]],
  ])('by %s makes errors of what isn\'t acknowledged: %j', (cause, settings) => {
    const remedy = `(an error because of ${cause}: resolve it, or acknowledge it by Warnings.of())`;
    expect(() => synthWith(...settings)).toThrow('Validation failed with the following errors:\n'
      + `  [first/cluster] one [talos:a] ${remedy}\n  [first/cluster] two [talos:b] ${remedy}`);
    expect(printed()).toEqual([]);
  });

  test.each<Parameters<typeof synthWith>>([['false'], ['0'], [''], [undefined, { 'cdk8s-talos:strict': false }]])('is off: %j %j', (...settings) => {
    expect(() => synthWith(...settings)).not.toThrow();
    expect(printed()).toHaveLength(1);
  });

  test('of a chart by its context is for this chart', () => {
    const app = Testing.app();
    const [strict, lenient] = ['strict', 'lenient'].map((id) => new Chart(app, id));
    strict.node.setContext('cdk8s-talos:strict', true);
    [strict, lenient].forEach((chart) => warn(new Construct(chart, 'node'), 'talos:a', 'one'));
    expect(() => app.synth()).toThrow(/^Validation failed with the following errors:\n {2}\[strict\/node\] .*$/);
  });

  test('neither on nor off is refused', () => {
    expect(() => synthWith('yes')).toThrow('\'CDK8S_TALOS_STRICT\' (yes) is neither true nor false: give one of them');
    expect(() => synthWith(undefined, { 'cdk8s-talos:strict': 'on' })).toThrow('\'CDK8S_TALOS_STRICT\' (yes)');
    delete process.env[STRICT];
    expect(() => synthWith(undefined, { 'cdk8s-talos:strict': 'on' })).toThrow('\'cdk8s-talos:strict\' (on) is neither true nor false');
  });

  test('writes nothing', () => {
    process.env[STRICT] = 'true';
    const { app, cluster, node } = tree();
    node.node.addValidation({
      validate: () => {
        warn(cluster, 'talos:a', 'late');
        return [];
      },
    });
    expect(() => app.synth()).toThrow('[first/cluster] late [talos:a]');
    expect(readdirSync(app.outdir)).toEqual([]);
  });

  test('changes nothing without warnings', () => {
    process.env[STRICT] = 'true';
    expect(() => tree().app.synth()).not.toThrow();
  });
});

test('docs/warnings.md has a section for every ID of the sources, and for no other', () => {
  const root = join(__dirname, '../..');
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && file !== 'problem.ts');
  const used = sources.flatMap((file) => readFileSync(join(root, 'src', file), 'utf8').match(/(?<![\w/-])talos:[a-z][a-z0-9-]*/g) ?? []);
  const documented = [...readFileSync(join(root, 'docs/warnings.md'), 'utf8').matchAll(/^### (talos:.*)$/gm)].map(([, id]) => id);
  expect(documented).toEqual([...new Set(used)].filter((id) => !(id in ERROR_CODES)).sort());
});
