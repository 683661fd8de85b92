import { MachineConfigPatch, SecretDelivery, SecretStoreKind, SecretText, TalosCluster, TalosVersion } from 'cdk8s-talos';
import { App, Chart } from 'cdk8s';

/** Clusters whose keys are in no manifest. */
export function keylessClusters(): string {
  const app = new App();

  new TalosCluster(new Chart(app, 'stark'), 'cluster', {
    clusterName: 'stark',
    talosVersion: TalosVersion.of('v1.13.9'),
    secretDelivery: SecretDelivery.generateOnce(),
    workerPools: [{ name: 'general', replicas: 2 }],
  });

  new TalosCluster(new Chart(app, 'hydra'), 'cluster', {
    clusterName: 'hydra',
    talosVersion: TalosVersion.of('v1.13.9'),
    secretDelivery: SecretDelivery.externalSecret({ store: 'vault', storeKind: SecretStoreKind.SECRET_STORE, key: 'talos/hydra', property: 'bundle' }),
    patches: [MachineConfigPatch.of({
      registryAuthConfig: [{ name: 'registry.example.com', username: 'talos', password: SecretText.fromSecret('registry', 'password').placeholder }],
    })],
  });

  return app.synthYaml();
}
