import { addressBits, parseAddress, parsePrefix } from '../network-addresses';

/** Whether this is an IP address; names of zones (`fe80::1%eth0`) are taken only where Talos takes them. */
export function isAddress(text: string, zone: 'with-zone' | 'without-zone'): boolean {
  return parseAddress(text) !== undefined && (zone === 'with-zone' || !text.includes('%'));
}

/** Whether this is a network such as `10.0.0.0/8`, which may have zeros before the length (`/08`). */
export function isNetwork(text: string): boolean {
  return parsePrefix(text.replace(/\/0+(?=[0-9])/, '/')) !== undefined;
}

/** Whether this is a network or an address, with an optional `!` before it. */
export function isSubnetFilter(text: string): boolean {
  const subnet = text.replace(/^!/, '');
  return parsePrefix(subnet) !== undefined || isAddress(subnet, 'with-zone');
}

/** A range of addresses. */
export interface Network {
  readonly first: bigint;
  readonly length: number;
  readonly width: 32 | 128;
  /** the address as given is the first of the network */
  readonly isAligned: boolean;
}

/** The network of a text such as `10.0.0.0/8`, if it is one. */
export function networkOf(text: string): Network | undefined {
  const prefix = parsePrefix(text);
  const [address, length] = prefix?.split('/') ?? [];
  const bits = address === undefined ? undefined : addressBits(address);
  if (!bits) {
    return undefined;
  }
  const first = firstAddress(bits.value, Number(length), bits.width);
  return { first, length: Number(length), width: bits.width, isAligned: first === bits.value };
}

function firstAddress(address: bigint, length: number, width: number): bigint {
  return address - address % 2n ** BigInt(width - length);
}

/** Networks that were seen, each with what it stands for. */
export class NetworkSet<T> {
  private readonly seen = new Map<string, T>();
  private readonly around = new Map<string, T>();

  public add(network: Network, owner: T): void {
    this.seen.set(key(network), owner);
    for (const larger of enclosing(network)) {
      this.around.set(larger, owner);
    }
  }

  /** What a network stands for that has addresses in common with this one, if there is one. */
  public overlapping(network: Network): T | undefined {
    for (const larger of enclosing(network)) {
      if (this.seen.has(larger)) {
        return this.seen.get(larger);
      }
    }
    return this.around.get(key(network));
  }
}

/** The network itself and all that it is part of. */
function* enclosing({ first, length, width }: Network): Generator<string> {
  for (let shorter = length; shorter >= 0; shorter--) {
    yield key({ first: firstAddress(first, shorter, width), length: shorter, width });
  }
}

function key({ first, length, width }: Omit<Network, 'isAligned'>): string {
  return `${width} ${first.toString(36)} ${length}`;
}
