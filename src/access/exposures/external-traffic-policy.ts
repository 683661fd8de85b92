/**
 * To which nodes of the hosting cluster traffic from outside may go.
 *
 * @see https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy
 */
export enum ExternalTrafficPolicy {
  /** To any; the source address is lost. */
  CLUSTER = 'Cluster',

  /** To those with a pod; the source address is kept. */
  LOCAL = 'Local',
}
