/**
 * Which hosting nodes may receive traffic from outside.
 *
 * @see https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy
 */
export enum ExternalTrafficPolicy {
  /** All nodes; the client's source address is lost. */
  CLUSTER = 'Cluster',

  /** Nodes with a pod of the Service; the client's source address is kept. */
  LOCAL = 'Local',
}
