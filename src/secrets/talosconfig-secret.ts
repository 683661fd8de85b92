import { Construct } from 'constructs';
import { TalosconfigOptions, TalosSecrets } from './talos-secrets';
import { createSecretObject, SecretOptions } from '../kubernetes/secret-object';

/**
 * Properties of a `TalosconfigSecret`.
 */
export interface TalosconfigSecretProps extends TalosconfigOptions, SecretOptions {
  /** The secrets of the cluster. */
  readonly secrets: TalosSecrets;
}

/**
 * A Secret with a talosconfig, under the key `talosconfig`. Its default name is the cluster's name with `-talosconfig`.
 *
 * @see https://www.talos.dev/latest/learn-more/talosctl/
 */
export class TalosconfigSecret extends Construct {
  /** The name of the Secret. */
  public readonly secretName: string;

  /** The key of the Secret. */
  public readonly secretKey: string = 'talosconfig';

  /**
   * The talosconfig.
   *
   * @internal
   */
  public readonly _text: string;

  /**
   * @param scope the construct, most often a chart, to which it belongs
   * @param id its id there
   * @param props its properties
   * @throws if the name isn't one or is taken, or as `TalosSecrets.talosconfig()` does
   */
  constructor(scope: Construct, id: string, props: TalosconfigSecretProps) {
    super(scope, id);
    this.secretName = props.name ?? `${props.clusterName}-talosconfig`;
    this._text = props.secrets.talosconfig(props);
    createSecretObject(this, this.secretName, props, { values: { [this.secretKey]: this._text } });
  }
}
