import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { readMap, readStructure, readText } from '../input';
import { KubernetesObject } from './kubernetes-object';
import { unlessEmpty } from './manifest';
import { requireAnnotations, requireDnsSubdomain, requireLabels } from './syntax';
import { takeName } from './taken-names';

/**
 * The name, labels and annotations of a Secret.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export interface SecretOptions {
  /**
   * The name of the Secret; a DNS name.
   *
   * @default - depends on the construct, which describes it
   */
  readonly name?: string;

  /**
   * Labels of the Secret, in addition to the construct's own.
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

/** The type and the values of a Secret. */
export interface SecretContent {
  readonly type?: string;
  /** Labels that the user can't change. */
  readonly ownLabels?: { readonly [key: string]: string };
  /** The values, not yet in base64. */
  readonly values: { readonly [key: string]: string };
}

/** Creates the Secret of a construct. */
export function createSecretObject(construct: Construct, name: string, options: SecretOptions, content: SecretContent): ApiObject {
  const { labels = {}, annotations = {} } = options;
  const { type = 'Opaque', ownLabels = {}, values } = content;
  requireDnsSubdomain('name', name);
  requireLabels('labels', labels, ownLabels);
  requireAnnotations('annotations', annotations);
  takeName(construct, 'Secret', name);
  // the API server never returns stringData, which would break diffs and field ownership
  const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
  return new KubernetesObject(construct, 'Resource', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, labels: { ...ownLabels, ...labels }, annotations: unlessEmpty(annotations) },
    type,
    // in a closure, so that printing the construct can't show it
    data: Lazy.any({ produce: () => data }),
  });
}

export const readSecretOptions = readStructure<SecretOptions>({}, { name: readText, labels: readMap(readText), annotations: readMap(readText) });
