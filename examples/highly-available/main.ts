import { App, Chart, Size } from 'cdk8s';
import { ApiExposure, HostingNetwork, MemberAddresses, NodeStorage, TalosControlPlane, TalosNamespace, TalosSecrets, TalosVersion } from 'cdk8s-talos';

const app = new App();
const chart = new Chart(app, 'globex', { namespace: 'globex' });
new TalosNamespace(chart, 'namespace');

new TalosControlPlane(chart, 'control-plane', {
  clusterName: 'globex',
  talosVersion: TalosVersion.of('v1.13.9'),
  secrets: TalosSecrets.fromFile('secrets.yaml'),
  replicas: 3,
  memberAddresses: MemberAddresses.STABLE,
  // yours: see docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
  hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] }),
  kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.20', sourceRanges: ['198.51.100.0/24'] }),
  storage: NodeStorage.essential({ size: Size.gibibytes(20) }),
  resources: { requests: { cpu: '1', memory: '2Gi' } },
});

app.synth();
