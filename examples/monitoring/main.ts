import { App, Chart } from 'cdk8s';
import { HostingNetwork, MemberAddresses, NetworkPeer, SecretDelivery, TalosCluster, TalosMonitoring, TalosVersion } from 'cdk8s-talos';

const app = new App();
const chart = new Chart(app, 'wayne');

const { controlPlane } = new TalosCluster(chart, 'cluster', {
  clusterName: 'wayne',
  talosVersion: TalosVersion.of('v1.13.9'),
  secretDelivery: SecretDelivery.generateOnce(),
  // etcd, the controller manager and the scheduler serve their metrics outside of their machines, too
  metrics: true,
  controlPlane: {
    replicas: 3,
    memberAddresses: MemberAddresses.STABLE,
    // yours: see docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
    hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] }),
    // only Prometheus reads them
    networkPolicy: {
      metricsReaders: [NetworkPeer.podsInNamespaces(
        { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
        { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
      )],
    },
  },
});

// the labels by which your Prometheus selects ServiceMonitors and PrometheusRules
new TalosMonitoring(chart, 'monitoring', { controlPlane, labels: { release: 'kube-prometheus-stack' } });

app.synth();
