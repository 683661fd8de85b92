import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { KubeClient } from './kube-client';
import { until } from './until';
import { GoModule, goModuleFolder } from '../support/go-programs';

/** Kinds that the manifests use and Kubernetes doesn't have: each project's own definitions, from its Go module. */
const DEFINITIONS: ReadonlyArray<GoModule & { readonly files: string[]; readonly apiVersions: string[] }> = [
  {
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.5.1',
    files: ['config/crd/standard/gateway.networking.k8s.io_tlsroutes.yaml'],
    apiVersions: ['gateway.networking.k8s.io/v1'],
  },
  {
    module: 'github.com/bitnami-labs/sealed-secrets',
    version: 'v0.40.0',
    files: ['helm/sealed-secrets/crds/bitnami.com_sealedsecrets.yaml'],
    apiVersions: ['bitnami.com/v1alpha1'],
  },
  {
    module: 'github.com/external-secrets/external-secrets',
    version: 'v0.16.2',
    files: ['config/crds/bases/external-secrets.io_externalsecrets.yaml'],
    apiVersions: ['external-secrets.io/v1'],
  },
  {
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.21.2',
    files: ['deploy/crds/cert-manager.io_issuers.yaml', 'deploy/crds/cert-manager.io_certificates.yaml'],
    apiVersions: ['cert-manager.io/v1'],
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    files: ['servicemonitors', 'prometheusrules'].map((kind) => `example/prometheus-operator-crd/monitoring.coreos.com_${kind}.yaml`),
    apiVersions: ['monitoring.coreos.com/v1'],
  },
  {
    module: 'github.com/kyverno/kyverno',
    // newer ones warn of every exception from a ClusterPolicy
    version: 'v1.13.4',
    files: ['config/crds/kyverno/kyverno.io_policyexceptions.yaml'],
    apiVersions: ['kyverno.io/v2'],
  },
  {
    module: 'github.com/kyverno/kyverno',
    version: 'v1.19.1',
    files: ['config/crds/policies.kyverno.io/policies.kyverno.io_policyexceptions.yaml'],
    apiVersions: ['policies.kyverno.io/v1'],
  },
  {
    module: 'github.com/openshift/api',
    version: 'v0.0.0-20240404200104-96ed2d49b255',
    files: ['security/v1/zz_generated.crd-manifests/0000_03_config-operator_01_securitycontextconstraints.crd.yaml'],
    apiVersions: ['security.openshift.io/v1'],
  },
];

/** Makes the API server take the kinds of other projects. */
export async function defineCustomResources(client: KubeClient): Promise<void> {
  for (const { files, apiVersions, ...module } of DEFINITIONS) {
    for (const file of files) {
      const { status, body } = await client.apply(parse(readFileSync(join(goModuleFolder(module), file), 'utf8')));
      if (status >= 300) {
        throw new Error(`${module.module}: ${file}: ${body.message}`);
      }
    }
    for (const apiVersion of apiVersions) {
      await until(`the API server has ${apiVersion}`, async () => await client.has(apiVersion) || undefined);
    }
  }
}
