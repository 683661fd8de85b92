import { Construct } from 'constructs';
import { readInstance, readStructure } from '../input';
import { SecretDelivery } from './secret-delivery';
import { KubeconfigOptions, TalosSecrets, readKubeconfigOptions } from './talos-secrets';
import { located } from '../kubernetes/construct-errors';
import { clusterLabels, labelObjectsOf } from '../kubernetes/labels';
import { createSecretObject, SecretOptions, readSecretOptions } from '../kubernetes/secret-object';
import { requireLabelValue } from '../kubernetes/syntax';

/** The label by which Cluster API finds the Secret. */
const CLUSTER_NAME = 'cluster.x-k8s.io/cluster-name';

/** The form of a Secret with a kubeconfig. */
export const KUBECONFIG_SECRET = {
  key: 'value',
  type: 'cluster.x-k8s.io/secret',
  name: (clusterName: string) => `${clusterName}-kubeconfig`,
  ownLabels: (clusterName: string) => ({ [CLUSTER_NAME]: clusterName }),
} as const;

/**
 * Properties of a `KubeconfigSecret`.
 */
export interface KubeconfigSecretProps extends KubeconfigOptions, SecretOptions {
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
 * A Secret with a kubeconfig, named, labelled and keyed as Cluster API and Flux expect it. Its default name is the cluster's name with
 * `-kubeconfig`.
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { KubeconfigSecret, TalosSecrets } from 'cdk8s-talos';
 *
 * declare const chart: Chart;
 * new KubeconfigSecret(chart, 'kubeconfig', {
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   clusterName: 'acme',
 *   endpoint: 'https://acme.example.com:6443',
 * });
 *
 * @see https://cluster-api.sigs.k8s.io/developer/core/certificate-management
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#kubeconfig-remote-clusters
 */
export class KubeconfigSecret extends Construct {
  /** The name of the Secret. */
  public readonly secretName: string;

  /** The key under which the Secret holds the kubeconfig. */
  public readonly secretKey: string = KUBECONFIG_SECRET.key;

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if the cluster's name can't be the value of a label, the Secret's name isn't a DNS name or is taken, `secretDelivery` keeps keys
   * from synthesis, or as `TalosSecrets.kubeconfig()` does
   */
  constructor(scope: Construct, id: string, props: KubeconfigSecretProps) {
    super(scope, id);
    try {
      props = readKubeconfigSecretProps('props', props);
      requireLabelValue('clusterName', CLUSTER_NAME, props.clusterName);
      this.secretName = props.name ?? KUBECONFIG_SECRET.name(props.clusterName);
      props.secretDelivery?._deliverKnown(this, props.secrets);
      labelObjectsOf(this, { 'app.kubernetes.io/instance': props.clusterName, ...clusterLabels(props.clusterName) });
      createSecretObject(this, this.secretName, props, {
        type: KUBECONFIG_SECRET.type,
        ownLabels: KUBECONFIG_SECRET.ownLabels(props.clusterName),
        values: { [this.secretKey]: props.secrets.kubeconfig(props) },
      });
    } catch (error) {
      throw located(this, error);
    }
  }
}

export const readKubeconfigSecretProps = readStructure<KubeconfigSecretProps>({
  ...readKubeconfigOptions.required,
  secrets: readInstance(TalosSecrets),
}, {
  ...readKubeconfigOptions.optional,
  ...readSecretOptions.optional,
  secretDelivery: readInstance(SecretDelivery),
});
