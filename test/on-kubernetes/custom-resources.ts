import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { KubeClient } from './kube-client';
import { until } from './until';

/** Kinds that the manifests use and Kubernetes doesn't have: each project's own definitions, from its Go module. */
const DEFINITIONS: ReadonlyArray<{ readonly module: string; readonly files: string[]; readonly apiVersions: string[] }> = [
  {
    module: 'sigs.k8s.io/gateway-api@v1.5.1',
    files: ['config/crd/standard/gateway.networking.k8s.io_tlsroutes.yaml'],
    apiVersions: ['gateway.networking.k8s.io/v1'],
  },
  {
    module: 'github.com/cert-manager/cert-manager@v1.21.2',
    files: ['deploy/crds/cert-manager.io_issuers.yaml', 'deploy/crds/cert-manager.io_certificates.yaml'],
    apiVersions: ['cert-manager.io/v1'],
  },
];

/** Makes the API server take the kinds of other projects. */
export async function defineCustomResources(client: KubeClient): Promise<void> {
  for (const { module, files, apiVersions } of DEFINITIONS) {
    const folder = JSON.parse(execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8' })).Dir;
    for (const file of files) {
      const { status, body } = await client.apply(parse(readFileSync(join(folder, file), 'utf8')));
      if (status >= 300) {
        throw new Error(`${module}: ${file}: ${body.message}`);
      }
    }
    for (const apiVersion of apiVersions) {
      await until(`the API server has ${apiVersion}`, async () => await client.has(apiVersion) || undefined);
    }
  }
}
