import { App, Chart } from 'cdk8s';
import { parse, stringify } from 'yaml';
import { MachineConfig, TalosCluster, TalosControlPlane, TalosControlPlaneProps, TalosMachineConfig, TalosSecrets, TalosWorkers } from '../../src';
import { controlPlaneProps, newChart, otherSecrets, secrets } from '../support/control-planes';

const MESSAGE = '\'secrets\' have a certificate authority of the control plane at test/acme, so an administrator of one cluster is an administrator '
  + 'of the other: give each cluster secrets of its own, or set \'sharedSecrets\' on both if that is meant';

const sameSecrets = TalosSecrets.fromYaml(secrets.toYaml());
const machineConfig = MachineConfig.controlPlane({
  clusterName: 'globex',
  endpoint: 'https://globex-control-plane.tenant.svc.cluster.local:6443',
  secrets,
  podSubnets: ['172.24.0.0/16'],
  serviceSubnets: ['172.25.0.0/16'],
  additionalSans: ['globex-control-plane.tenant.svc.cluster.local', '*.globex-control-plane.tenant.svc.cluster.local'],
});

/** Secrets with one certificate authority of others. */
function withAuthorityOf(others: TalosSecrets, name: string): TalosSecrets {
  const [root, { certs }] = [otherSecrets, others].map((each) => parse(each.toYaml()));
  return TalosSecrets.fromYaml(stringify({ ...root, certs: { ...root.certs, [name]: certs[name] } }));
}

/** Two clusters of one app, in namespaces of their own. */
function build(first: Partial<TalosControlPlaneProps>, second: Partial<TalosControlPlaneProps>): () => void {
  const chart = newChart();
  new TalosControlPlane(chart, 'acme', controlPlaneProps(first));
  return () => new TalosControlPlane(chart, 'globex', controlPlaneProps({ clusterName: 'globex', ...second }));
}

test.each<[string, Partial<TalosControlPlaneProps>, Partial<TalosControlPlaneProps>]>([
  ['the same value', {}, {}],
  ['the same text', {}, { secrets: sameSecrets }],
  ['the authority of the Talos API', {}, { secrets: withAuthorityOf(secrets, 'os') }],
  ['the authority of Kubernetes', {}, { secrets: withAuthorityOf(secrets, 'k8s') }],
  ['the authority of etcd', {}, { secrets: withAuthorityOf(secrets, 'etcd') }],
  ['the same in a machine config', {}, { machineConfig, talosVersion: undefined }],
  ['the same, and only the second one says so', {}, { sharedSecrets: true }],
  ['the same, and only the first one says so', { sharedSecrets: true }, {}],
])('two clusters with %s are refused', (_, first, second) => {
  expect(build(first, second)).toThrow(MESSAGE);
});

test.each<[string, Partial<TalosControlPlaneProps>, Partial<TalosControlPlaneProps>]>([
  ['secrets of their own', {}, { secrets: otherSecrets }],
  ['the same secrets, if both say so', { sharedSecrets: true }, { sharedSecrets: true }],
])('two clusters may have %s', (_, first, second) => {
  expect(build(first, second)).not.toThrow();
});

test('a third cluster must say so too', () => {
  const chart = newChart();
  const add = (clusterName: string, sharedSecrets?: boolean) =>
    new TalosControlPlane(chart, clusterName, controlPlaneProps({ clusterName, sharedSecrets }));
  add('acme', true);
  add('globex', true);
  expect(() => add('initech')).toThrow('of the control plane at test/globex');
});

test('pools, members and Secrets of one cluster have its secrets', () => {
  const chart = newChart();
  const controlPlane = new TalosControlPlane(chart, 'acme', controlPlaneProps());
  ['a', 'b'].forEach((name) => new TalosWorkers(chart, name, { name, controlPlane }));
  expect(() => new TalosMachineConfig(chart, 'config', { config: machineConfig })).not.toThrow();
});

test('clusters of two apps may have the same secrets, as one of them may be another synthesis', () => {
  expect(() => [1, 2].forEach(() => new TalosControlPlane(newChart(), 'acme', controlPlaneProps()))).not.toThrow();
});

test('a TalosCluster says it for its control plane', () => {
  const app = new App();
  const add = (clusterName: string, sharedSecrets?: boolean) =>
    new TalosCluster(new Chart(app, clusterName), 'cluster', { clusterName, secrets, sharedSecrets });
  add('acme', true);
  expect(() => add('globex', true)).not.toThrow();
  expect(() => TalosCluster.ephemeral(new Chart(app, 'ci'), 'cluster', { clusterName: 'ci', secrets, sharedSecrets: true })).not.toThrow();
  expect(() => add('initech')).toThrow('\'secrets\' have a certificate authority of the control plane at ci/cluster/ControlPlane');
});
