import { Construct } from 'constructs';
import { createSecretObject, SecretOptions } from '../kubernetes/secret-object';
import { nameFromPath } from '../kubernetes/taken-names';
import { requireRunsOutsidePods } from '../machine-config/external-worker-config';
import { MachineConfig } from '../machine-config/machine-config';

/**
 * Properties of a `ExternalMachineConfigSecret`.
 */
export interface ExternalMachineConfigSecretProps extends SecretOptions {
  /** The machine config, for example from `TalosControlPlane.externalWorkerConfig()`. */
  readonly config: MachineConfig;
}

/**
 * A Secret with the machine config of a machine outside of the hosting cluster, as YAML under the key `machineconfig`, for whatever hands it
 * over: a person with `talosctl apply-config`, or a server that machines boot from. Its default name is the construct's path,
 * joined by `-`.
 *
 * @see https://www.talos.dev/latest/reference/kernel/#talosconfig
 */
export class ExternalMachineConfigSecret extends Construct {
  /** The name of the Secret. */
  public readonly secretName: string;

  /** The key of the Secret. */
  public readonly secretKey: string = 'machineconfig';

  /**
   * @param scope the construct, most often a chart, to which it belongs
   * @param id its id there
   * @param props its properties
   * @throws if the config is one for pods or Talos would refuse it on a machine of its own, or the name isn't one or is taken
   */
  constructor(scope: Construct, id: string, props: ExternalMachineConfigSecretProps) {
    super(scope, id);
    requireRunsOutsidePods('config', props.config);
    this.secretName = props.name ?? nameFromPath(this);
    createSecretObject(this, this.secretName, props, { values: { [this.secretKey]: props.config.toYaml() } });
  }
}
