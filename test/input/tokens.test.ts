import { App, Chart, Lazy } from 'cdk8s';
import { HostingNetwork, MachineConfigPatch, NetworkPeer, TalosCluster, TalosNamespace, TalosNode, TalosVersion } from '../../src';
import { secrets } from '../support/control-planes';
import { refusal } from '../support/errors';

/*
 * Tokens get their value at synthesis, but most values are checked and go into certificates and machine configs before.
 */

const token: any = Lazy.any({ produce: () => 'value' });

function newChart(): Chart {
  return new Chart(new App(), 'test', { namespace: 'talos' });
}

test.each<[string, string, () => unknown]>([
  ['clusterName', 'a string', () => new TalosCluster(newChart(), 'cluster', { clusterName: token, secrets })],
  ['controlPlane.replicas', 'a number', () => new TalosCluster(newChart(), 'cluster', { clusterName: 'acme', secrets, controlPlane: { replicas: token } })],
  ['workerPools[0].name', 'a string', () => new TalosCluster(newChart(), 'cluster', { clusterName: 'acme', secrets, workerPools: [{ name: token }] })],
  ['name', 'a string', () => new TalosNode(newChart(), 'node', { name: token })],
  ['replicas', 'a number', () => new TalosNode(newChart(), 'node', { replicas: token })],
  ['labels', 'an object', () => new TalosNode(newChart(), 'node', { labels: token })],
  ['labels.team', 'a string', () => new TalosNode(newChart(), 'node', { labels: { team: token } })],
  ['annotations.note', 'a string', () => new TalosNamespace(newChart(), 'namespace', { annotations: { note: token } })],
  ['env[0].value', 'a string', () => new TalosNode(newChart(), 'node', { env: [{ name: 'KEY', value: token }] })],
  ['image.tag', 'a string', () => new TalosNode(newChart(), 'node', { image: { tag: token } })],
  ['image', 'an object', () => new TalosNode(newChart(), 'node', { image: token })],
  ['readOnlyRootFilesystem', 'true or false', () => new TalosNode(newChart(), 'node', { readOnlyRootFilesystem: token })],
  ['talosVersion', 'a TalosVersion', () => new TalosNode(newChart(), 'node', { talosVersion: token })],
  ['podCidrs[0]', 'a string', () => HostingNetwork.of({ podCidrs: [token] })],
  ['cidr', 'a string', () => NetworkPeer.cidr(token)],
  ['version', 'a string', () => TalosVersion.of(token)],
  ['documents[0].machine.sysctls.key', 'the value itself', () => MachineConfigPatch.fromDocuments({ machine: { sysctls: { key: token } } })],
])('refuses a token as \'%s\'', (property, wanted, create) => {
  expect(refusal(create).text).toBe(`'${property}' is a token, whose value isn't known yet: give ${wanted}`);
});

test('shows no value that may be a secret', () => {
  const create = () => new TalosCluster(newChart(), 'cluster', { clusterName: 'acme', secrets: 'cluster: {secret: hidden}' as any });
  expect(refusal(create).text).toBe('\'secrets\' is a string: give a TalosSecrets');
});
