import { serviceNames } from './service-names';

/** What distinguishes the machines of a control plane from those of the pools. */
export const CONTROL_PLANE = 'control-plane';

/** A member of a control plane. */
export interface Member {
  /** The name of its pod. */
  readonly name: string;
  /** The name that leads to it. */
  readonly host: string;
}

/** The names of a control plane's objects; all of them come from the name of the cluster. */
export class ControlPlaneNames {
  constructor(private readonly clusterName: string, private readonly namespace: string, private readonly dnsDomain: string) {}

  /** The StatefulSet and its headless Service. */
  public get machines(): string {
    return `${this.clusterName}-${CONTROL_PLANE}`;
  }

  /** The Service of the Kubernetes API. */
  public get kubernetesApi(): string {
    return this.clusterName;
  }

  /** The Service of the Talos API. */
  public get talosApi(): string {
    return `${this.clusterName}-talos`;
  }

  /** The name that leads to all members, by their own addresses. */
  public get headlessHost(): string {
    return this.longest(this.machines);
  }

  /** The name that leads to the Service of the Kubernetes API. */
  public get kubernetesApiHost(): string {
    return this.longest(this.kubernetesApi);
  }

  /** The name that leads to the Service of the Talos API. */
  public get talosApiHost(): string {
    return this.longest(this.talosApi);
  }

  /** The name of a member, which is also that of its pod and, with a stable address, of its Service. */
  public member(ordinal: number): string {
    return `${this.machines}-${ordinal}`;
  }

  /** The name that leads to a member. */
  public memberHost(ordinal: number): string {
    return `${this.member(ordinal)}.${this.headlessHost}`;
  }

  /** The ConfigMap with what is to know. */
  public get notes(): string {
    return `${this.clusterName}-notes`;
  }

  /** The Secret with the talosconfig of the Jobs. */
  public get jobs(): string {
    return `${this.machines}-jobs`;
  }

  /** All forms of the name of a Service. */
  public forms(name: string): string[] {
    return serviceNames(name, this.namespace, this.dnsDomain);
  }

  private longest(name: string): string {
    return this.forms(name).pop()!;
  }
}
