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
  readonly host?: string;

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
