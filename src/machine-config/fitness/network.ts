import { FitnessCheck, shownText } from './fitness-check';
import { UnfitSetting } from './settings';
import { canonicalAddress } from '../../network/addresses';
import { coversHost } from '../../network/hosts';
import { Url } from '../../network/url';
import { hostParts } from '../validation/check/endpoints';
import { Place } from '../validation/check/place';

/** Settings of networks that don't fit pods, whatever their value is. */
export const NETWORK_SETTINGS: readonly UnfitSetting[] = [
  {
    id: 'talos:name-servers',
    settings: ['v1alpha1 machine.network.nameservers', 'ResolverConfig nameservers'],
    shows: 'address',
    problem: 'would replace the hosting cluster\'s DNS for inner pods: remove them, or give the pod \'dnsConfig\'',
  },
  {
    id: 'talos:kubespan',
    settings: ['v1alpha1 machine.network.kubespan.enabled', 'KubeSpanConfig enabled', 'KubeSpanEndpointsConfig'],
    problem: 'would have no effect, because KubeSpan takes its identity from a physical link, which a pod doesn\'t have: '
      + 'use the encryption of the hosting cluster\'s CNI',
  },
];

/** The URL of the Kubernetes API. */
export function endpointOf(check: FitnessCheck): Place {
  const legacy = check.legacy.at('cluster.controlPlane.endpoint');
  return legacy.isEmpty ? check.document('KubeClusterConfig').at('endpoint') : legacy;
}

/** The host of that URL; empty if there is none. */
export function endpointHost(check: FitnessCheck): string {
  const { value } = endpointOf(check);
  return value instanceof Url ? hostParts(value.parts.host).name : '';
}

/** Finds an endpoint of control planes whose host their Talos APIs have no certificate for: Talos adds it to that of the Kubernetes API only. */
export function findEndpointWithoutCertificate(check: FitnessCheck): void {
  const host = endpointHost(check);
  if (check.pods.areOfCluster !== false || !check.isControlPlane || host === '') {
    return;
  }
  const names = check.legacy.at('machine.certSANs').items.map(({ text }) => text);
  if (!names.some((name) => coversHost(name, host) || (canonicalAddress(name) ?? '') === canonicalAddress(host))) {
    const endpoint = endpointOf(check);
    check.harmful('talos:endpoint-without-certificate', endpoint, 'has a host that isn\'t in \'machine.certSANs\', so workers that join by it get no '
      + 'certificate and their port 50000 stays closed: add it there, and see that pods reach it on its port and on 50001', [shownText(endpoint)]);
  }
}
