import { ClusterIp, ClusterIpOptions, readClusterIpOptions } from './exposures/cluster-ip';
import { Exposure } from './exposures/exposure';
import { Gateway, GatewayOptions, readGatewayOptions } from './exposures/gateway';
import { Ingress, IngressOptions, readIngressOptions } from './exposures/ingress';
import { LoadBalancer, LoadBalancerOptions, readLoadBalancerOptions } from './exposures/load-balancer';
import { NodePort, NodePortOptions, readNodePortOptions } from './exposures/node-port';
import { None } from './exposures/none';
import { hostAndPort } from '../network/hosts';

/**
 * How clients reach an API of a control plane.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { ApiExposure, TalosCluster, TalosSecrets } from 'cdk8s-talos';
 *
 * new TalosCluster(new Chart(new App(), 'acme'), 'cluster', {
 *   clusterName: 'acme',
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   controlPlane: {
 *     kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10', sourceRanges: ['198.51.100.0/24'] }),
 *   },
 * });
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 */
export class ApiExposure {
  /** Clients use the DNS names of the pods, inside the hosting cluster only. */
  public static none(): ApiExposure {
    return new ApiExposure(new None());
  }

  /**
   * Clients use a Service, inside the hosting cluster only.
   *
   * @param options the annotations
   * @throws if an annotation isn't valid
   */
  public static clusterIp(options: ClusterIpOptions = {}): ApiExposure {
    return new ApiExposure(new ClusterIp(readClusterIpOptions('options', options)));
  }

  /**
   * Clients use a port of the hosting nodes.
   *
   * @param options port, host, traffic policy and annotations
   * @throws if the port isn't valid, the host contains a port, there is a host without `port`, or an annotation isn't valid
   */
  public static nodePort(options: NodePortOptions = {}): ApiExposure {
    return new ApiExposure(new NodePort(readNodePortOptions('options', options)));
  }

  /**
   * Clients use a load balancer.
   *
   * @param options host, class, source ranges, traffic policy and annotations
   * @throws if the host contains a port, the class isn't a name, a source range isn't a network, or an annotation isn't valid
   */
  public static loadBalancer(options: LoadBalancerOptions = {}): ApiExposure {
    return new ApiExposure(new LoadBalancer(readLoadBalancerOptions('options', options)));
  }

  /**
   * Clients use an Ingress that passes TLS through; for the Kubernetes API only.
   *
   * @param options host, class, port and annotations
   * @throws if the host or the class isn't a DNS name, or the port or an annotation isn't valid
   */
  public static ingress(options: IngressOptions): ApiExposure {
    return new ApiExposure(new Ingress(readIngressOptions('options', options)));
  }

  /**
   * Clients use a Gateway that passes TLS through; for the Kubernetes API only.
   *
   * @param options host, Gateway and port
   * @throws if the host isn't a DNS name, or the Gateway's name or the port isn't valid
   */
  public static gateway(options: GatewayOptions): ApiExposure {
    return new ApiExposure(new Gateway(readGatewayOptions('options', options)));
  }

  private constructor(
    /** @internal */
    public readonly _exposure: Exposure,
  ) {}

  /**
   * The host by which clients outside of the hosting cluster reach the API.
   *
   * @default - none, or not known here
   */
  public get externalHost(): string | undefined {
    return this._exposure.host;
  }

  /**
   * The host and port for clients outside of the hosting cluster, where they are known here.
   *
   * @param servicePort the port of the Service
   * @internal
   */
  public _externalAddress(servicePort: number): string | undefined {
    const { host } = this._exposure;
    return host === undefined ? undefined : hostAndPort(host, this._exposure.externalPort(servicePort));
  }
}
