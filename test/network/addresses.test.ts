import { isIP } from 'net';
import * as fc from 'fast-check';
import { Address, ADDRESS_BITS, canonicalAddress, formatAddress, isAddress, parseAddress, requireAddress } from '../../src/network/addresses';
import { runs } from '../support/releases';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['10.0.0.01', undefined],
  ['10.0.0', undefined],
  ['::', '::'],
  ['FD00:0:0:1::', 'fd00:0:0:1::'],
  ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
  ['::ffff:1.2.3.4', '::ffff:1.2.3.4'],
  ['64:ff9b::1.2.3.4', '64:ff9b::102:304'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['fe80::1%', undefined],
  ['1::2::3', undefined],
  ['1:2:3:4:5:6:7:8:9', undefined],
  ['1:2:3:4:5:6:7::8', undefined],
  ['1:2:3', undefined],
  ['g::', undefined],
  ['12345::', undefined],
])('address %s', (text, expected) => {
  expect(canonicalAddress(text)).toBe(expected);
});

test.each([
  ['192.0.2.1', true, true],
  ['2001:db8::1', true, true],
  ['fe80::1%eth0', false, true],
  ['192.0.2.1%eth0', false, false],
  ['192.0.2.0/24', false, false],
  ['example.com', false, false],
  ['', false, false],
])('%j is an address without and with a zone: %p, %p', (text, withoutZone, withZone) => {
  expect(isAddress(text)).toBe(withoutZone);
  expect(isAddress(text, 'with-zone')).toBe(withZone);
});

test('what is required to be an address has no zone', () => {
  expect(() => requireAddress('dnsAddresses', '192.0.2.10', '192.0.2.53')).not.toThrow();
  expect(() => requireAddress('dnsAddresses', 'fe80::1%eth0', '192.0.2.53'))
    .toThrow('\'dnsAddresses\' (fe80::1%eth0) is not an IP address: write one, for example 192.0.2.53');
});

describe('of every address', () => {
  const bits = (width: number) => fc.bigInt({ min: 0n, max: 2n ** BigInt(width) - 1n });
  const ipv4 = fc.record<Address>({ family: fc.constant('IPv4'), bits: bits(ADDRESS_BITS.IPv4), zone: fc.constant('') });
  /** Groups of which many are zero. */
  const groups = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 });
  const mapped = bits(32).map((value) => 0xffff_0000_0000n + value);
  const ipv6Bits = fc.oneof(bits(ADDRESS_BITS.IPv6), mapped, groups.map((all) => all.reduce((value, group) => value * 65536n + BigInt(group), 0n)));
  const ipv6 = fc.record<Address>({ family: fc.constant('IPv6'), bits: ipv6Bits, zone: fc.constant('') });
  const zoned = fc.record<Address>({ family: fc.constant('IPv6'), bits: ipv6Bits, zone: fc.string({ minLength: 1, unit: 'binary' }) });

  test('its text reads as the address', () => {
    fc.assert(fc.property(fc.oneof(ipv4, ipv6, zoned), (address) => {
      expect(parseAddress(formatAddress(address))).toEqual(address);
    }));
  });

  test('all spellings have one canonical text', () => {
    const spelling = fc.tuple(groups, fc.nat(8), fc.nat(8), fc.boolean(), fc.boolean(), fc.boolean());
    fc.assert(fc.property(spelling, ([all, one, other, isPadded, isUpperCase, isDotted]) => {
      const plain = all.map((group) => group.toString(16)).join(':');
      const written = all.map((group) => group.toString(16).padStart(isPadded ? 4 : 1, '0'));
      if (isDotted) {
        written.splice(6, 2, all.slice(6).flatMap((group) => [Math.floor(group / 256), group % 256]).join('.'));
      }
      const [start, end] = [Math.min(one, other), Math.max(one, other)];
      const canShorten = start < end && end <= (isDotted ? 6 : 8) && all.slice(start, end).every((group) => group === 0);
      const text = canShorten ? `${written.slice(0, start).join(':')}::${written.slice(end).join(':')}` : written.join(':');
      expect(canonicalAddress(isUpperCase ? text.toUpperCase() : text)).toBe(canonicalAddress(plain));
    }));
  });

  test('its canonical text is the one that URLs have', () => {
    fc.assert(fc.property(fc.oneof(ipv4, ipv6), (address) => {
      fc.pre(address.family === 'IPv4' || address.bits / 2n ** 32n !== 0xffffn); // URLs have no dots in it
      const text = formatAddress(address);
      const host = address.family === 'IPv4' ? text : `[${text}]`;
      expect(new URL(`http://${host}/`).hostname).toBe(host);
    }));
  });

  test('Node.js agrees on what one is', () => {
    const text = fc.oneof(fc.ipV4(), fc.ipV6(), fc.oneof(ipv4, ipv6).map(formatAddress));
    /** Texts that are nearly addresses: with a character more, less or changed. */
    const changed = fc.tuple(text, fc.nat(40), fc.nat(1), fc.constantFrom('', ':', '.', '0', '1', 'f', 'g', '::', '25', '/', ' '))
      .map(([address, at, removed, inserted]) => address.slice(0, at) + inserted + address.slice(at + removed));
    fc.assert(fc.property(fc.oneof(text, changed, fc.string()), (given) => {
      fc.pre(!given.includes('%'));
      const family = { 0: undefined, 4: 'IPv4', 6: 'IPv6' }[isIP(given)];
      expect(parseAddress(given)?.family).toBe(family);
    }), runs(1000));
  });
});
