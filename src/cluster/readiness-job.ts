import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { readInstance, readStructure } from '../input';
import { TalosWorkers } from './talos-workers';
import { jobsPolicySpec } from '../access/network-policy-spec';
import { TalosControlPlane } from '../control-plane/talos-control-plane';
import { healthScript, readyScript } from '../jobs/scripts';
import { TalosctlJob, talosctlLabels } from '../jobs/talosctl-job';
import { clusterLabels } from '../kubernetes/labels';
import { createNetworkPolicy } from '../kubernetes/network-policies';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import { READERS_SEE_ETCD_SINCE, TalosApiRole } from '../talos/talos-api-role';
import { TalosVersion } from '../talos/talos-version';

/** Creates the Job that completes when a cluster is healthy. Returns its name. */
export function createReadinessJob(scope: Construct, controlPlane: TalosControlPlane, pools: TalosWorkers[], options: ReadinessJobOptions): string {
  const { clusterName, _cluster: cluster } = controlPlane;
  const hosts = cluster.addresses.members.map(({ host }) => host);
  const workers = pools.flatMap(({ _hosts }) => _hosts);
  const timeoutSeconds = wholeSeconds('readinessJob.timeout', options.timeout ?? Duration.minutes(20), 1);
  const labels = { ...clusterLabels(clusterName), 'app.kubernetes.io/component': 'readiness' };
  const instance = talosctlLabels(`${clusterName}-readiness`);
  const asksForHealth = cluster.hasEtcdAtNodeAddresses;
  const role = asksForHealth ? TalosApiRole.ADMIN : statusRole(controlPlane.talosVersion);
  const { name } = new TalosctlJob(scope, 'Readiness', {
    ...cluster.jobImages,
    name: `${clusterName}-readiness`,
    labels: { ...instance, ...labels },
    script: asksForHealth ? healthScript(hosts, workers, cluster.addresses.hostingRecord) : readyScript(hosts, workers),
    clusterSecrets: cluster.keys.bundle ?? cluster.facts.secrets,
    talosconfig: { ...cluster.credentials, clusterName, endpoints: hosts, roles: [role] },
    timeoutSeconds,
  });
  if (cluster.networkPolicy) {
    createNetworkPolicy(scope, 'ReadinessNetworkPolicy', { name: `${clusterName}-readiness`, labels: { ...instance, ...labels } },
      jobsPolicySpec(instance, controlPlane.talosNode.selectorLabels));
  }
  return name;
}

/** The least role that may ask for the status of etcd and of nodes. Health wants more: a kubeconfig, which Talos gives to administrators alone. */
function statusRole(talosVersion: TalosVersion): TalosApiRole {
  return talosVersion.isAtLeast(READERS_SEE_ETCD_SINCE) ? TalosApiRole.READER : TalosApiRole.OPERATOR;
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
