import { isDeepStrictEqual } from 'util';
import { parseQuantity } from './quantity';

/** What Kubernetes lets change in an object's specification after the object was made; the rest is fixed. */
interface UpdateRule {
  /** Fields below `spec` that can change; without it only `fixed` can't. */
  readonly changeable?: string[];
  /** Fields below `spec` that can't change. */
  readonly fixed?: string[];
  /** What to do instead. */
  readonly remedy: string;
}

/**
 * The one table to extend for another kind.
 * See https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/ and the validation of each kind's update.
 */
const RULES: { readonly [kind: string]: UpdateRule } = {
  StatefulSet: {
    changeable: [
      'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds', 'revisionHistoryLimit',
    ],
    remedy: 'delete it with `kubectl delete statefulset NAME --cascade=orphan`, which leaves pods and claims, before the next apply',
  },
  Deployment: {
    fixed: ['selector'],
    remedy: 'delete it with `kubectl delete deployment NAME` before the next apply',
  },
  Pod: {
    changeable: ['activeDeadlineSeconds'],
    remedy: 'delete it with `kubectl delete pod NAME` before the next apply, or use TalosWorkload.STATEFUL_SET',
  },
  PersistentVolumeClaim: {
    changeable: ['resources', 'volumeAttributesClassName'],
    remedy: 'give the claim another name, or delete it with its data',
  },
};

/**
 * What can't change from an object that is there to the one that is to be.
 *
 * @returns the paths of the fields, and what to do instead
 */
export function immutableChanges(applied: any, wanted: any): { readonly paths: string[]; readonly remedy: string } {
  const rule = RULES[wanted.kind];
  if (!rule) {
    return { paths: [], remedy: '' };
  }
  const [before, after] = [comparable(wanted.kind, applied.spec), comparable(wanted.kind, wanted.spec)];
  const fields = rule.fixed ?? [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => !rule.changeable!.includes(field));
  const paths = fields.filter((field) => !isDeepStrictEqual(before[field], after[field])).map((field) => `spec.${field}`);
  if (wanted.kind === 'PersistentVolumeClaim' && storageOf(after) < storageOf(before)) {
    paths.push(STORAGE_PATH);
  }
  return { paths: paths.sort(), remedy: rule.remedy.replace('NAME', wanted.metadata.name) };
}

const STORAGE_PATH = 'spec.resources.requests.storage';

/** A claim can grow, where its StorageClass says so, but not shrink. */
function storageOf(claim: any): number {
  return parseQuantity(STORAGE_PATH, `${claim.resources?.requests?.storage ?? 0}`);
}

/** Of a pod's containers, only the images can change. */
function comparable(kind: string, spec: any = {}): any {
  const withoutImages = (containers?: any[]) => containers?.map((container) => ({ ...container, image: undefined }));
  return kind !== 'Pod' ? spec : { ...spec, containers: withoutImages(spec.containers), initContainers: withoutImages(spec.initContainers) };
}
