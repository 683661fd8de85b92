import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ExposedApi } from './exposure';
import { TlsPassthrough } from './tls-passthrough';
import { readChoice, readNumber, readStructure, readText } from '../../input';
import { KubernetesObject } from '../../kubernetes/kubernetes-object';
import { requireDnsSubdomain } from '../../kubernetes/syntax';

/**
 * The version of `TLSRoute`, which depends on the release of the Gateway API in the hosting cluster.
 *
 * @see https://gateway-api.sigs.k8s.io/concepts/versioning/
 */
export enum TlsRouteVersion {
  /** Gateway API 1.5 and newer. */
  V1 = 'v1',

  /** The experimental channel of Gateway API 1.4. */
  V1ALPHA3 = 'v1alpha3',

  /** The experimental channel up to Gateway API 1.4. */
  V1ALPHA2 = 'v1alpha2',
}

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

  /**
   * The version of the `TLSRoute`. The hosting cluster prints those that it has by
   * `kubectl get crd tlsroutes.gateway.networking.k8s.io --output jsonpath='{.spec.versions[?(@.served==true)].name}'`.
   *
   * @default TlsRouteVersion.V1
   */
  readonly routeVersion?: TlsRouteVersion;
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
    const { name, ports: [{ port }] } = api;
    const { host, gatewayName, gatewayNamespace, sectionName, routeVersion = TlsRouteVersion.V1 } = this.options;
    return [this.createService(scope, id, api, { type: 'ClusterIP' }), new KubernetesObject(scope, `${id}Route`, {
      apiVersion: `gateway.networking.k8s.io/${routeVersion}`,
      kind: 'TLSRoute',
      metadata: { name },
      spec: {
        // with the defaults of the API server, or every `kubectl apply` would report a change
        parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gatewayName, namespace: gatewayNamespace, sectionName }],
        hostnames: [host],
        rules: [{ backendRefs: [{ group: '', kind: 'Service', name, port, weight: 1 }] }],
      },
    })];
  }
}

export const readGatewayOptions = readStructure<GatewayOptions>({ host: readText, gatewayName: readText }, {
  gatewayNamespace: readText,
  sectionName: readText,
  port: readNumber,
  routeVersion: readChoice(TlsRouteVersion),
});
