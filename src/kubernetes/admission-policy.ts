import { Construct } from 'constructs';
import { celText } from './cel';
import { ClusterObject } from './cluster-object';

/**
 * What happens when an object breaks an admission policy.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-actions
 */
export enum ValidationAction {
  /** The API server refuses the object. */
  DENY = 'Deny',

  /** The API server takes the object, and its sender gets a warning. */
  WARN = 'Warn',

  /** The API server takes the object, and notes it in its audit log. */
  AUDIT = 'Audit',
}

/** A rule of pods: what breaks it, and what the sender of the pod reads. */
export interface PodRule {
  /** The name of the variable with what breaks the rule. */
  readonly name: string;
  /** A CEL expression: the list of the names of what breaks the rule, empty for a pod that may come. */
  readonly offenders: string;
  /** The field that breaks it, as the message names it. */
  readonly field: string;
  /** What is wrong with them, and what to do. */
  readonly wrongAndRemedy: string;
}

/** A policy for the pods of a namespace. */
export interface PodPolicyOptions {
  readonly name: string;
  readonly namespace: string;
  /** CEL expressions by their names; each can use those before it. */
  readonly variables: { readonly [name: string]: string };
  readonly rules: readonly PodRule[];
  readonly actions: readonly ValidationAction[];
}

/** Controllers remove finalizers of pods that were there before the policy, and change their labels. */
const CHANGES_THE_POD = 'request.operation == \'CREATE\' || object.spec != oldObject.spec '
  + '|| object.metadata.?annotations.orValue({}) != oldObject.metadata.?annotations.orValue({})';

/** What the API server would add: without them, a second apply would find another object. */
const DEFAULTS = { matchPolicy: 'Equivalent', objectSelector: {} };

/**
 * Creates a policy that the pods of a namespace must follow, whoever makes them, with its binding.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function createPodPolicy(scope: Construct, { name, namespace, variables, rules, actions }: PodPolicyOptions): void {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  new ClusterObject(scope, 'AdmissionPolicy', {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        ...DEFAULTS,
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        resourceRules: [{
          apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods', 'pods/ephemeralcontainers'], scope: 'Namespaced',
        }],
      },
      matchConditions: [{ name: 'changes-the-pod', expression: CHANGES_THE_POD }],
      variables: [
        ...Object.entries(variables).map(([variable, expression]) => ({ name: variable, expression })),
        ...rules.map(({ name: variable, offenders }) => ({ name: variable, expression: offenders })),
      ],
      validations: rules.map((rule) => ({
        expression: `variables.${rule.name}.size() == 0`,
        // where a name can't be shown, for example for its line breaks
        message: `'${rule.field}' ${rule.wrongAndRemedy}`,
        messageExpression: `${celText(`'${rule.field}' (`)} + variables.${rule.name}.join(', ') + ${celText(`) ${rule.wrongAndRemedy}`)}`,
      })),
    },
  });
  new ClusterObject(scope, 'AdmissionPolicyBinding', {
    apiVersion, kind: 'ValidatingAdmissionPolicyBinding', metadata: { name }, spec: { policyName: name, validationActions: [...actions] },
  });
}
