import { serviceNames } from '../network/service-names';

/** A machine of a StatefulSet. */
export interface Member {
  /** The name of its pod. */
  readonly name: string;
  /** The name of the machine, and so of its node and of its member of etcd: that of the pod, unless the machine config has a hostname. */
  readonly nodeName: string;
  /** Its DNS name. */
  readonly host: string;
}

/** The names of the machines of a StatefulSet. */
export class MachineNames {
  /**
   * @param machines the name of the StatefulSet and its headless Service
   */
  constructor(public readonly machines: string, private readonly namespace: string, private readonly dnsDomain: string) {}

  /** The Secret with the machine config. */
  public get machineConfig(): string {
    return `${this.machines}-config`;
  }

  /** The DNS name of all machines, which resolves to their own addresses. */
  public get headlessHost(): string {
    return this.longest(this.machines);
  }

  /** The wildcards that cover every machine in a certificate, whatever their number. */
  public get wildcards(): string[] {
    return this.forms(this.machines).map((name) => `*.${name}`);
  }

  /**
   * The machines, for a given number of them.
   *
   * @param hostnames the hostnames in their machine configs, where they are known and set
   */
  public members(count: number, hostnames: readonly (string | undefined)[] = []): Member[] {
    return Array.from({ length: count }, (_, ordinal) => {
      const name = this.member(ordinal);
      return { name, host: this.memberHost(ordinal), nodeName: hostnames[ordinal]?.split('.')[0] ?? name };
    });
  }

  /** The name of a machine, of its pod and, with a stable address, of its Service. */
  public member(ordinal: number): string {
    return `${this.machines}-${ordinal}`;
  }

  /** The DNS name of a machine. */
  public memberHost(ordinal: number): string {
    return `${this.member(ordinal)}.${this.headlessHost}`;
  }

  /** All forms of the DNS name of a Service, the shortest first. */
  public forms(name: string): string[] {
    return serviceNames(name, this.namespace, this.dnsDomain);
  }

  /** The form of the DNS name of a Service that resolves everywhere in the hosting cluster. */
  protected longest(name: string): string {
    return this.forms(name).pop()!;
  }
}
