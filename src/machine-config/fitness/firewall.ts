import { FitnessCheck } from './fitness-check';
import { AddressSet } from '../../network/address-set';
import { parseNetwork } from '../../network/networks';
import { KUBELET, KUBERNETES_API, TALOS_API } from '../../talos/ports';
import { Place } from '../validation/check/place';

/** Finds rules that drop what the hosting cluster sends to pods. */
export function findFirewall(check: FitnessCheck): void {
  const action = check.document('NetworkDefaultActionConfig').at('ingress');
  const blocks = action.text === 'block';
  const rules = check.documentsOf('NetworkRuleConfig');
  const ports = probedPorts(check);
  const closed = ports.filter((port) => isClosed(rules.filter((rule) => isFor(rule, port)), blocks, check));
  const isRestricted = ports.some((port) => rules.some((rule) => isFor(rule, port) && !isOpen(rule)));
  const [subject] = blocks ? [action] : rules;
  if (closed.length > 0) {
    check.fatal('talos:firewall-drops-probes', subject, `would drop the hosting kubelet's probes of port ${closed.join(', ')}: remove it, and use 'networkPolicy'`);
  } else if (blocks || isRestricted) {
    check.harmful('talos:firewall', subject, 'would also drop what the hosting cluster sends to pods, its kubelet\'s probes and its Services, unless a '
      + 'NetworkRuleConfig accepts that: use \'networkPolicy\'');
  }
}

/** The ports that the hosting kubelet probes. */
function probedPorts(check: FitnessCheck): number[] {
  if (!check.isControlPlane) {
    return [KUBELET.port];
  }
  const [port] = [...check.placesOf('v1alpha1 cluster.controlPlane.localAPIServerPort'), ...check.placesOf('KubeAPIServerConfig apiPort')];
  return [TALOS_API.port, port?.number ?? KUBERNETES_API.port];
}

function isFor(rule: Place, port: number): boolean {
  return rule.at('portSelector.protocol').text === 'tcp' && rule.at('portSelector.ports').items.some(({ text }) => {
    const [first, last = first] = text.split('-').map(Number);
    return port >= first && port <= last;
  });
}

/** Whether nothing of the hosting cluster reaches a port with these rules. A rule drops what it doesn't accept, also without a default action. */
function isClosed(rules: readonly Place[], blocks: boolean, check: FitnessCheck): boolean {
  const { podCidrs, nodeCidrs } = check.pods.hostingNetwork ?? { podCidrs: [], nodeCidrs: [] };
  if (rules.length === 0 || podCidrs.length === 0 || nodeCidrs.length === 0) {
    return blocks && rules.length === 0;
  }
  const hosting = AddressSet.of([...podCidrs, ...nodeCidrs].map((cidr) => parseNetwork(cidr)!));
  return rules.every((rule) => hosting.intersection(acceptedBy(rule)).isEmpty);
}

function isOpen(rule: Place): boolean {
  return acceptedBy(rule).contains(AddressSet.all('IPv4'));
}

function acceptedBy(rule: Place): AddressSet {
  return AddressSet.union(rule.at('ingress').items.map((entry) => {
    const [subnet, except] = [entry.at('subnet'), entry.at('except')].map(({ text }) => AddressSet.of([parseNetwork(text) ?? []].flat()));
    return subnet.difference(except);
  }));
}
