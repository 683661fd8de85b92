import * as fc from 'fast-check';
import { AddressSet } from '../../src/network/address-set';
import { Address, ADDRESS_BITS, IpFamily } from '../../src/network/addresses';
import { Network, parseNetwork, withoutHostBits, hostBitCount } from '../../src/network/networks';

/** Networks among the last and first addresses of the families, which lie beside each other on the line of numbers. */
const START: Readonly<Record<IpFamily, bigint>> = { IPv4: 2n ** 32n - 16n, IPv6: 0n };
const BITS = 4;

const network: fc.Arbitrary<Network> = fc.constantFrom<IpFamily>('IPv4', 'IPv6').chain((family) => fc.record({
  address: fc.bigInt({ min: 0n, max: 15n }).map((bits): Address => ({ family, bits: START[family] + bits, zone: '' })),
  prefixLength: fc.integer({ min: ADDRESS_BITS[family] - BITS, max: ADDRESS_BITS[family] }),
}));
const networks = fc.array(network, { maxLength: 4 });

const candidates = (['IPv4', 'IPv6'] as const).flatMap((family) => Array.from({ length: 2 ** BITS }, (_, index): Address => (
  { family, bits: START[family] + BigInt(index), zone: '' })));

/** The addresses of networks, one by one. */
function addressesOf(all: readonly Network[]): Address[] {
  return candidates.filter((address) => all.map(withoutHostBits).some((candidate) => candidate.address.family === address.family
    && address.bits >= candidate.address.bits && address.bits < candidate.address.bits + 2n ** BigInt(hostBitCount(candidate))));
}

const membersOf = (set: AddressSet) => candidates.filter((address) => set.has(address));

test('sets are as their addresses one by one', () => {
  fc.assert(fc.property(networks, networks, (left, right) => {
    const [one, other] = [left, right].map((all) => AddressSet.of(all));
    const [ofOne, ofOther] = [left, right].map(addressesOf);
    expect(membersOf(one)).toEqual(ofOne);
    expect(one.isEmpty).toBe(ofOne.length === 0);
    expect(membersOf(one.union(other))).toEqual(candidates.filter((address) => ofOne.includes(address) || ofOther.includes(address)));
    expect(membersOf(one.intersection(other))).toEqual(ofOne.filter((address) => ofOther.includes(address)));
    expect(membersOf(one.difference(other))).toEqual(ofOne.filter((address) => !ofOther.includes(address)));
    expect(one.contains(other)).toBe(ofOther.every((address) => ofOne.includes(address)));
  }));
});

test('equal sets are equal values', () => {
  fc.assert(fc.property(networks, networks, (left, right) => {
    const [one, other] = [AddressSet.of([...left, ...right]), AddressSet.of([...right, ...left])];
    expect(one).toEqual(other);
    expect(one.difference(other)).toEqual(AddressSet.EMPTY);
  }));
});

test('all addresses of a family are those of the network without a prefix', () => {
  expect(AddressSet.all('IPv4')).toEqual(AddressSet.of([parseNetwork('10.0.0.0/0')!]));
  expect(AddressSet.all('IPv4').intersection(AddressSet.all('IPv6')).isEmpty).toBe(true);
});
