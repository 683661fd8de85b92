import { ApiObject, App, Chart } from 'cdk8s';
import { AddressPlan, HostingNetwork, SecretDelivery, SecretText, MachineConfigPatch, TalosCluster, TalosVersion } from 'cdk8s-talos';

// the repository to which the manifests are committed, and from which Argo CD applies them
const repoURL = 'https://git.example.com/platform/clusters.git';

// yours: see docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
const hostingNetwork = HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] });
const plan = AddressPlan.of({ hostingNetwork });

// a password that only the hosting cluster knows, in a Secret of its own
const registryPassword = SecretText.fromSecret('registry', 'password');

const app = new App();
const applications = new Chart(app, 'applications', { namespace: 'argocd' });

['hydra', 'shield'].forEach((name, number) => {
  new TalosCluster(new Chart(app, name, { namespace: name }), 'cluster', {
    clusterName: name,
    talosVersion: TalosVersion.of('v1.13.9'),
    // the file of `talosctl gen secrets` is in the vault, under this key
    secretDelivery: SecretDelivery.externalSecret({ store: 'vault', key: `talos/${name}`, property: 'bundle' }),
    patches: [MachineConfigPatch.fromDocuments({
      machine: {
        registries: { config: { 'registry.example.com': { auth: { username: 'talos', password: registryPassword.placeholder } } } },
      },
    })],
    controlPlane: { hostingNetwork, ...plan.allocate(name, number) },
    workerPools: [{ name: 'general', replicas: 2 }],
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
});

app.synth();
