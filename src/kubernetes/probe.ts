import { readChoice, readList, readNumber, readStructure, readText } from '../input';
/*
 * Probes, with which Kubernetes checks a container, with Kubernetes' own names.
 */

/**
 * A command that runs in the container. It succeeds if it exits with 0.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-a-liveness-command
 */
export interface ExecAction {
  /** The program and its arguments. It runs without a shell. */
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

  /** HTTPS. Kubernetes doesn't verify the certificate. */
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
   * The path; it begins with `/`.
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
   * Headers to add to the request.
   *
   * @default - none
   */
  readonly httpHeaders?: HttpHeader[];
}

/**
 * A TCP connection to the container. It succeeds if the port accepts it.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-a-tcp-liveness-probe
 */
export interface TcpSocketAction {
  /** The port, from 1 to 65535. */
  readonly port: number;
}

/**
 * A request to the container in the gRPC health checking protocol.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-a-grpc-liveness-probe
 */
export interface GrpcAction {
  /** The port, from 1 to 65535. */
  readonly port: number;

  /**
   * The service to ask about.
   *
   * @default - the server as a whole
   */
  readonly service?: string;
}

/**
 * A check that Kubernetes repeats. It has exactly one of `exec`, `httpGet`, `tcpSocket` and `grpc`.
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
   * Sends a request in the gRPC health checking protocol.
   *
   * @default - another handler
   */
  readonly grpc?: GrpcAction;

  /**
   * The seconds from the start of the container to the first check; at least 0.
   *
   * @default 0
   */
  readonly initialDelaySeconds?: number;

  /**
   * The seconds after which a check without an answer fails; at least 1.
   *
   * @default 1
   */
  readonly timeoutSeconds?: number;

  /**
   * The seconds between two checks; at least 1.
   *
   * @default 10
   */
  readonly periodSeconds?: number;

  /**
   * The number of checks in a row that must succeed after a failure; at least 1, and exactly 1 for startup and liveness probes.
   *
   * @default 1
   */
  readonly successThreshold?: number;

  /**
   * The number of checks in a row that must fail before the probe fails; at least 1.
   *
   * @default 3
   */
  readonly failureThreshold?: number;

  /**
   * The seconds that the container has to stop when the probe fails; at least 1. Readiness probes can't have it, because they stop nothing.
   *
   * @default - the pod's `terminationGracePeriod`
   */
  readonly terminationGracePeriodSeconds?: number;
}

export const readExecAction = readStructure<ExecAction>({ command: readList(readText) }, {});
export const readGrpcAction = readStructure<GrpcAction>({ port: readNumber }, { service: readText });
export const readHttpHeader = readStructure<HttpHeader>({ name: readText, value: readText }, {});
export const readHttpGetAction = readStructure<HttpGetAction>({ port: readNumber }, {
  path: readText,
  scheme: readChoice(UriScheme),
  httpHeaders: readList(readHttpHeader),
});
export const readTcpSocketAction = readStructure<TcpSocketAction>({ port: readNumber }, {});
export const readProbe = readStructure<Probe>({}, {
  exec: readExecAction,
  httpGet: readHttpGetAction,
  tcpSocket: readTcpSocketAction,
  grpc: readGrpcAction,
  initialDelaySeconds: readNumber,
  timeoutSeconds: readNumber,
  periodSeconds: readNumber,
  successThreshold: readNumber,
  failureThreshold: readNumber,
  terminationGracePeriodSeconds: readNumber,
});
