/** The usual text of an IP address, or undefined. IPv6 addresses may name a zone. */
export function parseAddress(text: string): string | undefined {
  return isIPv4(text) ? text : formatIPv6(text);
}

/** The usual text of an IP address with a prefix length, or undefined. */
export function parsePrefix(text: string): string | undefined {
  const match = /^([^/%]*)\/(0|[1-9][0-9]{0,2})$/.exec(text);
  const address = match && parseAddress(match[1]);
  if (!address || Number(match[2]) > (isIPv4(address) ? 32 : 128)) {
    return undefined;
  }
  return `${address}/${match[2]}`;
}

/** The usual text of an IP address with a port, or undefined. */
export function parseAddressPort(text: string): string | undefined {
  const match = /^(?:\[(.*)\]|([^[\]:]*)):([0-9]+)$/.exec(text);
  if (!match || Number(match[3]) > 65535) {
    return undefined;
  }
  const port = Number(match[3]);
  if (match[1] === undefined) {
    return isIPv4(match[2]) ? `${match[2]}:${port}` : undefined;
  }
  const address = formatIPv6(match[1]);
  return address && `[${address}]:${port}`;
}

function isIPv4(text: string): boolean {
  const octets = text.split('.');
  return octets.length === 4 && octets.every((octet) => /^(?:0|[1-9][0-9]{0,2})$/.test(octet) && Number(octet) <= 255);
}

function formatIPv6(text: string): string | undefined {
  const [, address, zone] = /^([0-9A-Fa-f:.]*)(%.+)?$/s.exec(text) ?? [];
  const groups = address === undefined ? undefined : parseGroups(address);
  if (!groups) {
    return undefined;
  }
  const isMappedIPv4 = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMappedIPv4) {
    const octets = groups.slice(6).flatMap((group) => [Math.floor(group / 256), group % 256]);
    return `::ffff:${octets.join('.')}${zone ?? ''}`;
  }
  return compressed(groups) + (zone ?? '');
}

function parseGroups(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) {
    return undefined;
  }
  const parts = halves.map((half, index) => parseHalf(half, index === halves.length - 1));
  const [head, tail] = parts;
  if (!head || (halves.length === 2 && !tail)) {
    return undefined;
  }
  if (!tail) {
    return head.length === 8 ? head : undefined;
  }
  const missing = 8 - head.length - tail.length;
  return missing >= 1 ? [...head, ...Array<number>(missing).fill(0), ...tail] : undefined;
}

function parseHalf(text: string, isLast: boolean): number[] | undefined {
  const groups: number[] = [];
  const parts = text === '' ? [] : text.split(':');
  for (const [index, part] of parts.entries()) {
    if (isLast && index === parts.length - 1 && isIPv4(part)) {
      const octets = part.split('.').map(Number);
      groups.push(octets[0] * 256 + octets[1], octets[2] * 256 + octets[3]);
    } else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) {
      groups.push(parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}

/** The groups with the first of the longest runs of zeros left out. */
function compressed(groups: readonly number[]): string {
  let best = { start: 0, length: 1 };
  for (let start = 0; start < groups.length; start++) {
    const end = groups.findIndex((group, index) => index >= start && group !== 0);
    const length = (end < 0 ? groups.length : end) - start;
    if (length > best.length) {
      best = { start, length };
    }
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.length === 1) {
    return hex.join(':');
  }
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}

/** The bits of an IP address as a number, and how many they are. */
export function addressBits(text: string): { readonly value: bigint; readonly width: 32 | 128 } | undefined {
  if (isIPv4(text)) {
    return { value: text.split('.').reduce((value, octet) => value * 256n + BigInt(octet), 0n), width: 32 };
  }
  const groups = parseGroups(text.replace(/%.*$/s, ''));
  return groups && { value: groups.reduce((value, group) => value * 65536n + BigInt(group), 0n), width: 128 };
}
