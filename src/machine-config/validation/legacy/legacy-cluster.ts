import { Url } from '../../../network/url';
import { Check, Rule } from '../check/check';
import { endpointProblem } from '../check/endpoints';
import { Place, repeated } from '../check/place';
import { refuseBadSubnet } from '../check/subnets';
import { refuseUnknownResources } from '../documents/kubernetes';

/** The rules for `cluster` in the document without a kind. */
export const CLUSTER_RULES: readonly Rule[] = [
  validateEndpoint,
  validateDnsDomain,
  validateCloudProvider,
  validateEtcd,
  refuseCaKeyOnWorkers,
  validateInlineManifests,
  validateDiscovery,
  validateApiServer,
  validateComponentResources,
];

/** The rules for `cluster` that don't depend on the others. */
export const CNI_RULES: readonly Rule[] = [validateCni];

/** Whether Talos checks `cluster` at all; reports an error if not. */
export function hasClusterToValidate(document: Place, check: Check): boolean {
  const [cluster, endpoint] = [document.at('cluster'), document.at('cluster.controlPlane.endpoint')];
  if (!cluster.isSet) {
    check.error(cluster, 'is required');
    return false;
  }
  const needsEndpoint = document.at('cluster.controlPlane').isSet || !check.since('1.14');
  if (!endpoint.isSet && needsEndpoint) {
    check.error(endpoint, 'is required: give the URL of the Kubernetes API, such as https://kube.example.com:6443');
    return false;
  }
  return true;
}

function validateEndpoint(document: Place, check: Check): void {
  const endpoint = document.at('cluster.controlPlane.endpoint');
  const problem = endpoint.value instanceof Url ? endpointProblem(endpoint.text) : undefined;
  if (problem) {
    check.error(endpoint, `is ${endpoint.shown}, which ${problem}: give a URL such as https://kube.example.com:6443`);
  }
}

const DNS_NAME = /^[a-zA-Z0-9_][a-zA-Z0-9_-]{0,62}(?:\.[a-zA-Z0-9_][a-zA-Z0-9_-]{0,62})*[._]?$/;
const LONGEST_DNS_NAME = 255;

function validateDnsDomain(document: Place, check: Check): void {
  const domain = document.at('cluster.network.dnsDomain');
  const isShort = domain.text.replace(/\./g, '').length <= LONGEST_DNS_NAME;
  if (!domain.isEmpty && !(isShort && DNS_NAME.test(domain.text))) {
    check.error(domain, `is ${domain.shown}: use a DNS name such as cluster.local`);
  }
}

function validateCloudProvider(document: Place, check: Check): void {
  const provider = document.at('cluster.externalCloudProvider');
  const manifests = provider.at('manifests');
  if (!provider.at('enabled').isTrue && !manifests.isEmpty) {
    check.error(manifests, 'are set, but the cloud provider isn\'t enabled: set \'enabled\', or remove them');
    return;
  }
  manifests.items.forEach((manifest) => refuseBadUrl(manifest, check));
}

function refuseBadUrl(place: Place, check: Check): void {
  const problem = endpointProblem(place.text);
  if (problem) {
    check.error(place, `is ${place.shown}, which ${problem}: give a URL such as https://example.com/manifest.yaml`);
  }
}

function validateEtcd(document: Place, check: Check): void {
  const etcd = document.at('cluster.etcd');
  if (!etcd.isSet) {
    return;
  }
  if (!check.isControlPlane) {
    check.error(etcd, 'is for control planes only: remove it');
    return;
  }
  if (!etcd.at('ca').isSet) {
    check.error(etcd.at('ca'), 'is required: etcd members trust each other with it');
  }
  if (!etcd.at('subnet').isEmpty && !etcd.at('advertisedSubnets').isEmpty) {
    check.error(etcd.at('subnet'), 'conflicts with \'advertisedSubnets\': add it to them');
  }
  [...advertisedSubnets(etcd), ...listenSubnets(etcd)].forEach((subnet) => refuseBadSubnet(subnet, check));
}

function advertisedSubnets(etcd: Place): readonly Place[] {
  const subnets = etcd.at('advertisedSubnets').items;
  return subnets.length > 0 || etcd.at('subnet').isEmpty ? subnets : [etcd.at('subnet')];
}

/** Without subnets to listen on, Talos uses the advertised ones. */
function listenSubnets(etcd: Place): readonly Place[] {
  const subnets = etcd.at('listenSubnets').items;
  return subnets.length > 0 ? subnets : etcd.at('advertisedSubnets').items;
}

function refuseCaKeyOnWorkers(document: Place, check: Check): void {
  const key = document.at('cluster.ca.key');
  if (!check.isControlPlane && !key.isEmpty) {
    check.error(key, 'is for control planes only: remove it, because workers must not have the Kubernetes API\'s key');
  }
}

function validateInlineManifests(document: Place, check: Check): void {
  const names = document.at('cluster.inlineManifests').items.map((manifest) => manifest.at('name'));
  for (const name of names.filter(({ text }) => text.trim() === '')) {
    check.error(name, 'is required: give the manifest a unique name');
  }
  for (const [name, earlier] of repeated(names.map((place) => [place.text, place] as const))) {
    check.error(name, `is ${name.shown}, like ${earlier.quoted}: give each manifest a unique name`);
  }
}

function validateDiscovery(document: Place, check: Check): void {
  const discovery = document.at('cluster.discovery');
  const service = discovery.at('registries.service');
  if (!discovery.at('enabled').isTrue || service.at('disabled').isTrue) {
    return;
  }
  const endpoint = service.at('endpoint');
  const problem = endpoint.isEmpty ? undefined : discoveryEndpointProblem(endpoint.text);
  if (problem) {
    check.error(endpoint, `is ${endpoint.shown}, which ${problem}: give a URL such as https://discovery.example.com/`);
  }
  check.requires(document.at('cluster.id'), 'the discovery service is enabled and identifies clusters with it');
  check.requires(document.at('cluster.secret'), 'the discovery service is enabled and machines encrypt its data with it');
}

/** Refuses an endpoint that isn't an absolute URL or path, or that has another path than `/`. */
function discoveryEndpointProblem(text: string): string | undefined {
  const url = text.includes('#') ? Url.parse(text.replace(/#/g, '%23')) : Url.parse(text);
  if (!url || (url.parts.scheme === '' && !text.startsWith('/'))) {
    return 'is not a URL';
  }
  return ['', '/'].includes(url.parts.path) ? undefined : 'has a path';
}

const AUTHORIZERS = ['Node', 'RBAC', 'Webhook'];

/** Talos stops at the first problem of the API server. */
function validateApiServer(document: Place, check: Check): void {
  const server = document.at('cluster.apiServer');
  const authorizers = server.at('authorizationConfig');
  if (authorizers.isSet) {
    const conflict = server.at('extraArgs').entries.find(([key]) => key === 'authorization-mode' || key.startsWith('authorization-webhook-'));
    if (conflict) {
      check.error(conflict[1], 'conflicts with \'authorizationConfig\': remove one of them');
      return;
    }
  }
  if (authorizers.items.every((authorizer) => isAuthorizer(authorizer, check))) {
    refuseUnknownResources(server.at('resources'), check);
  }
}

function isAuthorizer(authorizer: Place, check: Check): boolean {
  const type = authorizer.at('type');
  if (!authorizer.isSet) {
    check.error(authorizer, 'is null: remove it');
    return false;
  }
  if (!check.requires(type, `use one of ${AUTHORIZERS.join(', ')}`) || !check.requires(authorizer.at('name'), 'give the authorizer a name')) {
    return false;
  }
  if (!AUTHORIZERS.includes(type.text)) {
    check.error(type, `is ${type.shown}: use one of ${AUTHORIZERS.join(', ')}`);
    return false;
  }
  return true;
}

function validateComponentResources(document: Place, check: Check): void {
  refuseUnknownResources(document.at('cluster.controllerManager.resources'), check);
  refuseUnknownResources(document.at('cluster.scheduler.resources'), check);
}

const CNIS = ['flannel', 'custom', 'none'];

function validateCni(document: Place, check: Check): void {
  const cni = document.at('cluster.network.cni');
  const [name, urls, flannel] = [cni.at('name'), cni.at('urls'), cni.at('flannel')];
  if (!check.isControlPlane || !cni.isSet) {
    return;
  }
  if (!CNIS.includes(name.text)) {
    check.error(name, `is ${name.shown}: use one of ${CNIS.join(', ')}`);
    return;
  }
  if (name.text !== 'custom') {
    refuseForCni(urls, name.text, check);
  } else if (urls.isEmpty) {
    check.warn(urls, 'talos:cni-without-urls', 'is empty, so Talos installs no CNI for the pods');
  } else {
    urls.items.forEach((url) => refuseBadUrl(url, check));
  }
  if (name.text !== 'flannel') {
    refuseForCni(flannel.at('extraArgs'), name.text, check);
    if (check.since('1.13') && flannel.at('kubeNetworkPoliciesEnabled').isTrue) {
      check.error(flannel.at('kubeNetworkPoliciesEnabled'), `is for the CNI flannel only, not for ${name.text}: remove it`);
    }
  }
}

function refuseForCni(place: Place, name: string, check: Check): void {
  if (!place.isEmpty) {
    check.error(place, `must be empty for the CNI ${name}: remove it`);
  }
}
