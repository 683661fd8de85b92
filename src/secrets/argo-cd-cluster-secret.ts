import { Construct } from 'constructs';
import { parse } from 'yaml';
import { readInstance, readStructure } from '../input';
import { SecretDelivery } from './secret-delivery';
import { KubeconfigOptions, TalosSecrets, readKubeconfigOptions } from './talos-secrets';
import { located } from '../kubernetes/construct-errors';
import { clusterLabels, labelObjectsOf } from '../kubernetes/labels';
import { createSecretObject, SecretOptions, readSecretOptions } from '../kubernetes/secret-object';

/**
 * Properties of an `ArgoCdClusterSecret`.
 */
export interface ArgoCdClusterSecretProps extends KubeconfigOptions, SecretOptions {
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
 * A Secret that declares a cluster to Argo CD. Put it in Argo CD's namespace. An ApplicationSet's cluster generator can select it by its labels.
 * Its default name is the cluster's name with `-argocd-cluster`.
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { ArgoCdClusterSecret, TalosSecrets } from 'cdk8s-talos';
 *
 * declare const chart: Chart;
 * new ArgoCdClusterSecret(chart, 'argo-cd', {
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   clusterName: 'acme',
 *   endpoint: 'https://acme.example.com:6443',
 *   labels: { environment: 'production' },
 * });
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters
 */
export class ArgoCdClusterSecret extends Construct {
  /** The name of the Secret. */
  public readonly secretName: string;

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if the name isn't a DNS name or is taken, `secretDelivery` keeps keys from synthesis, or as `TalosSecrets.kubeconfig()` does
   */
  constructor(scope: Construct, id: string, props: ArgoCdClusterSecretProps) {
    super(scope, id);
    try {
      props = readArgoCdClusterSecretProps('props', props);
      this.secretName = props.name ?? `${props.clusterName}-argocd-cluster`;
      props.secretDelivery?._deliverKnown(this, props.secrets);
      labelObjectsOf(this, { 'app.kubernetes.io/instance': props.clusterName, ...clusterLabels(props.clusterName) });
      const { clusters: [{ cluster }], users: [{ user }] } = parse(props.secrets.kubeconfig(props));
      const tlsClientConfig = {
        caData: cluster['certificate-authority-data'],
        certData: user['client-certificate-data'],
        keyData: user['client-key-data'],
      };
      createSecretObject(this, this.secretName, props, {
        ownLabels: { 'argocd.argoproj.io/secret-type': 'cluster' },
        values: { name: props.clusterName, server: props.endpoint, config: JSON.stringify({ tlsClientConfig }) },
      });
    } catch (error) {
      throw located(this, error);
    }
  }
}

export const readArgoCdClusterSecretProps = readStructure<ArgoCdClusterSecretProps>({
  ...readKubeconfigOptions.required,
  secrets: readInstance(TalosSecrets),
}, {
  ...readKubeconfigOptions.optional,
  ...readSecretOptions.optional,
  secretDelivery: readInstance(SecretDelivery),
});
