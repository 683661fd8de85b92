import { SecretsBundle } from '../pki';
import { Contract } from './contract';
import { FilledOptions } from './options';

/** The two kinds of machines, as Talos calls them. */
export type MachineType = 'controlplane' | 'worker';

/** All that a machine configuration is made of. */
export interface Input {
  readonly machineType: MachineType;
  readonly secrets: SecretsBundle;
  readonly options: FilledOptions;
  readonly contract: Contract;
}
