import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ExposedApi } from './exposure';
import { TlsPassthrough } from './tls-passthrough';
import { readNumber, readStructure, readText } from '../../input';
import { KubernetesObject } from '../../kubernetes/kubernetes-object';
import { requireDnsSubdomain } from '../../kubernetes/syntax';

/**
 * How clients reach the Kubernetes API through a Gateway that passes TLS through.
 *
 * @see https://gateway-api.sigs.k8s.io/guides/tls/
 */
export interface GatewayOptions {
  /** The DNS name by which clients reach the API. It goes into the certificates. */
  readonly host: string;

  /** The name of the Gateway. */
  readonly gatewayName: string;

  /**
   * The namespace of the Gateway.
   *
   * @default - the control plane's
   */
  readonly gatewayNamespace?: string;

  /**
   * The listener of the Gateway, which must have the protocol TLS and the mode Passthrough.
   *
   * @default - every listener that matches
   */
  readonly sectionName?: string;

  /**
   * The port on which clients reach the API.
   *
   * @default 443
   */
  readonly port?: number;
}

/** Clients reach the API through a Gateway that passes TLS through. */
export class Gateway extends TlsPassthrough {
  public readonly kind = 'gateway';
  public readonly description = 'through a Gateway';

  public constructor(private readonly options: GatewayOptions) {
    super(options.host, options.port);
    requireDnsSubdomain('gatewayName', options.gatewayName);
  }

  public createObjects(scope: Construct, id: string, api: ExposedApi): ApiObject[] {
    const { name, labels, ports: [{ port }] } = api;
    const { host, gatewayName, gatewayNamespace, sectionName } = this.options;
    return [this.createService(scope, id, api, { type: 'ClusterIP' }), new KubernetesObject(scope, `${id}Route`, {
      apiVersion: 'gateway.networking.k8s.io/v1alpha2',
      kind: 'TLSRoute',
      metadata: { name, labels },
      spec: {
        parentRefs: [{ name: gatewayName, namespace: gatewayNamespace, sectionName }],
        hostnames: [host],
        rules: [{ backendRefs: [{ name, port }] }],
      },
    })];
  }
}

export const readGatewayOptions = readStructure<GatewayOptions>({ host: readText, gatewayName: readText }, {
  gatewayNamespace: readText,
  sectionName: readText,
  port: readNumber,
});
