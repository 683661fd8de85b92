import { isDeepStrictEqual } from 'util';
import { parseQuantity } from './quantity';

/** Which fields of a specification Kubernetes lets change in an existing object. */
interface UpdateRule {
  /** Fields of `spec` that can change; if not given, all but `fixed` can. */
  readonly changeable?: string[];
  /** Fields of `spec` that can't change. */
  readonly fixed?: string[];
  /** The value of `spec.type` before and after with which this holds; any by default. */
  readonly ofType?: string;
  /** What the user can do instead. */
  readonly remedy: string;
}

/**
 * The rule of each kind; the fields of other kinds can all change.
 * See https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/ and the validation of updates in the API server.
 */
const RULES: { readonly [kind: string]: UpdateRule } = {
  StatefulSet: {
    changeable: [
      'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds', 'revisionHistoryLimit',
    ],
    remedy: 'delete it with `kubectl delete statefulset NAME --cascade=orphan`, which leaves pods and claims as they are, before the next apply',
  },
  Deployment: {
    fixed: ['selector'],
    remedy: 'delete it with `kubectl delete deployment NAME` before the next apply',
  },
  Pod: {
    changeable: ['activeDeadlineSeconds'],
    remedy: 'delete it with `kubectl delete pod NAME` before the next apply, or use TalosWorkload.STATEFUL_SET',
  },
  Job: {
    fixed: ['template', 'selector', 'completions', 'completionMode'],
    remedy: 'delete it with `kubectl delete job NAME` before the next apply',
  },
  Service: {
    fixed: ['loadBalancerClass'],
    ofType: 'LoadBalancer',
    remedy: 'delete it with `kubectl delete service NAME` before the next apply; its load balancer may get another address',
  },
  PersistentVolumeClaim: {
    changeable: ['resources', 'volumeAttributesClassName'],
    remedy: 'give the claim another name, or delete it with its data',
  },
};

/**
 * The differences between an existing and a wanted object that Kubernetes refuses.
 *
 * @returns the paths of the fields, and what the user can do instead
 */
export function immutableChanges(applied: any, wanted: any): { readonly paths: string[]; readonly remedy: string } {
  const rule = RULES[wanted.kind];
  if (!rule || [applied, wanted].some(({ spec }) => rule.ofType !== undefined && spec?.type !== rule.ofType)) {
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

/** A claim can grow, if its StorageClass allows it, but not shrink. */
function storageOf(claim: any): number {
  return parseQuantity(STORAGE_PATH, `${claim.resources?.requests?.storage ?? 0}`);
}

/** What can't change: in the containers of a pod all but the images, and in claims also what a server adds to a manifest that lacks it. */
function comparable(kind: string, spec: any = {}): any {
  const withoutImages = (containers?: any[]) => containers?.map((container) => ({ ...container, image: undefined }));
  switch (kind) {
    case 'Pod':
      return { ...spec, containers: withoutImages(spec.containers), initContainers: withoutImages(spec.initContainers) };
    case 'StatefulSet':
      return { ...spec, volumeClaimTemplates: spec.volumeClaimTemplates?.map(claimTemplate) };
    case 'PersistentVolumeClaim':
      return claimSpec(spec);
    default:
      return spec;
  }
}

function claimTemplate({ status: _status, ...claim }: any): any {
  return { ...claim, spec: claimSpec(claim.spec) };
}

function claimSpec(spec: any): any {
  return { volumeMode: 'Filesystem', ...spec };
}
