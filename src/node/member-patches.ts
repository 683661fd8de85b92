import { readNumber, readStructure } from '../input';
import { MachineConfigPatch, readPatches } from '../machine-config/machine-config-patch';

/**
 * Patches for one of the machines that share a machine config, for example its hostname or the labels of its node.
 *
 * @see https://www.talos.dev/latest/talos-guides/configuration/patching/
 */
export interface MemberPatches {
  /** The ordinal of the machine's pod, the number at the end of its name; the first is 0. */
  readonly ordinal: number;

  /** The patches, applied after those of all machines. Those of several entries with one ordinal are applied in the order of the list. */
  readonly patches: MachineConfigPatch[];
}

export const readMemberPatches = readStructure<MemberPatches>({ ordinal: readNumber, patches: readPatches }, {});
