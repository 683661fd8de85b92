import { AppObjects } from './app-objects';
import { allContainers, POD_KINDS, podsOf } from './app-pods';
import { Container, ContainerRestartPolicy } from './container';
import { PodSpec } from './pod-template';
import { parseQuantity } from './quantity';

/** What the objects of a namespace request together: CPUs, bytes and numbers. */
export interface RequestedResources {
  readonly pods: number;
  readonly cpu: number;
  readonly memory: number;
  readonly storage: number;
  /** The containers that request nothing of a resource. */
  readonly without: { readonly cpu: string[]; readonly memory: string[] };
}

type Amounts = { readonly [resource: string]: string };

/**
 * What the objects of an app request in a namespace while all of their pods run.
 *
 * @param defaults what containers request that have no requests
 */
export function requestedIn(app: AppObjects, namespace: string, defaults: Amounts): RequestedResources {
  const objects = app.manifestsOf(namespace, [...POD_KINDS, 'PersistentVolumeClaim']);
  const pods = objects.flatMap(podsOf);
  const requested = (resource: string) => total(pods.map(({ count, spec }) => count * requestOf(spec, resource, defaults)));
  const without = (resource: string) => pods.flatMap(({ owner, spec }) => allContainers(spec)
    .filter((container) => amountOf(container, resource, defaults) === undefined).map(({ name }) => `container '${name}' of ${owner}`));
  return {
    pods: total(pods.map(({ count }) => count)),
    cpu: requested('cpu'),
    memory: requested('memory'),
    storage: total(objects.map(storageOf)),
    without: { cpu: without('cpu'), memory: without('memory') },
  };
}

function storageOf({ kind, spec }: any): number {
  switch (kind) {
    case 'PersistentVolumeClaim': return claimed(spec);
    case 'StatefulSet': return (spec.replicas ?? 1) * total((spec.volumeClaimTemplates ?? []).map((claim: any) => claimed(claim.spec)));
    default: return 0;
  }
}

function claimed(claim: any): number {
  return parseQuantity('storage', claim.resources.requests.storage);
}

/** What a pod requests when it has most: init containers run one after the other, beside the sidecars among those before them. */
function requestOf({ initContainers = [], containers }: PodSpec, resource: string, defaults: Amounts): number {
  const amountIn = (container: Container) => parseQuantity(resource, amountOf(container, resource, defaults) ?? '0');
  let [sidecars, most] = [0, 0];
  for (const container of initContainers) {
    most = Math.max(most, sidecars + amountIn(container));
    sidecars += container.restartPolicy === ContainerRestartPolicy.ALWAYS ? amountIn(container) : 0;
  }
  return Math.max(most, sidecars + total(containers.map(amountIn)));
}

function amountOf({ resources }: Container, resource: string, defaults: Amounts): string | undefined {
  return resources?.requests?.[resource] ?? resources?.limits?.[resource] ?? defaults[resource];
}

function total(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
