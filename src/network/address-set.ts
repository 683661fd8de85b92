import { Address, ADDRESS_BITS, IpFamily } from './addresses';
import { addressCount, Network, withoutHostBits } from './networks';

/** Addresses from the first up to, but without, the end. IPv6 addresses come after those of IPv4 on one line of numbers. */
interface Range {
  readonly first: bigint;
  readonly end: bigint;
}

const START: Readonly<Record<IpFamily, bigint>> = { IPv4: 0n, IPv6: 2n ** BigInt(ADDRESS_BITS.IPv4) };

/** A set of IP addresses. It is immutable. */
export class AddressSet {
  public static readonly EMPTY = new AddressSet([]);

  /** All addresses of the networks. */
  public static of(networks: readonly Network[]): AddressSet {
    return new AddressSet(joined(networks.map(rangeOf)));
  }

  /** All addresses of a family. */
  public static all(family: IpFamily): AddressSet {
    return AddressSet.of([{ address: { family, bits: 0n, zone: '' }, prefixLength: 0 }]);
  }

  private constructor(private readonly ranges: readonly Range[]) {}

  public get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  /** The addresses of either set. */
  public union(other: AddressSet): AddressSet {
    return new AddressSet(joined([...this.ranges, ...other.ranges]));
  }

  /** The addresses that the other set doesn't have. */
  public difference(other: AddressSet): AddressSet {
    return new AddressSet(other.ranges.reduce<readonly Range[]>((left, taken) => left.flatMap((range) => without(range, taken)), this.ranges));
  }

  /** The addresses of both sets. */
  public intersection(other: AddressSet): AddressSet {
    return this.difference(this.difference(other));
  }

  /** Whether it has all addresses of the other set. */
  public contains(other: AddressSet): boolean {
    return other.difference(this).isEmpty;
  }

  /** Whether it has the address. */
  public has(address: Address): boolean {
    return this.contains(AddressSet.of([{ address, prefixLength: ADDRESS_BITS[address.family] }]));
  }
}

function rangeOf(network: Network): Range {
  const { address: { family, bits } } = withoutHostBits(network);
  return { first: START[family] + bits, end: START[family] + bits + addressCount(network) };
}

/** The same ranges in order, with those as one that overlap or touch. */
function joined(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort((left, right) => Number(left.first > right.first) - Number(left.first < right.first));
  const all: Range[] = [];
  for (const range of sorted) {
    const last = all[all.length - 1];
    if (last && range.first <= last.end) {
      all[all.length - 1] = { first: last.first, end: range.end > last.end ? range.end : last.end };
    } else {
      all.push(range);
    }
  }
  return all;
}

/** What is left of a range. */
function without({ first, end }: Range, taken: Range): Range[] {
  const before = { first, end: end < taken.first ? end : taken.first };
  const after = { first: first > taken.end ? first : taken.end, end };
  return [before, after].filter((range) => range.first < range.end);
}
