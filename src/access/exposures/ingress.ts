import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ExposedApi } from './exposure';
import { TlsPassthrough } from './tls-passthrough';
import { readMap, readNumber, readStructure, readText } from '../../input';
import { KubernetesObject } from '../../kubernetes/kubernetes-object';
import { unlessEmpty } from '../../kubernetes/manifest';
import { requireDnsSubdomain } from '../../kubernetes/syntax';
import { TalosError } from '../../problem';

/** The annotations with which controllers pass TLS through, by the class that their documentation gives them. */
const PASSTHROUGH: { readonly [ingressClassName: string]: { readonly [key: string]: string } } = {
  nginx: {
    'nginx.ingress.kubernetes.io/ssl-passthrough': 'true',
    'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
  },
};

/**
 * How clients reach the Kubernetes API through an Ingress that passes TLS through.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export interface IngressOptions {
  /** The DNS name by which clients reach the API. It goes into the certificates. */
  readonly host: string;

  /**
   * The class of the Ingress, a DNS name.
   *
   * @default - the hosting cluster's default
   */
  readonly ingressClassName?: string;

  /**
   * The port on which clients reach the API.
   *
   * @default 443
   */
  readonly port?: number;

  /**
   * Annotations of the Ingress. Each controller has its own for TLS passthrough, so they are required for a class other than `nginx`.
   *
   * @default - those of ingress-nginx, for its class `nginx`
   */
  readonly annotations?: { [key: string]: string };
}

/** Clients reach the API through an Ingress that passes TLS through. */
export class Ingress extends TlsPassthrough {
  public readonly kind = 'ingress';
  public readonly description = 'through an Ingress';

  private readonly passthrough: { readonly [key: string]: string };

  public constructor(private readonly options: IngressOptions) {
    super(options.host, options.port, options.annotations);
    if (options.ingressClassName !== undefined) {
      requireDnsSubdomain('ingressClassName', options.ingressClassName);
    }
    this.passthrough = passthroughAnnotations(options);
  }

  public createObjects(scope: Construct, id: string, api: ExposedApi): ApiObject[] {
    const { name, ports: [{ port }] } = api;
    const { host, ingressClassName } = this.options;
    return [this.createService(scope, id, api, { type: 'ClusterIP' }), new KubernetesObject(scope, `${id}Ingress`, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name, annotations: unlessEmpty(this.passthrough) },
      spec: {
        ingressClassName,
        rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: port } } } }] } }],
      },
    })];
  }
}

function passthroughAnnotations({ ingressClassName, annotations }: IngressOptions): { readonly [key: string]: string } {
  const found = annotations ?? (ingressClassName === undefined ? undefined : PASSTHROUGH[ingressClassName]);
  if (!found) {
    const controller = ingressClassName === undefined ? 'the hosting cluster\'s default class, which isn\'t known here' : `the class ${ingressClassName}`;
    throw new TalosError('talos:invalid-value', `'annotations' are missing for ${controller}: give those with which its controller passes TLS through, `
      + `or use 'ingressClassName' with ${Object.keys(PASSTHROUGH).join(', ')}`);
  }
  return found;
}

export const readIngressOptions = readStructure<IngressOptions>({ host: readText }, {
  ingressClassName: readText,
  port: readNumber,
  annotations: readMap(readText),
});
