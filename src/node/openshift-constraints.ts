import { Construct } from 'constructs';
import { readBoolean, readStructure } from '../input';
import { MEMBER_ADDRESS } from './member-address';
import { ClusterObject } from '../kubernetes/cluster-object';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { CONFINED_VOLUMES } from '../kubernetes/pod-security-rules';

/**
 * Options of the security context constraints for a `TalosNamespace` on OpenShift 4.11 or newer.
 *
 * @see https://docs.redhat.com/en/documentation/openshift_container_platform/4.19/html/authentication_and_authorization/managing-pod-security-policies
 */
export interface OpenShiftConstraintsOptions {
  /**
   * Whether machines have hostPath volumes.
   *
   * @default - whether `admissionPolicy.hostPaths` names any
   */
  readonly hostPathVolumes?: boolean;
}

/** OpenShift's own constraints for pods without root that choose their user. */
const NONROOT = 'nonroot-v2';

/**
 * Creates what OpenShift needs to admit the pods of a namespace: constraints of its own for machines, which have the account `default`, and a binding
 * for Jobs, some of which have accounts of their own.
 */
export function createOpenShiftConstraints(scope: Construct, namespace: string, { hostPathVolumes = false }: OpenShiftConstraintsOptions): void {
  const any = { type: 'RunAsAny' };
  const constraints = {
    allowPrivilegedContainer: true,
    allowPrivilegeEscalation: true,
    allowedCapabilities: MEMBER_ADDRESS.capabilities,
    defaultAddCapabilities: [],
    requiredDropCapabilities: [],
    allowHostDirVolumePlugin: hostPathVolumes,
    allowHostIPC: false,
    allowHostNetwork: false,
    allowHostPID: false,
    allowHostPorts: false,
    readOnlyRootFilesystem: false,
    runAsUser: any,
    seLinuxContext: any,
    fsGroup: any,
    supplementalGroups: any,
    seccompProfiles: ['*'],
    volumes: [...CONFINED_VOLUMES, ...hostPathVolumes ? ['hostPath'] : []],
    priority: 0,
    users: [`system:serviceaccount:${namespace}:default`],
    groups: [],
  };
  new ClusterObject(scope, 'SecurityContextConstraints', {
    apiVersion: 'security.openshift.io/v1', kind: 'SecurityContextConstraints', metadata: { name: `talos-machines.${namespace}` }, ...constraints,
  });
  const apiGroup = 'rbac.authorization.k8s.io';
  new KubernetesObject(scope, 'ConstraintsBinding', {
    apiVersion: `${apiGroup}/v1`,
    kind: 'RoleBinding',
    metadata: { name: NONROOT },
    subjects: [{ kind: 'Group', apiGroup, name: `system:serviceaccounts:${namespace}` }],
    roleRef: { apiGroup, kind: 'ClusterRole', name: `system:openshift:scc:${NONROOT}` },
  });
}

export const readOpenShiftConstraintsOptions = readStructure<OpenShiftConstraintsOptions>({}, { hostPathVolumes: readBoolean });
