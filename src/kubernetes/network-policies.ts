import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { KubernetesObject } from './kubernetes-object';
import { MANAGED_BY } from './labels';
import { namespaceOf } from './namespace-scope';
import { NetworkPolicySpec } from './object-specs';
import { ownerOf, takeName } from './taken-names';

const DEFAULT_DENY = 'default-deny';

interface PolicyMetadata {
  readonly name: string;
  readonly labels?: { readonly [key: string]: string };
}

/** Creates a NetworkPolicy. */
export function createNetworkPolicy(scope: Construct, id: string, metadata: PolicyMetadata, spec: NetworkPolicySpec): void {
  takeName(scope, 'NetworkPolicy', metadata.name);
  new KubernetesObject(scope, id, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec });
}

/**
 * Creates the NetworkPolicy that denies all traffic of the pods in a namespace, other than what further policies allow. There is one in each
 * namespace, which several constructs may want.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-and-all-egress-traffic
 */
export function createDefaultDeny(scope: Construct): void {
  if (!deniesByDefault(scope)) {
    takeName(scope, 'NetworkPolicy', DEFAULT_DENY);
    // without the labels of a cluster, because others in the namespace share it
    new ApiObject(scope, 'DefaultDeny', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: DEFAULT_DENY, namespace: namespaceOf(scope), labels: MANAGED_BY },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
  }
}

/** Reports machines in a namespace that denies all traffic by default, which have no policy of their own. */
export function validateDefaultDeny(construct: IConstruct): void {
  construct.node.addValidation({
    validate: () => deniesByDefault(construct)
      ? ['\'networkPolicy\' is missing, and \'defaultDeny\' of the namespace denies all traffic that no policy allows: give one, {} for the least']
      : [],
  });
}

function deniesByDefault(construct: IConstruct): boolean {
  return ownerOf(construct, 'NetworkPolicy', DEFAULT_DENY) !== undefined;
}
