// run with: npx ts-node -T -P test/tsconfig.json benchmarks/pki.ts
import { measure } from './measure';
import { mintKubeconfig } from '../src/secrets/bundle/kubeconfig';
import { mintTalosconfig } from '../src/secrets/bundle/talosconfig';
import { SecretsBundle } from '../src/secrets/bundle/secrets-bundle';

const bundle = SecretsBundle.generate();
const text = bundle.encode();
const serviceAccountKey = bundle.certs.k8sserviceaccount.key;

measure('generate, with the RSA key', 5, () => SecretsBundle.generate());
measure('generate, with a given service account key', 50, () => SecretsBundle.generate({ serviceAccountKey }));
measure('parse', 50, () => SecretsBundle.parse(text));
measure('encode', 50, () => bundle.encode());
measure('mint a talosconfig', 50, () => mintTalosconfig(bundle, { clusterName: 'lab', endpoints: ['10.0.0.1'] }));
measure('mint a kubeconfig', 50, () => mintKubeconfig(bundle, { clusterName: 'lab', endpoint: 'https://10.0.0.1:6443' }));
