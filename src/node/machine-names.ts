import { serviceNames } from '../network/service-names';

/** A machine of a StatefulSet. */
export interface Member {
  /** The name of its pod. */
  readonly name: string;
  /** The name that leads to it. */
  readonly host: string;
}

/** The names of machines that share a StatefulSet. */
export class MachineNames {
  /**
   * @param machines the name of the StatefulSet and its headless Service
   */
  constructor(public readonly machines: string, private readonly namespace: string, private readonly dnsDomain: string) {}

  /** The name that leads to all machines, by their own addresses. */
  public get headlessHost(): string {
    return this.longest(this.machines);
  }

  /** What stands in a certificate for every machine, however many there are. */
  public get wildcards(): string[] {
    return this.forms(this.machines).map((name) => `*.${name}`);
  }

  /** The machines, where there are so many. */
  public members(count: number): Member[] {
    return Array.from({ length: count }, (_, ordinal) => ({ name: this.member(ordinal), host: this.memberHost(ordinal) }));
  }

  /** The name of a machine, which is also that of its pod and, with a stable address, of its Service. */
  public member(ordinal: number): string {
    return `${this.machines}-${ordinal}`;
  }

  /** The name that leads to a machine. */
  public memberHost(ordinal: number): string {
    return `${this.member(ordinal)}.${this.headlessHost}`;
  }

  /** All forms of the name of a Service, the shortest first. */
  public forms(name: string): string[] {
    return serviceNames(name, this.namespace, this.dnsDomain);
  }

  /** The form of the name of a Service that is known everywhere in the hosting cluster. */
  protected longest(name: string): string {
    return this.forms(name).pop()!;
  }
}
