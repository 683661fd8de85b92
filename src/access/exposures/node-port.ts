import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ExposedApi, Exposure } from './exposure';
import { ExternalTrafficPolicy } from './external-traffic-policy';
import { readChoice, readMap, readNumber, readStructure, readText } from '../../input';
import { requirePort } from '../../kubernetes/syntax';
import { warn } from '../../kubernetes/warnings';
import { requireHost } from '../../network/hosts';
import { TalosError } from '../../problem';

/**
 * How clients reach an API through a port of the hosting nodes.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
 */
export interface NodePortOptions {
  /**
   * The port. Most clusters allow 30000 to 32767.
   *
   * @default - the hosting cluster chooses one
   */
  readonly port?: number;

  /**
   * The host by which clients reach a hosting node: a DNS name or an IP address. It goes into the certificates, and needs a `port`.
   *
   * @default - not known here, so not in the certificates
   */
  readonly host?: string;

  /**
   * Which hosting nodes may receive traffic from outside.
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

/** The node ports of a cluster whose API server has no --service-node-port-range of its own. */
const [FIRST_PORT, LAST_PORT] = [30000, 32767];

/** Clients reach the API through a port of the hosting nodes. */
export class NodePort extends Exposure {
  public readonly kind = 'nodePort';
  public readonly description = 'through a port of the hosting nodes';

  public constructor(private readonly options: NodePortOptions) {
    super(options.host, options.annotations);
    requireHost('host', options.host);
    if (options.port !== undefined) {
      requirePort('port', options.port);
    }
    if (options.host !== undefined && options.port === undefined) {
      throw new TalosError('talos:missing-property', `'port' is missing beside 'host' (${options.host}), so clients would get a wrong port: `
        + `give one that the hosting cluster allows, usually ${FIRST_PORT} to ${LAST_PORT}, or leave the host out`);
    }
  }

  public externalPort(servicePort: number): number {
    return this.options.port ?? servicePort;
  }

  public createObjects(scope: Construct, id: string, api: ExposedApi): ApiObject[] {
    const { externalTrafficPolicy, port } = this.options;
    if (port !== undefined && (port < FIRST_PORT || port > LAST_PORT)) {
      warn(scope, 'talos:node-port-range', `'port' (${port}) of ApiExposure.nodePort() is outside of ${FIRST_PORT} to ${LAST_PORT}, the node ports of most clusters, which refuse others: `
        + 'choose one of these, unless the hosting cluster\'s API server has another --service-node-port-range');
    }
    return [this.createService(scope, id, api, { type: 'NodePort', externalTrafficPolicy }, this.annotations, port)];
  }
}

export const readNodePortOptions = readStructure<NodePortOptions>({}, {
  port: readNumber,
  host: readText,
  externalTrafficPolicy: readChoice(ExternalTrafficPolicy),
  annotations: readMap(readText),
});
