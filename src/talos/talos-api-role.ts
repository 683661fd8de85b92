/**
 * What a client of the Talos API may do.
 *
 * @see https://www.talos.dev/latest/talos-guides/configuration/rbac/
 */
export enum TalosApiRole {
  /** Everything. */
  ADMIN = 'os:admin',

  /** Read, reboot, shut down, and look after etcd. */
  OPERATOR = 'os:operator',

  /** Read what holds no secrets. */
  READER = 'os:reader',

  /** Take a snapshot of etcd. */
  ETCD_BACKUP = 'os:etcd:backup',

  /** Act with the roles that a request names. */
  IMPERSONATOR = 'os:impersonator',

  /** Verify images; since Talos 1.14. */
  IMAGE_VERIFIER = 'os:image:verifier',

  /** Write the metadata partition; since Talos 1.14. */
  META_WRITER = 'os:meta:writer',
}
