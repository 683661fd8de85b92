import { Check, ConfigRule } from './check/check';
import { Place } from './check/place';
import { validateContainerDependencies } from './documents/containers';
import { Url } from '../../network/url';

/** The rules of 1.14 for the whole machine config. */
export const CONFIG_RULES: readonly ConfigRule[] = [
  requireHostDns,
  requireHostDnsForEncryption,
  requireIdentity,
  validateContainerDependencies,
  requireDiscoveryForKubeSpan,
  requireEncryptionOfEtcd,
  refuseControlPlaneDocuments,
];

/** Host DNS: in the document if it enables host DNS, otherwise in the field that the document replaces. */
function hostDnsOf(check: Check): Place {
  const ofDocument = check.document('ResolverConfig').at('hostDNS');
  return ofDocument.at('enabled').isTrue ? ofDocument : check.legacy.at('machine.features.hostDNS');
}

function requireHostDns(check: Check): void {
  const hostDns = hostDnsOf(check);
  if (check.platform !== 'container') {
    return;
  }
  if (!hostDns.isSet) {
    check.error(check.document('ResolverConfig').at('hostDNS'), 'is required in a container: set \'enabled\' and \'forwardKubeDNSToHost\' to true');
    return;
  }
  for (const option of [hostDns.at('enabled'), hostDns.at('forwardKubeDNSToHost')]) {
    if (!option.isTrue) {
      check.error(option, 'must be true in a container: the inner cluster\'s pods resolve names with it');
    }
  }
}

function requireHostDnsForEncryption(check: Check): void {
  const servers = check.document('ResolverConfig').at('nameservers');
  const isEncrypted = servers.items.some((server) => ['DoT', 'DoH'].includes(server.at('protocol').text));
  if (isEncrypted && !hostDnsOf(check).at('enabled').isTrue) {
    check.error(check.document('ResolverConfig').at('hostDNS.enabled'), 'must be true for name servers with DoT or DoH');
  }
}

/** The place that enables the discovery service; the document without a kind has precedence. */
function discoveryOf(check: Check): Place | undefined {
  const legacy = check.legacy.at('cluster.discovery');
  const service = legacy.at('registries.service');
  const endpoint = service.at('endpoint');
  const isUsable = legacy.at('enabled').isTrue && !service.at('disabled').isTrue && Url.parse(endpoint.text) !== undefined;
  return isUsable ? legacy : check.documentsOf('DiscoveryServiceConfig')[0];
}

function requireIdentity(check: Check): void {
  const discovery = discoveryOf(check);
  if (!discovery) {
    return;
  }
  const document = check.document('DiscoveryIdentityConfig');
  const isLegacy = !check.legacy.at('cluster.id').isEmpty || !check.legacy.at('cluster.secret').isEmpty;
  const identity = isLegacy
    ? [check.legacy.at('cluster.id'), check.legacy.at('cluster.secret')]
    : [document.at('clusterID'), document.at('clusterSecret')];
  identity.forEach((field) => check.requires(field, 'the discovery service is enabled'));
}

function requireDiscoveryForKubeSpan(check: Check): void {
  const document = check.document('KubeSpanConfig');
  const kubeSpan = document.isSet ? document : check.legacy.at('machine.network.kubespan');
  if (kubeSpan.at('enabled').isTrue && !discoveryOf(check)) {
    check.error(kubeSpan.at('enabled'), 'needs the discovery service: add a DiscoveryServiceConfig document');
  }
}

function requireEncryptionOfEtcd(check: Check): void {
  const document = check.document('KubeAPIServerCAConfig');
  const hasCa = document.isSet || ['cluster.ca', 'cluster.acceptedCAs'].some((path) => check.legacy.at(path).isSet);
  const secrets = ['cluster.secretboxEncryptionSecret', 'cluster.aescbcEncryptionSecret'].map((path) => check.legacy.at(path));
  if (check.isControlPlane && hasCa && !check.document('KubeEtcdEncryptionConfig').isSet && secrets.every((secret) => secret.isEmpty)) {
    check.error(check.document('KubeEtcdEncryptionConfig'), 'is required on control planes: Kubernetes encrypts Secrets with it');
  }
}

/** Documents for control planes only. */
const CONTROL_PLANE_KINDS = [
  'KubeAdmissionControlConfig', 'KubeAggregatorCAConfig', 'KubeAPIServerConfig', 'KubeAuditPolicyConfig', 'KubeAuthenticationConfig',
  'KubeAuthorizerConfig', 'KubeControllerManagerConfig', 'KubeCoreDNSConfig', 'KubeEtcdEncryptionConfig', 'KubeFlannelCNIConfig',
  'KubeProxyConfig', 'KubeSchedulerConfig', 'KubeServiceAccountConfig', 'KubeTalosAPIAccessConfig',
];

/** A machine config that doesn't set the machine's type isn't a control plane's. */
function refuseControlPlaneDocuments(check: Check): void {
  const documents = check.documents.filter(({ document }) => CONTROL_PLANE_KINDS.includes(document.kind));
  if (documents.length > 0 && !(check.legacy.isSet && check.isControlPlane)) {
    const kinds = [...new Set(documents.map(({ document }) => document.kind))].sort();
    check.error(documents[0], `is for control planes only: remove the documents of the kind ${kinds.join(', ')}`);
  }
}
