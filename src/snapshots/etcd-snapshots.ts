import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { EtcdSnapshotsProps, readEtcdSnapshotsProps } from './etcd-snapshots-props';
import { takePlace } from './taken-places';
import { jobsPolicySpec } from '../access/network-policy-spec';
import { leaveSecrets, SNAPSHOT_MEMORY, SnapshotPlace, warnOfPlainEndpoint } from '../jobs/snapshot-place';
import { snapshotScript } from '../jobs/snapshot-script';
import { talosctlCredentials, talosctlLabels } from '../jobs/talosctl-job';
import { talosctlPod } from '../jobs/talosctl-pod';
import { located } from '../kubernetes/construct-errors';
import { requireSchedule, requireTimeZone } from '../kubernetes/cron-schedule';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { clusterLabels, labelObjectsOf } from '../kubernetes/labels';
import { requireNamespace } from '../kubernetes/namespace-scope';
import { createNetworkPolicy, validateDefaultDeny } from '../kubernetes/network-policies';
import { CronJobSpec } from '../kubernetes/object-specs';
import { requireRfc1035Label, requireWholeNumber } from '../kubernetes/syntax';
import { takeName } from '../kubernetes/taken-names';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import { TalosError } from '../problem';
import { TalosApiRole } from '../talos/talos-api-role';

/** Kubernetes appends eleven characters for the names of the Jobs. */
const LONGEST_CRON_JOB_NAME = 52;

/**
 * Snapshots of a control plane's etcd on a schedule: a CronJob, whose talosconfig may take snapshots and nothing else. Each snapshot is checked, gets
 * a name with its time in UTC, such as `etcd-20261201T060000Z-1b9d6bcd.db`, and a file with its checksum beside it. A Job that hasn't stored a good
 * one fails. While the control plane is suspended, the CronJob is too.
 *
 * With the snapshot and the bundle of the cluster's secrets, a lost cluster comes back.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { EtcdSnapshots, SnapshotTarget, TalosControlPlane, TalosSecrets } from 'cdk8s-talos';
 *
 * const chart = new Chart(new App(), 'acme', { namespace: 'acme' });
 * const controlPlane = new TalosControlPlane(chart, 'control-plane', {
 *   clusterName: 'acme',
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 * });
 * new EtcdSnapshots(chart, 'snapshots', {
 *   controlPlane,
 *   schedule: '@daily',
 *   target: SnapshotTarget.claim({ claimName: 'backups' }),
 * });
 *
 * @see https://www.talos.dev/latest/advanced/disaster-recovery/
 */
export class EtcdSnapshots extends Construct {
  /** The name of the CronJob. */
  public readonly name: string;

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if a property doesn't fit; the message names the property, shows its value and says what to do
   */
  constructor(scope: Construct, id: string, props: EtcdSnapshotsProps) {
    super(scope, id);
    try {
      props = readEtcdSnapshotsProps('props', props);
      const { controlPlane: { clusterName } } = props;
      this.name = props.name ?? `${clusterName}-snapshots`;
      requireRfc1035Label('name', this.name, LONGEST_CRON_JOB_NAME, 'Kubernetes appends something for the names of the Jobs');
      requireProperties(this, props);
      takeName(this, 'CronJob', this.name);
      const labels = { ...talosctlLabels(this.name), 'app.kubernetes.io/component': 'snapshots', ...clusterLabels(clusterName) };
      labelObjectsOf(this, labels);
      const place = props.target._place('target', clusterName, props.controlPlane._cluster.jobImages);
      takePlace(this, place);
      warnOfPlainEndpoint(this, 'target', place);
      this.createCronJob(props, place, labels);
      leaveSecrets(this, 'target', place);
      this.createNetworkPolicy(props, place);
    } catch (error) {
      throw located(this, error);
    }
  }

  private createCronJob(props: EtcdSnapshotsProps, place: SnapshotPlace, labels: { readonly [key: string]: string }): void {
    const { controlPlane, controlPlane: { clusterName, _cluster: cluster }, schedule, timeZone, keep = 7, timeout = Duration.hours(1) } = props;
    const hosts = cluster.addresses.members.map(({ host }) => host);
    const timeoutSeconds = wholeSeconds('timeout', timeout, 60)!;
    cluster.secretDelivery?._deliver(this, controlPlane.secrets);
    const { files, beginning } = talosctlCredentials(this, {
      name: this.name,
      labels,
      clusterSecrets: cluster.keys.bundle ?? cluster.keys.require('EtcdSnapshots', controlPlane.machineConfig.secretName, 'take snapshots with your own Job'),
      talosconfig: { ...cluster.credentials, clusterName, endpoints: hosts, roles: [TalosApiRole.ETCD_BACKUP] },
    });
    const template = talosctlPod({
      ...cluster.jobImages,
      labels,
      script: beginning + snapshotScript({ hosts, functions: place.functions, keep, timeoutSeconds }),
      files: [files, place.mounted],
      memoryLimit: SNAPSHOT_MEMORY,
      // the pod of an attempt stays, with what it printed
      restartPolicy: 'Never',
    });
    const spec: CronJobSpec = {
      schedule,
      timeZone,
      suspend: cluster.isSuspended || undefined,
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: { metadata: { labels }, spec: { backoffLimit: 1, activeDeadlineSeconds: timeoutSeconds, template } },
    };
    new KubernetesObject(this, 'Resource', { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: this.name, labels }, spec });
  }

  private createNetworkPolicy({ controlPlane }: EtcdSnapshotsProps, { ports }: SnapshotPlace): void {
    if (!controlPlane._cluster.networkPolicy) {
      validateDefaultDeny(this);
      return;
    }
    createNetworkPolicy(this, 'NetworkPolicy', { name: this.name },
      jobsPolicySpec(talosctlLabels(this.name), controlPlane.talosNode.selectorLabels, false, ports));
  }
}

function requireProperties(construct: Construct, { controlPlane, schedule, timeZone, keep }: EtcdSnapshotsProps): void {
  const [own, theirs] = [construct, controlPlane].map(requireNamespace);
  if (own !== theirs) {
    throw new TalosError('talos:conflicting-properties', `'controlPlane' is in the namespace ${theirs}, and the snapshots are in ${own}: put them into a chart with the control plane's namespace`);
  }
  requireSchedule('schedule', schedule);
  if (timeZone !== undefined) {
    requireTimeZone('timeZone', timeZone);
  }
  if (keep !== undefined) {
    requireWholeNumber('keep', keep, 1);
  }
}
