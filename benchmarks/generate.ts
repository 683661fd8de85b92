// run with: npx ts-node -T -P test/tsconfig.json benchmarks/generate.ts
import { measure } from './measure';
import { RELEASES } from '../src/talos/release';
import { generateControlPlane, generateWorker } from '../src/machine-config/generate/generate';
import { kubernetesRange } from '../src/talos/kubernetes-versions';
import { SecretsBundle } from '../src/secrets/bundle/secrets-bundle';

const bundle = SecretsBundle.generate();

for (const contract of RELEASES) {
  const options = { clusterName: 'lab', endpoint: 'https://10.0.0.1:6443', contract, kubernetesVersion: `${kubernetesRange(contract).newest}.0` };
  measure(`control plane of ${contract}`, 50, () => generateControlPlane(bundle, options));
  measure(`worker of ${contract}`, 50, () => generateWorker(bundle, options));
}
