import { FitnessCheck, shownText } from './fitness-check';
import { SubnetProperty } from '../../network/cluster-subnets';
import { findOverlap } from '../../network/find-overlap';
import { HostingNetwork } from '../../network/hosting-network';
import { familyOf, parseNetwork } from '../../network/networks';
import { chooseAnother } from '../../network/subnet-plan';
import { DEFAULT_SUBNETS } from '../../talos/default-subnets';
import { Place } from '../validation/check/place';

/** The inner cluster's networks of one kind; Talos's defaults if none are set. */
export interface InnerSubnets {
  readonly property: SubnetProperty;
  readonly place: Place;
  readonly subnets: readonly Place[];
}

/** The place of the networks of the inner cluster. */
function innerNetwork(check: FitnessCheck): Place {
  const document = check.document('KubeNetworkConfig');
  return document.isSet ? document : check.legacy.at('cluster.network');
}

/** The networks of the inner cluster's pods and Services. */
export function innerSubnets(check: FitnessCheck): InnerSubnets[] {
  const network = innerNetwork(check);
  return (['podSubnets', 'serviceSubnets'] as const).map((property) => {
    const place = network.at(property);
    const subnets = place.items.length > 0 ? place.items : DEFAULT_SUBNETS[property].map((subnet) => place.withValue(subnet));
    return { property, place, subnets: subnets.filter(({ text }) => parseNetwork(text)) };
  });
}

/** Finds networks of the inner cluster that are the hosting cluster's: Talos takes no address in them for its own. */
export function findInnerNetworks(check: FitnessCheck): void {
  const { hostingNetwork, areOfCluster } = check.pods;
  if (hostingNetwork === undefined || areOfCluster) {
    return;
  }
  const inner = innerSubnets(check);
  const overlapping = inner.flatMap(({ property, subnets }) => subnets.map((subnet) => findSubnet(subnet, property, inner, hostingNetwork, check)));
  const [, services] = inner;
  const families = hostingNetwork.podCidrs.map(familyOf);
  if (!overlapping.includes(true) && families.length > 0 && !services.subnets.some(({ text }) => families.includes(familyOf(text)))) {
    check.fatal('talos:inner-networks', services.place, `has another address family than the hosting cluster's pods (${hostingNetwork.podCidrs.join(', ')}), `
      + 'so the kubelet would never start: give a network of their family', services.subnets.map(shownText));
  }
  if (hostingNetwork.podCidrs.length === 0 || hostingNetwork.serviceCidrs.length === 0) {
    warnOfDefaults(inner, check);
  }
}

/** Whether a network overlaps one of the hosting cluster's, which is reported. */
function findSubnet(
  subnet: Place, property: SubnetProperty, inner: readonly InnerSubnets[], hostingNetwork: HostingNetwork, check: FitnessCheck,
): boolean {
  const taken = hostingNetwork._networks.flatMap(({ name, cidrs }) => {
    const common = findOverlap([subnet.text], cidrs);
    return common ? [`${name} (${common[1]})`] : [];
  });
  if (taken.length > 0) {
    const others = inner.filter((candidate) => candidate.property !== property).flatMap(({ subnets }) => subnets.map(({ text }) => text));
    check.fatal('talos:inner-networks', subnet, `overlaps the hosting cluster's ${taken[0]}, so the machine takes no address: `
      + chooseAnother(property, familyOf(subnet.text), hostingNetwork, others), [shownText(subnet)]);
  }
  return taken.length > 0;
}

function warnOfDefaults(inner: readonly InnerSubnets[], check: FitnessCheck): void {
  const isDefault = (property: SubnetProperty, { text }: Place) => DEFAULT_SUBNETS[property].some((subnet) => subnet === text);
  const defaults = inner.flatMap(({ property, subnets }) => subnets.filter((subnet) => isDefault(property, subnet)));
  if (defaults.length > 0) {
    check.harmful('talos:default-networks', innerNetwork(check), 'has networks that most hosting clusters have themselves, and a machine takes no '
      + 'address of its own in them: choose others, or give \'hostingNetwork\' to check them', defaults.map(shownText));
  }
}
