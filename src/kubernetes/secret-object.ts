import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KubernetesObject } from './kubernetes-object';
import { unlessEmpty } from './manifest';
import { requireAnnotations, requireDnsSubdomain, requireLabels } from './syntax';
import { takeName } from './taken-names';

/** What a Secret is made of. */
export interface SecretObjectOptions {
  readonly name: string;
  readonly type?: string;
  /** Labels and annotations that belong to what the Secret is. */
  readonly ownLabels?: { readonly [key: string]: string };
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  /** The values in the clear. */
  readonly values: { readonly [key: string]: string };
}

/** Adds a Secret to a construct, as its main object. */
export function createSecretObject(construct: Construct, options: SecretObjectOptions): ApiObject {
  const { name, type = 'Opaque', ownLabels = {}, labels = {}, annotations = {}, values } = options;
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
