import { requireName } from './kubernetes';
import { quoted } from '../../../problem';
import { Check, DocumentRules } from '../check/check';
import { refuseNegative } from '../check/durations';
import { Place } from '../check/place';
import { wireguardKeyProblem } from '../check/wireguard-keys';

/** The rules for the documents of network links. */
export const LINK_RULES: DocumentRules = {
  BondConfig: [requireName, validateBond, validateLink],
  BridgeConfig: [requireName, validateLink],
  DummyLinkConfig: [requireName, validateLink],
  LinkConfig: [requireName, validateLink],
  VethConfig: [validateVethNames, validateLink, (document, check) => validateLink(document.at('peer'), check)],
  VLANConfig: [requireName, validateVlan, validateLink],
  VRFConfig: [requireName, validateVrf, validateLink],
  WireguardConfig: [requireName, validateWireguard, validateLink],
};

/** The rules for all links. */
function validateLink(link: Place, check: Check): void {
  for (const { place, address } of link.at('addresses').items.map((item) => ({ place: item.at('address'), address: item.at('address').text }))) {
    if (place.isEmpty) {
      check.error(place, 'is required: give an IP address with a prefix length, such as 10.0.0.2/24');
    } else if (isUnspecified(address)) {
      check.error(place, `is ${place.shown}, which a link can't have as its address`);
    }
  }
  for (const route of link.at('routes').items) {
    for (const field of ['destination', 'gateway', 'source']) {
      const place = route.at(field);
      if (isUnspecified(place.text)) {
        check.error(place, `is ${place.shown}: ${field === 'destination' ? 'remove it for the default route' : 'use the address of a node'}`);
      }
    }
  }
}

/** Whether a text is `0.0.0.0` or `::`, with or without a prefix length. */
function isUnspecified(text: string): boolean {
  const address = text.split('/')[0];
  return address === '0.0.0.0' || address === '::';
}

function validateBond(document: Place, check: Check): void {
  check.requires(document.at('links'), 'give the links of the bond');
  const mode = document.at('bondMode');
  if (!mode.isSet) {
    check.error(mode, 'is required: give the mode of the bond, such as active-backup');
  }
  if (mode.text === '802.3ad') {
    for (const option of ['miimon', 'updelay', 'downdelay'].map((field) => document.at(field))) {
      if (!option.isSet) {
        check.warn(option, 'talos:bond-without-option', 'is not set: bonds in mode 802.3ad should have it');
      }
    }
  }
}

const LONGEST_LINK_NAME = 15;

function validateVethNames(document: Place, check: Check): void {
  const names = [document.at('name'), document.at('peer.name')];
  for (const name of names) {
    const problem = linkNameProblem(name.text);
    if (problem) {
      check.error(name, problem);
    }
  }
  if (!names[0].isEmpty && names[0].text === names[1].text) {
    check.error(names[1], `is ${names[1].shown}, like 'name': give the two ends different names`);
  }
}

function linkNameProblem(name: string): string | undefined {
  if (name === '') {
    return 'is required: give the link a name';
  }
  if (Buffer.byteLength(name) > LONGEST_LINK_NAME) {
    return `is ${quoted(name)}: use at most ${LONGEST_LINK_NAME} bytes`;
  }
  const isUnusable = name === '.' || name === '..' || /[/:]/.test(name) || /[^\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(name);
  return isUnusable ? `is ${quoted(name)}: use letters, digits, '-', '_' and '.'` : undefined;
}

const HIGHEST_VLAN_ID = 4094;

function validateVlan(document: Place, check: Check): void {
  const id = document.at('vlanID');
  if (id.number < 1 || id.number > HIGHEST_VLAN_ID) {
    check.error(id, `is ${id.number}: use a number from 1 to ${HIGHEST_VLAN_ID}`);
  }
  check.requires(document.at('parent'), 'give the link that carries the VLAN');
}

const RESERVED_TABLES = ['', 'unspec', 'local', 'main', 'default'];

function validateVrf(document: Place, check: Check): void {
  const table = document.at('table');
  if (RESERVED_TABLES.includes(table.text)) {
    check.error(table, `is ${table.isEmpty ? 'not set' : table.shown}: use a separate table, from 1 to 252`);
  }
}

function validateWireguard(document: Place, check: Check): void {
  validateKey(document.at('privateKey'), check);
  const port = document.at('listenPort');
  if (port.number < 0 || port.number > 65535) {
    check.error(port, `is ${port.number}: use a port from 0 to 65535`);
  }
  for (const peer of document.at('peers').items) {
    validateKey(peer.at('publicKey'), check);
    if (!peer.at('presharedKey').isEmpty) {
      validateKey(peer.at('presharedKey'), check);
    }
    refuseNegative(peer.at('persistentKeepaliveInterval'), check);
  }
}

function validateKey(key: Place, check: Check): void {
  const problem = check.requires(key, 'give a key from `wg genkey` or `wg pubkey`') ? wireguardKeyProblem(key.text) : undefined;
  if (problem) {
    check.error(key, problem);
  }
}
