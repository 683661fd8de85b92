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

  /** The addresses of any of the sets. */
  public static union(sets: readonly AddressSet[]): AddressSet {
    return new AddressSet(joined(sets.flatMap(({ ranges }) => ranges)));
  }

  private constructor(private readonly ranges: readonly Range[]) {}

  public get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  /** The addresses of either set. */
  public union(other: AddressSet): AddressSet {
    return AddressSet.union([this, other]);
  }

  /** The addresses that the other set doesn't have. */
  public difference(other: AddressSet): AddressSet {
    let next = 0;
    return new AddressSet(this.ranges.flatMap((range) => {
      const left: Range[] = [];
      let { first } = range;
      for (; next < other.ranges.length && other.ranges[next].first < range.end; next++) {
        const taken = other.ranges[next];
        left.push({ first, end: taken.first });
        first = taken.end > first ? taken.end : first;
        if (taken.end >= range.end) {
          break; // it may also take from the next range
        }
      }
      return [...left, { first, end: range.end }].filter((part) => part.first < part.end);
    }));
  }

  /** The addresses of both sets. */
  public intersection(other: AddressSet): AddressSet {
    return this.difference(this.difference(other));
  }

  /** Whether it has all addresses of the other set. */
  public contains(other: AddressSet): boolean {
    return other.difference(this).isEmpty;
  }

  /** Whether it has any address of a network. */
  public overlaps(network: Network): boolean {
    const { first, end } = rangeOf(network);
    let [low, high] = [0, this.ranges.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      [low, high] = this.ranges[middle].end <= first ? [middle + 1, high] : [low, middle];
    }
    return low < this.ranges.length && this.ranges[low].first < end;
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
