import { IConstruct } from 'constructs';

type Labels = { readonly [key: string]: string };

/** The label of every object, also of those that several clusters share. */
export const MANAGED_BY: Labels = { 'app.kubernetes.io/managed-by': 'cdk8s-talos' };

const declared = new WeakMap<IConstruct, Labels>();

/** The label of all objects and pods of a cluster, with which people and network policies select them. */
export function clusterLabels(clusterName: string): Labels {
  return { 'app.kubernetes.io/part-of': clusterName };
}

/** Gives labels to the objects of a construct; those of a construct in it win. */
export function labelObjectsOf(construct: IConstruct, labels: Labels): void {
  declared.set(construct, labels);
}

/**
 * The labels of an object in a construct.
 *
 * @param own those of the object itself, which win
 */
export function objectLabels(construct: IConstruct, own: Labels = {}): Labels {
  return Object.assign({}, MANAGED_BY, ...construct.node.scopes.map((scope) => declared.get(scope)), own);
}
