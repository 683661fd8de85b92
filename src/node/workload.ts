import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { TalosError } from '../problem';
import { ClaimSource, PlannedVolume, StoragePlan } from './storage-plan';
import { TalosPod } from './talos-pod';
import { ClaimRetentionPolicy } from './talos-storage-options';
import { TalosWorkload } from './talos-workload';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { unlessEmpty } from '../kubernetes/manifest';
import { DeploymentSpec, PersistentVolumeClaimSpec, StatefulSetSpec } from '../kubernetes/object-specs';
import { LONGEST_STATEFUL_SET_NAME, requireRfc1035Label, requireWholeNumber } from '../kubernetes/syntax';
import { findOwner, takeName } from '../kubernetes/taken-names';
import { Volume } from '../kubernetes/volume';

/** The parts of a workload other than its pods. */
export interface WorkloadOptions {
  readonly kind: TalosWorkload;
  readonly name: string;
  /** The number of machines, or undefined where somebody else sets it. */
  readonly replicas?: number;
  /** Whether no pod runs. */
  readonly isSuspended: boolean;
  readonly labels: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  readonly selectorLabels: { readonly [key: string]: string };
  readonly claimRetentionPolicy?: ClaimRetentionPolicy;
}

/** Refuses a name that the kind of workload can't have. */
export function requireWorkloadName(kind: TalosWorkload, name: string): void {
  if (kind === TalosWorkload.STATEFUL_SET) {
    requireRfc1035Label('name', name, LONGEST_STATEFUL_SET_NAME, 'a StatefulSet appends to it');
  } else {
    requireRfc1035Label('name', name);
  }
}

/** How many machines a workload runs. */
export interface ReplicaOptions {
  readonly replicas?: number;
  readonly externalReplicas?: boolean;
  readonly suspend?: boolean;
}

/** Refuses a number of machines that the kind of workload can't run. */
export function requireReplicas(kind: TalosWorkload, { replicas, externalReplicas = false, suspend = false }: ReplicaOptions): void {
  if (externalReplicas && (replicas !== undefined || suspend)) {
    throw new TalosError('talos:conflicting-properties', `'externalReplicas' leaves the number of machines to somebody else, and '${suspend ? 'suspend' : 'replicas'}' sets it: leave one of them out`);
  }
  requireWholeNumber('replicas', replicas ?? 1, 0);
  if (kind !== TalosWorkload.POD) {
    return;
  }
  if (replicas !== undefined && replicas !== 1) {
    throw new TalosError('talos:invalid-value', `'replicas' (${replicas}) is not the one machine of TalosWorkload.POD: use TalosWorkload.STATEFUL_SET`);
  }
  if (externalReplicas || suspend) {
    throw new TalosError('talos:invalid-value', `'${suspend ? 'suspend' : 'externalReplicas'}' can't change the one machine of TalosWorkload.POD: use TalosWorkload.STATEFUL_SET`);
  }
}

/** Whether a workload can run several machines at once. */
export function hasSeveral({ replicas }: { readonly replicas?: number }): boolean {
  return replicas === undefined || replicas > 1;
}

/** Refuses storage that machines would share, and a retention policy without claims: only a StatefulSet gives each machine its own claims. */
export function requireOwnStorage(workload: WorkloadOptions, plan: StoragePlan): void {
  const { kind, replicas, claimRetentionPolicy } = workload;
  const isStatefulSet = kind === TalosWorkload.STATEFUL_SET;
  for (const { mount } of hasSeveral(workload) ? plan.volumeMounts : []) {
    const source = plan.sourceOf(mount);
    if (source.kind !== 'emptyDir' && !(source.kind === 'claim' && isStatefulSet)) {
      throw new TalosError('talos:conflicting-properties', `'storage' keeps ${mount} in one place for all ${replicas === undefined ? '' : `${replicas} `}replicas of a ${kind}: `
        + 'use TalosWorkload.STATEFUL_SET with claims, NodeStorage.ephemeral(), or one replica');
    }
  }
  if (claimRetentionPolicy && !(isStatefulSet && plan.claimedVolumes.length > 0)) {
    throw new TalosError('talos:conflicting-properties', `'claimRetentionPolicy' applies to the claims of a StatefulSet, and this ${kind} makes none: leave it out`);
  }
}

/** Takes the names of the workload, its Service and its pods: a StatefulSet can't create a pod whose name is taken, and doesn't stop trying. */
export function takeWorkloadNames(construct: Construct, kind: TalosWorkload, name: string): void {
  takeName(construct, 'Talos node', name);
  takeName(construct, kind, name);
  takeName(construct, 'Service', name);
  const statefulSet = kind === TalosWorkload.POD && findOwner(construct, TalosWorkload.STATEFUL_SET, (other) => isPodOf(other, name));
  if (statefulSet) {
    throw new TalosError('talos:name-taken', `'name' (${name}) is the name of a pod of the StatefulSet at ${statefulSet}: give one of them another name`);
  }
  const pod = kind === TalosWorkload.STATEFUL_SET && findOwner(construct, TalosWorkload.POD, (other) => isPodOf(name, other));
  if (pod) {
    throw new TalosError('talos:name-taken', `'name' (${name}) gives a pod the name of the Pod at ${pod}: give one of them another name`);
  }
}

function isPodOf(statefulSet: string, pod: string): boolean {
  return pod.startsWith(`${statefulSet}-`) && /^\d+$/.test(pod.slice(statefulSet.length + 1));
}

/** The volumes in the pod template; a StatefulSet adds those of its claims itself. */
export function podVolumes({ kind, name: owner }: WorkloadOptions, plan: StoragePlan): Volume[] {
  return plan.volumes.flatMap(({ name, source }: PlannedVolume): Volume[] => {
    switch (source.kind) {
      case 'emptyDir':
        return [{ name, emptyDir: { medium: source.medium, sizeLimit: source.sizeLimit } }];
      case 'hostPath':
        return [{ name, hostPath: { path: source.path, type: source.type } }];
      case 'existingClaim':
        return [{ name, persistentVolumeClaim: { claimName: source.claimName } }];
      case 'claim':
        return kind === TalosWorkload.STATEFUL_SET ? [] : [{ name, persistentVolumeClaim: { claimName: claimName(owner, name) } }];
    }
  });
}

/** Creates the claims of a Deployment or Pod; a StatefulSet makes its own from templates. */
export function createClaims(scope: Construct, { kind, name: owner, labels }: WorkloadOptions, plan: StoragePlan): ApiObject[] {
  return kind === TalosWorkload.STATEFUL_SET ? [] : plan.claimedVolumes.map(({ name, source }) => new KubernetesObject(scope, `Claim-${name}`, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: claimName(owner, name), labels, annotations: unlessEmpty(source.annotations) },
    spec: claimSpec(source),
  }));
}

/** Creates the StatefulSet, Deployment or Pod. It reads its pods at synthesis, because containers and volumes can be added until then. */
export function createWorkload(scope: Construct, options: WorkloadOptions, plan: StoragePlan, pod: TalosPod, holdsUpdates: () => boolean): ApiObject {
  const { kind, name, labels } = options;
  const specs = {
    [TalosWorkload.STATEFUL_SET]: { apiVersion: 'apps/v1', produce: () => statefulSetSpec(options, plan, pod, holdsUpdates()) },
    [TalosWorkload.DEPLOYMENT]: { apiVersion: 'apps/v1', produce: () => deploymentSpec(options, plan, pod) },
    [TalosWorkload.POD]: { apiVersion: 'v1', produce: () => pod.toTemplate().spec },
  };
  const { apiVersion, produce } = specs[kind];
  return new KubernetesObject(scope, 'Resource', {
    apiVersion, kind, metadata: { name, labels, annotations: unlessEmpty(options.annotations) }, spec: Lazy.any({ produce }),
  });
}

function statefulSetSpec(options: WorkloadOptions, plan: StoragePlan, pod: TalosPod, holdsUpdates: boolean): StatefulSetSpec {
  return {
    serviceName: options.name,
    replicas: podCount(options),
    // a member is ready only when the cluster is, and the cluster needs the other members to start
    podManagementPolicy: 'Parallel',
    updateStrategy: holdsUpdates ? { type: 'RollingUpdate', rollingUpdate: { partition: options.replicas ?? 0 } } : undefined,
    selector: { matchLabels: options.selectorLabels },
    persistentVolumeClaimRetentionPolicy: options.claimRetentionPolicy,
    template: pod.toTemplate(),
    volumeClaimTemplates: unlessEmpty(plan.claimedVolumes.map(({ name, source }) => ({
      // without these two, Argo CD always reports a difference
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, labels: options.selectorLabels, annotations: unlessEmpty(source.annotations) },
      // the API server adds these two, and without them every `kubectl apply` reports a change
      spec: { ...claimSpec(source), volumeMode: 'Filesystem' },
      status: { phase: 'Pending' },
    }))),
  };
}

function deploymentSpec(options: WorkloadOptions, plan: StoragePlan, pod: TalosPod): DeploymentSpec {
  const persists = plan.volumes.some(({ source }) => source.kind !== 'emptyDir');
  return {
    replicas: podCount(options),
    selector: { matchLabels: options.selectorLabels },
    // the old pod must release the files first; the defaults are explicit, because an update doesn't reset omitted fields
    strategy: persists ? { type: 'Recreate' } : { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    template: pod.toTemplate(),
  };
}

function podCount({ replicas, isSuspended }: WorkloadOptions): number | undefined {
  return isSuspended ? 0 : replicas;
}

function claimName(owner: string, volume: string): string {
  return `${owner}-${volume}`;
}

function claimSpec(claim: ClaimSource): PersistentVolumeClaimSpec {
  return {
    accessModes: [claim.accessMode],
    storageClassName: claim.storageClassName,
    resources: { requests: { storage: claim.size } },
  };
}
