import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { readBoolean, readMap, readStructure, readText } from '../input';
import { located } from '../kubernetes/construct-errors';
import { MANAGED_BY } from '../kubernetes/labels';
import { unlessEmpty } from '../kubernetes/manifest';
import { declareNamespace } from '../kubernetes/namespace-scope';
import { createDefaultDeny } from '../kubernetes/network-policies';
import { requireAnnotations, requireDnsLabel, requireLabels } from '../kubernetes/syntax';
import { takeName } from '../kubernetes/taken-names';
import { shortened, TalosError } from '../problem';

/**
 * Properties of a `TalosNamespace`.
 */
export interface TalosNamespaceProps {
  /**
   * The name, a DNS label.
   *
   * @default - the chart's namespace
   */
  readonly name?: string;

  /**
   * Labels, in addition to those for Pod Security.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Whether a NetworkPolicy denies all traffic of the pods in the namespace that no other policy allows, to them and from them, DNS included. Control
   * planes and pools in it need a `networkPolicy`; for a `TalosNode` alone, write one.
   *
   * @default false
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies
   */
  readonly defaultDeny?: boolean;
}

/** Without all three, the API server warns of pods that it admits. */
const PRIVILEGED = {
  'pod-security.kubernetes.io/enforce': 'privileged',
  'pod-security.kubernetes.io/audit': 'privileged',
  'pod-security.kubernetes.io/warn': 'privileged',
};

/**
 * A namespace that admits the privileged pods of Talos.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { TalosNamespace, TalosNode } from 'cdk8s-talos';
 *
 * const chart = new Chart(new App(), 'talos', { namespace: 'talos' });
 * new TalosNamespace(chart, 'namespace');
 * new TalosNode(chart, 'node');
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export class TalosNamespace extends Construct {
  /** The name. */
  public readonly name: string;

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if there is no name, it isn't a DNS label or is taken, or a label or annotation isn't valid
   */
  constructor(scope: Construct, id: string, props: TalosNamespaceProps = {}) {
    super(scope, id);
    try {
      props = readTalosNamespaceProps('props', props);
      const chartNamespace = Chart.of(this).namespace;
      const name = props.name ?? chartNamespace;
      if (name === undefined) {
        throw new TalosError('talos:missing-property', '\'name\' is missing: give the namespace a name, or the chart a namespace');
      }
      requireDnsLabel('name', name);
      requireLabels('labels', props.labels ?? {}, PRIVILEGED);
      requirePodSecurityVersions(props.labels ?? {});
      requireAnnotations('annotations', props.annotations ?? {});
      this.name = name;
      declareNamespace(this, name);
      takeName(this, 'Namespace', name);

      const namespace = new ApiObject(this, 'Resource', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { ...MANAGED_BY, ...PRIVILEGED, ...props.labels }, annotations: unlessEmpty(props.annotations) },
      });
      if (chartNamespace !== undefined) {
        // cdk8s gives every object the chart's namespace, but a Namespace has none
        namespace.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
      }
      if (props.defaultDeny) {
        createDefaultDeny(this);
      }
    } catch (error) {
      throw located(this, error);
    }
  }
}

/** Refuses a label that pins the Pod Security Standards to something other than a release of Kubernetes. */
function requirePodSecurityVersions(labels: { readonly [key: string]: string }): void {
  for (const mode of ['enforce', 'audit', 'warn']) {
    const key = `pod-security.kubernetes.io/${mode}-version`;
    if (key in labels && !/^(latest|v1\.(0|[1-9]\d*))$/.test(labels[key])) {
      throw new TalosError('talos:invalid-value', `'labels' has the value '${shortened(labels[key])}' for ${key}: give 'latest' or a minor release of Kubernetes, for example v1.30`);
    }
  }
}

export const readTalosNamespaceProps = readStructure<TalosNamespaceProps>({}, {
  name: readText,
  defaultDeny: readBoolean,
  labels: readMap(readText),
  annotations: readMap(readText),
});
