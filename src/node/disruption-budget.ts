import { Construct } from 'constructs';
import { TalosNode } from './talos-node';
import { KubernetesObject } from '../kubernetes/kubernetes-object';

/** Limits how many pods of a node may be evicted at once. */
export function createDisruptionBudget(scope: Construct, node: TalosNode, maxUnavailable: number): void {
  new KubernetesObject(scope, 'DisruptionBudget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: node.name },
    spec: { maxUnavailable, selector: { matchLabels: node.selectorLabels } },
  });
}
