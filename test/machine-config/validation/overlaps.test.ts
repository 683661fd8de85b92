import * as fc from 'fast-check';
import { overlaps } from '../../../src/machine-config/validation/check/overlaps';
import { formatNetwork, Network, overlap } from '../../../src/network/networks';

const network = fc.tuple(fc.bigInt({ min: 0n, max: 31n }), fc.integer({ min: 27, max: 32 }), fc.constantFrom('IPv4' as const, 'IPv6' as const))
  .map(([bits, prefixLength, family]): Network => ({ address: { family, bits, zone: '' }, prefixLength: family === 'IPv4' ? prefixLength : prefixLength + 96 }));

test('of networks that overlap all but the outermost are told, each with one that it overlaps', () => {
  fc.assert(fc.property(fc.array(network, { maxLength: 8 }), (networks) => {
    const found = [...overlaps(networks.map((item, index) => [index, item] as const))];
    for (const [later, earlier] of found) {
      expect(later).toBeGreaterThan(earlier);
      expect(overlap(networks[later], networks[earlier])).toBe(true);
    }
    const outermost = networks.filter((item, index) => networks.every((other, otherIndex) => otherIndex === index || !overlap(item, other)
      || item.prefixLength < other.prefixLength || (item.prefixLength === other.prefixLength && index < otherIndex)));
    expect(`${found.length} of ${networks.map(formatNetwork).join(' ')}`).toBe(`${networks.length - outermost.length} of ${networks.map(formatNetwork).join(' ')}`);
  }));
});
