import { App, Chart } from 'cdk8s';
import { ApiExposure, HostingNetwork, TalosControlPlane, TalosNamespace, TalosSecrets, TalosVersion } from 'cdk8s-talos';

const app = new App();
const chart = new Chart(app, 'acme', { namespace: 'acme' });
new TalosNamespace(chart, 'namespace');

// made once by `talosctl gen secrets`
const secrets = TalosSecrets.fromFile('secrets.yaml');

new TalosControlPlane(chart, 'control-plane', {
  clusterName: 'acme',
  talosVersion: TalosVersion.of('v1.13.9'),
  secrets,
  // yours: see docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
  hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] }),
  kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
  resources: { requests: { cpu: '500m', memory: '2Gi' } },
});

app.synth();
