import { KubeObject } from './kube-client';

/* What manifests say will be there. */

const WORKLOADS = ['StatefulSet', 'Deployment', 'Pod'];

export function ofKind(objects: KubeObject[], ...kinds: string[]): KubeObject[] {
  return objects.filter(({ kind }) => kinds.includes(kind));
}

export function workloads(objects: KubeObject[]): KubeObject[] {
  return ofKind(objects, ...WORKLOADS);
}

export function replicas(workload: KubeObject): number {
  return workload.kind === 'Pod' ? 1 : workload.spec.replicas;
}

/** A pod as the workload's controller would make it: Pod Security and the validation of pods see those only. */
export function podOf(workload: KubeObject): KubeObject {
  if (workload.kind === 'Pod') {
    return workload;
  }
  const { metadata, spec } = workload.spec.template;
  const claimed = (workload.spec.volumeClaimTemplates ?? []).map((claim: KubeObject) => ({
    name: claim.metadata.name, persistentVolumeClaim: { claimName: `${claim.metadata.name}-claim` },
  }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name: 'pod-of-a-template', namespace: workload.metadata.namespace },
    spec: { ...spec, volumes: [...spec.volumes, ...claimed] },
  };
}

/** The names of the claims that pods will use, also those that StatefulSets make for theirs. No pod of a CronJob comes in a test. */
export function claimNames(objects: KubeObject[]): string[] {
  const fromTemplates = ofKind(objects, 'StatefulSet').flatMap(({ metadata, spec }) =>
    (spec.volumeClaimTemplates ?? []).flatMap((claim: KubeObject) =>
      Array.from({ length: spec.replicas }, (_, ordinal) => `${claim.metadata.name}-${metadata.name}-${ordinal}`)));
  const ofCronJobs = ofKind(objects, 'CronJob').flatMap(({ spec }) => spec.jobTemplate.spec.template.spec.volumes)
    .map(({ persistentVolumeClaim }: any) => persistentVolumeClaim?.claimName);
  const own = ofKind(objects, 'PersistentVolumeClaim').map(({ metadata }) => metadata.name);
  return [...own.filter((name) => !ofCronJobs.includes(name)), ...fromTemplates].sort();
}

/** Whether a pod was made by, or is, a workload. */
export function belongsTo(pod: KubeObject, workload: KubeObject): boolean {
  const { name, ownerReferences: [owner] = [undefined], labels } = pod.metadata;
  switch (workload.kind) {
    case 'StatefulSet': return owner?.kind === 'StatefulSet' && owner.name === workload.metadata.name;
    case 'Deployment': return owner?.kind === 'ReplicaSet' && owner.name === `${workload.metadata.name}-${labels['pod-template-hash']}`;
    default: return owner === undefined && name === workload.metadata.name;
  }
}

/** Where an object lacks something that was sent; the server may leave out what is empty, and adds what it likes. */
export function dropped(sent: any, received: any, path = ''): string[] {
  if (Array.isArray(sent)) {
    return sent.flatMap((item, index) => dropped(item, received?.[index], `${path}[${index}]`));
  }
  if (typeof sent === 'object' && sent !== null) {
    const missing = received === undefined && path !== '' ? [path] : [];
    return Object.entries(sent).reduce((all, [key, value]) => [...all, ...dropped(value, received?.[key], path ? `${path}.${key}` : key)], missing);
  }
  return sent === received || (received === undefined && !sent) ? [] : [path];
}

/** What only an apply can change. */
export function settled({ status: _, metadata: { resourceVersion, managedFields, ...metadata }, ...object }: KubeObject): KubeObject {
  return { ...object, metadata };
}
