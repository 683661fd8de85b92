import { AddressSet } from './address-set';
import { overlap, parseNetwork } from './networks';

/** The first pair of networks, one of each list, that have addresses in common. */
export function findOverlap(left: readonly string[], right: readonly string[]): [string, string] | undefined {
  if (left.length === 0 || right.length === 0) {
    return undefined;
  }
  const taken = AddressSet.of(right.map((network) => parseNetwork(network)!));
  const one = left.find((network) => taken.overlaps(parseNetwork(network)!));
  return one === undefined ? undefined : [one, right.find((network) => overlap(parseNetwork(one)!, parseNetwork(network)!))!];
}
