import { ApiObject, ApiObjectProps, Chart, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { readMap, readStructure, readText } from '../input';
import { objectLabels } from './labels';
import { unlessEmpty } from './manifest';
import { namespaceOf } from './namespace-scope';
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

/** A Secret with all that an object of it has, wherever that is made. */
export interface SecretManifest {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: { readonly [key: string]: string };
    readonly annotations?: { readonly [key: string]: string };
  };
  readonly type: string;
  /** The values, not yet in base64. */
  readonly values: { readonly [key: string]: string };
}

/** Makes an object of the Secret of a construct. */
export type SecretMaker = (construct: Construct, secret: SecretManifest) => ApiObject;

const makers = new WeakMap<IConstruct, SecretMaker>();

/** Says how the Secrets of a construct, and of those in it, are made; what is said of a construct in it wins. */
export function makeSecretsOf(construct: IConstruct, make: SecretMaker): void {
  makers.set(construct, make);
}

/** Creates the Secret of a construct, in the way of the nearest construct that has one. */
export function createSecretObject(construct: Construct, name: string, options: SecretOptions, content: SecretContent): ApiObject {
  const { labels = {}, annotations = {} } = options;
  const { type = 'Opaque', ownLabels = {}, values } = content;
  requireDnsSubdomain('name', name);
  requireLabels('labels', labels, ownLabels);
  requireAnnotations('annotations', annotations);
  takeName(construct, 'Secret', name);
  return makerOf(construct)(construct, {
    metadata: {
      name,
      namespace: namespaceOf(construct),
      // the object may be in another chart
      labels: { ...Chart.of(construct).labels, ...objectLabels(construct, { ...ownLabels, ...labels }) },
      annotations: unlessEmpty(annotations),
    },
    type,
    values,
  });
}

function makerOf(construct: IConstruct): SecretMaker {
  const { scope } = construct.node;
  return makers.get(construct) ?? (scope ? makerOf(scope) : makeInline);
}

/** A Secret among the other objects of its construct. */
export const makeInline: SecretMaker = (construct, secret) => secretObject(construct, 'Resource', secret);

/** A Secret with its values. */
export function secretObject(scope: Construct, id: string, { metadata, type, values }: SecretManifest): ApiObject {
  // the API server never returns stringData, which would break diffs and field ownership
  const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
  // in a closure, so that printing the construct can't show it
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'Secret', metadata, type, data: Lazy.any({ produce: () => data }) } as ApiObjectProps);
}

export const readSecretOptions = readStructure<SecretOptions>({}, { name: readText, labels: readMap(readText), annotations: readMap(readText) });
