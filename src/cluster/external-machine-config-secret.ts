import { Construct } from 'constructs';
import { readInstance, readStructure } from '../input';
import { located } from '../kubernetes/construct-errors';
import { createSecretObject, SecretOptions, readSecretOptions } from '../kubernetes/secret-object';
import { nameFromPath } from '../kubernetes/taken-names';
import { requireRunsOutsidePods } from '../machine-config/external-worker-config';
import { MachineConfig } from '../machine-config/machine-config';
import { SecretDelivery } from '../secrets/secret-delivery';

/**
 * Properties of an `ExternalMachineConfigSecret`.
 */
export interface ExternalMachineConfigSecretProps extends SecretOptions {
  /** The machine config, for example from `TalosControlPlane.externalWorkerConfig()`. */
  readonly config: MachineConfig;

  /**
   * How what is secret in it gets into the hosting cluster. One that keeps keys from synthesis can't make it.
   *
   * @default - that of the cluster's construct around it; outside of one, SecretDelivery.inline()
   */
  readonly secretDelivery?: SecretDelivery;
}

/**
 * A Secret with the machine config of an external worker, as YAML under the key `machineconfig`, for whoever delivers it: a person with
 * `talosctl apply-config`, or a server from which machines boot. Its default name is the construct's path, joined by `-`.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { ApiExposure, ExternalMachineConfigSecret, TalosCluster, TalosSecrets } from 'cdk8s-talos';
 *
 * const cluster = new TalosCluster(new Chart(new App(), 'acme'), 'cluster', {
 *   clusterName: 'acme',
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   controlPlane: {
 *     kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
 *     externalWorkers: true,
 *   },
 * });
 * new ExternalMachineConfigSecret(cluster, 'worker', {
 *   config: cluster.controlPlane.externalWorkerConfig({ installDisk: '/dev/nvme0n1' }),
 * });
 *
 * @see https://www.talos.dev/latest/reference/kernel/#talosconfig
 */
export class ExternalMachineConfigSecret extends Construct {
  /** The name of the Secret. */
  public readonly secretName: string;

  /** The key of the Secret. */
  public readonly secretKey: string = 'machineconfig';

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if the config is for pods, Talos would refuse it on a machine of its own, `secretDelivery` keeps keys from synthesis, or the name isn't
   * valid or is taken
   */
  constructor(scope: Construct, id: string, props: ExternalMachineConfigSecretProps) {
    super(scope, id);
    try {
      props = readExternalMachineConfigSecretProps('props', props);
      requireRunsOutsidePods('\'config\'', props.config);
      props.secretDelivery?._deliverKnown(this);
      this.secretName = props.name ?? nameFromPath(this);
      createSecretObject(this, this.secretName, props, { values: { [this.secretKey]: props.config.toYaml() } });
    } catch (error) {
      throw located(this, error);
    }
  }
}

export const readExternalMachineConfigSecretProps = readStructure<ExternalMachineConfigSecretProps>({ config: readInstance(MachineConfig) }, {
  ...readSecretOptions.optional,
  secretDelivery: readInstance(SecretDelivery),
});
