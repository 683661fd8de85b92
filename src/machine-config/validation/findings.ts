import { ConfigRule } from './check/check';
import { findDeniedEtcdArguments } from './findings/etcd';
import { findMissingAccess, findUnsupportedKubernetes } from './findings/kubernetes';
import { findBadEndpoints, findBadHostnames, findBadSubnets, findBadVlanIds } from './findings/network';
import { findNulls, findUnknownParts } from './findings/release';
import { findMissingSecrets } from './findings/secrets';

/** Finds problems that Talos accepts although the machine can't work with them. */
export const FINDING_RULES: readonly ConfigRule[] = [
  findUnknownParts,
  findNulls,
  findMissingSecrets,
  findBadEndpoints,
  findBadSubnets,
  findBadHostnames,
  findBadVlanIds,
  findDeniedEtcdArguments,
  findUnsupportedKubernetes,
  findMissingAccess,
];
