import { Cni, KubeAuthentication, MachineConfig, Registry, TalosVersion } from '../../src';
import { SynthesizedCluster } from '../support/clusters';
import { secrets } from '../support/control-planes';

const mirror = (registry: string, host: string) => Registry.mirror(registry, { endpoints: [`https://${host}.example.org`] });
const authentication = KubeAuthentication.oidc({ issuer: 'https://id.example.org', audiences: ['acme'] });

/** The registries with a mirror, and the host of the mirror. */
function mirrorsIn(documents: any[]): { [registry: string]: string } {
  return Object.fromEntries(documents.filter(({ kind }) => kind === 'RegistryMirrorConfig').map(({ name, endpoints: [{ url }] }) => [name, url]));
}

test('the settings of a cluster are those of all machines, and each part adds its own', () => {
  const cluster = SynthesizedCluster.of({
    registries: [mirror('docker.io', 'hub'), mirror('ghcr.io', 'ghcr')],
    featureGates: { A: true, B: true },
    kubeProxy: false,
    authentication,
    extraManifests: ['https://example.org/a.yaml'],
    metrics: true,
    controlPlane: { featureGates: { B: false }, kubeProxy: true, extraManifests: ['https://example.org/b.yaml'] },
    workerPools: [{ name: 'general' }, { name: 'other', registries: [mirror('docker.io', 'other')], featureGates: { C: true } }],
  });
  const [controlPlane, general, other] = ['acme-control-plane-config', 'acme-general-config', 'acme-other-config'].map((name) => cluster.documents(name));

  expect([controlPlane, general, other].map(mirrorsIn)).toEqual([
    { 'docker.io': 'https://hub.example.org', 'ghcr.io': 'https://ghcr.example.org' },
    { 'docker.io': 'https://hub.example.org', 'ghcr.io': 'https://ghcr.example.org' },
    { 'docker.io': 'https://other.example.org', 'ghcr.io': 'https://ghcr.example.org' },
  ]);
  expect([controlPlane, general, other].map(([{ machine }]) => machine.kubelet.extraConfig.featureGates)).toEqual([
    { A: true, B: false }, { A: true, B: true }, { A: true, B: true, C: true },
  ]);
  const [{ cluster: { apiServer, proxy, extraManifests, scheduler } }] = controlPlane;
  expect(apiServer.extraArgs).toEqual({ 'feature-gates': 'A=true,B=false', 'oidc-client-id': 'acme', 'oidc-issuer-url': 'https://id.example.org' });
  expect(proxy.disabled).toBeUndefined();
  expect(extraManifests).toEqual(['https://example.org/a.yaml', 'https://example.org/b.yaml']);
  expect(scheduler.extraArgs).toEqual({ 'bind-address': '0.0.0.0', 'feature-gates': 'A=true,B=false' });
  expect(general[0].cluster.apiServer).toBeUndefined();
});

test('an ephemeral cluster takes them too', () => {
  const cluster = SynthesizedCluster.ephemeral({
    talosVersion: TalosVersion.V1_14, workers: 1, registries: [mirror('docker.io', 'hub')], kubeProxy: false, cni: Cni.none(), authentication,
  });
  const documents = cluster.documents('ci-42-control-plane-config');
  expect(documents.find(({ kind }) => kind === 'KubeProxyConfig').enabled).toBe(false);
  expect(documents.find(({ kind }) => kind === 'KubeAuthenticationConfig').configuration.jwt).toHaveLength(1);
  expect(mirrorsIn(cluster.documents('ci-42-worker-config'))).toEqual({ 'docker.io': 'https://hub.example.org' });
});

test('mirrors leave the images of the hosting cluster\'s pods as they are', () => {
  const imagesOf = (registries: Registry[]) => JSON.stringify(SynthesizedCluster.of({ registries }).objects).match(/"image":"[^"]*"/g);
  expect(imagesOf([mirror('ghcr.io', 'ghcr'), mirror('*', 'all')])).toEqual(imagesOf([]));
});

test('settings would not reach a ready machine config', () => {
  const machineConfig = MachineConfig.worker({ clusterName: 'acme', endpoint: 'https://acme.example.org:6443', secrets, talosVersion: TalosVersion.V1_13 });
  expect(() => SynthesizedCluster.of({ featureGates: { A: true }, workerPools: [{ name: 'ready', machineConfig }] }))
    .toThrow('\'featureGates\' would not reach the ready \'machineConfig\' (acme-ready-config): put it there, or leave \'machineConfig\' out');
  const ready = MachineConfig.controlPlane({ clusterName: 'acme', endpoint: 'https://acme-control-plane.tenant.svc.cluster.local:6443', secrets });
  expect(() => SynthesizedCluster.of({ secrets: undefined, controlPlane: { machineConfig: ready, kubeProxy: false } }))
    .toThrow('\'controlPlane.kubeProxy\' would not reach the ready \'machineConfig\'');
});
