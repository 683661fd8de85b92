import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ExposedApi, Exposure } from './exposure';
import { ExternalTrafficPolicy } from './external-traffic-policy';
import { requirePort } from '../../kubernetes/syntax';
import { requireHost } from '../../network/hosts';

/**
 * How an API is reached by a port of the hosting cluster's nodes.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
 */
export interface NodePortOptions {
  /**
   * The port; most clusters allow 30000 to 32767.
   *
   * @default - one that the hosting cluster chooses
   */
  readonly port?: number;

  /**
   * The host by which clients reach a node: a DNS name or an IP address. It goes into the certificates, and needs a `port` beside it.
   *
   * @default - not known here, so in no certificate
   */
  readonly host?: string;

  /**
   * To which nodes traffic from outside may go.
   *
   * @default ExternalTrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;

  /**
   * Annotations of the Service.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** The API is reached by a port of the hosting cluster's nodes. */
export class NodePort extends Exposure {
  public readonly kind = 'nodePort';
  public readonly description = 'by a port of the hosting nodes';

  public constructor(private readonly options: NodePortOptions) {
    super(options.host, options.annotations);
    requireHost('host', options.host);
    if (options.port !== undefined) {
      requirePort('port', options.port);
    }
    if (options.host !== undefined && options.port === undefined) {
      throw new Error(`'port' is missing beside 'host' (${options.host}), and clients would be told a port that isn't there: `
        + 'give one that the hosting cluster allows, most often 30000 to 32767, or leave out the host');
    }
  }

  public externalPort(servicePort: number): number {
    return this.options.port ?? servicePort;
  }

  public createObjects(scope: Construct, id: string, api: ExposedApi): ApiObject[] {
    const { externalTrafficPolicy, port } = this.options;
    return [this.createService(scope, id, api, { type: 'NodePort', externalTrafficPolicy }, this.annotations, port)];
  }
}
