import { requireName } from './kubernetes';
import { isAddress } from '../../../network/addresses';
import { parseNetwork } from '../../../network/networks';
import { Url } from '../../../network/url';
import { expressionProblem } from '../../expressions/expression-problem';
import { Check, DocumentRules } from '../check/check';
import { refuseNegative } from '../check/durations';
import { hostParts } from '../check/endpoints';
import { Place } from '../check/place';
import { refuseBadSubnets } from '../check/subnets';

/** The rules for network documents except links. */
export const NETWORK_RULES: DocumentRules = {
  BlackholeRouteConfig: [requireName, validateBlackhole],
  DHCPv4Config: [requireName, validateClientIdentifier],
  DHCPv6Config: [requireName, validateClientIdentifier],
  EthernetConfig: [requireName],
  HCloudVIPConfig: [requireAddressAsName, requireLink, (document, check) => check.requires(document.at('apiToken'), 'give the token of the Hetzner Cloud API')],
  HostnameConfig: [validateHostname],
  HTTPProbeConfig: [requireName, validateHttpProbe, validateProbe],
  KubeSpanConfig: [validateKubeSpan],
  Layer2VIPConfig: [requireAddressAsName, requireLink],
  LinkAliasConfig: [requireName, validateLinkAlias],
  NetworkRuleConfig: [validateFirewallRule],
  ResolverConfig: [validateHostDns, validateNameservers],
  RoutingRuleConfig: [requireName, validateRoutingRule],
  StaticHostConfig: [requireName, validateStaticHost],
  TCPProbeConfig: [requireName, (document, check) => check.requires(document.at('endpoint'), 'give the endpoint as host:port'), validateProbe],
  TimeSyncConfig: [validateTimeSync],
};

function validateBlackhole(document: Place, check: Check): void {
  const name = document.at('name');
  if (!parseNetwork(name.text)) {
    check.error(name, `is ${name.shown}: use a network such as 10.0.0.0/8`);
  }
}

function validateClientIdentifier(document: Place, check: Check): void {
  const duid = document.at('duidRaw');
  const isDuid = document.at('clientIdentifier').text === 'duid';
  if (isDuid) {
    check.requires(duid, '\'clientIdentifier\' is duid');
  } else if (!duid.isEmpty) {
    check.error(duid, 'needs \'clientIdentifier: duid\'');
  }
}

function requireAddressAsName(document: Place, check: Check): void {
  const name = document.at('name');
  if (check.requires(name, 'the name of the document is the shared IP address') && !isAddress(name.text, 'with-zone')) {
    check.error(name, `is ${name.shown}: the name of the document is the shared IP address`);
  }
}

function requireLink(document: Place, check: Check): void {
  check.requires(document.at('link'), 'give the link that has the address');
}

const LONGEST_FQDN = 253;
const LONGEST_LABEL = 63;

function validateHostname(document: Place, check: Check): void {
  const [auto, hostname] = [document.at('auto'), document.at('hostname')];
  if (!auto.isSet && hostname.isEmpty) {
    check.error(hostname, 'is required, or \'auto\'');
  }
  if (!hostname.isEmpty && auto.isSet && auto.text !== 'off') {
    check.error(hostname, 'conflicts with \'auto\': set \'auto: "off"\', or remove the name');
  }
  if (auto.text === 'talos-addr') {
    check.error(auto, `is ${auto.shown}: use stable or off`);
  }
  if (Buffer.byteLength(hostname.text) > LONGEST_FQDN) {
    check.error(hostname, `has ${Buffer.byteLength(hostname.text)} characters: use at most ${LONGEST_FQDN}`);
  }
  const label = Buffer.byteLength(hostname.text.split('.')[0]);
  if (!hostname.isEmpty && (label === 0 || label > LONGEST_LABEL)) {
    check.error(hostname, `is ${hostname.shown}: the part before the first dot needs 1 to ${LONGEST_LABEL} characters`);
  }
}

function validateHttpProbe(document: Place, check: Check): void {
  const url = document.at('url');
  if (check.requires(url, 'give the URL to ask') && url.value instanceof Url) {
    const { scheme, host, opaque } = url.value.parts;
    if (scheme !== 'http' && scheme !== 'https') {
      check.error(url, `is ${url.shown}: use http:// or https://`);
    } else if (opaque !== '' || hostParts(host).name === '') {
      check.error(url, `is ${url.shown}, which has no host`);
    }
  }
}

function validateProbe(document: Place, check: Check): void {
  refuseNegative(document.at('interval'), check);
  refuseNegative(document.at('timeout'), check);
  const threshold = document.at('failureThreshold');
  if (threshold.number < 0) {
    check.error(threshold, `is ${threshold.number}: it can't be negative`);
  }
}

function validateKubeSpan(document: Place, check: Check): void {
  const mtu = document.at('mtu');
  if (mtu.isSet && mtu.number < LEAST_KUBESPAN_MTU) {
    check.error(mtu, `is ${mtu.number}: use at least ${LEAST_KUBESPAN_MTU}`);
  }
  refuseBadSubnets(document.at('filters.endpoints'), check);
}

function validateLinkAlias(document: Place, check: Check): void {
  const name = document.at('name');
  if (check.since('1.13') && name.text.includes('%') && !/^[^%]+%d$/.test(name.text)) {
    check.error(name, `is ${name.shown}: the only valid pattern is %d at the end`);
  }
  const match = document.at('selector.match');
  if (check.requires(match, 'give an expression that selects the link')) {
    const problem = expressionProblem(match.text, 'link', check.release);
    if (problem) {
      check.error(match, problem);
    }
  }
}

/** Talos stops at the first problem. */
function validateFirewallRule(document: Place, check: Check): void {
  const ports = document.at('portSelector.ports');
  if (!check.requires(document.at('name'), 'give the document a unique name') || !check.requires(ports, 'give the ports of the rule')) {
    return;
  }
  const problem = portsProblem(ports);
  if (problem) {
    check.error(ports, problem);
    return;
  }
  const rule = document.at('ingress').items.find((item) => item.at('subnet').isEmpty);
  if (rule) {
    check.error(rule.at('subnet'), 'is required: give a network such as 10.0.0.0/8');
  }
}

function portsProblem(ports: Place): string | undefined {
  const ranges = ports.items.map(({ text }) => text.split('-').map(Number)).map(([low, high = low]) => ({ low, high })).sort((left, right) => left.low - right.low);
  for (const [index, { low, high }] of ranges.entries()) {
    if (low > high) {
      return `has the range ${low}-${high}: put the lower port first`;
    }
    if (index > 0 && low <= ranges[index - 1].high) {
      return `has the port ${low} twice: merge the ranges ${ranges[index - 1].low}-${ranges[index - 1].high} and ${low}-${high}`;
    }
  }
  return undefined;
}

function validateHostDns(document: Place, check: Check): void {
  const hostDns = document.at('hostDNS');
  for (const option of ['forwardKubeDNSToHost', 'resolveMemberNames']) {
    if (hostDns.at(option).isTrue && !hostDns.at('enabled').isTrue) {
      check.error(hostDns.at(option), 'needs host DNS: set \'enabled\' to true as well');
    }
  }
}

function validateNameservers(document: Place, check: Check): void {
  if (!check.since('1.14')) {
    return;
  }
  const servers = document.at('nameservers');
  const isEncrypted = (server: Place) => ['DoT', 'DoH'].includes(server.at('protocol').text);
  for (const server of servers.items) {
    const name = server.at('tlsServerName');
    if (isEncrypted(server)) {
      check.requires(name, `the protocol is ${server.at('protocol').text}`);
    } else if (!name.isEmpty) {
      check.error(name, 'must be empty: the protocol is not DoT or DoH');
    }
    check.requires(server.at('address'), 'give the IP address of the server');
  }
  if (servers.items.length > 0 && servers.items.every(isEncrypted)) {
    check.warn(servers, 'talos:encrypted-name-servers', 'are all encrypted, which needs the correct time: keep an unencrypted one, or give time servers by IP address');
  }
}

/** The priorities that the kernel and KubeSpan use. */
const RESERVED_PRIORITIES = [0, 32500, 32766, 32767];
const HIGHEST_PRIORITY = 2 ** 32 - 1;

function validateRoutingRule(document: Place, check: Check): void {
  const name = document.at('name');
  const priority = /^[0-9]+$/.test(name.text) ? Number(name.text) : NaN;
  if (!(priority <= HIGHEST_PRIORITY)) {
    check.error(name, `is ${name.shown}: the name of the document is the priority of the rule, a whole number`);
  } else if (RESERVED_PRIORITIES.includes(priority)) {
    check.error(name, `is ${priority}, which is reserved: use a number from 1 to 32765 other than 32500`);
  }
  const action = document.at('action').text;
  if (['', 'unspec'].includes(document.at('table').text) && ['', 'unspec', 'unicast'].includes(action)) {
    check.error(document.at('table'), 'is required, or an \'action\' other than unicast');
  }
  if (document.at('fwMask').number !== 0 && document.at('fwMark').number === 0) {
    check.error(document.at('fwMask'), 'needs \'fwMark\'');
  }
}

function validateStaticHost(document: Place, check: Check): void {
  const name = document.at('name');
  if (!isAddress(name.text, 'with-zone')) {
    check.error(name, `is ${name.shown}: the name of the document is the IP address of the host`);
  }
  check.requires(document.at('hostnames'), 'give the names of the host');
}

function validateTimeSync(document: Place, check: Check): void {
  refuseNegative(document.at('bootTimeout'), check);
  const ntp = document.at('ntp');
  if (ntp.isSet && document.at('ptp').isSet) {
    check.error(document.at('ptp'), 'conflicts with \'ntp\': remove one of them');
  }
  for (const server of ntp.at('useNTS').isTrue ? ntp.at('servers').items : []) {
    if (isAddress(server.text, 'without-zone')) {
      check.error(server, `is ${server.shown}: NTS needs host names`);
    }
  }
}

/** The smallest MTU of the link of KubeSpan. */
export const LEAST_KUBESPAN_MTU = 1280;
