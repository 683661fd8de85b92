import { Construct } from 'constructs';
import { readInstance, readStructure } from '../input';
import { SecretDelivery } from './secret-delivery';
import { TalosconfigOptions, TalosSecrets, readTalosconfigOptions } from './talos-secrets';
import { located } from '../kubernetes/construct-errors';
import { clusterLabels, labelObjectsOf } from '../kubernetes/labels';
import { createSecretObject, SecretOptions, readSecretOptions } from '../kubernetes/secret-object';

/** The form of a Secret with a talosconfig. */
export const TALOSCONFIG_SECRET = { key: 'talosconfig', name: (clusterName: string) => `${clusterName}-talosconfig` } as const;

/**
 * Properties of a `TalosconfigSecret`.
 */
export interface TalosconfigSecretProps extends TalosconfigOptions, SecretOptions {
  /** The secrets of the cluster. */
  readonly secrets: TalosSecrets;

  /**
   * How what is secret in it gets into the hosting cluster. One that keeps keys from synthesis can't make it.
   *
   * @default - that of the cluster's construct around it; outside of one, SecretDelivery.inline()
   */
  readonly secretDelivery?: SecretDelivery;
}

/**
 * A Secret with a talosconfig, under the key `talosconfig`. Its default name is the cluster's name with `-talosconfig`.
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { TalosApiRole, TalosconfigSecret, TalosSecrets } from 'cdk8s-talos';
 *
 * declare const chart: Chart;
 * new TalosconfigSecret(chart, 'talosconfig', {
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   clusterName: 'acme',
 *   endpoints: ['acme.example.com'],
 *   roles: [TalosApiRole.READER],
 * });
 *
 * @see https://www.talos.dev/latest/learn-more/talosctl/
 */
export class TalosconfigSecret extends Construct {
  /** The name of the Secret. */
  public readonly secretName: string;

  /** The key under which the Secret holds the talosconfig. */
  public readonly secretKey: string = TALOSCONFIG_SECRET.key;

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if the name isn't a DNS name or is taken, `secretDelivery` keeps keys from synthesis, or as `TalosSecrets.talosconfig()` does
   */
  constructor(scope: Construct, id: string, props: TalosconfigSecretProps) {
    super(scope, id);
    try {
      props = readTalosconfigSecretProps('props', props);
      this.secretName = props.name ?? TALOSCONFIG_SECRET.name(props.clusterName);
      props.secretDelivery?._deliverKnown(this, props.secrets);
      labelObjectsOf(this, { 'app.kubernetes.io/instance': props.clusterName, ...clusterLabels(props.clusterName) });
      createSecretObject(this, this.secretName, props, { values: { [this.secretKey]: props.secrets.talosconfig(props) } });
    } catch (error) {
      throw located(this, error);
    }
  }
}

export const readTalosconfigSecretProps = readStructure<TalosconfigSecretProps>({
  ...readTalosconfigOptions.required,
  secrets: readInstance(TalosSecrets),
}, {
  ...readTalosconfigOptions.optional,
  ...readSecretOptions.optional,
  secretDelivery: readInstance(SecretDelivery),
});
