import { IPv4, IPv6 } from 'ipaddr.js';

/** The address and the length of the prefix of a text that is known to have both. */
export function parseCidr(cidr: string): [IPv4 | IPv6, number] {
  // the library's own `parseCIDR` tries IPv6 for either family, and most of its time is for the exception
  return cidr.includes(':') ? IPv6.parseCIDR(cidr) : IPv4.parseCIDR(cidr);
}
