import { bucketPlace, readSnapshotS3Options, SnapshotS3Options } from './snapshot-bucket';
import { claimPlace, readSnapshotClaimOptions, SnapshotClaimOptions } from './snapshot-claim';
import { SnapshotPlace } from './snapshot-place';
import { JobImages } from './tool-images';
import { readStructure, readText } from '../input';
import { shortened, TalosError } from '../problem';

/**
 * A snapshot in an existing PersistentVolumeClaim, in the namespace of the control plane.
 */
export interface RecoveryClaimOptions extends SnapshotClaimOptions {
  /**
   * The name of the snapshot, a file in the directory, for example `etcd-20261201T000000Z-1b9d6bcd.db`.
   *
   * @default - the newest of those that `EtcdSnapshots` made
   */
  readonly snapshot?: string;
}

/**
 * A snapshot in a bucket of Amazon S3, or of another service with its API. The credentials need to list the bucket and get its objects only.
 */
export interface RecoveryS3Options extends SnapshotS3Options {
  /**
   * The name of the snapshot, an object below the prefix, for example `etcd-20261201T000000Z-1b9d6bcd.db`.
   *
   * @default - the newest of those that `EtcdSnapshots` made
   */
  readonly snapshot?: string;
}

/** Makes the place of the snapshot for a control plane. */
type PlaceFor = (property: string, clusterName: string, images: JobImages) => SnapshotPlace;

/**
 * The snapshot from which a control plane recovers etcd. In place of the Job that bootstraps etcd, it then has one that fetches the snapshot, checks
 * it, and recovers etcd from it on the first member; the others join. The Job waits for a snapshot that isn't there yet, and recovers nothing where
 * etcd has data, so that the property may stay.
 *
 * The cluster must have the secrets with which the snapshot was made: without them the snapshot is worth nothing.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { EtcdRecovery, TalosControlPlane, TalosSecrets } from 'cdk8s-talos';
 *
 * const chart = new Chart(new App(), 'acme', { namespace: 'acme' });
 * new TalosControlPlane(chart, 'control-plane', {
 *   clusterName: 'acme',
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   recoverFrom: EtcdRecovery.claim({ claimName: 'snapshots' }),
 * });
 *
 * @see https://www.talos.dev/latest/advanced/disaster-recovery/
 */
export class EtcdRecovery {
  /**
   * A snapshot in a claim, which the Job mounts read-only.
   *
   * @param options the claim, and which snapshot
   * @throws if an option has a wrong type, or the name of the snapshot isn't that of a file
   */
  public static claim(options: RecoveryClaimOptions): EtcdRecovery {
    const { snapshot, ...place } = readRecoveryClaimOptions('options', options);
    return new EtcdRecovery(`the claim ${shortened(place.claimName)}`, snapshot, (property, clusterName) => claimPlace(property, clusterName, place, true));
  }

  /**
   * A snapshot in a bucket.
   *
   * @param options the bucket, and which snapshot
   * @throws if an option has a wrong type, or the name of the snapshot isn't that of an object without '/'
   */
  public static s3(options: RecoveryS3Options): EtcdRecovery {
    const { snapshot, ...place } = readRecoveryS3Options('options', options);
    return new EtcdRecovery(`the bucket ${shortened(place.bucket)}`, snapshot, (property, clusterName, images) => bucketPlace(property, clusterName, place, images));
  }

  private constructor(
    private readonly where: string,
    /**
     * The name of the snapshot; the newest good one if undefined.
     *
     * @internal
     */
    public readonly _snapshot: string | undefined,
    /**
     * Makes the place for a control plane.
     *
     * @throws if an option isn't valid
     * @internal
     */
    public readonly _place: PlaceFor,
  ) {
    if (_snapshot !== undefined && !(/^[-\w][-\w.]{0,199}$/.test(_snapshot) && !_snapshot.endsWith('.sha256'))) {
      throw new TalosError('talos:invalid-value', `'snapshot' (${shortened(_snapshot)}) is not the name of a snapshot: give letters, digits, '-', '_' and '.', for example etcd-20261201T000000Z.db, `
        + 'or leave it out for the newest');
    }
  }

  /**
   * The snapshot in words.
   *
   * @internal
   */
  public get _description(): string {
    return `${this._snapshot ?? 'the newest snapshot'} in ${this.where}`;
  }
}

export const readRecoveryClaimOptions = readStructure<RecoveryClaimOptions>(readSnapshotClaimOptions.required, {
  ...readSnapshotClaimOptions.optional,
  snapshot: readText,
});
export const readRecoveryS3Options = readStructure<RecoveryS3Options>(readSnapshotS3Options.required, {
  ...readSnapshotS3Options.optional,
  snapshot: readText,
});
