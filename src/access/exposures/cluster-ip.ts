import { Exposure } from './exposure';
import { readMap, readStructure, readText } from '../../input';

/**
 * How clients reach an API through a Service inside the hosting cluster.
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

/** Clients reach the API through a Service inside the hosting cluster. */
export class ClusterIp extends Exposure {
  public readonly kind = 'clusterIp';
  public readonly description = 'only inside the hosting cluster';
  public readonly leadsOutside = false;

  public constructor(options: ClusterIpOptions) {
    super(undefined, options.annotations);
  }
}

export const readClusterIpOptions = readStructure<ClusterIpOptions>({}, { annotations: readMap(readText) });
