import { App, Chart } from 'cdk8s';
import { AddressPlan, HostingNetwork, TalosCluster, TalosSecrets, TalosVersion } from 'cdk8s-talos';

// yours: see docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
const hostingNetwork = HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] });
const plan = AddressPlan.of({ hostingNetwork });

// a tenant keeps its number for life, whoever comes and goes
const tenants = [
  { name: 'initech', number: 0, workers: 2 },
  { name: 'hooli', number: 1, workers: 3 },
  { name: 'soylent', number: 3, workers: 1 },
];

const app = new App();
for (const { name, number, workers } of tenants) {
  new TalosCluster(new Chart(app, name, { namespace: name }), 'cluster', {
    clusterName: name,
    talosVersion: TalosVersion.of('v1.13.9'),
    secrets: TalosSecrets.fromFile(`${name}.secrets.yaml`),
    controlPlane: { hostingNetwork, ...plan.allocate(name, number) },
    workerPools: [{ name: 'general', replicas: workers }],
  });
}
app.synth();
