import { App, Chart } from 'cdk8s';
import { HostingNetwork, MemberAddresses, SecretDelivery, TalosCluster, TalosVersion } from 'cdk8s-talos';

const app = new App();
const chart = new Chart(app, 'stark');

new TalosCluster(chart, 'cluster', {
  clusterName: 'stark',
  talosVersion: TalosVersion.of('v1.13.9'),
  // a Job in the hosting cluster makes the keys once: the manifests have none, and can be public
  secretDelivery: SecretDelivery.generateOnce(),
  controlPlane: {
    replicas: 3,
    memberAddresses: MemberAddresses.STABLE,
    // yours: see docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
    hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] }),
  },
  workerPools: [{ name: 'general', replicas: 2 }],
});

app.synth();
