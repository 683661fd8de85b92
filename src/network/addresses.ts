import { problem, TalosError } from '../problem';

/** A family of IP addresses, by the name that Kubernetes has for it. */
export type IpFamily = 'IPv4' | 'IPv6';

/** The number of bits of an address. */
export const ADDRESS_BITS: Readonly<Record<IpFamily, number>> = { IPv4: 32, IPv6: 128 };

/** An IP address. An IPv4 address that is mapped to IPv6 (`::ffff:192.0.2.1`) is an IPv6 address. */
export interface Address {
  readonly family: IpFamily;
  /** its bits as one number */
  readonly bits: bigint;
  /** the zone of an IPv6 address, `eth0` in `fe80::1%eth0`; otherwise empty */
  readonly zone: string;
}

/** Reads an address in the forms that Go's `netip.ParseAddr` takes, as Talos does; undefined for any other text. */
export function parseAddress(text: string): Address | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) {
    return { family: 'IPv4', bits: ipv4, zone: '' };
  }
  const [, address = '', zone = ''] = /^([^%]*)(?:%(.+))?$/s.exec(text) ?? [];
  const ipv6 = parseIpv6(address);
  return ipv6 === undefined ? undefined : { family: 'IPv6', bits: ipv6, zone };
}

/** Writes an address as Go does: RFC 5952, with the zone, and with dots where it is a mapped IPv4 address. */
export function formatAddress({ family, bits, zone }: Address): string {
  if (family === 'IPv4') {
    return dotted(bits);
  }
  const isMapped = bits / 2n ** 32n === 0xffffn;
  return `${isMapped ? `::ffff:${dotted(bits)}` : compressed(bits)}${zone && `%${zone}`}`;
}

/** The canonical text of an address, or undefined for a text that is none. */
export function canonicalAddress(text: string): string | undefined {
  const address = parseAddress(text);
  return address && formatAddress(address);
}

/** Whether the text is an IP address. A zone means something on one machine only, so only some fields take it. */
export function isAddress(text: string, zone: 'with-zone' | 'without-zone' = 'without-zone'): boolean {
  const address = parseAddress(text);
  return address !== undefined && (zone === 'with-zone' || address.zone === '');
}

/** Throws unless the text is an IP address without a zone. */
export function requireAddress(property: string, text: string, example: string): void {
  if (!isAddress(text)) {
    throw new TalosError('talos:invalid-value', problem(property, text, `is not an IP address: write one, for example ${example}`));
  }
}

function parseIpv4(text: string): bigint | undefined {
  const octets = text.split('.');
  const isValid = octets.length === 4 && octets.every((octet) => /^(?:0|[1-9][0-9]{0,2})$/.test(octet) && Number(octet) <= 255);
  return isValid ? joined(octets.map(Number), 8) : undefined;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = withoutDots(text).split('::').map((half) => half === '' ? [] : half.split(':'));
  const [head, tail = []] = halves;
  const missing = 8 - head.length - tail.length;
  const hasAllGroups = halves.length === 1 ? missing === 0 : halves.length === 2 && missing > 0;
  if (!hasAllGroups || ![...head, ...tail].every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) {
    return undefined;
  }
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  return joined(groups.map((group) => parseInt(group, 16)), 16);
}

/** The last two groups of an IPv6 address may be written as an IPv4 address. */
function withoutDots(text: string): string {
  const [, start, end] = /^(.*:)([0-9.]+)$/.exec(text) ?? [];
  const ipv4 = end === undefined ? undefined : parseIpv4(end);
  return ipv4 === undefined ? text : start + split(ipv4, 2, 16).map(hexadecimal).join(':');
}

function dotted(bits: bigint): string {
  return split(bits, 4, 8).join('.');
}

/** The groups of an IPv6 address without the first of its longest runs of zeros. */
function compressed(bits: bigint): string {
  const text = split(bits, 8, 16).map(hexadecimal).join(':');
  const [longest] = [...text.matchAll(/\b0(?::0)+\b/g)].sort((left, right) => right[0].length - left[0].length);
  if (!longest) {
    return text;
  }
  const [before, after] = [text.slice(0, longest.index), text.slice(longest.index + longest[0].length)];
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}

function hexadecimal(group: number): string {
  return group.toString(16);
}

/** One number made of parts with `width` bits each, the highest part first. */
function joined(parts: readonly number[], width: number): bigint {
  return parts.reduce((bits, part) => bits * 2n ** BigInt(width) + BigInt(part), 0n);
}

/** The last `count` parts of a number, of `width` bits each, the highest part first. */
function split(bits: bigint, count: number, width: number): number[] {
  return Array.from({ length: count }, (_, index) => Number(bits / 2n ** BigInt((count - 1 - index) * width) % 2n ** BigInt(width)));
}
