import { readFileSync } from 'fs';
import { join } from 'path';
import { performance } from 'perf_hooks';
import { App, Chart, Yaml } from 'cdk8s';
import { MachineConfig, MachineConfigPatch, TalosMachineConfig, TalosNode } from 'cdk8s-talos';

/**
 * How long it takes to turn a machine config into manifests, and how large they are: `npm run benchmark node`.
 */
const text = readFileSync(join(__dirname, '..', 'examples', 'single-node', 'controlplane.yaml'), 'utf8');

function synthesize(nodes: number): string {
  const chart = new Chart(new App(), 'talos', { namespace: 'talos' });
  for (let index = 0; index < nodes; index++) {
    const config = MachineConfig.fromYaml(text).patch(MachineConfigPatch.fromDocuments({ machine: { nodeLabels: { index: `${index}` } } }));
    new TalosNode(chart, `node-${index}`, { machineConfig: new TalosMachineConfig(chart, `config-${index}`, { config }) });
  }
  return Yaml.stringify(...chart.toJson());
}

function median(values: number[]): number {
  return values.sort((left, right) => left - right)[Math.floor(values.length / 2)];
}

const first = performance.now();
const one = synthesize(1);
console.log(`first node of a process: ${(performance.now() - first).toFixed(1)} ms`);
console.log(`one node: ${one.split('\n---\n').length} objects, ${one.length} bytes`);

for (const nodes of [1, 10, 100, 1000]) {
  const times = Array.from({ length: nodes < 1000 ? 9 : 3 }, () => {
    const start = performance.now();
    synthesize(nodes);
    return performance.now() - start;
  });
  console.log(`${nodes} nodes in one chart: ${median(times).toFixed(1)} ms, ${(median(times) / nodes).toFixed(2)} ms each`);
}
