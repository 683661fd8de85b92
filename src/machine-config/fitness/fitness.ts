import { DISK_SETTINGS } from './disks';
import { findFilesOutsideOfVar } from './files';
import { findFirewall } from './firewall';
import { FitnessCheck, FitnessRule } from './fitness-check';
import { findDeletedComponents, findIgnoredAuthentication, findIgnoredAuthorities, findReplacedValues } from './hidden-settings';
import { HOST_SETTINGS } from './host';
import { findInnerNetworks } from './inner-networks';
import { findKernelParameters } from './kernel-parameters';
import { findArgumentsWithAddresses, findCloudProviders, findMissingClusterNetwork, findMountsOfMissingDirectories } from './kubernetes';
import { findChangedPodLinks, findReplacedPodLinks, findVirtualAddresses } from './links';
import { findEndpointWithoutCertificate, NETWORK_SETTINGS } from './network';
import { findAddressesElsewhere } from './node-addresses';
import { PodFacts } from './pod-facts';
import { findUnfit } from './settings';
import { Release } from '../../talos/release';
import { ConfigDocuments } from '../documents/config-documents';
import { ValidationProblem } from '../validation/check/check';

const FITNESS_RULES: readonly FitnessRule[] = [
  findUnfit(NETWORK_SETTINGS),
  findAddressesElsewhere,
  findInnerNetworks,
  findEndpointWithoutCertificate,
  findReplacedPodLinks,
  findChangedPodLinks,
  findVirtualAddresses,
  findFirewall,
  findKernelParameters,
  findUnfit(HOST_SETTINGS),
  findFilesOutsideOfVar,
  findUnfit(DISK_SETTINGS),
  findArgumentsWithAddresses,
  findCloudProviders,
  findMissingClusterNetwork,
  findMountsOfMissingDirectories,
  findIgnoredAuthentication,
  findDeletedComponents,
  findIgnoredAuthorities,
  findReplacedValues,
];

/** How a machine config fits pods. */
export interface Fitness {
  /** settings with which pods can't run, or that would hurt the hosting node */
  readonly findings: readonly ValidationProblem[];
  /** settings that have no effect in pods, or not the one that is meant */
  readonly warnings: readonly ValidationProblem[];
}

/** Finds settings that Talos accepts but that don't fit pods: what a pod lacks, shares with its node, or has from the hosting cluster. */
export function findFitness(config: ConfigDocuments, release: Release, pods: PodFacts): Fitness {
  const check = new FitnessCheck(config, release, pods);
  FITNESS_RULES.forEach((rule) => rule(check));
  return { findings: check.findings, warnings: check.warnings };
}
