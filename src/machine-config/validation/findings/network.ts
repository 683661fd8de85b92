import { freeNetwork } from '../../../network/free-networks';
import { Network, parseNetwork } from '../../../network/networks';
import { Url } from '../../../network/url';
import { DEFAULT_SUBNETS } from '../../../talos/default-subnets';
import { Check } from '../check/check';
import { hostParts } from '../check/endpoints';
import { overlaps } from '../check/overlaps';
import { Place } from '../check/place';

/** Finds endpoints of the Kubernetes API that clients don't accept. */
export function findBadEndpoints(check: Check): void {
  for (const endpoint of [check.legacy.at('cluster.controlPlane.endpoint'), check.document('KubeClusterConfig').at('endpoint')]) {
    const problem = endpoint.value instanceof Url ? endpointProblem(endpoint.value) : undefined;
    if (problem) {
      check.finding(endpoint, `is ${endpoint.shown}, ${problem}: give a URL such as https://kube.example.com:6443`);
    }
  }
}

function endpointProblem({ parts: { scheme, host, path } }: Url): string | undefined {
  if (hostParts(host).name === '') {
    return undefined; // Talos refuses it
  }
  if (scheme !== 'https') {
    return 'but the Kubernetes API only accepts HTTPS';
  }
  return path === '' || path === '/' ? undefined : 'which has a path';
}

/** Finds invalid or overlapping networks of pods and Services. */
export function findBadSubnets(check: Check): void {
  const document = check.document('KubeNetworkConfig');
  const network = document.isSet ? document : check.legacy.at('cluster.network');
  const networks: Array<readonly [Place, Network]> = [];
  for (const property of ['podSubnets', 'serviceSubnets'] as const) {
    const given = network.at(property);
    const subnets = given.items.length > 0 ? given.items : DEFAULT_SUBNETS[property].map((subnet) => given.withValue(subnet));
    for (const subnet of subnets) {
      const parsed = parseNetwork(subnet.text);
      if (parsed) {
        networks.push([subnet, parsed]);
      } else {
        check.finding(subnet, `is ${subnet.shown}: use a network such as ${freeNetwork(property, 'IPv4')}`);
      }
    }
  }
  for (const [subnet, other] of overlaps(networks)) {
    check.finding(subnet, `is ${subnet.shown}, which overlaps ${other.quoted} (${other.text}): give pods and Services separate networks`);
  }
}

const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;
const LONGEST_LABEL = 63;
const LONGEST_NAME = 253;

/** Finds hostnames that aren't DNS names. */
export function findBadHostnames(check: Check): void {
  for (const hostname of [check.legacy.at('machine.network.hostname'), check.document('HostnameConfig').at('hostname')]) {
    const isGood = hostname.text.length <= LONGEST_NAME && hostname.text.split('.').every((label) => label.length <= LONGEST_LABEL && LABEL.test(label));
    if (!hostname.isEmpty && !isGood) {
      check.finding(hostname, `is ${hostname.shown}: use letters, digits and '-', up to ${LONGEST_LABEL} between dots, with a letter or digit at both ends`);
    }
  }
}

const HIGHEST_VLAN_ID = 4094;

/** Finds VLAN IDs that are out of range. */
export function findBadVlanIds(check: Check): void {
  for (const id of check.legacy.at('machine.network.interfaces').items.flatMap((device) => device.at('vlans').items).map((vlan) => vlan.at('vlanId'))) {
    if (id.number < 1 || id.number > HIGHEST_VLAN_ID) {
      check.finding(id, `is ${id.number}: use a number from 1 to ${HIGHEST_VLAN_ID}`);
    }
  }
}
