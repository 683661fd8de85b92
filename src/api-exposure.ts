import { requireCidr } from './cidr';
import type { Exposure } from './exposure';
import { hostAndPort, requireHost } from './host';
import { requireAnnotations, requireDnsSubdomain, requirePort } from './kubernetes-syntax';

/**
 * To which nodes of the hosting cluster outside traffic may go.
 *
 * @see https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy
 */
export enum ExternalTrafficPolicy {
  /** To any; the source address is lost. */
  CLUSTER = 'Cluster',

  /** To those with a pod; the source address is kept. */
  LOCAL = 'Local',
}

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
   * The host by which clients reach a node: a name or an address. It goes into the certificates, and needs a `port` beside it.
   *
   * @default - not known here, so in no certificate
   */
  readonly host?: string;

  /**
   * To which nodes outside traffic may go.
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

/**
 * How an API is reached through a load balancer.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
 */
export interface LoadBalancerOptions {
  /**
   * The host by which clients reach the load balancer: its address, or a name that leads to it. It goes into the certificates. An address is
   * asked for by `loadBalancerIP`, unless one of the annotations does that.
   *
   * @default - not known here, so in no certificate
   */
  readonly address?: string;

  /**
   * The class of the load balancer.
   *
   * @default - the hosting cluster's default
   */
  readonly loadBalancerClass?: string;

  /**
   * The networks from which clients may come.
   *
   * @default - any
   */
  readonly sourceRanges?: string[];

  /**
   * To which nodes outside traffic may go.
   *
   * @default ExternalTrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;

  /**
   * Annotations of the Service, by which most load balancers are set up.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * How the Kubernetes API is reached through an Ingress that passes TLS through.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export interface IngressOptions {
  /** The host by which clients reach it; a DNS name. It goes into the certificates. */
  readonly host: string;

  /**
   * The class of the Ingress.
   *
   * @default - the hosting cluster's default
   */
  readonly ingressClassName?: string;

  /**
   * The port on which clients reach it.
   *
   * @default 443
   */
  readonly port?: number;

  /**
   * Annotations of the Ingress; those that make the controller pass TLS through differ from one to the next.
   *
   * @default - those of ingress-nginx
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * How the Kubernetes API is reached through a Gateway that passes TLS through.
 *
 * @see https://gateway-api.sigs.k8s.io/guides/tls/
 */
export interface GatewayOptions {
  /** The host by which clients reach it; a DNS name. It goes into the certificates. */
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
   * @default - every listener that fits
   */
  readonly sectionName?: string;

  /**
   * The port on which clients reach it.
   *
   * @default 443
   */
  readonly port?: number;
}

/**
 * How an API of a control plane is reached from outside of its pods.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 */
export class ApiExposure {
  /** Only by the names of the pods, inside the hosting cluster. */
  public static none(): ApiExposure {
    return new ApiExposure({ kind: 'none' });
  }

  /**
   * By a Service inside the hosting cluster.
   *
   * @param options how
   */
  public static clusterIp(options: ClusterIpOptions = {}): ApiExposure {
    return new ApiExposure({ kind: 'clusterIp', ...options });
  }

  /**
   * By a port of the hosting cluster's nodes.
   *
   * @param options how
   * @throws if the port isn't one, the host has a port in it, or there is a host without `port`
   */
  public static nodePort(options: NodePortOptions = {}): ApiExposure {
    requireHost('host', options.host);
    if (options.port !== undefined) {
      requirePort('port', options.port);
    }
    if (options.host !== undefined && options.port === undefined) {
      throw new Error(`'port' is missing beside 'host' (${options.host}), and clients would be told a port that isn't there: `
        + 'give one that the hosting cluster allows, most often 30000 to 32767, or leave out the host');
    }
    return new ApiExposure({ kind: 'nodePort', ...options });
  }

  /**
   * Through a load balancer.
   *
   * @param options how
   * @throws if the address has a port, or a source range isn't a network
   */
  public static loadBalancer(options: LoadBalancerOptions = {}): ApiExposure {
    requireHost('address', options.address);
    options.sourceRanges?.forEach((cidr) => requireCidr('sourceRanges', cidr));
    return new ApiExposure({ kind: 'loadBalancer', ...options });
  }

  /**
   * Through an Ingress that passes TLS through; only for the Kubernetes API.
   *
   * @param options how
   * @throws if the host isn't a DNS name
   */
  public static ingress(options: IngressOptions): ApiExposure {
    requireDnsSubdomain('host', options.host);
    if (options.port !== undefined) {
      requirePort('port', options.port);
    }
    return new ApiExposure({ kind: 'ingress', ...options });
  }

  /**
   * Through a Gateway that passes TLS through; only for the Kubernetes API.
   *
   * @param options how
   * @throws if the host isn't a DNS name, or the Gateway's name isn't one
   */
  public static gateway(options: GatewayOptions): ApiExposure {
    requireDnsSubdomain('host', options.host);
    requireDnsSubdomain('gatewayName', options.gatewayName);
    if (options.port !== undefined) {
      requirePort('port', options.port);
    }
    return new ApiExposure({ kind: 'gateway', ...options });
  }

  private constructor(
    /** @internal */
    public readonly _exposure: Exposure,
  ) {
    if ('annotations' in _exposure && _exposure.annotations) {
      requireAnnotations('annotations', _exposure.annotations);
    }
  }

  /**
   * The host by which clients outside of the hosting cluster reach it.
   *
   * @default - none, or not known here
   */
  public get externalHost(): string | undefined {
    const exposure = this._exposure;
    switch (exposure.kind) {
      case 'loadBalancer': return exposure.address;
      case 'nodePort':
      case 'ingress':
      case 'gateway': return exposure.host;
      default: return undefined;
    }
  }

  /**
   * The port on which clients outside of the hosting cluster reach it.
   *
   * @param servicePort the port of its Service
   * @internal
   */
  public _externalPort(servicePort: number): number {
    const exposure = this._exposure;
    switch (exposure.kind) {
      case 'ingress':
      case 'gateway': return exposure.port ?? 443;
      case 'nodePort': return exposure.port ?? servicePort;
      default: return servicePort;
    }
  }

  /**
   * Host and port for clients outside of the hosting cluster, where they are known here.
   *
   * @param servicePort the port of its Service
   * @internal
   */
  public _externalAddress(servicePort: number): string | undefined {
    return this.externalHost === undefined ? undefined : hostAndPort(this.externalHost, this._externalPort(servicePort));
  }
}
