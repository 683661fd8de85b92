import { MachineNames } from '../node/machine-names';

/** What distinguishes the machines of a control plane from those of the pools. */
export const CONTROL_PLANE = 'control-plane';

/** The names of a control plane's objects; all of them come from the name of the cluster. */
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

  /** The name that leads to the Service of the Kubernetes API. */
  public get kubernetesApiHost(): string {
    return this.longest(this.kubernetesApi);
  }

  /** The name that leads to the Service of the Talos API. */
  public get talosApiHost(): string {
    return this.longest(this.talosApi);
  }

  /** The Secret with the machine config. */
  public get machineConfig(): string {
    return `${this.machines}-config`;
  }

  /** The ConfigMap with what is to know. */
  public get notes(): string {
    return `${this.clusterName}-notes`;
  }
}
