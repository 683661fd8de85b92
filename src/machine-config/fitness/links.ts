import { FitnessCheck, shownText } from './fitness-check';
import { endpointHost } from './network';
import { canonicalAddress, parseAddress } from '../../network/addresses';
import { Network } from '../../network/networks';
import { Place } from '../validation/check/place';

/** The link that the hosting cluster gives to each pod. */
const POD_LINK = 'eth0';

/** Kinds of documents that make a link. */
const MADE_LINKS = ['BondConfig', 'BridgeConfig', 'DummyLinkConfig', 'VRFConfig', 'VLANConfig', 'WireguardConfig', 'VethConfig'];

/** Kinds of documents whose link takes others as members. */
const LINKS_WITH_MEMBERS = ['BondConfig', 'BridgeConfig', 'VRFConfig'];

/** Finds changes of the link that the hosting cluster gave to the pod, and links with no network behind them. */
export function findChangedPodLinks(check: FitnessCheck): void {
  for (const link of [...devices(check).filter(isPodDevice), ...named('LinkConfig', check)]) {
    findChangedAddresses(link, check);
    findChangedMtu(link, check);
    if (link.at('dhcp').isTrue) {
      reportDhcp(link.at('dhcp'), check);
    }
  }
  ['DHCPv4Config', 'DHCPv6Config'].flatMap((kind) => named(kind, check)).forEach((document) => reportDhcp(document, check));
  for (const vlan of podVlans(check)) {
    check.harmful('talos:vlan-without-network', vlan, 'would be a VLAN on the pod\'s link eth0, with no network behind it: remove it, and give the pod '
      + 'a second network of the hosting cluster');
  }
}

/** Finds links that take the pod's own, or its name. */
export function findReplacedPodLinks(check: FitnessCheck): void {
  const isPodLink = (place: Place) => place.text === POD_LINK;
  const replaced = [
    ...devices(check).filter(isPodDevice).flatMap((device) => ['bond', 'bridge', 'bridgePort', 'dummy', 'wireguard'].map((field) => device.at(field))
      .filter((field) => field.isTrue || (field.isSet && field.value !== false))),
    ...devices(check).flatMap((device) => [...device.at('bond.interfaces').items, ...device.at('bridge.interfaces').items]).filter(isPodLink),
    ...devices(check).flatMap((device) => device.at('bond.deviceSelectors').items).filter(meetsPodLink),
    ...MADE_LINKS.flatMap((kind) => named(kind, check)),
    ...LINKS_WITH_MEMBERS.flatMap((kind) => check.documentsOf(kind)).flatMap((document) => document.at('links').items).filter(isPodLink),
  ];
  for (const place of replaced) {
    check.fatal('talos:link-of-pod-replaced', place, 'would take the pod\'s own link eth0 away, and with it the pod\'s address: remove it');
  }
}

/** Finds virtual addresses: in a pod, they lead nowhere, or to the hosting server. */
export function findVirtualAddresses(check: FitnessCheck): void {
  const endpoint = canonicalAddress(endpointHost(check));
  for (const vip of legacyVips(check).filter((place) => ['hcloud', 'equinixMetal'].some((provider) => place.at(provider).isSet))) {
    reportProvider(vip, shownText(vip.at('ip')), check);
  }
  check.documentsOf('HCloudVIPConfig').forEach((document) => reportProvider(document, '', check));
  for (const [place, address] of virtualAddresses(check)) {
    if (endpoint !== undefined && canonicalAddress(address.text) === endpoint) {
      check.fatal('talos:virtual-address-as-endpoint', place, 'is the host of the endpoint, but only the pod which holds this virtual address reaches it: '
        + 'use a Service (\'kubernetesApi\') and its address or name', place.path === '' ? [] : [shownText(address)]);
    } else {
      check.harmful('talos:virtual-address', place, 'would be a virtual address that only the pod which holds it has: use a Service of the type LoadBalancer '
        + '(\'kubernetesApi\')', place.path === '' ? [] : [shownText(address)]);
    }
  }
}

/** The virtual addresses, which are never those of a node. */
export function virtualAddressesOf(check: FitnessCheck): Network[] {
  return virtualAddresses(check).flatMap(([, { text }]) => networkOf(text));
}

/** The addresses that the machine config adds to links which pods have. */
export function addedAddresses(check: FitnessCheck): Network[] {
  const isMade = (device: Place) => ['bond', 'bridge', 'wireguard'].some((field) => device.at(field).isSet) || device.at('dummy').isTrue;
  const all = devices(check);
  const legacy = [...all.filter((device) => isPodDevice(device) || isMade(device)), ...all.filter(isPodDevice).flatMap(vlansOf)];
  const documents = [...named('LinkConfig', check), ...MADE_LINKS.flatMap((kind) => check.documentsOf(kind))];
  return [
    ...legacy.flatMap((link) => [link.at('cidr'), ...link.at('addresses').items]),
    ...documents.flatMap((document) => document.at('addresses').items.map((item) => item.at('address'))),
  ].flatMap(({ text }) => networkOf(text.replace(/\/.*/, '')));
}

/** The network of one address; empty if the text is none. */
function networkOf(text: string): Network[] {
  const address = parseAddress(text);
  return address === undefined ? [] : [{ address, prefixLength: address.family === 'IPv4' ? 32 : 128 }];
}

function devices(check: FitnessCheck): Place[] {
  return check.placesOf('v1alpha1 machine.network.interfaces').flatMap(({ items }) => items).filter((device) => device.isSet && !device.at('ignore').isTrue);
}

/** The documents of a kind that have the name of the pod's link. */
function named(kind: string, check: FitnessCheck): Place[] {
  return check.documentsOf(kind).filter((document) => document.at('name').text === POD_LINK);
}

function isPodDevice(device: Place): boolean {
  return device.at('interface').text === POD_LINK || meetsPodLink(device.at('deviceSelector'));
}

/** Whether a selector meets the link of a pod: a pair of virtual links has a driver, but neither a bus nor a permanent address. */
function meetsPodLink(selector: Place): boolean {
  return !selector.isEmpty && selector.entries.filter(([, place]) => !place.isEmpty).every(([field, place]) => {
    const matchesAny = /^[*?:]*$/.test(place.text);
    return field === 'driver' ? matchesAny || place.text === 'veth' : field !== 'physical' && matchesAny;
  });
}

function vlansOf(device: Place): readonly Place[] {
  return device.at('vlans').items;
}

/** VLANs on the link of the pod. */
function podVlans(check: FitnessCheck): Place[] {
  return [
    ...devices(check).filter(isPodDevice).flatMap(vlansOf),
    ...check.documentsOf('VLANConfig').filter((document) => document.at('parent').text === POD_LINK),
  ];
}

function findChangedAddresses(link: Place, check: FitnessCheck): void {
  const values = [
    link.at('cidr'),
    ...link.at('addresses').items.map((item) => item.at('address').isSet ? item.at('address') : item),
    ...link.at('routes').items.map((route) => ['network', 'destination', 'gateway'].map((field) => route.at(field)).find((field) => !field.isEmpty) ?? route.at('gateway')),
  ].filter(({ isEmpty }) => !isEmpty).map(shownText);
  if (values.length > 0) {
    check.harmful('talos:link-of-pod', link, 'would change the pod\'s own link eth0, and nobody outside of the pod routes to it: remove it', values);
  }
}

function findChangedMtu(link: Place, check: FitnessCheck): void {
  const mtu = link.at('mtu');
  if (!mtu.isEmpty) {
    check.harmful('talos:mtu-of-pod', mtu, 'would be the MTU of the pod\'s own link eth0, whose packets are lost if the hosting cluster\'s is smaller: '
      + 'remove it, and set the MTU in the hosting cluster\'s CNI', [String(mtu.value)]);
  }
}

function reportDhcp(place: Place, check: FitnessCheck): void {
  check.harmful('talos:dhcp-in-pod', place, 'would have no effect, because no server answers a pod\'s DHCP requests: remove it, the pod has its address already');
}

function reportProvider(place: Place, address: string, check: FitnessCheck): void {
  check.fatal('talos:virtual-address-of-host', place, 'would give the virtual address to the hosting server instead of the pod: remove it, and use a Service '
    + 'of the type LoadBalancer (\'kubernetesApi\')', address === '' ? [] : [address]);
}

function legacyVips(check: FitnessCheck): Place[] {
  return devices(check).flatMap((device) => [device, ...vlansOf(device)]).map((link) => link.at('vip')).filter((vip) => vip.isSet);
}

/** The virtual addresses without a provider: what is reported, and the address. */
function virtualAddresses(check: FitnessCheck): Array<readonly [subject: Place, address: Place]> {
  return [
    ...legacyVips(check).filter((vip) => !vip.at('hcloud').isSet && !vip.at('equinixMetal').isSet).map((vip) => [vip.at('ip'), vip.at('ip')] as const),
    ...check.documentsOf('Layer2VIPConfig').map((document) => [document, document.at('name')] as const),
  ];
}
