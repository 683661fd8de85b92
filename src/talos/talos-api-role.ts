import { Release } from './release';

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

  /** Verify images. Talos before 1.13 ignores this role. */
  IMAGE_VERIFIER = 'os:image:verifier',

  /** Write the metadata partition. Talos before 1.13 ignores this role. */
  META_WRITER = 'os:meta:writer',
}

/** The first release that knows each role. */
export const API_ROLES_SINCE: Readonly<Record<TalosApiRole, Release>> = {
  [TalosApiRole.ADMIN]: '1.7',
  [TalosApiRole.OPERATOR]: '1.7',
  [TalosApiRole.READER]: '1.7',
  [TalosApiRole.ETCD_BACKUP]: '1.7',
  [TalosApiRole.IMPERSONATOR]: '1.7',
  [TalosApiRole.IMAGE_VERIFIER]: '1.13',
  [TalosApiRole.META_WRITER]: '1.13',
};

/**
 * The first release in which readers may ask for the status of etcd, which only operators may before.
 *
 * @see https://github.com/siderolabs/talos/commit/2b89c2810
 */
export const READERS_SEE_ETCD_SINCE: Release = '1.11';
