import { Container } from './container';
import { PodSpec } from './pod-template';

/** Pods of the same template. */
export interface Pods {
  /** Kind and name of the object that makes them. */
  readonly owner: string;
  readonly count: number;
  readonly spec: PodSpec;
}

/** The kinds of objects that make pods. */
export const POD_KINDS: readonly string[] = ['Pod', 'StatefulSet', 'Deployment', 'Job', 'CronJob'];

/** The pods that an object makes, all at once. */
export function podsOf({ kind, metadata, spec }: any): Pods[] {
  const owner = `${kind} ${metadata.name}`;
  switch (kind) {
    case 'Pod': return [{ owner, count: 1, spec }];
    case 'StatefulSet':
    case 'Deployment': return [{ owner, count: spec.replicas ?? 1, spec: spec.template.spec }];
    case 'Job': return [{ owner, count: spec.parallelism ?? 1, spec: spec.template.spec }];
    case 'CronJob': return [{ owner, count: 1, spec: spec.jobTemplate.spec.template.spec }];
    default: return [];
  }
}

/** The containers and init containers of a pod. */
export function allContainers({ initContainers = [], containers }: PodSpec): Container[] {
  return [...initContainers, ...containers];
}
