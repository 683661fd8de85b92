import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, ApiObjectProps, App, Chart } from 'cdk8s';
import { HostingNetwork, MachineConfig, TalosCluster, TalosSecrets } from 'cdk8s-talos';

/**
 * How long it takes, and how much memory, to synthesize fleets of clusters (a control plane and a pool of workers each): `npm run benchmark fleet`.
 *
 * The other side has the very same objects as plain `ApiObject`s, whose JSON is there before the clock starts, with the machine configs and
 * credentials that a person has from talosctl. Ours makes and checks these too, from secrets that are there before. So there are two ratios: of
 * all, and `beside generation`, without the certificates, machine configs and their validation.
 *
 * Each figure is the median of some processes of its own, which start cold, as a user's does; the sides take turns, and must write the same
 * bytes. MiB are those by which the process grows at most. `secrets` is the time for reading them, which is in neither ratio. cdk8s itself is
 * quadratic in charts, on either side, so that 1,000 of them take minutes: `ALL=1 npm run benchmark fleet`.
 */
const LAYOUTS = ['one chart', 'one chart each', 'one app each'];
const RUNS = new Map([[1, 5], [10, 5], [100, 3], [1000, 1]]);
const SHARES = ['certificates', 'configs', 'validation', 'constructs', 'cdk8s'];
const [GENERATED, BESIDE_GENERATION] = [SHARES.slice(0, 3), SHARES.slice(3)];

/** The time of each share, and that of reading the secrets, in milliseconds of the processor, which depend least on what else the machine does. */
type Times = { [share: string]: number };

interface Measurement {
  readonly times: Times;
  readonly mebibytes: number;
  /** of all files written */
  readonly hash: string;
}

type AddCluster = (chart: Chart, index: number) => void;

/** Prepares, in a process of its own, secrets and with them the objects that a person would have written. */
function prepare(directory: string, count: number): void {
  const bundles = Array.from({ length: 10 }, () => TalosSecrets.generate().toYaml());
  const chart = new Chart(new App(), 'fleet');
  for (let index = 0; index < count; index++) {
    writeFileSync(join(directory, `secrets-${index}.yaml`), bundles[index % bundles.length]);
    const cluster = addOurs(chart, index, TalosSecrets.fromYaml(bundles[index % bundles.length]));
    const objects = cluster.node.findAll().filter((construct) => construct instanceof ApiObject).map((object) => object.toJson());
    writeFileSync(join(directory, `objects-${index}.json`), JSON.stringify(objects));
  }
}

const hostingNetwork = HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'], nodeCidrs: ['192.168.0.0/24'] });

function addOurs(chart: Chart, index: number, secrets: TalosSecrets): TalosCluster {
  return new TalosCluster(chart, `cluster-${index}`, {
    clusterName: `cluster-${index}`,
    secrets,
    sharedSecrets: true,
    controlPlane: { hostingNetwork },
    workerPools: [{ name: 'worker' }],
  });
}

/** Measures one side, in this process. */
function measureSide(directory: string, side: string, layout: string, count: number): Measurement {
  const output = mkdtempSync(join(directory, 'output-'));
  const before = process.memoryUsage().rss;
  const times: Times = Object.fromEntries([...SHARES, 'secrets'].map((share) => [share, 0]));
  const add = side === 'ours' ? prepareOurs(directory, count, times) : prepareByHand(directory, count);
  synthesize(output, layout, count, add, times);
  const mebibytes = (process.resourceUsage().maxRSS * 1024 - before) / 1024 ** 2;
  return { times, mebibytes, hash: hashOf(output) };
}

function prepareOurs(directory: string, count: number, times: Times): AddCluster {
  const texts = Array.from({ length: count }, (_, index) => readFileSync(join(directory, `secrets-${index}.yaml`), 'utf8'));
  watch(times, 'secrets', TalosSecrets, 'fromYaml');
  const secrets = texts.map((text) => TalosSecrets.fromYaml(text));
  watch(times, 'certificates', TalosSecrets.prototype, 'talosconfig', 'kubeconfig');
  watch(times, 'configs', MachineConfig, 'controlPlane', 'worker');
  watch(times, 'configs', MachineConfig.prototype, 'patch', 'toUserData');
  watch(times, 'validation', MachineConfig.prototype, 'validate');
  return (chart, index) => addOurs(chart, index, secrets[index]);
}

function prepareByHand(directory: string, count: number): AddCluster {
  const clusters: ApiObjectProps[][] = Array.from({ length: count }, (_, index) => JSON.parse(readFileSync(join(directory, `objects-${index}.json`), 'utf8')));
  return (chart, index) => clusters[index].forEach((object, number) => new ApiObject(chart, `cluster-${index}-${number}`, object));
}

/** Milliseconds of all threads. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Adds up the time that methods take. */
function watch(times: Times, share: string, owner: any, ...methods: string[]): void {
  for (const method of methods) {
    const original = owner[method];
    owner[method] = function (this: unknown, ...parameters: unknown[]) {
      const start = cpuTime();
      const result = original.apply(this, parameters);
      times[share] += cpuTime() - start;
      return result;
    };
  }
}

function synthesize(output: string, layout: string, count: number, add: AddCluster, times: Times): void {
  const perApp = layout === 'one app each' ? 1 : count;
  const perChart = layout === 'one chart' ? count : 1;
  const start = cpuTime();
  for (let first = 0; first < count; first += perApp) {
    const app = new App({ outdir: join(output, `${first}`) });
    for (let index = first; index < first + perApp; index += perChart) {
      const chart = new Chart(app, `chart-${index}`);
      for (let next = index; next < index + perChart; next++) {
        add(chart, next);
      }
    }
    const built = cpuTime();
    app.synth();
    times.cdk8s += cpuTime() - built;
  }
  times.constructs = cpuTime() - start - times.cdk8s - sum(times, GENERATED);
}

function hashOf(output: string): string {
  const hash = createHash('sha256');
  for (const app of readdirSync(output)) {
    for (const file of readdirSync(join(output, app))) {
      hash.update(file).update(readFileSync(join(output, app, file)));
    }
  }
  rmSync(output, { recursive: true });
  return hash.digest('hex');
}

function sum(times: Times, shares: string[]): number {
  return shares.map((share) => times[share]).reduce((one, other) => one + other, 0);
}

/** Runs this file in a process of its own, and returns what it prints. */
function run(...parameters: (string | number)[]): string {
  return execFileSync(process.execPath, [...process.execArgv, __filename, ...parameters.map(String)], {
    encoding: 'utf8', maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function median(values: number[]): number {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

/** The medians of both sides, which take turns. */
function compare(directory: string, layout: string, count: number): { readonly ours: Measurement; readonly byHand: Measurement } {
  const runs = Array.from({ length: RUNS.get(count)! }, () => ['ours', 'by hand'].map((side): Measurement => JSON.parse(run(directory, side, layout, count))));
  const [ours, byHand] = [0, 1].map((side): Measurement => ({
    times: Object.fromEntries(Object.keys(runs[0][side].times).map((share) => [share, median(runs.map((both) => both[side].times[share]))])),
    mebibytes: median(runs.map((both) => both[side].mebibytes)),
    hash: runs[0][side].hash,
  }));
  if (ours.hash !== byHand.hash) {
    throw new Error(`${layout} of ${count} clusters: ours and the objects written by hand are not the same`);
  }
  return { ours, byHand };
}

function compareLayout(directory: string, layout: string, counts: number[]): void {
  const results = counts.map((count) => ({ count, ...compare(directory, layout, count) }));
  console.log(`\n${layout}`);
  console.table(Object.fromEntries(results.map(({ count, ours, byHand }, index) => {
    const before = results[index - 1];
    return [count, {
      'ours, ms': Math.round(sum(ours.times, SHARES)),
      'by hand, ms': Math.round(sum(byHand.times, SHARES)),
      'ratio': ratio(sum(ours.times, SHARES), sum(byHand.times, SHARES)),
      'beside generation': ratio(sum(ours.times, BESIDE_GENERATION), sum(byHand.times, SHARES)),
      'ours grows': before ? ratio(sum(ours.times, SHARES), sum(before.ours.times, SHARES)) : '',
      'by hand grows': before ? ratio(sum(byHand.times, SHARES), sum(before.byHand.times, SHARES)) : '',
      'ours, MiB': Math.round(ours.mebibytes),
      'by hand, MiB': Math.round(byHand.mebibytes),
      'ratio of MiB': ratio(ours.mebibytes, byHand.mebibytes),
    }];
  })));
  console.log('milliseconds for each cluster');
  console.table(Object.fromEntries(results.flatMap(({ count, ours, byHand }) => [
    [`${count} ours`, perCluster(ours.times, count)],
    [`${count} by hand`, perCluster(byHand.times, count)],
  ])));
}

function perCluster(times: Times, count: number): Times {
  return Object.fromEntries(Object.entries(times).map(([share, time]) => [share, ratio(time, count)]));
}

function ratio(one: number, other: number): number {
  return Math.round(one / other * 100) / 100;
}

function compareAll(): void {
  const directory = mkdtempSync(join(tmpdir(), 'fleet-'));
  try {
    const counts = [...RUNS.keys()];
    run(directory, 'prepare', '', Math.max(...counts));
    for (const layout of LAYOUTS) {
      compareLayout(directory, layout, counts.filter((count) => process.env.ALL || layout !== 'one chart each' || count < 1000));
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const [directory, side, layout, count] = process.argv.slice(2);
if (directory === undefined) {
  compareAll();
} else if (side === 'prepare') {
  prepare(directory, Number(count));
} else {
  console.log(JSON.stringify(measureSide(directory, side, layout, Number(count))));
}
