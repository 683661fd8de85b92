import { Construct } from 'constructs';
import { KubernetesObject } from './kubernetes-object';
import { PolicyRule } from './object-specs';
import { takeName } from './taken-names';

/** Creates a ServiceAccount, and the Role and RoleBinding that let it do something in its namespace; all have one name. */
export function createServiceAccount(scope: Construct, name: string, labels: { readonly [key: string]: string }, rules: PolicyRule[]): void {
  takeName(scope, 'ServiceAccount', name);
  const metadata = { name, labels };
  const [group, apiVersion] = ['rbac.authorization.k8s.io', 'rbac.authorization.k8s.io/v1'];
  new KubernetesObject(scope, 'ServiceAccount', { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false });
  new KubernetesObject(scope, 'Role', { apiVersion, kind: 'Role', metadata, rules });
  new KubernetesObject(scope, 'RoleBinding', {
    apiVersion,
    kind: 'RoleBinding',
    metadata,
    subjects: [{ kind: 'ServiceAccount', name }],
    roleRef: { apiGroup: group, kind: 'Role', name },
  });
}
