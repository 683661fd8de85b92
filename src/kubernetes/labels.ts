/** The label of all objects of a cluster, with which people and network policies select them. */
export function clusterLabels(clusterName: string): { readonly [key: string]: string } {
  return { 'app.kubernetes.io/part-of': clusterName };
}
