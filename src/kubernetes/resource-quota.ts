import { Construct } from 'constructs';
import { readMap, readNumber, readStructure, readText } from '../input';
import { AppObjects, validateObjects } from './app-objects';
import { KubernetesObject } from './kubernetes-object';
import { parseQuantity } from './quantity';
import { requestedIn } from './requested-resources';
import { requireResources } from './resource-checks';
import { requireWholeNumber } from './syntax';
import { takeName } from './taken-names';
import { TalosError } from '../problem';

/**
 * The most that the pods and claims of a namespace may request together.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export interface ResourceQuotaOptions {
  /**
   * The CPU, as a quantity such as `16` or `500m`. All pods must then request some.
   *
   * @default - no limit
   */
  readonly cpu?: string;

  /**
   * The memory, as a quantity such as `64Gi`. All pods must then request some.
   *
   * @default - no limit
   */
  readonly memory?: string;

  /**
   * The storage of all claims, as a quantity such as `500Gi`.
   *
   * @default - no limit
   */
  readonly storage?: string;

  /**
   * The number of pods that haven't ended, those of Jobs included.
   *
   * @default - no limit
   */
  readonly pods?: number;

  /**
   * What a container requests that requests nothing itself, as quantities by resource name, for example `{ cpu: '10m', memory: '32Mi' }`. The pods of
   * the constructs don't need it, unless their `resources` or containers of yours have no requests.
   *
   * @default - nothing: under a quota of CPU or memory, Kubernetes refuses pods with such a container
   */
  readonly defaultRequests?: { [resource: string]: string };
}

const NAME = 'quota';

/** The amounts that are limited. */
function limitsOf(options: ResourceQuotaOptions) {
  return (['cpu', 'memory', 'storage'] as const).flatMap((resource) => {
    const amount = options[resource];
    return amount === undefined ? [] : [{ resource, amount }];
  });
}

/**
 * Creates the quota of a namespace, and the requests of containers without any. Reports pods and claims of the app that have no room in it.
 *
 * @throws if an amount is no quantity or zero, or nothing is limited
 */
export function createResourceQuota(scope: Construct, namespace: string, options: ResourceQuotaOptions): void {
  const { pods, defaultRequests } = options;
  const property = 'resourceQuota';
  const limits = limitsOf(options);
  limits.forEach(({ resource, amount }) => {
    if (parseQuantity(`${property}.${resource}`, amount) === 0) {
      throw new TalosError('talos:invalid-value', `'${property}.${resource}' (${amount}) must be more than zero`);
    }
  });
  if (pods !== undefined) {
    requireWholeNumber(`${property}.pods`, pods, 1);
  }
  if (limits.length === 0 && pods === undefined) {
    throw new TalosError('talos:missing-property', `'${property}' limits nothing: give one of cpu, memory, storage and pods`);
  }
  requireResources(`${property}.defaultRequests`, { requests: defaultRequests });
  takeName(scope, 'ResourceQuota', NAME);
  const hard = Object.fromEntries([...limits.map(({ resource, amount }) => [`requests.${resource}`, amount]), ...pods === undefined ? [] : [['pods', `${pods}`]]]);
  new KubernetesObject(scope, 'ResourceQuota', { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: NAME }, spec: { hard } });
  if (defaultRequests) {
    takeName(scope, 'LimitRange', NAME);
    new KubernetesObject(scope, 'LimitRange', {
      apiVersion: 'v1', kind: 'LimitRange', metadata: { name: NAME }, spec: { limits: [{ type: 'Container', defaultRequest: defaultRequests }] },
    });
  }
  validateObjects(scope, (objects) => tooLittle(objects, namespace, options));
}

/** What of the app has no room in the quota. */
function tooLittle(objects: AppObjects, namespace: string, options: ResourceQuotaOptions): string[] {
  const { pods, defaultRequests = {} } = options;
  const requested = requestedIn(objects, namespace, defaultRequests);
  const limits = limitsOf(options);
  return [
    ...limits.flatMap(({ resource }) => (resource === 'storage' ? [] : requested.without[resource]).map((container) =>
      `'resourceQuota.${resource}' keeps out pods with the ${container}, which requests no ${resource}: give it 'resources', or give 'resourceQuota.defaultRequests'`)),
    ...limits.filter(({ resource, amount }) => requested[resource] > parseQuantity(resource, amount)).map(({ resource, amount }) =>
      `'resourceQuota.${resource}' (${amount}) is less than what the app requests in the namespace: raise it to ${shown(resource, requested[resource])} at least`),
    ...pods !== undefined && requested.pods > pods
      ? [`'resourceQuota.pods' (${pods}) is less than the ${requested.pods} pods of the app in the namespace, with those of Jobs: raise it`]
      : [],
  ];
}

function shown(resource: string, amount: number): string {
  return resource === 'cpu' ? `${Math.ceil(amount * 1000)}m` : `${Math.ceil(amount / 2 ** 20)}Mi`;
}

export const readResourceQuotaOptions = readStructure<ResourceQuotaOptions>({}, {
  cpu: readText, memory: readText, storage: readText, pods: readNumber, defaultRequests: readMap(readText),
});
