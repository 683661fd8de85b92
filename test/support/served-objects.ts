/*
 * Objects as an API server returns them: with what it, its admission and its controllers add. Seen on Kubernetes 1.37; the tests on a cluster compare
 * with a real one.
 */

const POD = { dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', schedulerName: 'default-scheduler', securityContext: {}, terminationGracePeriodSeconds: 30 };
const CONTAINER = { imagePullPolicy: 'IfNotPresent', resources: {}, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' };
const PROBE = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'];
const SERVICE = { internalTrafficPolicy: 'Cluster', ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack', sessionAffinity: 'None', type: 'ClusterIP' };

/** How the objects were applied: with `kubectl apply`, which keeps them in an annotation, or on the server's side. */
export type AppliedBy = 'kubectl' | 'the server';

/** A list as `kubectl get --output yaml` prints it. */
export function servedList(objects: any[], by: AppliedBy): any {
  return { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items: objects.map((object, index) => served(object, index, by)) };
}

function served(object: any, index: number, by: AppliedBy): any {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  // kubectl writes an empty object for annotations
  const last = JSON.stringify({ apiVersion, kind, metadata: { annotations: {}, ...metadata }, spec, ...rest });
  return {
    apiVersion,
    kind,
    ...rest,
    metadata: {
      ...metadata,
      ...by === 'kubectl' && { annotations: { ...metadata.annotations, 'kubectl.kubernetes.io/last-applied-configuration': `${last}\n` } },
      creationTimestamp: '2026-11-30T12:00:00Z',
      generation: 1,
      resourceVersion: String(1000 + index),
      uid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    },
    ...spec && { spec: servedSpec(kind, spec) },
    ...kind === 'Namespace' && { spec: { finalizers: ['kubernetes'] } },
    status: { observedGeneration: 1, conditions: [{ type: 'Ready', status: 'True' }], ...kind === 'Job' && { succeeded: 1 } },
  };
}

function servedSpec(kind: string, spec: any): any {
  const template = spec.template && { template: servedTemplate(spec.template) };
  switch (kind) {
    case 'StatefulSet':
      return {
        revisionHistoryLimit: 10,
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        updateStrategy: { rollingUpdate: { partition: 0 }, type: 'RollingUpdate' },
        ...spec,
        ...template,
        ...spec.volumeClaimTemplates && {
          volumeClaimTemplates: spec.volumeClaimTemplates.map((claim: any) => ({
            ...claim, spec: { volumeMode: 'Filesystem', ...claim.spec }, status: { phase: 'Pending' },
          })),
        },
      };
    case 'Job':
      return {
        completionMode: 'NonIndexed',
        completions: 1,
        parallelism: 1,
        suspend: false,
        podReplacementPolicy: 'TerminatingOrFailed',
        selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'a' } },
        ...spec,
        ...template,
      };
    case 'Service':
      return { clusterIP: '10.96.7.7', clusterIPs: [spec.clusterIP ?? '10.96.7.7'], ...SERVICE, ...spec };
    default:
      return spec;
  }
}

function servedTemplate({ metadata, spec }: any): any {
  const containers = (list: any[]) => list.map((container) => ({
    ...CONTAINER,
    ...container,
    ...container.env && { env: container.env.map(servedVariable) },
    ...Object.fromEntries(PROBES.filter((probe) => container[probe]).map((probe) => [probe, { ...PROBE, ...container[probe] }])),
  }));
  return {
    metadata: { creationTimestamp: null, ...metadata },
    spec: {
      ...POD,
      ...spec,
      containers: containers(spec.containers),
      ...spec.initContainers && { initContainers: containers(spec.initContainers) },
      ...spec.volumes && { volumes: spec.volumes.map(servedVolume) },
    },
  };
}

function servedVariable(variable: any): any {
  const field = variable.valueFrom?.fieldRef;
  return field ? { ...variable, valueFrom: { fieldRef: { apiVersion: 'v1', ...field } } } : variable;
}

function servedVolume(volume: any): any {
  return volume.secret ? { ...volume, secret: { defaultMode: 420, ...volume.secret } } : volume;
}
