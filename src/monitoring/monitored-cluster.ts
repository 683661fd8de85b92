import { ClusterSeries } from './cluster-series';
import { THRESHOLDS } from './thresholds';
import { ControlPlaneCredentials } from '../control-plane/credentials';
import { TalosControlPlane } from '../control-plane/talos-control-plane';
import { AppObjects } from '../kubernetes/app-objects';
import { clusterLabels } from '../kubernetes/labels';
import { CertificatePeriod } from '../secrets/bundle/certificate-period';

export const DAY_SECONDS = 24 * 60 * 60;

/** What alerts know of a cluster. */
export interface MonitoredCluster {
  readonly series: ClusterSeries;
  /** The number of members that run. */
  readonly members: number;
  /** The name of the StatefulSet. */
  readonly statefulSet: string;
  /** When the first of the credentials in the Secrets ends, and which time it has, if synthesis makes them. */
  readonly credentials?: CertificatePeriod;
  /** Whether all client certificates are meant to live so long that one which ends soon is a problem. */
  readonly hasLongCertificates: boolean;
  /** The cluster's Jobs in the hosting cluster. */
  readonly jobs: MonitoredJobs;
}

/** The names of a cluster's Jobs and CronJobs. */
export interface MonitoredJobs {
  readonly once: readonly string[];
  readonly scheduled: readonly string[];
}

/** What alerts know of a control plane's cluster. Its Jobs are all there at synthesis only. */
export function monitoredCluster(controlPlane: TalosControlPlane, series: ClusterSeries): Omit<MonitoredCluster, 'jobs'> {
  const { talosNode, machineConfig: { config } } = controlPlane;
  const credentials = credentialsOf(controlPlane);
  const lifetimes = [
    ...credentials ? [(credentials.notAfter.getTime() - credentials.notBefore.getTime()) / 1000] : [],
    config?._facts.adminKubeconfigSeconds ?? Infinity,
  ];
  return {
    series,
    members: controlPlane._cluster.runningMembers,
    statefulSet: talosNode.name,
    credentials,
    // such a certificate is renewed in the second half of its life
    hasLongCertificates: Math.min(...lifetimes) > 2 * THRESHOLDS.certificateDays * DAY_SECONDS,
  };
}

function credentialsOf({ clusterName, _cluster: cluster }: TalosControlPlane): CertificatePeriod | undefined {
  const { addresses, credentials, hasCredentials, keys: { secrets } } = cluster;
  if (!secrets || !hasCredentials) {
    return undefined;
  }
  const { talosconfig, kubeconfig } = new ControlPlaneCredentials(clusterName, addresses, credentials).periods(secrets);
  return talosconfig.notAfter < kubeconfig.notAfter ? talosconfig : kubeconfig;
}

/** The Jobs and CronJobs with the label of the cluster in its namespace, whoever has made them. */
export function jobsOf(controlPlane: TalosControlPlane, { clusterName, namespace }: ClusterSeries): MonitoredJobs {
  const labels = Object.entries(clusterLabels(clusterName));
  const objects = new AppObjects(controlPlane);
  const namesOf = (kind: string) => objects.of(namespace, [kind])
    .filter(({ metadata }) => labels.every(([key, value]) => metadata.getLabel(key) === value))
    .map(({ name }) => name).sort();
  return { once: namesOf('Job'), scheduled: namesOf('CronJob') };
}
