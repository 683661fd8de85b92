/*
 * Probes: how Kubernetes learns whether a container has started, lives and is ready, under Kubernetes' own names.
 */

/**
 * A command in the container. It succeeds if it ends with 0.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-a-liveness-command
 */
export interface ExecAction {
  /** The program and its arguments. No shell reads them. */
  readonly command: string[];
}

/**
 * The scheme of a URL.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#http-probes
 */
export enum UriScheme {
  /** HTTP. */
  HTTP = 'HTTP',

  /** HTTPS. The certificate isn't checked. */
  HTTPS = 'HTTPS',
}

/**
 * A header of an HTTP request.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#http-probes
 */
export interface HttpHeader {
  /** The name: letters, digits and `-`. */
  readonly name: string;

  /** The value. */
  readonly value: string;
}

/**
 * An HTTP GET request to the container. It succeeds with a status from 200 to 399.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#http-probes
 */
export interface HttpGetAction {
  /** The port, from 1 to 65535. */
  readonly port: number;

  /**
   * The path, from `/`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * The scheme.
   *
   * @default UriScheme.HTTP
   */
  readonly scheme?: UriScheme;

  /**
   * Headers of the request.
   *
   * @default - Kubernetes' own
   */
  readonly httpHeaders?: HttpHeader[];
}

/**
 * A TCP connection to the container. It succeeds if the port is open.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-a-tcp-liveness-probe
 */
export interface TcpSocketAction {
  /** The port, from 1 to 65535. */
  readonly port: number;
}

/**
 * A request by the gRPC health checking protocol to the container.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-a-grpc-liveness-probe
 */
export interface GrpcAction {
  /** The port, from 1 to 65535. */
  readonly port: number;

  /**
   * The service that the request asks about.
   *
   * @default - the server as a whole
   */
  readonly service?: string;
}

/**
 * A check that Kubernetes repeats: exactly one of `exec`, `httpGet`, `tcpSocket` and `grpc`, and its times.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
 */
export interface Probe {
  /**
   * Runs a command in the container.
   *
   * @default - another handler
   */
  readonly exec?: ExecAction;

  /**
   * Sends an HTTP GET request.
   *
   * @default - another handler
   */
  readonly httpGet?: HttpGetAction;

  /**
   * Opens a TCP connection.
   *
   * @default - another handler
   */
  readonly tcpSocket?: TcpSocketAction;

  /**
   * Asks by the gRPC health checking protocol.
   *
   * @default - another handler
   */
  readonly grpc?: GrpcAction;

  /**
   * How many seconds after the start of the container the first check is made; at least 0.
   *
   * @default 0
   */
  readonly initialDelaySeconds?: number;

  /**
   * After how many seconds a check without an answer has failed; at least 1.
   *
   * @default 1
   */
  readonly timeoutSeconds?: number;

  /**
   * How many seconds lie between two checks; at least 1.
   *
   * @default 10
   */
  readonly periodSeconds?: number;

  /**
   * How many checks in a row must succeed after a failure; at least 1, and 1 for a startup or liveness probe.
   *
   * @default 1
   */
  readonly successThreshold?: number;

  /**
   * How many checks in a row must fail until the probe has failed; at least 1.
   *
   * @default 3
   */
  readonly failureThreshold?: number;

  /**
   * How many seconds the container may take to stop once the probe has failed; at least 1. A readiness probe stops nothing and can't have it.
   *
   * @default - the pod's `terminationGracePeriod`
   */
  readonly terminationGracePeriodSeconds?: number;
}
