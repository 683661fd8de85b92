import { addressBits, parseAddress, parsePrefix } from './addresses';

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

/** The pairs of networks that have addresses in common: the one that comes later, and the one that comes before it. */
export function* overlaps<T>(networks: ReadonlyArray<readonly [owner: T, network: Network]>): Generator<readonly [later: T, earlier: T]> {
  const sorted = networks.map(([, network], index) => ({ ...network, index, end: network.first + 2n ** BigInt(network.width - network.length) }));
  sorted.sort((left, right) => left.width - right.width || compare(left.first, right.first)
    || left.length - right.length || left.index - right.index);
  const around: typeof sorted = [];
  for (const network of sorted) {
    while (around.length > 0 && (around[around.length - 1].width !== network.width || around[around.length - 1].end <= network.first)) {
      around.pop();
    }
    if (around.length > 0) {
      const [earlier, later] = [around[around.length - 1].index, network.index].sort((left, right) => left - right);
      yield [networks[later][0], networks[earlier][0]];
    }
    around.push(network);
  }
}

function compare(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
