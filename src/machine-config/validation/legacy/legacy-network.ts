import { BOND_RULES, refuseBadBondWords } from './legacy-bond';
import { isAddress } from '../../../network/addresses';
import { parseNetwork } from '../../../network/networks';
import { shortened } from '../../../problem';
import { Check } from '../check/check';
import { splitHostPort } from '../check/endpoints';
import { Place } from '../check/place';
import { wireguardKeyProblem } from '../check/wireguard-keys';

/** The rules for `machine.network.interfaces`. */
export function validateLegacyNetwork(document: Place, check: Check): void {
  const devices = document.at('machine.network.interfaces').items;
  devices.filter((device) => !device.isSet).forEach((device) => check.error(device, 'is null: remove it'));
  const given = devices.filter((device) => device.isSet);
  const members = claimMembers(given, check);
  for (const device of given.filter((candidate) => !candidate.at('ignore').isTrue)) {
    validateSelection(device, check);
    validateBond(device.at('bond'), check);
    validateWireguard(device.at('wireguard'), check);
    device.at('vlans').items.forEach((vlan) => validateVlan(vlan, check));
    validateAddressing(device, members, check);
    device.at('routes').items.forEach((route) => validateRoute(route, check));
  }
}

/** The bond or bridge of each interface. Refuses interfaces that are part of several. */
function claimMembers(devices: readonly Place[], check: Check): ReadonlyMap<string, string> {
  const owners = new Map<string, { readonly name: string; readonly kind: string }>();
  const addressless = new Map<string, string>();
  for (const device of devices) {
    const name = device.at('interface').text;
    if (device.at('bond').isSet && device.at('bridge').isSet) {
      check.error(device, 'has both \'bond\' and \'bridge\': remove one of them');
    }
    if (!device.at('bond.interfaces').isEmpty && !device.at('bond.deviceSelectors').isEmpty) {
      check.error(device.at('bond.interfaces'), 'conflicts with \'deviceSelectors\': remove one of them');
    }
    for (const [member, kind] of membersOf(device, check)) {
      const owner = owners.get(member.text);
      if (owner && (owner.name !== name || owner.kind !== kind && !check.since('1.9'))) {
        check.error(member, `is ${member.shown}, which is already part of '${shortened(owner.name)}': an interface can be part of only one bond or bridge`);
      }
      owners.set(member.text, { name, kind });
      if (kind === 'bond' || check.since('1.9')) {
        addressless.set(member.text, name);
      }
    }
  }
  return addressless;
}

/** Since 1.9 a bridge hides the bond of the same device. */
function membersOf(device: Place, check: Check): Array<readonly [Place, string]> {
  const kinds = ['bond', 'bridge'].filter((kind) => device.at(kind).isSet && !(kind === 'bond' && device.at('bridge').isSet && check.since('1.9')));
  return kinds.flatMap((kind) => device.at(`${kind}.interfaces`).items.map((member) => [member, kind] as const));
}

function validateSelection(device: Place, check: Check): void {
  const [name, selector] = [device.at('interface'), device.at('deviceSelector')];
  if (name.isEmpty && !selector.isSet) {
    check.error(name, 'is required, or \'deviceSelector\'');
  } else if (!name.isEmpty && selector.isSet) {
    check.error(name, 'conflicts with \'deviceSelector\': remove one of them');
  }
  if (selector.isSet && selector.isEmpty) {
    check.error(selector, 'is empty: give a property that selects the device');
  }
}

function validateBond(bond: Place, check: Check): void {
  if (!bond.isSet) {
    return;
  }
  refuseBadBondWords(bond, check);
  for (const rule of BOND_RULES) {
    rule(bond, check);
  }
}

function validateWireguard(wireguard: Place, check: Check): void {
  if (!wireguard.isSet) {
    return;
  }
  refuseBadKey(wireguard.at('privateKey'), check);
  for (const peer of wireguard.at('peers').items) {
    if (!peer.isSet) {
      check.error(peer, 'is null: remove it');
      continue;
    }
    refuseBadKey(peer.at('publicKey'), check);
    const endpoint = peer.at('endpoint');
    if (!endpoint.isEmpty && !isHostPort(endpoint.text)) {
      check.error(endpoint, `is ${endpoint.shown}: use host:port`);
    }
    for (const network of peer.at('allowedIPs').items) {
      if (!isNetwork(network.text)) {
        check.error(network, `is ${network.shown}: use a network such as 10.0.0.0/8`);
      }
    }
  }
}

/** Whether a text is a network. The legacy document allows zeros before the prefix length, as in `10.0.0.0/08`. */
function isNetwork(text: string): boolean {
  return parseNetwork(text.replace(/\/0+(?=[0-9])/, '/')) !== undefined;
}

function refuseBadKey(key: Place, check: Check): void {
  const problem = wireguardKeyProblem(key.text);
  if (problem) {
    check.error(key, problem);
  }
}

/** Whether a text is `host:port`; an IPv6 address needs brackets. */
function isHostPort(text: string): boolean {
  const parts = splitHostPort(text);
  return parts !== undefined && (!parts.host.includes(':') || isAddress(parts.host, 'with-zone'));
}

function validateVlan(vlan: Place, check: Check): void {
  if (!vlan.isSet) {
    check.error(vlan, 'is null: remove it');
    return;
  }
  refuseCidrBesideAddresses(vlan, check);
  for (const address of [...vlan.at('cidr').isEmpty ? [] : [vlan.at('cidr')], ...vlan.at('addresses').items]) {
    refuseBadAddress(address, check);
  }
}

function validateAddressing(device: Place, members: ReadonlyMap<string, string>, check: Check): void {
  const owner = members.get(device.at('interface').text);
  const hasAddresses = device.at('dhcp').isTrue || ['cidr', 'addresses'].some((field) => !device.at(field).isEmpty) || device.at('vip').isSet;
  if (owner !== undefined && hasAddresses) {
    check.error(device, `is part of '${shortened(owner)}' and can't have its own addresses: give them to '${shortened(owner)}'`);
  }
  refuseCidrBesideAddresses(device, check);
  const cidr = device.at('cidr');
  if (!cidr.isEmpty) {
    refuseBadAddress(cidr, check);
    check.warn(cidr, 'talos:deprecated-field', 'is deprecated: use \'addresses\'');
  }
  device.at('addresses').items.forEach((address) => refuseBadAddress(address, check));
  const vip = device.at('vip');
  if (vip.isSet && !isAddress(vip.at('ip').text, 'without-zone')) {
    check.error(vip.at('ip'), `is ${vip.at('ip').shown}: use an IP address`);
  }
}

function refuseCidrBesideAddresses(link: Place, check: Check): void {
  if (!link.at('cidr').isEmpty && !link.at('addresses').isEmpty) {
    check.error(link.at('cidr'), 'conflicts with \'addresses\': add it to them');
  }
}

function refuseBadAddress(address: Place, check: Check): void {
  if (!isNetwork(address.text) && !isAddress(address.text, 'without-zone')) {
    check.error(address, `is ${address.shown}: use an IP address with a prefix length, such as 10.0.0.2/24`);
  }
}

function validateRoute(route: Place, check: Check): void {
  if (!route.isSet) {
    check.error(route, 'is null: remove it');
    return;
  }
  const [network, gateway, source] = [route.at('network'), route.at('gateway'), route.at('source')];
  if (!network.isEmpty && !isNetwork(network.text)) {
    check.error(network, `is ${network.shown}: use a network such as 10.0.0.0/8`);
  }
  for (const address of [gateway, source]) {
    if (!address.isEmpty && !isAddress(address.text, 'without-zone')) {
      check.error(address, `is ${address.shown}: use an IP address`);
    }
  }
  if (network.isEmpty && gateway.isEmpty) {
    check.error(route, 'needs \'network\' or \'gateway\'');
  }
}
