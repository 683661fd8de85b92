import { ClusterIp, ClusterIpOptions } from './exposures/cluster-ip';
import { Exposure } from './exposures/exposure';
import { Gateway, GatewayOptions } from './exposures/gateway';
import { Ingress, IngressOptions } from './exposures/ingress';
import { LoadBalancer, LoadBalancerOptions } from './exposures/load-balancer';
import { NodePort, NodePortOptions } from './exposures/node-port';
import { None } from './exposures/none';
import { hostAndPort } from '../network/hosts';

/**
 * How clients reach an API of a control plane.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 * @example
 * ApiExposure.loadBalancer({ host: '203.0.113.10', sourceRanges: ['198.51.100.0/24'] });
 */
export class ApiExposure {
  /** By the names of the pods, inside the hosting cluster only. */
  public static none(): ApiExposure {
    return new ApiExposure(new None());
  }

  /**
   * By a Service inside the hosting cluster.
   *
   * @param options how
   * @throws if an annotation isn't one
   */
  public static clusterIp(options: ClusterIpOptions = {}): ApiExposure {
    return new ApiExposure(new ClusterIp(options));
  }

  /**
   * By a port of the hosting cluster's nodes.
   *
   * @param options how
   * @throws if the port isn't one, the host has a port in it, there is a host without `port`, or an annotation isn't one
   */
  public static nodePort(options: NodePortOptions = {}): ApiExposure {
    return new ApiExposure(new NodePort(options));
  }

  /**
   * Through a load balancer.
   *
   * @param options how
   * @throws if the host has a port in it, a source range isn't a network, or an annotation isn't one
   */
  public static loadBalancer(options: LoadBalancerOptions = {}): ApiExposure {
    return new ApiExposure(new LoadBalancer(options));
  }

  /**
   * Through an Ingress that passes TLS through; for the Kubernetes API only.
   *
   * @param options how
   * @throws if the host isn't a DNS name, the port isn't one, or an annotation isn't one
   */
  public static ingress(options: IngressOptions): ApiExposure {
    return new ApiExposure(new Ingress(options));
  }

  /**
   * Through a Gateway that passes TLS through; for the Kubernetes API only.
   *
   * @param options how
   * @throws if the host isn't a DNS name, or the Gateway's name or the port isn't one
   */
  public static gateway(options: GatewayOptions): ApiExposure {
    return new ApiExposure(new Gateway(options));
  }

  private constructor(
    /** @internal */
    public readonly _exposure: Exposure,
  ) {}

  /**
   * The host by which clients outside of the hosting cluster reach it.
   *
   * @default - none, or not known here
   */
  public get externalHost(): string | undefined {
    return this._exposure.host;
  }

  /**
   * Host and port for clients outside of the hosting cluster, where they are known here.
   *
   * @param servicePort the port of its Service
   * @internal
   */
  public _externalAddress(servicePort: number): string | undefined {
    const { host } = this._exposure;
    return host === undefined ? undefined : hostAndPort(host, this._exposure.externalPort(servicePort));
  }
}
