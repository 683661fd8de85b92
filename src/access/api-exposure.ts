import type { Exposure } from './exposure';
import { ClusterIpOptions, GatewayOptions, IngressOptions, LoadBalancerOptions, NodePortOptions } from './exposure-options';
import { requireAnnotations, requireDnsSubdomain, requirePort } from '../kubernetes/syntax';
import { hostAndPort, requireHost } from '../network/hosts';
import { requireNetwork } from '../network/network-checks';

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
   * @throws if the host has a port, or a source range isn't a network
   */
  public static loadBalancer(options: LoadBalancerOptions = {}): ApiExposure {
    requireHost('host', options.host);
    options.sourceRanges?.forEach((cidr) => requireNetwork('sourceRanges', cidr));
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
      case 'loadBalancer':
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
