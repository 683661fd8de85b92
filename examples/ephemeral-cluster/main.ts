import { App, Chart } from 'cdk8s';
import { HostingNetwork, TalosCluster, TalosSecrets } from 'cdk8s-talos';

const app = new App();
const chart = new Chart(app, 'ci');

TalosCluster.ephemeral(chart, 'cluster', {
  clusterName: 'ci-42',
  workers: 2,
  readinessJob: {},
  // those of kind; yours: docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
  hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['172.18.0.0/16'] }),
  // written by the first synthesis; without secrets, each one makes another cluster
  secrets: TalosSecrets.fromFile('secrets.yaml', { createIfMissing: true, ephemeralCluster: true }),
});

app.synth();
