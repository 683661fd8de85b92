import { App, Chart, Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  AddressPlan, ApiExposure, ClusterOptions, Cni, ConfigUpdate, ControlPlaneOptions, MachineConfigPatch, MemberAddresses, SecretDelivery, SecretText,
  TalosCluster, TalosVersion,
  WorkerPoolOptions,
} from '../../src';
import { TalosError } from '../../src/problem';
import { RELEASES as MINOR_RELEASES } from '../../src/talos/release';
import { hostingNetwork } from '../support/control-planes';
import '../support/quiet';

/** What no manifest of a cluster without keys has, in any of the forms that manifests have texts in. */
const KEYS = [/-----BEGIN/, /LS0tLS1CRUdJTi/, /TFMwdExTMUNSVWRKVGlC/, /\b(?!abcdef\.)[a-z0-9]{6}\.[a-z0-9]{16}\b/, /PRIVATE KEY/];

const names = { secretName: 'the-keys', workerSecretName: 'the-worker-keys' };
const delivery = fc.constantFrom(
  SecretDelivery.existing(), SecretDelivery.existing({ ...names, revision: '7' }), SecretDelivery.existing({ aescbcEncryption: true }), SecretDelivery.generateOnce(),
  SecretDelivery.generateOnce(names), SecretDelivery.externalSecret({ store: 'vault', key: 'talos' }), SecretDelivery.externalSecret({ store: 'vault', key: 'talos', property: 'b', ...names }),
);
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const talosVersion = fc.constantFrom(...MINOR_RELEASES).map((release) => TalosVersion.of(release));
const patches = fc.subarray([
  MachineConfigPatch.fromDocuments({ machine: { nodeAnnotations: { note: '`{{ .x }}` & \\1 \'"' } } }),
  MachineConfigPatch.fromDocuments({ machine: { registries: { config: { 'r.example.com': { auth: { username: 'u', password: SecretText.fromSecret('registry', 'password').placeholder } } } } } }),
  MachineConfigPatch.fromDocuments({ cluster: { apiServer: { extraArgs: { v: '2' } } } }),
]);

const controlPlane: fc.Arbitrary<ControlPlaneOptions> = fc.record({
  replicas: fc.constantFrom(1, 3),
  memberAddresses: fc.constant(MemberAddresses.STABLE),
  allowSchedulingOnControlPlanes: fc.constant(true),
  kubernetesApi: optional(fc.constantFrom(ApiExposure.clusterIp(), ApiExposure.loadBalancer({ host: '203.0.113.10' }), ApiExposure.nodePort({ host: 'a.example.com', port: 30443 }))),
  configUpdate: optional(fc.constantFrom(...Object.values(ConfigUpdate))),
  credentialSecrets: optional(fc.boolean()),
  networkPolicy: optional(fc.constant({})),
  notes: fc.boolean(),
  cni: optional(fc.constantFrom(Cni.flannel(), Cni.none())),
  jobTtlAfterFinished: optional(fc.constant(Duration.hours(1))),
  memberPatches: optional(fc.constant([{ ordinal: 0, patches: [MachineConfigPatch.fromDocuments({ machine: { nodeLabels: { first: 'yes' } } })] }])),
});
const pool = (name: string): fc.Arbitrary<WorkerPoolOptions> =>
  fc.record({
    name: fc.constant(name), replicas: fc.constantFrom(0, 1, 3), configUpdate: optional(fc.constantFrom(ConfigUpdate.ROLL, ConfigUpdate.INITIAL)),
  });
const cluster = fc.record({
  talosVersion,
  secretDelivery: delivery,
  controlPlane,
  patches,
  workerPools: fc.tuple(pool('a'), pool('b')).chain((pools) => fc.subarray(pools)),
  readinessJob: optional(fc.constant({})),
  defaultDeny: fc.boolean(),
  suspend: fc.option(fc.boolean(), { nil: undefined, freq: 3 }),
});

test('300 clusters without keys have none in any object', () => {
  let built = 0;
  fc.assert(fc.property(fc.array(cluster, { minLength: 1, maxLength: 3 }), (clusters) => {
    const app = new App();
    const plan = AddressPlan.of({ hostingNetwork });
    clusters.forEach(({ controlPlane: ofControlPlane, ...props }, index) => {
      const clusterName = `c${index}`;
      const options: ClusterOptions = { clusterName, ...props };
      try {
        new TalosCluster(new Chart(app, clusterName, { namespace: clusterName }), 'cluster', {
          ...options, controlPlane: { hostingNetwork, ...plan.allocate(clusterName, index), ...ofControlPlane },
        } as any);
        built++;
      } catch (error) {
        // not every combination fits; a refusal shows no key either
        expect(error).toBeInstanceOf(TalosError);
        KEYS.forEach((key) => expect((error as Error).message).not.toMatch(key));
        app.node.tryRemoveChild(clusterName);
      }
    });
    const text = app.synthYaml();
    KEYS.forEach((key) => expect(text).not.toMatch(key));
    expect(text).not.toMatch(/^kind: Secret$/m);
  }), { numRuns: 300 });
  expect(built).toBeGreaterThan(300);
});
