// run with: npx ts-node -T -P test/tsconfig.json benchmarks/generate.ts
import { RELEASES } from '../src/config';
import { generateControlPlane, generateWorker, kubernetesRange } from '../src/generate';
import { SecretsBundle } from '../src/pki';

const bundle = SecretsBundle.generate();

for (const contract of RELEASES) {
  const options = { clusterName: 'lab', endpoint: 'https://10.0.0.1:6443', contract, kubernetesVersion: `${kubernetesRange(contract).newest}.0` };
  measure(`control plane of ${contract}`, 50, () => generateControlPlane(bundle, options));
  measure(`worker of ${contract}`, 50, () => generateWorker(bundle, options));
}

function measure(name: string, runs: number, run: () => unknown): void {
  run(); // lets the compiler warm up
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  console.log(`${name}: median ${times[Math.floor(runs / 2)].toFixed(1)} ms, slowest ${times[runs - 1].toFixed(1)} ms (${runs} runs)`);
}
