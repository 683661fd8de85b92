import { Construct } from 'constructs';
import { parse } from 'yaml';
import { KubeconfigOptions, TalosSecrets } from './talos-secrets';
import { createSecretObject, SecretOptions } from '../kubernetes/secret-object';

/**
 * Properties of an `ArgoCdClusterSecret`.
 */
export interface ArgoCdClusterSecretProps extends KubeconfigOptions, SecretOptions {
  /** The secrets of the cluster. */
  readonly secrets: TalosSecrets;
}

/**
 * A Secret that tells Argo CD of a cluster. It belongs into Argo CD's namespace. Generators of an ApplicationSet can choose it by its labels.
 * Its default name is the cluster's name with `-argocd-cluster`.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters
 */
export class ArgoCdClusterSecret extends Construct {
  /** The name of the Secret. */
  public readonly secretName: string;

  /**
   * @param scope the construct, most often a chart, to which it belongs
   * @param id its id there
   * @param props its properties
   * @throws if the name isn't one or is taken, or as `TalosSecrets.kubeconfig()` does
   */
  constructor(scope: Construct, id: string, props: ArgoCdClusterSecretProps) {
    super(scope, id);
    this.secretName = props.name ?? `${props.clusterName}-argocd-cluster`;
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
  }
}
