import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { createKyvernoException, KyvernoExceptionOptions, readKyvernoExceptionOptions } from './kyverno-exception';
import { createOpenShiftConstraints, OpenShiftConstraintsOptions, readOpenShiftConstraintsOptions } from './openshift-constraints';
import { createTalosAdmissionPolicy, readTalosAdmissionPolicyOptions, TalosAdmissionPolicyOptions } from './talos-admission-policy';
import { readBoolean, readMap, readStructure, readText } from '../input';
import { ClusterObject } from '../kubernetes/cluster-object';
import { located } from '../kubernetes/construct-errors';
import { unlessEmpty } from '../kubernetes/manifest';
import { declareNamespace } from '../kubernetes/namespace-scope';
import { createDefaultDeny } from '../kubernetes/network-policies';
import { createResourceQuota, readResourceQuotaOptions, ResourceQuotaOptions } from '../kubernetes/resource-quota';
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

  /**
   * A policy for the pods in the namespace, which admits privileged pods: only those of Talos machines may be. `{}` for one that admits what the
   * constructs make by default. Synthesis fails if it refuses a pod of the same app.
   *
   * @default - none: whoever may create pods in the namespace can take over hosting nodes
   */
  readonly admissionPolicy?: TalosAdmissionPolicyOptions;

  /**
   * The most that pods and claims in the namespace may request together. Synthesis fails if those of the same app have no room in it.
   *
   * @default - no limit
   */
  readonly resourceQuota?: ResourceQuotaOptions;

  /**
   * Exempts machines from policies of Kyverno. `{}` for the policies of Kyverno's own library.
   *
   * @default - none
   */
  readonly kyvernoException?: KyvernoExceptionOptions;

  /**
   * Makes OpenShift admit machines and Jobs, by security context constraints of their own. `{}` for machines without hostPath volumes.
   *
   * @default - none
   */
  readonly openShiftConstraints?: OpenShiftConstraintsOptions;
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
   * @throws if there is no name, it isn't a DNS label or is taken, or a label, an annotation or a policy isn't valid
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

      new ClusterObject(this, 'Resource', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { ...PRIVILEGED, ...props.labels }, annotations: unlessEmpty(props.annotations) },
      });
      this.createPolicies(props);
      if (props.defaultDeny) {
        createDefaultDeny(this);
      }
    } catch (error) {
      throw located(this, error);
    }
  }

  private createPolicies({ admissionPolicy, resourceQuota, kyvernoException, openShiftConstraints }: TalosNamespaceProps): void {
    const hostPathVolumes = (admissionPolicy?.hostPaths ?? []).length > 0;
    if (admissionPolicy) {
      createTalosAdmissionPolicy(this, this.name, admissionPolicy);
    }
    if (resourceQuota) {
      createResourceQuota(this, this.name, resourceQuota);
    }
    if (kyvernoException) {
      createKyvernoException(this, this.name, { hostPathVolumes, ...kyvernoException });
    }
    if (openShiftConstraints) {
      createOpenShiftConstraints(this, this.name, { hostPathVolumes, ...openShiftConstraints });
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
  admissionPolicy: readTalosAdmissionPolicyOptions,
  resourceQuota: readResourceQuotaOptions,
  kyvernoException: readKyvernoExceptionOptions,
  openShiftConstraints: readOpenShiftConstraintsOptions,
  labels: readMap(readText),
  annotations: readMap(readText),
});
