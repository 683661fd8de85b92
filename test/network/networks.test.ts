import { BlockList } from 'net';
import * as fc from 'fast-check';
import { Address, ADDRESS_BITS, formatAddress, IpFamily } from '../../src/network/addresses';
import { findOverlap } from '../../src/network/find-overlap';
import { canonicalNetwork, familyOf, formatNetwork, hasHostBits, hostBitCount, Network, networkOfAddress, overlap, parseNetwork, prefixLengthOf, subnet, subnetCount, withoutHostBits } from '../../src/network/networks';
import { runs } from '../support/releases';

test.each([
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['10.0.0.0/33', undefined],
  ['10.0.0.0/08', undefined],
  ['10.0.0.0', undefined],
  ['FD00::/64', 'fd00::/64'],
  ['fd00::/129', undefined],
  ['fe80::%eth0/64', undefined],
])('network %s', (text, expected) => {
  expect(canonicalNetwork(text)).toBe(expected);
});

test.each([
  ['10.0.0.1', '10.0.0.1/32'],
  ['fd00::1', 'fd00::1/128'],
])('the network of %s alone', (address, network) => {
  expect(networkOfAddress(address)).toBe(network);
});

test.each([
  [['10.0.0.0/8'], ['10.1.2.0/24'], ['10.0.0.0/8', '10.1.2.0/24']],
  [['10.1.2.3/32'], ['10.0.0.0/8'], ['10.1.2.3/32', '10.0.0.0/8']],
  [['172.16.0.0/12', '192.168.0.0/16'], ['10.0.0.0/8', '192.168.1.0/24'], ['192.168.0.0/16', '192.168.1.0/24']],
  [['10.0.0.0/9'], ['10.128.0.0/9'], undefined],
  [['0.0.0.0/0'], ['::/0'], undefined],
  [['::ffff:10.0.0.0/104'], ['10.0.0.0/8'], undefined],
  [[], ['::/0'], undefined],
])('%j and %j overlap in %j', (left, right, expected) => {
  expect(findOverlap(left, right)).toEqual(expected);
});

/** Networks of a family whose addresses differ only in the last bits, so that many overlap. */
function networks(family: IpFamily, start: bigint, free: number): fc.Arbitrary<Network> {
  const width = ADDRESS_BITS[family];
  return fc.tuple(fc.bigInt({ min: 0n, max: 2n ** BigInt(free) - 1n }), fc.integer({ min: width - free, max: width }))
    .map(([bits, prefixLength]) => ({ address: { family, bits: start + bits, zone: '' }, prefixLength }));
}

const small = fc.oneof(networks('IPv4', 0x0a000000n, 5), networks('IPv6', 0xfdn * 2n ** 120n, 5), networks('IPv6', 0x0a000000n, 5));
const any = fc.oneof(networks('IPv4', 0n, 32), networks('IPv6', 0n, 128));

/** The addresses of a small network, one by one. */
function addressesOf(network: Network): string[] {
  const { address } = withoutHostBits(network);
  return Array.from({ length: 2 ** hostBitCount(network) }, (_, index) => formatAddress({ ...address, bits: address.bits + BigInt(index) }));
}

describe('of every network', () => {
  test('its text reads as the network', () => {
    fc.assert(fc.property(any, (network) => {
      expect(parseNetwork(formatNetwork(network))).toEqual(network);
      expect(familyOf(formatNetwork(network))).toBe(network.address.family);
      expect(prefixLengthOf(formatNetwork(network))).toBe(network.prefixLength);
    }));
  });

  test('without host bits it is the same network', () => {
    fc.assert(fc.property(any, (network) => {
      const first = withoutHostBits(network);
      expect(hasHostBits(first)).toBe(false);
      expect(withoutHostBits(first)).toEqual(first);
      expect(hasHostBits(network)).toBe(formatNetwork(network) !== formatNetwork(first));
      expect(overlap(first, network)).toBe(true);
    }));
  });
});

describe('of every two networks', () => {
  test('they overlap where they have an address in common', () => {
    fc.assert(fc.property(small, small, (one, other) => {
      const addresses = new Set(addressesOf(one));
      expect(overlap(one, other)).toBe(addressesOf(other).some((address) => addresses.has(address)));
    }), runs(500));
  });

  test('they overlap in either order', () => {
    fc.assert(fc.property(fc.oneof(small, any), fc.oneof(small, any), (one, other) => {
      expect(overlap(other, one)).toBe(overlap(one, other));
    }));
  });

  test('Node.js agrees on whether they overlap', () => {
    const contains = (outer: Network, inner: Network) => {
      const list = new BlockList();
      list.addSubnet(formatAddress(outer.address), outer.prefixLength, outer.address.family === 'IPv4' ? 'ipv4' : 'ipv6');
      return list.check(formatAddress(inner.address), inner.address.family === 'IPv4' ? 'ipv4' : 'ipv6');
    };
    /** Networks whose addresses have most of their first bits in common. */
    const lengths = ({ family }: Address) => fc.nat({ max: ADDRESS_BITS[family] });
    const near = any.chain(({ address, prefixLength }) => fc.tuple(lengths(address), lengths(address))
      .map(([otherLength, changed]): [Network, Network] => {
        const size = 2n ** BigInt(changed);
        const other = { ...address, bits: address.bits - address.bits % size + (address.bits + size / 2n) % size };
        return [{ address, prefixLength }, { address: other, prefixLength: otherLength }];
      }));
    const pairs = fc.oneof(near, fc.tuple(any, any).filter(([one, other]) => one.address.family === other.address.family));
    fc.assert(fc.property(pairs, ([one, other]) => {
      expect(overlap(one, other)).toBe(contains(one, other) || contains(other, one));
    }), runs(500));
  });
});

test('the subnets of a range fill it without an overlap', () => {
  fc.assert(fc.property(small, fc.nat(3), (network, more) => {
    const range = formatNetwork(network);
    const length = Math.min(network.prefixLength + more, ADDRESS_BITS[network.address.family]);
    const subnets = Array.from({ length: Number(subnetCount(range, length)) }, (_, number) => subnet(range, length, number));
    expect(subnets.flatMap((part) => addressesOf(parseNetwork(part)!))).toEqual(addressesOf(network));
    expect(subnets.every((part) => !hasHostBits(parseNetwork(part)!))).toBe(true);
  }));
});
