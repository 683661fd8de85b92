import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterProps } from './clusters';
import { otherSecrets, secrets, STABLE } from './control-planes';
import {
  ArgoCdClusterSecret, ConfigUpdate, ExternalMachineConfigSecret, KubeconfigSecret, MachineConfig, MachineConfigPatch, SecretDelivery, TalosCluster,
  TalosconfigSecret, TalosMachineConfig, TalosSecrets,
} from '../../src';

const PATCH = MachineConfigPatch.fromDocuments({ machine: { nodeLabels: { first: 'true' } } });

/** Adds everything that makes Secrets with keys, below a construct with a delivery. */
export function addKeys(chart: Chart, delivery: SecretDelivery, clusterSecrets?: TalosSecrets): void {
  const group = new Construct(chart, 'group');
  delivery._deliver(group, clusterSecrets);
  const endpoint = 'https://acme.example.com:6443';
  const of = { clusterName: 'acme', secrets };
  const config = MachineConfig.worker({ ...of, endpoint });
  new TalosCluster(group, 'cluster', clusterProps({
    controlPlane: { ...STABLE, scaleDownFrom: 5, configUpdate: ConfigUpdate.APPLY_JOB, memberPatches: [{ ordinal: 0, patches: [PATCH] }] },
    workerPools: [{ name: 'general' }],
  }));
  new TalosCluster(group, 'other', { ...clusterProps({ readinessJob: {}, workerPools: [{ name: 'general' }], secrets: otherSecrets }), clusterName: 'globex' });
  new TalosconfigSecret(group, 'talosconfig', { ...of, name: 'reader', endpoints: ['acme.example.com'] });
  new KubeconfigSecret(group, 'kubeconfig', { ...of, name: 'viewer', endpoint, labels: { team: 'a' }, annotations: { note: 'x' } });
  new ArgoCdClusterSecret(group, 'argo-cd', { ...of, endpoint });
  new ExternalMachineConfigSecret(group, 'metal', { name: 'metal', config: config.patch(MachineConfigPatch.fromDocuments({ machine: { install: { disk: '/dev/sda' } } })) });
  new TalosMachineConfig(group, 'ready', { name: 'ready', config });
}
