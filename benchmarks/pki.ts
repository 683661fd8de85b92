import { execFileSync } from 'child_process';
import { generateKeyPairSync } from 'crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { MachineConfig, TalosSecrets } from 'cdk8s-talos';
import { SecretsBundle } from '../src/secrets/bundle/secrets-bundle';

/**
 * How long it takes to read secrets, to issue certificates and to generate machine configs: `npm run benchmark pki`.
 *
 * Each figure is the least of some processes, in milliseconds of the processor. Every cluster has keys of its own, because those of a cluster
 * that was read before in the process are remembered; its RSA key has 2048 bits, which are made faster than the 4096 of real clusters.
 */
const CLUSTERS = 40;
const PROCESSES = 5;
const ROUNDS = 60;

type Times = { [row: string]: number };

function prepare(directory: string): void {
  for (let index = 0; index < CLUSTERS; index++) {
    const serviceAccountKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs1' }) as string;
    writeFileSync(join(directory, `${index}.yaml`), SecretsBundle.generate({ serviceAccountKey }).encode());
  }
}

function measureAll(directory: string): Times {
  const [first, ...others] = readdirSync(directory).map((file) => readFileSync(join(directory, file), 'utf8'));
  const times: Times = {};
  let secrets: TalosSecrets;
  times['secrets, first of the process'] = timeOf(() => { secrets = TalosSecrets.fromYaml(first); });
  let generation = 0;
  const talosconfig = () => secrets.talosconfig({ clusterName: 'lab', endpoints: ['lab.example.com'], generation: ++generation });
  const kubeconfig = () => secrets.kubeconfig({ clusterName: 'lab', endpoint: 'https://lab.example.com:6443', generation: ++generation });
  const machineConfigs = () => {
    const options = { clusterName: 'lab', endpoint: 'https://lab.example.com:6443', secrets };
    return [MachineConfig.controlPlane(options), MachineConfig.worker(options)].map((config) => config.toYaml());
  };
  times['talosconfig and kubeconfig, first of the process'] = timeOf(() => [talosconfig(), kubeconfig()]);
  times['secrets of a cluster not read before'] = Math.min(...others.map((text) => timeOf(() => TalosSecrets.fromYaml(text))));
  times['secrets of the same cluster again'] = leastOf(() => TalosSecrets.fromYaml(first));
  times.talosconfig = leastOf(talosconfig);
  times.kubeconfig = leastOf(kubeconfig);
  times['talosconfig and kubeconfig'] = leastOf(() => [talosconfig(), kubeconfig()]);
  times['control plane and worker, with their texts'] = leastOf(machineConfigs);
  times['control plane, worker and talosconfig'] = leastOf(() => [machineConfigs(), talosconfig()]);
  return times;
}

/** Milliseconds of the processor. */
function timeOf(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The least of some rounds of ten, which also let the compiler warm up. */
function leastOf(run: () => unknown): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => timeOf(() => Array.from({ length: 10 }, run)) / 10));
}

function runInProcess(...parameters: string[]): string {
  return execFileSync(process.execPath, [...process.execArgv, __filename, ...parameters], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function measureProcesses(): void {
  const directory = mkdtempSync(join(tmpdir(), 'pki-'));
  try {
    runInProcess('prepare', directory);
    const runs = Array.from({ length: PROCESSES }, (): Times => JSON.parse(runInProcess('measure', directory)));
    const least = (row: string) => Number(Math.min(...runs.map((times) => times[row])).toFixed(3));
    console.table(Object.fromEntries(Object.keys(runs[0]).map((row) => [row, { milliseconds: least(row) }])));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const [action, directory] = process.argv.slice(2);
if (action === undefined) {
  measureProcesses();
} else if (action === 'prepare') {
  prepare(directory);
} else {
  console.log(JSON.stringify(measureAll(directory)));
}
