import { Construct } from 'constructs';
import { KubeconfigOptions, TalosSecrets } from './talos-secrets';
import { createSecretObject, SecretOptions } from '../kubernetes/secret-object';

/**
 * Properties of a `KubeconfigSecret`.
 */
export interface KubeconfigSecretProps extends KubeconfigOptions, SecretOptions {
  /** The secrets of the cluster. */
  readonly secrets: TalosSecrets;
}

/**
 * A Secret with a kubeconfig, named, labelled and keyed as Cluster API and Flux expect it. Its default name is the cluster's name with
 * `-kubeconfig`.
 *
 * @see https://cluster-api.sigs.k8s.io/developer/core/certificate-management
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#kubeconfig-remote-clusters
 */
export class KubeconfigSecret extends Construct {
  /** The name of the Secret. */
  public readonly secretName: string;

  /** The key of the Secret. */
  public readonly secretKey: string = 'value';

  /**
   * @param scope the construct, most often a chart, to which it belongs
   * @param id its id there
   * @param props its properties
   * @throws if the name isn't one or is taken, or as `TalosSecrets.kubeconfig()` does
   */
  constructor(scope: Construct, id: string, props: KubeconfigSecretProps) {
    super(scope, id);
    this.secretName = props.name ?? `${props.clusterName}-kubeconfig`;
    createSecretObject(this, this.secretName, props, {
      type: 'cluster.x-k8s.io/secret',
      ownLabels: { 'cluster.x-k8s.io/cluster-name': props.clusterName },
      values: { [this.secretKey]: props.secrets.kubeconfig(props) },
    });
  }
}
