import { fromByteArray, IPv4, IPv6 } from 'ipaddr.js';

/** A network, or an error that names the property. */
export function requireCidr(property: string, text: string): void {
  const network = normalText(text);
  if (network === undefined) {
    throw new Error(`'${property}' (${text}) is not a network: write an address and the length of its prefix, for example 10.244.0.0/16`);
  }
  if (network !== text) {
    throw new Error(`'${property}' (${text}) is not written as a network: write ${network}`);
  }
}

/** The first pair of networks, one of each list, that have addresses in common. */
export function overlap(left: readonly string[], right: readonly string[]): [string, string] | undefined {
  const pairs = left.flatMap((one) => right.map((other): [string, string] => [one, other]));
  return pairs.find(([one, other]) => haveCommonAddresses(one, other));
}

/** Whether it is a network of IPv6 addresses. */
export function isIpv6(cidr: string): boolean {
  return cidr.includes(':');
}

/** The network of a single address. */
export function networkOf(address: string): string {
  return `${address}/${isIpv6(address) ? 128 : 32}`;
}

/** The length of its prefix. */
export function prefixLengthOf(cidr: string): number {
  const [, length] = parseCidr(cidr);
  return length;
}

/** How many networks with this length of prefix a range has. */
export function subnetCount(range: string, prefixLength: number): bigint {
  return 2n ** BigInt(prefixLength - prefixLengthOf(range));
}

/** The network with this number, from 0, among those of a range that have this length of prefix. */
export function subnet(range: string, prefixLength: number, number: number): string {
  const [first] = parseCidr(range);
  const bytes = first.toByteArray();
  const size = 2n ** BigInt(8 * bytes.length - prefixLength);
  const address = BigInt(`0x${Buffer.from(bytes).toString('hex')}`) + BigInt(number) * size;
  const digits = address.toString(16).padStart(2 * bytes.length, '0');
  return `${fromByteArray([...Buffer.from(digits, 'hex')])}/${prefixLength}`;
}

function haveCommonAddresses(left: string, right: string): boolean {
  const [[leftAddress, leftLength], [rightAddress, rightLength]] = [parseCidr(left), parseCidr(right)];
  return leftAddress.kind() === rightAddress.kind() && leftAddress.match(rightAddress as IPv4 & IPv6, Math.min(leftLength, rightLength));
}

/** The first address and the length, or undefined for what isn't a network. */
function normalText(text: string): string | undefined {
  try {
    const [, length] = parseCidr(text);
    return `${(isIpv6(text) ? IPv6 : IPv4).networkAddressFromCIDR(text)}/${length}`;
  } catch {
    return undefined;
  }
}

/** The address and the length of the prefix of a text that is known to have both. */
export function parseCidr(cidr: string): [IPv4 | IPv6, number] {
  // the library's own `parseCIDR` tries IPv6 for either family, and most of its time is for the exception
  return cidr.includes(':') ? IPv6.parseCIDR(cidr) : IPv4.parseCIDR(cidr);
}
