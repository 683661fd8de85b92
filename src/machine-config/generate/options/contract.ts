import { isAtLeast, Release } from '../../../talos/release';

/** A part of the generated machine config that only some releases have. */
interface Rule {
  /** the first release that has it */
  readonly since?: Release;
  /** the last release that has it */
  readonly until?: Release;
}

/**
 * Everything in which the generated machine config differs from release to release.
 *
 * 1.9, 1.10 and 1.11 generate what 1.8 generates.
 */
const RULES = {
  /** host DNS answers the pods' DNS too */
  hostDNSForwardsKubeDNS: { since: '1.8' },
  /** workers know the cluster's name */
  clusterNameOnWorkers: { since: '1.8' },
  /** load balancers outside leave control planes out */
  controlPlanesExcludedFromLoadBalancers: { since: '1.8' },

  /** `rbac` and `apidCheckExtKeyUsage` are written; later they can't be off */
  rbacAndKeyUsage: { until: '1.11' },
  /** `disablePodSecurityPolicy` is written; later there is nothing to disable */
  podSecurityPolicyDisabled: { until: '1.11' },
  /** the endpoint's host is written to the SANs of the API server; later Talos adds it by itself */
  endpointAmongSANs: { until: '1.11' },
  /** `stableHostname` is a feature; later the document HostnameConfig says it */
  stableHostnameFeature: { until: '1.11' },
  /** registries are a part of `machine`; later they are documents */
  registriesOfMachine: { until: '1.11' },
  /** GRUB boots with the kernel arguments of the image, not with those of the installation */
  grubUsesUKICmdline: { since: '1.12' },

  /** `machine.network` is there even when empty, and KubeSpan a part of it; later KubeSpan is a document */
  networkOfMachine: { until: '1.12' },

  /** Kubernetes, discovery, host DNS, installation and sysctls are documents of their own */
  kubernetesDocuments: { since: '1.14' },
  /** the disk to install on is the one with this very path; earlier it can be a link such as `/dev/disk/by-id/...` */
  installDiskComparedByPath: { since: '1.14' },
} as const satisfies Record<string, Rule>;

/** Which of the parts a release has. */
export type Contract = { readonly [part in keyof typeof RULES]: boolean };

const contracts = new Map<Release, Contract>();

/** What a release generates. */
export function contractOf(release: Release): Contract {
  const known = contracts.get(release) ?? findContract(release);
  contracts.set(release, known);
  return known;
}

function findContract(release: Release): Contract {
  return Object.fromEntries(Object.entries<Rule>(RULES).map(([part, { since, until }]) => {
    const isKnown = (!since || isAtLeast(release, since)) && (!until || isAtLeast(until, release));
    return [part, isKnown];
  })) as Contract;
}
