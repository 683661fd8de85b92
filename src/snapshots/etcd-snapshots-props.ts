import { Duration } from 'cdk8s';
import { TalosControlPlane } from '../control-plane/talos-control-plane';
import { readInstance, readNumber, readStructure, readText } from '../input';
import { SnapshotTarget } from '../jobs/snapshot-target';

/**
 * Properties of `EtcdSnapshots`.
 */
export interface EtcdSnapshotsProps {
  /** The control plane whose etcd is saved. */
  readonly controlPlane: TalosControlPlane;

  /**
   * When snapshots are taken: five fields of cron (minute, hour, day of the month, month, day of the week), for example `30 0,6,12,18 * * *`, or a
   * macro such as `@daily`.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
   */
  readonly schedule: string;

  /** Where the snapshots are kept. */
  readonly target: SnapshotTarget;

  /**
   * The time zone of `schedule`, by its name in the IANA database, for example `Europe/Berlin`.
   *
   * @default - that of the hosting cluster's kube-controller-manager, usually UTC
   */
  readonly timeZone?: string;

  /**
   * How many good snapshots stay, 1 at least. Older ones are removed after another one has been stored. For a bucket that removes old objects itself,
   * give a number that it never reaches: the credentials then needn't be able to delete.
   *
   * @default 7
   */
  readonly keep?: number;

  /**
   * The time after which a Job fails. Members have half of it to give a snapshot, and a transfer to a bucket a quarter.
   *
   * @default Duration.hours(1)
   */
  readonly timeout?: Duration;

  /**
   * The name of the CronJob, a DNS label of at most 52 characters that begins with a letter. The Secret with its talosconfig and its NetworkPolicy
   * have it too.
   *
   * @default - the name of the cluster with `-snapshots`
   */
  readonly name?: string;
}

export const readEtcdSnapshotsProps = readStructure<EtcdSnapshotsProps>({
  controlPlane: readInstance(TalosControlPlane),
  schedule: readText,
  target: readInstance(SnapshotTarget),
}, {
  timeZone: readText,
  keep: readNumber,
  timeout: readInstance(Duration),
  name: readText,
});
