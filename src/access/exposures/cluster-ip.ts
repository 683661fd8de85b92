import { Exposure } from './exposure';

/**
 * How an API is reached within the hosting cluster.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#type-clusterip
 */
export interface ClusterIpOptions {
  /**
   * Annotations of the Service.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** The API is reached by a Service inside the hosting cluster. */
export class ClusterIp extends Exposure {
  public readonly kind = 'clusterIp';
  public readonly description = 'only inside the hosting cluster';
  public readonly leadsOutside = false;

  public constructor(options: ClusterIpOptions) {
    super(undefined, options.annotations);
  }
}
