import { FitnessCheck, Setting, valuesOf } from './fitness-check';
import { innerSubnets } from './inner-networks';
import { addedAddresses, virtualAddressesOf } from './links';
import { AddressSet } from '../../network/address-set';
import { ADDRESS_BITS, IpFamily, parseAddress } from '../../network/addresses';
import { Network, parseNetwork } from '../../network/networks';
import { Place } from '../validation/check/place';

/*
 * Which of its addresses a machine takes for the node and for etcd.
 * See https://www.talos.dev/latest/talos-guides/network/multihoming/
 */

/** Lists from which a machine takes the addresses of one purpose. */
interface AddressLists {
  readonly id: string;
  /** what doesn't start without an address */
  readonly waits: string;
  readonly settings: readonly Setting[];
  /** whether the address of a Service can be taken */
  readonly takesServices: boolean;
}

const LISTS: readonly AddressLists[] = [
  {
    id: 'talos:node-ip-elsewhere',
    waits: 'the kubelet',
    takesServices: false,
    settings: ['v1alpha1 machine.kubelet.nodeIP.validSubnets', 'KubeNodeConfig nodeIP.validSubnets'],
  },
  {
    id: 'talos:etcd-address-elsewhere',
    waits: 'etcd',
    takesServices: true,
    settings: ['v1alpha1 cluster.etcd.advertisedSubnets', 'v1alpha1 cluster.etcd.listenSubnets', 'v1alpha1 cluster.etcd.subnet'],
  },
];

const FAMILIES: readonly IpFamily[] = ['IPv4', 'IPv6'];

/** Finds lists of networks in which pods have no address. */
export function findAddressesElsewhere(check: FitnessCheck): void {
  const found = LISTS.flatMap((lists) => lists.settings.flatMap((setting) => check.placesOf(setting)).map((list) => [list, lists] as const));
  const addresses = found.length > 0 ? addressesOf(check) : undefined;
  found.forEach(([list, lists]) => findInList(list, lists, addresses!, check));
}

/** Addresses that machines in pods can have. */
interface Addresses {
  /** those of the pods; undefined if they aren't known */
  readonly ofPods?: AddressSet;
  /** those of the Services that machines have, or can have */
  readonly ofServices: AddressSet;
  /** those that the machine config adds */
  readonly added: AddressSet;
  /** those that no machine takes */
  readonly excluded: AddressSet;
}

function addressesOf(check: FitnessCheck): Addresses {
  const { hostingNetwork, hasServiceAddress } = check.pods;
  const set = (cidrs: readonly string[]) => AddressSet.of(cidrs.flatMap((cidr) => parseNetwork(cidr) ?? []));
  return {
    ofPods: hostingNetwork?.podCidrs.length ? set(hostingNetwork.podCidrs) : undefined,
    ofServices: hasServiceAddress === false ? AddressSet.EMPTY : set(hostingNetwork?.serviceCidrs ?? []),
    added: AddressSet.of(addedAddresses(check)),
    excluded: set(innerSubnets(check).flatMap(({ subnets }) => subnets.map(({ text }) => text))).union(AddressSet.of(virtualAddressesOf(check))),
  };
}

function findInList(list: Place, { id, waits, takesServices }: AddressLists, addresses: Addresses, check: FitnessCheck): void {
  const { ofPods, ofServices, added, excluded } = addresses;
  const networks = list.items.length > 0 ? list.items.map(({ text }) => text) : [list.text];
  const chosen = chosenBy(networks);
  if (chosen === undefined || (takesServices && hasAddressIn(chosen, ofServices))) {
    return;
  }
  const taken = chosen.difference(excluded);
  const values = valuesOf(list);
  const { podCidrs } = check.pods.hostingNetwork ?? { podCidrs: [] };
  const pods = podCidrs.length > 0 ? ` (${podCidrs.join(', ')})` : '';
  const remedy = 'remove it, Talos takes the pod\'s address';
  if (taken.isEmpty) {
    check.fatal(id, list, `takes no address at all, so ${waits} would never start: ${networks.every((network) => network.startsWith('!'))
      ? 'an exclusion only counts after a network, so begin with 0.0.0.0/0 or ::/0, or ' : ''}${remedy}`, values);
  } else if (ofPods === undefined) {
    if (!networks.some((text) => networkOf(text)?.prefixLength === 0)) {
      check.harmful(id, list, `keeps ${waits} from starting unless the hosting cluster's pods have addresses there: ${remedy}, `
        + 'or give \'hostingNetwork\' to check it', values);
    }
  } else if (taken.intersection(ofPods.union(added)).isEmpty) {
    check.fatal(id, list, `has no address of the hosting cluster's pods${pods}, so ${waits} would never start: ${remedy}`, values);
  } else if (taken.intersection(ofPods).isEmpty) {
    check.harmful(id, list, `has only an address that the machine config adds, which nobody outside of the pod reaches: ${remedy}`, values);
  } else if (!hasAddressIn(taken, ofPods.difference(excluded))) {
    check.harmful(id, list, `has only some addresses of the hosting cluster's pods${pods}, and ${waits} never starts in other pods: ${remedy}`, values);
  }
}

/** Whether all of the addresses of one family are taken. */
function hasAddressIn(taken: AddressSet, addresses: AddressSet): boolean {
  return FAMILIES.map((family) => addresses.intersection(AddressSet.all(family))).some((ofFamily) => !ofFamily.isEmpty && taken.contains(ofFamily));
}

/** The addresses that a list chooses: entries count in order, and `!` takes away. Undefined if Talos refuses the list. */
function chosenBy(networks: readonly string[]): AddressSet | undefined {
  const choices = networks.map((text): Choice | undefined => {
    const network = networkOf(text.replace(/^!/, ''));
    const set = network && AddressSet.of([network]);
    return set && (text.startsWith('!') ? { added: AddressSet.EMPTY, removed: set } : { added: set, removed: AddressSet.EMPTY });
  });
  return choices.every((choice) => choice !== undefined) ? allOf(choices as readonly Choice[]).added : undefined;
}

/** What entries of a list add to the addresses that those before them choose, and what they remove. */
interface Choice {
  readonly added: AddressSet;
  readonly removed: AddressSet;
}

/** What choices do one after the other. Halves keep the sets small. */
function allOf(choices: readonly Choice[]): Choice {
  if (choices.length <= 1) {
    return choices[0] ?? { added: AddressSet.EMPTY, removed: AddressSet.EMPTY };
  }
  const middle = Math.floor(choices.length / 2);
  const [before, after] = [allOf(choices.slice(0, middle)), allOf(choices.slice(middle))];
  return { added: before.added.difference(after.removed).union(after.added), removed: before.removed.union(after.removed) };
}

function networkOf(text: string): Network | undefined {
  const address = parseAddress(text);
  return parseNetwork(text) ?? (address && { address, prefixLength: ADDRESS_BITS[address.family] });
}
