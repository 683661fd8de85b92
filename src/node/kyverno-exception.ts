import { Construct } from 'constructs';
import { readBoolean, readChoice, readList, readStructure, readText } from '../input';
import { MACHINES } from './machine-labels';
import { celText } from '../kubernetes/cel';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { requireDnsLabel, requireDnsSubdomain, requireUnique } from '../kubernetes/syntax';
import { TalosError } from '../problem';

/**
 * The kind of policies that a cluster with Kyverno has.
 *
 * @see https://kyverno.io/docs/policy-types/overview/
 */
export enum KyvernoPolicyKind {
  /** ClusterPolicy, with an exception of `kyverno.io/v2`, since Kyverno 1.12. */
  CLUSTER_POLICY = 'ClusterPolicy',

  /** ValidatingPolicy, with an exception of `policies.kyverno.io/v1`, since Kyverno 1.17. */
  VALIDATING_POLICY = 'ValidatingPolicy',
}

/**
 * Options of an exception for the pods of Talos machines from the policies of Kyverno.
 *
 * @see https://kyverno.io/docs/exceptions/
 */
export interface KyvernoExceptionOptions {
  /**
   * The kind of the policies.
   *
   * @default KyvernoPolicyKind.CLUSTER_POLICY
   */
  readonly policyKind?: KyvernoPolicyKind;

  /**
   * The names of the policies, all of whose rules don't apply to machines.
   *
   * @default - those of Kyverno's own Pod Security policies that machines break, for instance `disallow-privileged-containers`, and of these only the
   * rules that machines break
   */
  readonly policies?: string[];

  /**
   * Whether machines have hostPath volumes, which two of Kyverno's own policies forbid. It changes nothing where `policies` are given.
   *
   * @default - whether `admissionPolicy.hostPaths` names any
   */
  readonly hostPathVolumes?: boolean;

  /**
   * The namespace of the exception, where `exceptionNamespace` of Kyverno allows it.
   *
   * @default - the Talos namespace
   */
  readonly namespace?: string;
}

/** The rules of Kyverno's Pod Security policies that machines break, by policy. */
const BROKEN: { readonly [policy: string]: string[] } = {
  'disallow-capabilities': ['adding-capabilities'],
  'disallow-privileged-containers': ['privileged-containers'],
  'restrict-seccomp': ['check-seccomp'],
  'disallow-capabilities-strict': ['require-drop-all', 'adding-capabilities-strict'],
  'disallow-privilege-escalation': ['privilege-escalation'],
  'require-run-as-non-root-user': ['run-as-non-root-user'],
  'require-run-as-nonroot': ['run-as-non-root'],
  'restrict-seccomp-strict': ['check-seccomp-strict'],
};

/** Those that machines with a hostPath break as well. */
const BROKEN_BY_HOST_PATHS: typeof BROKEN = { 'disallow-host-path': ['host-path'], 'restrict-volume-types': ['restricted-volumes'] };

/** Creates the exception of the machines in a namespace from Kyverno's policies. */
export function createKyvernoException(scope: Construct, namespace: string, options: KyvernoExceptionOptions): void {
  const { policyKind = KyvernoPolicyKind.CLUSTER_POLICY, policies, hostPathVolumes = false } = options;
  if (policies?.length === 0) {
    throw new TalosError('talos:missing-property', '\'kyvernoException.policies\' is empty: name policies, or leave it out for those of Kyverno itself');
  }
  policies?.forEach((policy) => requireDnsSubdomain('kyvernoException.policies', policy));
  requireUnique('kyvernoException.policies', policies ?? []);
  if (options.namespace !== undefined) {
    requireDnsLabel('kyvernoException.namespace', options.namespace);
  }
  const rules = policies ? Object.fromEntries(policies.map((policy) => [policy, ['']])) : { ...BROKEN, ...hostPathVolumes && BROKEN_BY_HOST_PATHS };
  const isClusterPolicy = policyKind === KyvernoPolicyKind.CLUSTER_POLICY;
  new KubernetesObject(scope, 'KyvernoException', {
    apiVersion: isClusterPolicy ? 'kyverno.io/v2' : 'policies.kyverno.io/v1',
    kind: 'PolicyException',
    metadata: { name: `talos-machines.${namespace}`, namespace: options.namespace ?? namespace },
    spec: isClusterPolicy ? ofClusterPolicies(namespace, rules) : ofValidatingPolicies(namespace, Object.keys(rules)),
  });
}

function ofClusterPolicies(namespace: string, rules: { readonly [policy: string]: string[] }): object {
  const kinds = ['Pod', 'StatefulSet', 'Deployment', 'ReplicaSet'];
  return {
    // Kyverno puts `autogen-` before the names of the rules that it makes for other kinds than pods
    exceptions: Object.entries(rules).map(([policyName, names]) => ({ policyName, ruleNames: names.map((name) => `*${name}`) })),
    match: { any: [{ resources: { kinds, namespaces: [namespace], selector: { matchLabels: MACHINES } } }] },
  };
}

function ofValidatingPolicies(namespace: string, policies: string[]): object {
  const labels = Object.entries(MACHINES).map(([key, value]) => `object.metadata.?labels[?${celText(key)}].orValue('') == ${celText(value)}`);
  return {
    policyRefs: policies.map((name) => ({ kind: KyvernoPolicyKind.VALIDATING_POLICY, name })),
    matchConditions: [{ name: 'talos-machines', expression: [`object.metadata.namespace == ${celText(namespace)}`, ...labels].join(' && ') }],
  };
}

export const readKyvernoExceptionOptions = readStructure<KyvernoExceptionOptions>({}, {
  policyKind: readChoice(KyvernoPolicyKind), policies: readList(readText), hostPathVolumes: readBoolean, namespace: readText,
});
