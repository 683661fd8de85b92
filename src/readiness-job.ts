import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterLabels } from './cluster-labels';
import { healthScript, readyScript } from './control-plane-scripts';
import { requireWholeNumber } from './kubernetes-syntax';
import { ReadinessJobOptions } from './readiness-job-options';
import { TalosControlPlane } from './talos-control-plane';
import { TalosWorkers } from './talos-workers';
import { TalosconfigSecret } from './talosconfig-secret';
import { TalosctlJob } from './talosctl-job';

/** The Job that ends when a cluster is healthy. Returns its name. */
export function createReadinessJob(scope: Construct, controlPlane: TalosControlPlane, pools: TalosWorkers[], options: ReadinessJobOptions): string {
  const { clusterName, _addresses } = controlPlane;
  const hosts = _addresses.members.map(({ host }) => host);
  const workers = pools.flatMap(({ _hosts }) => _hosts);
  const timeoutSeconds = (options.timeout ?? Duration.minutes(20)).toMilliseconds() / 1000;
  requireWholeNumber('readinessJob.timeout, in seconds', timeoutSeconds, 1);
  const { secrets } = controlPlane._cluster;
  const labels = { ...clusterLabels(clusterName), 'app.kubernetes.io/component': 'readiness' };
  // an administrator's, as health asks the machine for a kubeconfig that it gives to nobody else
  const talosconfig = new TalosconfigSecret(scope, 'ReadinessTalosconfig', { clusterName, endpoints: hosts, secrets, name: `${clusterName}-readiness`, labels });
  const { name } = new TalosctlJob(scope, 'Readiness', {
    ...controlPlane._jobImages,
    name: `${clusterName}-readiness`,
    labels: { 'app.kubernetes.io/name': 'talosctl', 'app.kubernetes.io/instance': `${clusterName}-readiness`, ...labels },
    script: controlPlane._hasEtcdAtNodeAddresses ? healthScript(hosts, workers, _addresses.hostRecord) : readyScript(hosts, workers),
    talosconfig,
    timeoutSeconds,
  });
  return name;
}
