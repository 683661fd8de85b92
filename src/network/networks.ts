import { Address, ADDRESS_BITS, formatAddress, IpFamily, parseAddress } from './addresses';

/** A network in CIDR notation: an address and the length of the prefix that all addresses of the network have. */
export interface Network {
  readonly address: Address;
  readonly prefixLength: number;
}

/** The most networks that are remembered. */
const MOST_NETWORKS = 1000;

/** The networks that were read before, by their text: all clusters of an app have the same few. */
const known = new Map<string, Network>();

/** Reads a network in the form that Go's `netip.ParsePrefix` takes, as Talos does; undefined for any other text. */
export function parseNetwork(text: string): Network | undefined {
  const network = known.get(text) ?? readNetwork(text);
  if (network && known.size < MOST_NETWORKS) {
    known.set(text, network);
  }
  return network;
}

function readNetwork(text: string): Network | undefined {
  const [, addressText = '', length] = /^([^/%]*)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  const address = parseAddress(addressText);
  return address && Number(length) <= ADDRESS_BITS[address.family] ? { address, prefixLength: Number(length) } : undefined;
}

/** Writes a network. */
export function formatNetwork({ address, prefixLength }: Network): string {
  return `${formatAddress(address)}/${prefixLength}`;
}

/** The canonical text of a network, with the host bits that it has, or undefined for a text that is none. */
export function canonicalNetwork(text: string): string | undefined {
  const network = parseNetwork(text);
  return network && formatNetwork(network);
}

/** The number of bits in which the addresses of a network differ. */
export function hostBitCount({ address, prefixLength }: Network): number {
  return ADDRESS_BITS[address.family] - prefixLength;
}

/** The number of addresses of a network. */
export function addressCount(network: Network): bigint {
  return 2n ** BigInt(hostBitCount(network));
}

/** The same network, written with its first address. */
export function withoutHostBits(network: Network): Network {
  const { bits } = network.address;
  return { ...network, address: { ...network.address, bits: bits - bits % addressCount(network) } };
}

/** Whether the address of a network is another than its first, as in `10.0.0.1/8`. */
export function hasHostBits(network: Network): boolean {
  return withoutHostBits(network).address.bits !== network.address.bits;
}

/** Whether networks have addresses in common. Then one of them contains the other. */
export function overlap(one: Network, other: Network): boolean {
  const larger = addressCount(one.prefixLength < other.prefixLength ? one : other);
  return one.address.family === other.address.family && one.address.bits / larger === other.address.bits / larger;
}

/** The family of an address or network. */
export function familyOf(text: string): IpFamily {
  return isIpv6(text) ? 'IPv6' : 'IPv4';
}

/** Whether an address or network is of IPv6. */
export function isIpv6(text: string): boolean {
  return text.includes(':');
}

/** The network that has only this address. */
export function networkOfAddress(address: string): string {
  return `${address}/${ADDRESS_BITS[familyOf(address)]}`;
}

/** The prefix length of a network. */
export function prefixLengthOf(network: string): number {
  return parseNetwork(network)!.prefixLength;
}

/** How many networks with this prefix length a range contains. */
export function subnetCount(range: string, prefixLength: number): bigint {
  return 2n ** BigInt(prefixLength - prefixLengthOf(range));
}

/** The network with this number, from 0, among those with this prefix length that a range contains. */
export function subnet(range: string, prefixLength: number, number: number): string {
  const first = { ...withoutHostBits(parseNetwork(range)!), prefixLength };
  const bits = first.address.bits + BigInt(number) * addressCount(first);
  return formatNetwork({ ...first, address: { ...first.address, bits } });
}
