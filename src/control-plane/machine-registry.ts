import { IConstruct } from 'constructs';
import { TalosError } from '../problem';
import { CONTROL_PLANE } from './names';

/**
 * The names of a cluster's machines. Machines have the names of their pods, so two pools with one name would have machines with the same names,
 * in any namespace.
 */
export class MachineRegistry {
  private readonly owners: Map<string, string>;
  private readonly hostnames = new Map<string, string>();

  constructor(controlPlane: IConstruct) {
    this.owners = new Map([[CONTROL_PLANE, controlPlane.node.path]]);
  }

  /** The names of the pools. */
  public get pools(): string[] {
    return [...this.owners.keys()].slice(1);
  }

  /** Throws if the control plane or a pool has the name. */
  public require(name: string): void {
    // the names of members too, whatever their number
    const owner = this.owners.get(name.replace(new RegExp(`^(${CONTROL_PLANE})-\\d+$`), '$1'));
    if (owner !== undefined) {
      throw new TalosError('talos:name-taken', `'name' (${name}) is already the name of the machines at ${owner}: give the pool another name`);
    }
  }

  /** Takes the hostnames in the machine configs of a pool or the control plane. Throws if one is taken. */
  public takeHostnames(hostnames: readonly (string | undefined)[], machines: IConstruct): void {
    hostnames.forEach((hostname) => hostname !== undefined && this.takeHostname(hostname, machines));
  }

  private takeHostname(hostname: string, machines: IConstruct): void {
    const owner = this.hostnames.get(hostname);
    if (owner !== undefined) {
      throw new TalosError('talos:name-taken', `'hostname' (${hostname}) in the machine config is already the name of the machine at ${owner}: leave it out, so that each machine has the name of its pod`);
    }
    this.hostnames.set(hostname, machines.node.path);
  }

  /** Takes the name of a pool. Throws if it is taken. */
  public take(name: string, pool: IConstruct): void {
    this.require(name);
    this.owners.set(name, pool.node.path);
  }
}
