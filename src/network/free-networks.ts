import { IpFamily } from './addresses';
import { findOverlap } from './find-overlap';

/** Networks that no common hosting cluster uses, by what they are for, the default first. */
export const FREE_NETWORKS = {
  podSubnets: {
    IPv4: ['172.24.0.0/16', '172.26.0.0/16', '10.208.0.0/16', '192.168.192.0/20'],
    IPv6: ['fd00:172:24::/56', 'fd00:172:26::/56'],
  },
  serviceSubnets: {
    IPv4: ['172.25.0.0/16', '172.27.0.0/16', '10.209.0.0/16', '192.168.208.0/20'],
    IPv6: ['fd00:172:25::/112', 'fd00:172:27::/112'],
  },
  // shared by the clusters of a fleet
  podRange: { IPv4: ['10.192.0.0/11', '10.64.0.0/11'], IPv6: ['fd00:192::/40', 'fd00:193::/40'] },
  serviceRange: { IPv4: ['10.184.0.0/13', '10.232.0.0/13'], IPv6: ['fd00:232::/96', 'fd00:233::/96'] },
  // reserved for documentation (RFC 5737, RFC 3849): examples for properties that name networks which exist
  documentation: { IPv4: ['192.0.2.0/24'], IPv6: ['2001:db8::/32'] },
} as const satisfies Record<string, Readonly<Record<IpFamily, readonly string[]>>>;

/** What a free network is for. */
export type FreeNetworkUse = keyof typeof FREE_NETWORKS;

/** The first of the networks for a use that overlaps none of those that are taken, if there is one. */
export function freeNetwork(use: FreeNetworkUse, family: IpFamily, taken: readonly string[] = []): string | undefined {
  return FREE_NETWORKS[use][family].find((network) => !findOverlap([network], taken));
}
