import { ADDRESS_BITS } from '../../../network/addresses';
import { Network, overlap, withoutHostBits } from '../../../network/networks';

/** The pairs of each network that another one contains, and the smallest one that contains it; the later in the list is first in the pair. */
export function* overlaps<T>(networks: ReadonlyArray<readonly [owner: T, network: Network]>): Generator<readonly [later: T, earlier: T]> {
  const sorted = networks.map(([, network], index) => ({ network: withoutHostBits(network), index }));
  sorted.sort((left, right) => compare(left.network, right.network) || left.index - right.index);
  // the networks that contain the current one, the largest first
  const around: typeof sorted = [];
  for (const inner of sorted) {
    while (around.length > 0 && !overlap(around[around.length - 1].network, inner.network)) {
      around.pop();
    }
    if (around.length > 0) {
      const [earlier, later] = [around[around.length - 1].index, inner.index].sort((left, right) => left - right);
      yield [networks[later][0], networks[earlier][0]];
    }
    around.push(inner);
  }
}

/** Sorts networks by family and first address, and a larger network before the smaller ones that it contains. */
function compare({ address: left, prefixLength }: Network, { address: right, prefixLength: other }: Network): number {
  return ADDRESS_BITS[left.family] - ADDRESS_BITS[right.family]
    || Number(left.bits > right.bits) - Number(left.bits < right.bits)
    || prefixLength - other;
}
