import { ApiObject, App, Chart } from 'cdk8s';
import { EtcdSnapshots, HostingNetwork, SecretDelivery, SnapshotTarget, TalosControlPlane, TalosNamespace, TalosVersion } from 'cdk8s-talos';

const app = new App();
const chart = new Chart(app, 'wonka', { namespace: 'wonka' });
new TalosNamespace(chart, 'namespace');

const controlPlane = new TalosControlPlane(chart, 'control-plane', {
  clusterName: 'wonka',
  talosVersion: TalosVersion.of('v1.13.9'),
  secretDelivery: SecretDelivery.generateOnce(),
  // yours: see docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
  hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] }),
});

new ApiObject(chart, 'claim', {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'etcd-snapshots' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
});

// four times a day into the hosting cluster, for the loss of the inner one
new EtcdSnapshots(chart, 'snapshots', {
  controlPlane,
  schedule: '15 */6 * * *',
  target: SnapshotTarget.claim({ claimName: 'etcd-snapshots' }),
});

// once a day to another place, for the loss of the hosting cluster
new EtcdSnapshots(chart, 'far-snapshots', {
  controlPlane,
  name: 'wonka-far-snapshots',
  schedule: '45 2 * * *',
  timeZone: 'Etc/UTC',
  keep: 30,
  target: SnapshotTarget.s3({ endpoint: 'https://s3.example.com', bucket: 'etcd-snapshots', credentialsSecretName: 'etcd-snapshots-bucket' }),
});

app.synth();
