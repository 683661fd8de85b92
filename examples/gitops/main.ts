import { ApiObject, App, Chart } from 'cdk8s';
import { AddressPlan, HostingNetwork, MachineConfigPatch, SecretDelivery, SecretText, TalosCluster, TalosVersion } from 'cdk8s-talos';

// the repository to which the manifests are committed, and from which Argo CD applies them
const repoURL = 'https://git.example.com/platform/clusters.git';

// yours: see docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
const hostingNetwork = HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] });
const plan = AddressPlan.of({ hostingNetwork });

const app = new App();
const applications = new Chart(app, 'applications', { namespace: 'argocd' });

// a tenant keeps its number for life, whoever comes and goes
for (const { name, number } of [{ name: 'hydra', number: 0 }, { name: 'shield', number: 1 }]) {
  const chart = new Chart(app, name, { namespace: name });

  new TalosCluster(chart, 'cluster', {
    clusterName: name,
    talosVersion: TalosVersion.of('v1.13.9'),
    // the file of `talosctl gen secrets` is in the vault, under this key
    secretDelivery: SecretDelivery.externalSecret({ store: 'vault', key: `talos/${name}`, property: 'bundle' }),
    patches: [MachineConfigPatch.of({
      registryAuthConfig: [{ name: 'registry.example.com', username: 'talos', password: SecretText.fromSecret('registry', 'password').placeholder }],
    })],
    controlPlane: { hostingNetwork, ...plan.allocate(name, number) },
    workerPools: [{ name: 'general', replicas: 2 }],
  });

  // the password of the registry is in the vault, too
  new ApiObject(chart, 'registry', {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'registry' },
    spec: {
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      data: [{
        secretKey: 'password',
        remoteRef: { key: 'registry', property: 'password', conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' },
      }],
    },
  });

  new ApiObject(applications, name, {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name },
    spec: {
      project: 'default',
      source: { repoURL, targetRevision: 'main', path: '.', directory: { include: `${name}.k8s.yaml` } },
      destination: { server: 'https://kubernetes.default.svc', namespace: name },
      syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['ServerSideApply=true'] },
    },
  });
}

app.synth();
