import { createHash } from 'crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import * as Cdk8s from 'cdk8s';
import * as Talos from 'cdk8s-talos';

/*
 * One fresh process that synthesizes clusters (a control plane and a pool of workers each): ours, or the very same objects by hand as plain
 * ApiObjects, whose JSON is there before. It prints its processor time in milliseconds, its memory, and a hash of what it wrote.
 */

/** Loads a library at a moment of its own. */
const load = createRequire(__filename);

/** How clusters are spread over charts and apps. */
export type Layout = 'one chart' | 'one chart each' | 'one app each';

export interface Measurement {
  /** of the processor, in milliseconds */
  readonly times: {
    /** the start of Node.js */
    readonly start: number;
    readonly cdk8s: number;
    /** loading cdk8s-talos, once cdk8s is loaded */
    readonly talos: number;
    readonly secrets: number;
    readonly constructs: number;
    readonly synth: number;
    /** until the process ends, without preparing what is by hand */
    readonly process: number;
  };
  /** by how much the memory grows at most, once the libraries are loaded */
  readonly mebibytes: number;
  readonly hash: string;
}

/** Milliseconds of all threads, since the process began. */
function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function hashOf(output: string): string {
  const hash = createHash('sha256');
  for (const file of (readdirSync(output, { recursive: true }) as string[]).filter((name) => name.endsWith('.yaml')).sort()) {
    hash.update(file).update(readFileSync(join(output, file)));
  }
  return hash.digest('hex');
}

/** Adds our cluster of a number to a chart. */
function ours(directory: string): { readonly read: (index: number) => unknown; readonly add: (chart: any, index: number, secrets: any) => any } {
  const { HostingNetwork, TalosCluster, TalosSecrets } = load('cdk8s-talos') as typeof Talos;
  const hostingNetwork = HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'], nodeCidrs: ['192.168.0.0/24'] });
  return {
    read: (index) => TalosSecrets.fromFile(join(directory, `secrets-${index % 100}.yaml`)),
    add: (chart, index, secrets) => new TalosCluster(chart, `cluster-${index}`, {
      clusterName: `cluster-${index}`, secrets, sharedSecrets: true, controlPlane: { hostingNetwork }, workerPools: [{ name: 'worker' }],
    }),
  };
}

function measure(side: string, layout: Layout, count: number, directory: string): Measurement {
  const start = now();
  const { ApiObject, App, Chart } = load('cdk8s') as typeof Cdk8s;
  const cdk8s = now();
  const library = side === 'ours' ? ours(directory) : undefined;
  const talos = now();
  const { rss } = process.memoryUsage();
  const indices = Array.from({ length: count }, (_, index) => index);
  const objects: any[][] = library ? [] : indices.map((index) => JSON.parse(readFileSync(join(directory, `objects-${index}.json`), 'utf8')));
  const prepared = now();
  const secrets = indices.map((index) => library?.read(index));
  const read = now();
  const output = mkdtempSync(join(directory, 'output-'));
  const [perApp, perChart] = [layout === 'one app each' ? 1 : count, layout === 'one chart' ? count : 1];
  let synth = 0;
  for (let first = 0; first < count; first += perApp) {
    const app = new App({ outdir: join(output, `${first}`) });
    for (let index = first; index < first + perApp; index += perChart) {
      const chart = new Chart(app, `chart-${index}`);
      for (let next = index; next < index + perChart; next++) {
        library
          ? library.add(chart, next, secrets[next])
          : objects[next].forEach((object, number) => new ApiObject(chart, `cluster-${next}-${number}`, object));
      }
    }
    const built = now();
    app.synth();
    synth += now() - built;
  }
  const end = now();
  const mebibytes = (process.resourceUsage().maxRSS * 1024 - rss) / 1024 ** 2;
  const hash = hashOf(output);
  rmSync(output, { recursive: true });
  return {
    times: {
      start,
      cdk8s: cdk8s - start,
      talos: talos - cdk8s,
      secrets: read - prepared,
      constructs: end - read - synth,
      synth,
      process: end - (prepared - talos),
    },
    mebibytes,
    hash,
  };
}

/** Writes the objects of clusters as a person would, as JSON, and for kubectl as YAML. */
function prepare(count: number, directory: string): void {
  const { ApiObject, App, Chart, Yaml } = load('cdk8s') as typeof Cdk8s;
  const { read, add } = ours(directory);
  const chart = new Chart(new App(), 'fleet');
  for (let index = 0; index < count; index++) {
    const constructs: unknown[] = add(chart, index, read(index)).node.findAll();
    const objects = constructs.filter((construct): construct is Cdk8s.ApiObject => construct instanceof ApiObject).map((object) => object.toJson());
    writeFileSync(join(directory, `objects-${index}.json`), JSON.stringify(objects));
    writeFileSync(join(directory, `objects-${index}.yaml`), Yaml.stringify(...objects));
  }
}

/** How long it takes to make what talosctl makes too, in milliseconds: the first time in a process, and at least later. */
function generate(directory: string): object {
  const { MachineConfig } = load('cdk8s-talos') as typeof Talos;
  const secrets = ours(directory).read(0) as Talos.TalosSecrets;
  // another generation has certificates of its own
  let generation = 0;
  const talosconfig = () => secrets.talosconfig({ clusterName: 'lab', endpoints: ['10.0.0.1'], generation: ++generation });
  const certificates = () => [talosconfig(), secrets.kubeconfig({ clusterName: 'lab', endpoint: 'https://10.0.0.1:6443', generation: ++generation })];
  const options = { clusterName: 'lab', endpoint: 'https://10.0.0.1:6443', secrets };
  const files = () => [MachineConfig.controlPlane(options).toYaml(), MachineConfig.worker(options).toYaml(), talosconfig()];
  const timed = (action: () => unknown) => {
    const start = now();
    action();
    return now() - start;
  };
  const firstCertificates = timed(certificates);
  const later = (action: () => unknown) => Math.min(...Array.from({ length: 200 }, () => timed(action)));
  return { firstCertificates, certificates: later(certificates), files: later(files) };
}

const [side, directory, count, layout] = process.argv.slice(2);
if (side === 'prepare') {
  prepare(Number(count), directory);
} else if (side === 'generate') {
  console.log(JSON.stringify(generate(directory)));
} else {
  console.log(JSON.stringify(measure(side, layout as Layout, Number(count), directory)));
}
