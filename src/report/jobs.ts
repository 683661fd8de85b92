import { ClusterObjects } from './cluster-objects';
import { fieldsOf, textOf } from '../update/manifests/fields';
import { Manifest } from '../update/manifests/manifest';

/** What a Job is for, by its label `app.kubernetes.io/component`. */
const TASKS: ReadonlyMap<string, string> = new Map([
  ['secrets', 'makes the keys, unless they are there'],
  ['bootstrap', 'bootstraps etcd'],
  ['recovery', 'begins etcd with a snapshot'],
  ['apply-config', 'applies the machine config to running members'],
  ['upgrade-k8s', 'upgrades Kubernetes, if its release changes'],
  ['scale-down', 'removes members'],
  ['credentials', 'writes talosconfig and kubeconfig'],
  ['metrics-token', 'writes the token with which metrics are read'],
  ['readiness', 'waits until the cluster is healthy'],
  ['snapshots', 'takes a snapshot of etcd'],
]);

/** The Jobs of a cluster: their names, what they are for, and when they run. */
export function jobsOf(cluster: ClusterObjects): [string, string, string][] {
  return cluster.ofKind('Job', 'CronJob').map((job) =>
    [job.metadata.name, TASKS.get(componentOf(job)) ?? 'not known here', job.kind === 'Job' ? 'once' : scheduleText(fieldsOf(job.spec))]);
}

/** The CronJobs with a task. */
export function cronJobsFor(component: string, cluster: ClusterObjects): Manifest[] {
  return cluster.ofKind('CronJob').filter((job) => componentOf(job) === component);
}

/** The task of an object that serves a Job. */
export function componentOf({ metadata }: Manifest): string {
  return metadata.labels?.['app.kubernetes.io/component'] ?? '';
}

function scheduleText({ suspend, schedule }: { readonly [field: string]: any }): string {
  return suspend ? 'not while the machines are stopped' : textOf(schedule) ?? 'unknown';
}
