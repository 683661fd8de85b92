import { IConstruct } from 'constructs';
import { CONTROL_PLANE } from './names';

/**
 * The names of a cluster's machines. Pods give their machines their names, so that pools with one name would have machines with one name,
 * wherever they run.
 */
export class MachineRegistry {
  private readonly owners: Map<string, string>;
  private readonly hostnames = new Map<string, string>();

  constructor(controlPlane: IConstruct) {
    this.owners = new Map([[CONTROL_PLANE, controlPlane.node.path]]);
  }

  /** Those of the pools. */
  public get pools(): string[] {
    return [...this.owners.keys()].slice(1);
  }

  /** That no pool has a name yet. */
  public require(name: string): void {
    // the names of members too, however many there are
    const owner = this.owners.get(name.replace(new RegExp(`^(${CONTROL_PLANE})-\\d+$`), '$1'));
    if (owner !== undefined) {
      throw new Error(`'name' (${name}) is the name of the machines at ${owner} already: give the pool another name`);
    }
  }

  /** Gives the machines of a pool, or of the control plane, the name that their machine config has for them, or an error if it is taken. */
  public takeHostname(hostname: string | undefined, machines: IConstruct): void {
    if (hostname === undefined) {
      return;
    }
    const owner = this.hostnames.get(hostname);
    if (owner !== undefined) {
      throw new Error(`'hostname' (${hostname}) in the machine config is the name of the machine at ${owner} already: leave it out, so that each has that of its pod`);
    }
    this.hostnames.set(hostname, machines.node.path);
  }

  /** Gives a pool its name, or an error if it is taken. */
  public take(name: string, pool: IConstruct): void {
    this.require(name);
    this.owners.set(name, pool.node.path);
  }
}
