import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ExposedApi, Exposure } from './exposure';
import { ExternalTrafficPolicy } from './external-traffic-policy';
import { readChoice, readList, readMap, readStructure, readText } from '../../input';
import { unlessEmpty } from '../../kubernetes/manifest';
import { requireQualifiedName } from '../../kubernetes/syntax';
import { isAddress } from '../../network/addresses';
import { requireHost } from '../../network/hosts';
import { requireNetwork } from '../../network/network-checks';

/**
 * How clients reach an API through a load balancer.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
 */
export interface LoadBalancerOptions {
  /**
   * The host by which clients reach the load balancer: its IP address, or a DNS name that resolves to it. It goes into the certificates. The Service
   * requests an IP address by `loadBalancerIP`, unless an annotation does that.
   *
   * @default - not known here, so not in the certificates
   */
  readonly host?: string;

  /**
   * The class of the load balancer, a name with an optional DNS name and `/` before it.
   *
   * @default - the hosting cluster's default
   */
  readonly loadBalancerClass?: string;

  /**
   * The networks from which clients may connect.
   *
   * @default - any
   */
  readonly sourceRanges?: string[];

  /**
   * Which hosting nodes may receive traffic from outside.
   *
   * @default ExternalTrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;

  /**
   * Annotations of the Service, which configure most load balancers.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Clients reach the API through a load balancer. */
export class LoadBalancer extends Exposure {
  public readonly kind = 'loadBalancer';
  public readonly description = 'through a load balancer';
  public readonly hasOneAddress = true;

  public constructor(private readonly options: LoadBalancerOptions) {
    super(options.host, options.annotations);
    requireHost('host', options.host);
    if (options.loadBalancerClass !== undefined) {
      requireQualifiedName('loadBalancerClass', options.loadBalancerClass);
    }
    options.sourceRanges?.forEach((cidr) => requireNetwork('sourceRanges', cidr));
  }

  public createObjects(scope: Construct, id: string, api: ExposedApi): ApiObject[] {
    const { loadBalancerClass, sourceRanges, externalTrafficPolicy } = this.options;
    return [this.createService(scope, id, api, {
      type: 'LoadBalancer',
      loadBalancerClass,
      loadBalancerIP: this.requestedAddress,
      loadBalancerSourceRanges: unlessEmpty(sourceRanges),
      externalTrafficPolicy,
    }, this.annotations)];
  }

  /** A load balancer whose address is requested twice refuses both requests. */
  private get requestedAddress(): string | undefined {
    const { host, annotations = {} } = this;
    const isAnnotated = host !== undefined && Object.values(annotations).some((value) => value.includes(host));
    return host !== undefined && isAddress(host) && !isAnnotated ? host : undefined;
  }
}

export const readLoadBalancerOptions = readStructure<LoadBalancerOptions>({}, {
  host: readText,
  loadBalancerClass: readText,
  sourceRanges: readList(readText),
  externalTrafficPolicy: readChoice(ExternalTrafficPolicy),
  annotations: readMap(readText),
});
