import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Protocol } from '../../kubernetes/container';
import { KubernetesObject } from '../../kubernetes/kubernetes-object';
import { unlessEmpty } from '../../kubernetes/manifest';
import { ServicePort, ServiceSpec } from '../../kubernetes/object-specs';
import { requireAnnotations } from '../../kubernetes/syntax';
import { takeName } from '../../kubernetes/taken-names';
import { TalosPort } from '../../talos/ports';

/** An exposed API of a control plane. */
export interface ExposedApi {
  /** The name of its Service. */
  readonly name: string;
  /** The labels of the pods that serve it. */
  readonly selector: { readonly [key: string]: string };
  /** The port of the API first, then those that accompany it. */
  readonly ports: TalosPort[];
}

/** A kind of exposure: its objects, its address for clients outside, and the clients that it serves. */
export abstract class Exposure {
  /** The name of its factory in `ApiExposure`, for messages. */
  public abstract readonly kind: string;

  /** How clients reach the API, for the notes. */
  public abstract readonly description: string;

  /** Whether it makes a Service. */
  public readonly hasService: boolean = true;

  /** Whether clients outside of the hosting cluster reach the API. */
  public readonly leadsOutside: boolean = true;

  /** Whether it serves clients that send no server name in their TLS handshake, such as those of the Talos API. */
  public readonly servesNamelessClients: boolean = true;

  /** Whether clients outside reach all ports of the API at one address. */
  public readonly hasOneAddress: boolean = false;

  /** The host by which clients outside reach the API, where it is known. */
  public readonly host?: string;

  protected constructor(host?: string, protected readonly annotations?: { readonly [key: string]: string }) {
    requireAnnotations('annotations', annotations ?? {});
    this.host = host;
  }

  /** The port on which clients outside reach the API, given the port of its Service. */
  public externalPort(servicePort: number): number {
    return servicePort;
  }

  /** Creates the Service, and the objects that route to it. */
  public createObjects(scope: Construct, id: string, api: ExposedApi): ApiObject[] {
    return [this.createService(scope, id, api, { type: 'ClusterIP' }, this.annotations)];
  }

  protected createService(
    scope: Construct, id: string, { name, selector, ports }: ExposedApi,
    spec: Partial<ServiceSpec>, annotations?: { readonly [key: string]: string }, nodePort?: number,
  ): ApiObject {
    takeName(scope, 'Service', name);
    const servicePorts = ports.map((port, index): ServicePort => ({
      name: port.name, port: port.port, targetPort: port.name, protocol: Protocol.TCP, nodePort: index === 0 ? nodePort : undefined,
    }));
    return new KubernetesObject(scope, id, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, annotations: unlessEmpty(annotations) },
      spec: { selector, ports: servicePorts, ...spec },
    });
  }
}
