import { KubeClient, KubeObject, Watch, WatchEvent } from './kube-client';
import { isReady } from './rollout';
import { until } from './until';

/** What an update has done to the pods of a namespace. */
export interface PodHistory {
  /** The pods that are still the same. */
  readonly stayed: string[];
  /** The pods that have come, be it under the name of one before. */
  readonly came: string[];
  /** How many pods were ready at the worst moment. */
  readonly fewestReady: number;
  /** How many pods there were at most whose containers hadn't ended, those that were going included. */
  readonly mostPods: number;
}

/** Watches the pods of a namespace while something is done, which ends when they are as they will be. */
export async function podHistory(client: KubeClient, namespace: string, act: () => Promise<void>): Promise<PodHistory> {
  const watch = await client.watch('v1', 'Pod', namespace);
  try {
    await act();
    const pods = await client.list('v1', 'Pod', namespace);
    await until('the watch has seen the last change', async () => pods.every((pod) => hasSeen(watch, pod)) ? true : undefined);
    return evaluate(watch.start, watch.events());
  } finally {
    watch.stop();
  }
}

function hasSeen(watch: Watch, pod: KubeObject): boolean {
  return [...watch.start, ...watch.events().map(({ object }) => object)]
    .some(({ metadata }) => metadata.uid === pod.metadata.uid && metadata.resourceVersion === pod.metadata.resourceVersion);
}

function hasEnded({ status }: KubeObject): boolean {
  return ['Succeeded', 'Failed'].includes(status.phase);
}

function evaluate(start: KubeObject[], events: WatchEvent[]): PodHistory {
  const pods = new Map<string, KubeObject>(start.map((pod) => [pod.metadata.uid, pod]));
  const moments = [[...pods.values()], ...events.map(({ type, object }) => {
    type === 'DELETED' ? pods.delete(object.metadata.uid) : pods.set(object.metadata.uid, object);
    return [...pods.values()];
  })];
  const names = (there: boolean) => [...pods.values()]
    .filter(({ metadata }) => start.some((pod) => pod.metadata.uid === metadata.uid) === there)
    .map(({ metadata }) => metadata.name).sort();
  return {
    stayed: names(true),
    came: names(false),
    fewestReady: Math.min(...moments.map((moment) => moment.filter((pod) => isReady(pod) && !pod.metadata.deletionTimestamp).length)),
    mostPods: Math.max(...moments.map((moment) => moment.filter((pod) => !hasEnded(pod)).length)),
  };
}
