import { App, Chart } from 'cdk8s';
import { TalosCluster, TalosSecrets } from 'cdk8s-talos';

const app = new App();
const chart = new Chart(app, 'ci');

TalosCluster.ephemeral(chart, 'cluster', {
  clusterName: 'ci-42',
  workers: 2,
  readinessJob: {},
  // written by the first synthesis; without secrets, each one makes another cluster
  secrets: TalosSecrets.fromFile('secrets.yaml', { createIfMissing: true, ephemeralCluster: true }),
});

app.synth();
