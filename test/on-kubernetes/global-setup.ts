import { existsSync } from 'fs';
import { defineCustomResources } from './custom-resources';
import { KubeClient } from './kube-client';
import { seed, startRun } from './run';

/** The tests need a cluster; without one they fail instead of passing by default. */
export default async function globalSetup(): Promise<void> {
  const problem = await missingCluster();
  if (problem) {
    console.error(`test:cluster needs a throwaway Kubernetes cluster (${problem}): run 'kind create cluster --kubeconfig kubeconfig' or see CONTRIBUTING.md, `
      + 'then set KUBECONFIG to the path of that file');
    process.exit(1);
  }
  const client = KubeClient.fromEnvironment();
  await defineCustomResources(client);
  client.close();
  startRun();
  console.log(`test:cluster: SEED=${seed()} repeats the orders and random cases of this run`);
}

async function missingCluster(): Promise<string | undefined> {
  const { KUBECONFIG: path } = process.env;
  if (!path) {
    return 'KUBECONFIG is not set';
  }
  if (!existsSync(path)) {
    return `there is no file ${path}`;
  }
  const client = KubeClient.fromEnvironment();
  try {
    await client.list('v1', 'Namespace');
    return undefined;
  } catch (error) {
    return `no answer from the cluster in ${path}: ${(error as Error).message}`;
  } finally {
    client.close();
  }
}
