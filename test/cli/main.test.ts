import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { main } from '../../src/cli/main';
import { dayTwoChanges } from '../support/day-two-changes';
import { appliedFile } from '../support/updates';

function run(...args: string[]): { readonly code: number; readonly out: string; readonly errors: string } {
  const [out, errors]: string[][] = [[], []];
  const code = main(args, { print: (text) => out.push(text), printError: (text) => errors.push(text) });
  return { code, out: out.join('\n'), errors: errors.join('\n') };
}

function plan(change: string, ...args: string[]): ReturnType<typeof run> {
  const { before, after } = dayTwoChanges.find((candidate) => candidate.change === change)!;
  return run('plan', '--applied', appliedFile(before('tenant')), '--synthesized', appliedFile(after('tenant')), ...args);
}

test.each<[string, number, string]>([
  ['nothing', 0, 'nothing changes'],
  ['more workers', 2, '0 to create, 1 to change'],
  ['fewer members', 1, 'REFUSED FEWER_MEMBERS: '],
])('plan: %s ends with %i', (change, code, words) => {
  expect(plan(change)).toMatchObject({ code, out: expect.stringContaining(words), errors: '' });
});

test('plan takes a risk that is allowed', () => {
  expect(plan('fewer members', '--allow', 'FEWER_MEMBERS')).toMatchObject({ code: 2, out: expect.stringContaining('allowed FEWER_MEMBERS: ') });
});

test('plan prints JSON', () => {
  const { code, out } = plan('fewer members', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ risks: [{ risk: 'FewerMembers', isAllowed: false }], machines: [expect.any(String)], notes: [] });
});

const MANIFESTS = join(__dirname, '../../examples/highly-available/globex.k8s.yaml');

test.each<[string[], string]>([
  [[], '\nMachines\n'],
  [['--format', 'summary'], 'Talos cluster globex: 3 × globex-control-plane'],
  [['--format', 'html'], '<h1>Talos cluster globex</h1>'],
  [['--json'], '"title": "Talos cluster globex"'],
])('report %j', (args, words) => {
  expect(run('report', MANIFESTS, ...args)).toMatchObject({ code: 0, out: expect.stringContaining(words), errors: '' });
});

test.each([['report.html', '<!doctype html>'], ['report.md', '# Talos cluster globex'], ['report.txt', 'Talos cluster globex']])('report writes %s', (name, words) => {
  const output = join(mkdtempSync(join(tmpdir(), 'report-')), name);
  expect(run('report', MANIFESTS, '--output', output)).toEqual({ code: 0, out: '', errors: '' });
  expect(readFileSync(output, 'utf8')).toContain(words);
});

const FILE = join(mkdtempSync(join(tmpdir(), 'manifests-')), 'talos.k8s.yaml');
writeFileSync(FILE, 'kind: Secret\ndata: { key: "S3CRET\n');

const SECRETS = join(dirname(FILE), 'secrets.yaml');
writeFileSync(SECRETS, 'cluster: { secret: S3CRET }\n');

test.each<[string[], string]>([
  [['plan'], '--applied is missing: give the path'],
  [['plan', '--applied', FILE], `'--applied' (${FILE}) is not YAML`],
  [['plan', '--applied', 'missing', '--synthesized', FILE], `--applied (missing) doesn't exist at ${join(process.cwd(), 'missing')}: give the path`],
  [['plan', '--applied', MANIFESTS, '--synthesized', __dirname], `--synthesized (${__dirname}) has no objects: give the directory`],
  [['plan', '--applied', SECRETS, '--synthesized', MANIFESTS], `'--applied' (${SECRETS}) has no object of Kubernetes: give manifests`],
  [['plan', '--aplied', tmpdir()], 'there is no option \'--aplied\': did you mean \'--applied\'?'],
  [['plan', '--quiet'], 'there is no option \'--quiet\': use one of --applied, --synthesized, --allow, --json, or --help'],
  [['plan', 'dist'], '\'dist\' is the value of no option: write the option before it, one of --applied, '],
  [['plan', '--applied'], 'Option \'--applied <value>\' argument missing: --help describes the options'],
  [['report'], 'PATH is missing: give the path'],
  [['report', MANIFESTS, '--format', 'pdf'], '--format (pdf) is unknown: give one of summary, text, markdown, html'],
  [['report', MANIFESTS, '--format', 'html', '--json'], '--format (html) and --json are both given'],
  [['report', MANIFESTS, '--output', join(FILE, 'a.html')], `--output (${join(FILE, 'a.html')}) can't be written: ENOTDIR; give the path of a file in a directory`],
  [['report', __dirname], 'has no Talos machines'],
  [['unknown'], 'there is no command \'unknown\': use one of init, doctor, plan, report, or --help'],
  [['doctr'], 'there is no command \'doctr\': did you mean \'doctor\'?'],
  [['constructor'], 'there is no command \'constructor\''],
])('%j is refused', (args, message) => {
  const { code, out, errors } = run(...args);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(errors).toContain(message);
  expect(errors).not.toContain('S3CRET');
});

test('an unknown risk is refused with the known ones', () => {
  expect(plan('nothing', '--allow', 'ANYTHING').errors).toMatch(/'--allow' \(ANYTHING\) is unknown: give one of IMMUTABLE_FIELD, /);
});

test.each([[['--help']], [['help']], [['plan', '--help']], [['plan', '-h']], [['report', '--help']], [['doctor', '--help']], [['init', '--help']], [['help', 'init']]])('%j prints help', (args) => {
  expect(run(...args)).toMatchObject({ code: 0, out: expect.stringMatching(/^Usage: cdk8s-talos /), errors: '' });
});

test('--version prints the release', () => {
  expect(run('--version')).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+/), errors: '' });
});

test('no command prints help, and fails', () => {
  expect(run()).toMatchObject({ code: 1, out: expect.stringMatching(/^Usage: cdk8s-talos COMMAND/) });
});
