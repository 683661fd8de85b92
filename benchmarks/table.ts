import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import ts from 'typescript';
import { Layout, Measurement } from './fleet-process';
import { SecretsBundle } from '../src/secrets/bundle/secrets-bundle';

/*
 * How much longer it takes, and how much more memory, to describe Talos clusters than to have their manifests there: `npm run benchmark`.
 *
 * By hand are the same objects as plain ApiObjects; both sides must write the same bytes. talosctl and kubectl are measured if they are on the
 * PATH. Each figure is the least of some fresh processes, in which the sides take turns: of the processor, so that what else the machine does
 * matters least. Ratios hold on other machines, milliseconds don't.
 */

type Times = Measurement['times'];

const directory = mkdtempSync(join(tmpdir(), 'benchmark-'));
const program = join(__dirname, '..', 'dist', 'benchmark', 'fleet-process.js');

function run(...parameters: (string | number)[]): string {
  return execFileSync(process.execPath, ['--no-warnings', program, ...parameters.map(String)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Plain JavaScript inside the package, so that a process loads nothing but the libraries; and secrets and objects that are there before. */
function prepare(count: number): void {
  mkdirSync(join(program, '..'), { recursive: true });
  writeFileSync(program, ts.transpileModule(readFileSync(join(__dirname, 'fleet-process.ts'), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  }).outputText);
  const first = SecretsBundle.generate();
  for (let index = 0; index < 100; index++) {
    // an RSA key takes longer than all the rest
    const bundle = index === 0 ? first : SecretsBundle.generate({ serviceAccountKey: first.certs.k8sserviceaccount.key });
    writeFileSync(join(directory, `secrets-${index}.yaml`), bundle.encode(), { mode: 0o600 });
  }
  run('prepare', directory, count);
}

function least(values: readonly number[]): number {
  return Math.min(...values);
}

interface Pair {
  readonly ours: Measurement;
  readonly byHand: Measurement;
}

/** The least of both sides. */
function compare(count: number, runs: number, layout: Layout = 'one chart'): Pair {
  const all = Array.from({ length: runs }, () => ['ours', 'by hand'].map((side): Measurement => JSON.parse(run(side, directory, count, layout))));
  const [ours, byHand] = [0, 1].map((side): Measurement => ({
    times: Object.fromEntries((Object.keys(all[0][side].times) as (keyof Times)[])
      .map((part) => [part, least(all.map((both) => both[side].times[part]))])) as unknown as Times,
    mebibytes: least(all.map((both) => both[side].mebibytes)),
    hash: all[0][side].hash,
  }));
  if (ours.hash !== byHand.hash) {
    throw new Error(`${count} clusters in ${layout}: what we write is not what is written by hand`);
  }
  return { ours, byHand };
}

/** The processor time of a program, in milliseconds; none if it isn't on the PATH. */
function timeOf(command: string, ...parameters: string[]): number | undefined {
  const paths = process.env.PATH!.split(delimiter).filter((path) => !path.includes('node_modules'));
  const script = 'command -v "$0" > /dev/null || exit 0; TIMEFORMAT="%3U %3S"; { time "$0" "$@" > /dev/null 2>&1; } 2>&1';
  const times = Array.from({ length: 5 }, () => execFileSync('bash', ['-c', script, command, ...parameters], {
    encoding: 'utf8', env: { ...process.env, PATH: paths.join(delimiter) },
  }).trim());
  return times[0] === '' ? undefined : least(times.map((text) => text.split(' ').map(Number).reduce((user, system) => (user + system)) * 1000));
}

/** What `kubectl kustomize` takes for each cluster, if there is kubectl. */
function kustomize(count: number): number | undefined {
  const resources = Array.from({ length: count }, (_, index) => `objects-${index}.yaml`);
  writeFileSync(join(directory, 'kustomization.yaml'), `resources: [${resources.join(', ')}]\n`);
  const time = timeOf('kubectl', 'kustomize', directory);
  return time === undefined ? undefined : time / count;
}

const rows: Record<string, Record<string, string | number>> = {};

function row(what: string, ours: number, aim: number | '', peer: string, theirs?: number): void {
  const digits = (value: number) => Number(value.toPrecision(3));
  const ratio = theirs === undefined ? '' : digits(ours / theirs);
  const measured = peer === '' ? ours : ratio;
  rows[what] = {
    'ours, ms': digits(ours), 'by': peer, 'ms': theirs === undefined ? '' : digits(theirs), ratio, aim, 'is met': aim === '' || measured === '' ? '' : measured <= aim ? 'yes' : 'NO',
  };
}

const whole = ({ secrets, constructs, synth }: Times) => secrets + constructs + synth;
const withoutSecrets = ({ constructs, synth }: Times) => constructs + synth;

function measureAll(): void {
  prepare(1000);
  const [one, ten, hundred, thousand] = [compare(1, 12), compare(10, 6), compare(100, 4), compare(1000, 1)];
  const files = Array.from({ length: 4 }, () => JSON.parse(run('generate', directory)) as { firstCertificates: number; certificates: number; files: number });
  const talosctl = timeOf('talosctl', 'gen', 'config', 'lab', 'https://10.0.0.1:6443', '--with-secrets', join(directory, 'secrets-0.yaml'), '--output', directory, '--force');
  row('import', one.ours.times.talos, 0.5, 'import of cdk8s', one.ours.times.cdk8s);
  row('process of one cluster', one.ours.times.process, 1.5, 'by hand', one.byHand.times.process);
  for (const [count, { ours, byHand }] of [[1, one], [10, ten], [100, hundred], [1000, thousand]] as const) {
    row(`each of ${count}`, withoutSecrets(ours.times) / count, '', 'by hand', withoutSecrets(byHand.times) / count);
    row(`each of ${count}, secrets read`, whole(ours.times) / count, count === 100 ? 3 : '', 'by hand', whole(byHand.times) / count);
  }
  row('each of 100 beside talosctl', whole(hundred.ours.times) / 100, 0.25, 'gen config, by hand', talosctl && talosctl + whole(hundred.byHand.times) / 100);
  row('each of 100 beside kubectl', whole(hundred.ours.times) / 100, '', 'kubectl kustomize', kustomize(100));
  row('App.synth of 100', hundred.ours.times.synth, 1.05, 'by hand', hundred.byHand.times.synth);
  for (const layout of ['one chart each', 'one app each'] as const) {
    const { ours, byHand } = compare(100, 2, layout);
    row(`each of 100 in ${layout}`, whole(ours.times) / 100, '', 'by hand', whole(byHand.times) / 100);
  }
  row('two certificates in their files', least(files.map(({ certificates }) => certificates)), 0.35, '');
  row('the first two of a process', least(files.map(({ firstCertificates }) => firstCertificates)), 4, '');
  row('config pair and talosconfig', least(files.map((each) => each.files)), 0.7, '');
  row('memory of 100, MiB', hundred.ours.mebibytes, 1.2, 'by hand', hundred.byHand.mebibytes);
  row('memory of 1000, MiB', thousand.ours.mebibytes, 1.25, 'by hand', thousand.byHand.mebibytes);
  console.table(rows);
}

try {
  measureAll();
} finally {
  rmSync(directory, { recursive: true });
}
