import { IConstruct } from 'constructs';
import { TalosError } from '../problem';
import { CONTROL_PLANE } from './names';
import { Member } from '../node/machine-names';

/**
 * The names of a cluster's machines. Machines have the names of their pods, so two pools with one name would have machines with the same names,
 * in any namespace.
 */
export class MachineRegistry {
  private readonly owners: Map<string, string>;
  private readonly nodeNames = new Map<string, string>();

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

  /** Takes the names of the machines of a pool or the control plane, by which their nodes register. Throws if one is taken. */
  public takeMembers(members: readonly Member[], machines: IConstruct): void {
    for (const { name, nodeName } of members) {
      const owner = this.nodeNames.get(nodeName);
      if (owner !== undefined) {
        throw new TalosError('talos:name-taken', nodeName === name
          ? `'hostname' (${nodeName}) in the machine config of the machine at ${owner} is the name of a pod of ${machines.node.path}: leave it out, so that each machine has the name of its pod`
          : `'hostname' (${nodeName}) in the machine config is already the name of the machine at ${owner}: leave it out, so that each machine has the name of its pod`);
      }
      this.nodeNames.set(nodeName, machines.node.path);
    }
  }

  /** Takes the name of a pool. Throws if it is taken. */
  public take(name: string, pool: IConstruct): void {
    this.require(name);
    this.owners.set(name, pool.node.path);
  }
}
