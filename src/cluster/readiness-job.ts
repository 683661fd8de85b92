import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { readInstance, readStructure } from '../input';
import { TalosWorkers } from './talos-workers';
import { TalosControlPlane } from '../control-plane/talos-control-plane';
import { healthScript, readyScript } from '../jobs/scripts';
import { TalosctlJob } from '../jobs/talosctl-job';
import { clusterLabels } from '../kubernetes/labels';
import { requireWholeNumber } from '../kubernetes/syntax';
import { TalosconfigSecret } from '../secrets/talosconfig-secret';

/** Creates the Job that completes when a cluster is healthy. Returns its name. */
export function createReadinessJob(scope: Construct, controlPlane: TalosControlPlane, pools: TalosWorkers[], options: ReadinessJobOptions): string {
  const { clusterName, _cluster: cluster } = controlPlane;
  const hosts = cluster.addresses.members.map(({ host }) => host);
  const workers = pools.flatMap(({ _hosts }) => _hosts);
  const timeoutSeconds = (options.timeout ?? Duration.minutes(20)).toMilliseconds() / 1000;
  requireWholeNumber('readinessJob.timeout, in seconds', timeoutSeconds, 1);
  const { secrets } = cluster.facts;
  const labels = { ...clusterLabels(clusterName), 'app.kubernetes.io/component': 'readiness' };
  // for an administrator: `talosctl health` asks the machine for a kubeconfig that nobody else gets
  const talosconfig = new TalosconfigSecret(scope, 'ReadinessTalosconfig', { clusterName, endpoints: hosts, secrets, name: `${clusterName}-readiness`, labels });
  const { name } = new TalosctlJob(scope, 'Readiness', {
    ...cluster.jobImages,
    name: `${clusterName}-readiness`,
    labels: { 'app.kubernetes.io/name': 'talosctl', 'app.kubernetes.io/instance': `${clusterName}-readiness`, ...labels },
    script: cluster.hasEtcdAtNodeAddresses ? healthScript(hosts, workers, cluster.addresses.hostingRecord) : readyScript(hosts, workers),
    talosconfig,
    timeoutSeconds,
  });
  return name;
}

/**
 * Options of a Job that completes when `talosctl health` finds a cluster healthy: etcd, every machine, every node, the control plane, kube-proxy
 * and CoreDNS. The command needs etcd at the addresses of the pods; with `MemberAddresses.STABLE`, or a hosting cluster of two address families,
 * the Job instead checks whether etcd answers at every member and every node is ready.
 *
 * @see https://www.talos.dev/latest/reference/cli/#talosctl-health
 */
export interface ReadinessJobOptions {
  /**
   * The time after which the Job fails.
   *
   * @default Duration.minutes(20)
   */
  readonly timeout?: Duration;
}

export const readReadinessJobOptions = readStructure<ReadinessJobOptions>({}, { timeout: readInstance(Duration) });
