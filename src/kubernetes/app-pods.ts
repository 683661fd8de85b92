import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Container } from './container';
import { PodSpec } from './pod-template';

/** Pods of the same template. */
export interface Pods {
  /** Kind and name of the object that makes them. */
  readonly owner: string;
  readonly count: number;
  readonly spec: PodSpec;
}

/** The objects of some kinds that an app has in a namespace. Other objects aren't synthesized for this, which would take long in an app with many. */
export function objectsIn(construct: IConstruct, namespace: string, kinds: readonly string[]): ApiObject[] {
  return construct.node.root.node.findAll()
    .filter((object): object is ApiObject => ApiObject.isApiObject(object) && kinds.includes(object.kind) && object.metadata.namespace === namespace);
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
