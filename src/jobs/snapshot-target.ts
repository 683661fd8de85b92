import { bucketPlace, readSnapshotS3Options, SnapshotS3Options } from './snapshot-bucket';
import { claimPlace, readSnapshotClaimOptions, SnapshotClaimOptions } from './snapshot-claim';
import { SnapshotPlace } from './snapshot-place';
import { JobImages } from './tool-images';

/**
 * Where snapshots of etcd are kept. Who can read a snapshot can read all objects of the inner cluster; its Secrets are encrypted with a key of the
 * cluster's bundle.
 *
 * @example
 * import { SnapshotTarget } from 'cdk8s-talos';
 *
 * SnapshotTarget.s3({ endpoint: 'https://minio.example.com:9000', bucket: 'talos', credentialsSecretName: 'minio' });
 */
export class SnapshotTarget {
  /**
   * A PersistentVolumeClaim, which must exist.
   *
   * @param options the claim and a directory in it
   * @throws if an option has the wrong type
   */
  public static claim(options: SnapshotClaimOptions): SnapshotTarget {
    const read = readSnapshotClaimOptions('options', options);
    return new SnapshotTarget((property, clusterName) => claimPlace(property, clusterName, read));
  }

  /**
   * A bucket of Amazon S3, or of another service with its API.
   *
   * @param options the bucket, and how it is reached
   * @throws if an option has the wrong type
   */
  public static s3(options: SnapshotS3Options): SnapshotTarget {
    const read = readSnapshotS3Options('options', options);
    return new SnapshotTarget((property, clusterName, images) => bucketPlace(property, clusterName, read, images));
  }

  private constructor(
    /**
     * The place for the snapshots of a cluster.
     *
     * @param property the property that has the target, for errors
     * @throws if an option isn't valid
     * @internal
     */
    public readonly _place: (property: string, clusterName: string, images: JobImages) => SnapshotPlace,
  ) {}
}
