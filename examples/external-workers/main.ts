import { App, Chart } from 'cdk8s';
import { ApiExposure, HostingNetwork, ExternalMachineConfigSecret, TalosCluster, TalosSecrets, TalosVersion } from 'cdk8s-talos';

const app = new App();
const chart = new Chart(app, 'umbrella');

const cluster = new TalosCluster(chart, 'cluster', {
  clusterName: 'umbrella',
  talosVersion: TalosVersion.of('v1.13.9'),
  secrets: TalosSecrets.fromFile('secrets.yaml'),
  controlPlane: {
    // yours: see docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
    hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] }),
    // the address must be known before: it is in the certificates and in the workers' machine config
    kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.30', sourceRanges: ['198.51.100.0/24'] }),
    externalWorkers: true,
  },
});

const worker = cluster.controlPlane.externalWorkerConfig({
  installDisk: '/dev/nvme0n1',
  nodeCidrs: ['198.51.100.0/24'],
  nodeLabels: { 'topology.kubernetes.io/zone': 'basement' },
});
// for a server from which machines boot; or worker.toFile('worker.yaml') for `talosctl apply-config --insecure`
new ExternalMachineConfigSecret(cluster, 'worker', { config: worker, name: 'umbrella-metal-worker' });

app.synth();
