// run with: npx ts-node -T -P test/tsconfig.json benchmarks/generate.ts
import { measure } from './measure';
import { RELEASES } from '../src/config';
import { generateControlPlane, generateWorker, kubernetesRange } from '../src/generate';
import { SecretsBundle } from '../src/pki';

const bundle = SecretsBundle.generate();

for (const contract of RELEASES) {
  const options = { clusterName: 'lab', endpoint: 'https://10.0.0.1:6443', contract, kubernetesVersion: `${kubernetesRange(contract).newest}.0` };
  measure(`control plane of ${contract}`, 50, () => generateControlPlane(bundle, options));
  measure(`worker of ${contract}`, 50, () => generateWorker(bundle, options));
}
