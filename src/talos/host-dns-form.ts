/**
 * Where a machine config switches on host DNS, without which Talos refuses to run in a container.
 *
 * @see https://www.talos.dev/latest/talos-guides/network/host-dns/
 */
export enum HostDnsForm {
  /**
   * The field `machine.features.hostDNS`.
   */
  FEATURE = 'machine.features.hostDNS',

  /**
   * The document `kind: ResolverConfig`, field `hostDNS`.
   */
  RESOLVER_CONFIG = 'ResolverConfig.hostDNS',
}
