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
  /** The names of the cluster's CronJobs in the hosting cluster. */
  readonly cronJobs: readonly string[];
}

/** What alerts know of a control plane's cluster. Its CronJobs are all there at synthesis only. */
export function monitoredCluster(controlPlane: TalosControlPlane, series: ClusterSeries): Omit<MonitoredCluster, 'cronJobs'> {
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

/** The CronJobs with the label of the cluster in its namespace, whoever has made them. */
export function cronJobsOf(controlPlane: TalosControlPlane, { clusterName, namespace }: ClusterSeries): string[] {
  const labels = Object.entries(clusterLabels(clusterName));
  return new AppObjects(controlPlane).of(namespace, ['CronJob'])
    .filter(({ metadata }) => labels.every(([key, value]) => metadata.getLabel(key) === value))
    .map(({ name }) => name).sort();
}
