import { MachineNames } from '../node/machine-names';

/** Distinguishes the machines of a control plane from those of the pools by name. */
export const CONTROL_PLANE = 'control-plane';

/** The names of a control plane's objects, all from the name of the cluster. */
export class ControlPlaneNames extends MachineNames {
  constructor(private readonly clusterName: string, namespace: string, dnsDomain: string) {
    super(`${clusterName}-${CONTROL_PLANE}`, namespace, dnsDomain);
  }

  /** The Service of the Kubernetes API. */
  public get kubernetesApi(): string {
    return this.clusterName;
  }

  /** The Service of the Talos API. */
  public get talosApi(): string {
    return `${this.clusterName}-talos`;
  }

  /** The DNS name of the Service of the Kubernetes API. */
  public get kubernetesApiHost(): string {
    return this.longest(this.kubernetesApi);
  }

  /** The DNS name of the Service of the Talos API. */
  public get talosApiHost(): string {
    return this.longest(this.talosApi);
  }

  /** The NetworkPolicy of the Jobs. */
  public get jobs(): string {
    return `${this.machines}-jobs`;
  }

  /** The NetworkPolicy of the Job that recovers etcd. */
  public get recovery(): string {
    return `${this.machines}-recovery`;
  }

  /** The NetworkPolicy of the Job that upgrades Kubernetes. */
  public get upgrade(): string {
    return `${this.machines}-upgrade-k8s`;
  }

  /** The ConfigMap with the notes. */
  public get notes(): string {
    return `${this.clusterName}-notes`;
  }
}
