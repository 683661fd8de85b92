import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KubernetesObject } from './kubernetes-object';
import { unlessEmpty } from './manifest';
import { requireAnnotations, requireDnsSubdomain, requireLabels } from './syntax';
import { takeName } from './taken-names';

/**
 * What can be chosen for a Secret, whatever it holds.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export interface SecretOptions {
  /**
   * The name of the Secret; a DNS name.
   *
   * @default - the construct's own; its description says which
   */
  readonly name?: string;

  /**
   * Labels of the Secret, beside the construct's own.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the Secret.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** What a Secret holds. */
export interface SecretContent {
  readonly type?: string;
  /** Labels that belong to what the Secret is. */
  readonly ownLabels?: { readonly [key: string]: string };
  /** The values in the clear. */
  readonly values: { readonly [key: string]: string };
}

/** Adds a Secret to a construct, as its main object. */
export function createSecretObject(construct: Construct, name: string, options: SecretOptions, content: SecretContent): ApiObject {
  const { labels = {}, annotations = {} } = options;
  const { type = 'Opaque', ownLabels = {}, values } = content;
  requireDnsSubdomain('name', name);
  requireLabels('labels', labels, ownLabels);
  requireAnnotations('annotations', annotations);
  takeName(construct, 'Secret', name);
  return new KubernetesObject(construct, 'Resource', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, labels: unlessEmpty({ ...ownLabels, ...labels }), annotations: unlessEmpty(annotations) },
    type,
    // not stringData, which the API server never gives back: diffs and ownership would go astray
    data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
  });
}
