import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { TalosWorkers } from './talos-workers';
import { TalosControlPlane } from '../control-plane/talos-control-plane';
import { healthScript, readyScript } from '../jobs/scripts';
import { TalosctlJob } from '../jobs/talosctl-job';
import { clusterLabels } from '../kubernetes/labels';
import { requireWholeNumber } from '../kubernetes/syntax';
import { READERS_SEE_ETCD_SINCE, TalosApiRole } from '../talos/talos-api-role';
import { TalosVersion } from '../talos/talos-version';

/** The Job that ends when a cluster is healthy. Returns its name. */
export function createReadinessJob(scope: Construct, controlPlane: TalosControlPlane, pools: TalosWorkers[], options: ReadinessJobOptions): string {
  const { clusterName, _cluster: cluster } = controlPlane;
  const hosts = cluster.addresses.members.map(({ host }) => host);
  const workers = pools.flatMap(({ _hosts }) => _hosts);
  const timeoutSeconds = (options.timeout ?? Duration.minutes(20)).toMilliseconds() / 1000;
  requireWholeNumber('readinessJob.timeout, in seconds', timeoutSeconds, 1);
  const { secrets } = cluster.facts;
  const labels = { ...clusterLabels(clusterName), 'app.kubernetes.io/component': 'readiness' };
  const asksForHealth = cluster.hasEtcdAtNodeAddresses;
  const role = asksForHealth ? TalosApiRole.ADMIN : statusRole(controlPlane.talosVersion);
  const { name } = new TalosctlJob(scope, 'Readiness', {
    ...cluster.jobImages,
    name: `${clusterName}-readiness`,
    labels: { 'app.kubernetes.io/name': 'talosctl', 'app.kubernetes.io/instance': `${clusterName}-readiness`, ...labels },
    script: asksForHealth ? healthScript(hosts, workers, cluster.addresses.hostingRecord) : readyScript(hosts, workers),
    clusterSecrets: secrets,
    talosconfig: { ...cluster.credentials, clusterName, endpoints: hosts, roles: [role] },
    timeoutSeconds,
  });
  return name;
}

/** The least role that may ask for the status of etcd and of nodes. Health wants more: a kubeconfig, which Talos gives to administrators alone. */
function statusRole(talosVersion: TalosVersion): TalosApiRole {
  return talosVersion.isAtLeast(READERS_SEE_ETCD_SINCE) ? TalosApiRole.READER : TalosApiRole.OPERATOR;
}

/**
 * A Job that ends when a cluster is healthy, as `talosctl health` has it: etcd, every machine, every node, the control plane, kube-proxy and
 * CoreDNS. That wants etcd at the addresses of the pods; with `MemberAddresses.STABLE`, or a hosting cluster of two address families, the Job
 * asks whether etcd answers at every member and every node is ready.
 *
 * @see https://www.talos.dev/latest/reference/cli/#talosctl-health
 */
export interface ReadinessJobOptions {
  /**
   * After how long the Job fails.
   *
   * @default Duration.minutes(20)
   */
  readonly timeout?: Duration;
}
