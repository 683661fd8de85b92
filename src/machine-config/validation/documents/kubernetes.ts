import { isDnsSubdomain } from '../../../kubernetes/names';
import { ADDRESS_BITS, IpFamily } from '../../../network/addresses';
import { SubnetProperty } from '../../../network/cluster-subnets';
import { freeNetwork } from '../../../network/free-networks';
import { hasHostBits, hostBitCount, Network, parseNetwork } from '../../../network/networks';
import { Url } from '../../../network/url';
import { Check, DocumentRules } from '../check/check';
import { endpointProblem } from '../check/endpoints';
import { refuseBadAnnotations, refuseBadLabels, refuseBadTaints } from '../check/kubernetes-names';
import { certificatesProblem, keyPairProblem, privateKeyProblem } from '../check/pem';
import { Place } from '../check/place';
import { refuseBadSubnets } from '../check/subnets';
import { refuseUnknownRoles } from '../check/talos-roles';

/** The rules for the documents of Kubernetes' components. */
export const KUBERNETES_RULES: DocumentRules = {
  KubeAdmissionControlConfig: [requireName],
  KubeAggregatorCAConfig: [requireIssuingCa, validateCas],
  KubeAPIServerCAConfig: [validateCas],
  KubeAPIServerConfig: [requireImage, refuseApiServerArguments, validateResources],
  KubeAuthorizerConfig: [requireName, validateAuthorizer],
  KubeClusterConfig: [validateCluster],
  KubeControllerManagerConfig: [unlessDisabled(requireImage, validateResources)],
  KubeEtcdEncryptionConfig: [(document, check) => check.requires(document.at('config'), 'give an EncryptionConfiguration')],
  KubeExternalManifestConfig: [requireObjectName, validateManifestUrl],
  KubeFlannelCNIConfig: [
    (document, check) => check.requires(document.at('backendType'), 'give a backend such as vxlan'),
    validateResources,
  ],
  KubeInlineManifestConfig: [requireObjectName],
  KubeNetworkConfig: [validateNetwork],
  KubeNodeConfig: [validateNode],
  KubePrismConfig: [validateKubePrism],
  KubeProxyConfig: [unlessDisabled(requireImage, validateProxy, validateResources)],
  KubeSchedulerConfig: [unlessDisabled(requireImage, validateResources)],
  KubeServiceAccountConfig: [validateServiceAccount],
  KubeStaticPodConfig: [requireObjectName, (document, check) => check.requires(document.at('pod'), 'give the pod')],
  KubeTalosAPIAccessConfig: [(document, check) => refuseUnknownRoles(document.at('allowedRoles'), check)],
  KubeletConfig: [requireImage, (document, check) => refuseProtectedKubeletFields(document.at('config'), check)],
};

/** Refuses a document without a name. */
export function requireName(document: Place, check: Check): void {
  check.requires(document.at('name'), 'give the document a unique name');
}

function requireObjectName(document: Place, check: Check): void {
  const name = document.at('name');
  if (check.requires(name, 'give the document a unique name') && !isDnsSubdomain(name.text)) {
    check.error(name, `is ${name.shown}: use lower-case letters, digits, '-' and '.'`);
  }
}

type Rules = DocumentRules[string];

function unlessDisabled(...rules: Rules): Rules[number] {
  return (document, check) => {
    if (document.at('enabled').value !== false) {
      rules.forEach((rule) => rule(document, check));
    }
  };
}

function requireImage(document: Place, check: Check): void {
  check.requires(document.at('image'), 'give the image with its tag');
}

function validateResources(document: Place, check: Check): void {
  refuseUnknownResources(document.at('resources'), check);
}

/** Talos knows two resources, and stops at the first unknown one. */
export function refuseUnknownResources(resources: Place, check: Check): void {
  for (const kind of ['requests', 'limits']) {
    const unknown = resources.at(kind).entries.find(([key]) => key !== 'cpu' && key !== 'memory');
    if (unknown) {
      check.error(unknown[1], 'is not a resource that Talos supports: use cpu and memory');
      return;
    }
  }
}

/** The fields of the kubelet's configuration that Talos sets itself. */
const PROTECTED_KUBELET_FIELDS = [
  'apiVersion', 'authentication', 'authorization', 'cgroupRoot', 'kind', 'kubeletCgroups', 'port', 'protectKernelDefaults', 'resolvConf',
  'rotateCertificates', 'systemCgroups', 'staticPodPath', 'seccompDefault',
];

/** Refuses fields of the kubelet's configuration that Talos sets itself. */
export function refuseProtectedKubeletFields(configuration: Place, check: Check): void {
  for (const [key, place] of configuration.entries) {
    if (PROTECTED_KUBELET_FIELDS.includes(key)) {
      check.error(place, 'is set by Talos and can\'t change: remove it');
    }
  }
}

function requireIssuingCa(document: Place, check: Check): void {
  if (!document.at('issuingCA').isSet) {
    check.error(document.at('issuingCA'), 'is required: give \'cert\' and \'key\'');
  }
}

function validateCas(document: Place, check: Check): void {
  const ca = document.at('issuingCA');
  const problem = ca.isSet ? keyPairProblem(ca.at('cert').text, ca.at('key').text, 'loaded') : undefined;
  if (problem) {
    check.error(ca, problem);
  }
  for (const accepted of document.at('acceptedCAs').items) {
    const problemOfAccepted = certificatesProblem(accepted.text);
    if (problemOfAccepted) {
      check.error(accepted, problemOfAccepted);
    }
  }
}

/** Arguments with a separate document, by the beginning of their names. */
const DENIED_API_SERVER_ARGUMENTS: Readonly<Record<string, string>> = {
  'anonymous-auth': 'KubeAuthenticationConfig',
  'oidc-': 'KubeAuthenticationConfig',
  'authentication-config': 'KubeAuthenticationConfig',
  'authorization-config': 'KubeAuthorizerConfig',
  'authorization-mode': 'KubeAuthorizerConfig',
  'authorization-webhook-': 'KubeAuthorizerConfig',
};

function refuseApiServerArguments(document: Place, check: Check): void {
  for (const [key, argument] of document.at('extraArgs').entries) {
    const denied = Object.entries(DENIED_API_SERVER_ARGUMENTS).find(([start]) => key.startsWith(start));
    if (denied) {
      check.error(argument, `is not allowed: use a ${denied[1]} document`);
    }
  }
}

const AUTHORIZERS = ['Node', 'RBAC', 'Webhook'];

function validateAuthorizer(document: Place, check: Check): void {
  const [type, webhook] = [document.at('type'), document.at('webhook')];
  check.requires(type, `use one of ${AUTHORIZERS.join(', ')}`);
  if (!AUTHORIZERS.includes(type.text)) {
    check.error(type, `is ${type.shown}: use one of ${AUTHORIZERS.join(', ')}`);
  }
  if (type.text === 'Webhook') {
    check.requires(webhook, 'configure the webhook');
  } else if (!webhook.isEmpty) {
    check.warn(webhook, 'talos:ignored-webhook', 'has no effect, because it is only for the type Webhook');
  }
}

function validateCluster(document: Place, check: Check): void {
  check.requires(document.at('clusterName'), 'give the cluster a name');
  const endpoint = document.at('endpoint');
  if (check.requires(endpoint, 'give the URL of the Kubernetes API, such as https://kube.example.com:6443')) {
    const problem = endpointProblem(endpoint.text);
    if (problem) {
      check.error(endpoint, `is ${endpoint.shown}, which ${problem}: give a URL such as https://kube.example.com:6443`);
    }
  }
}

function validateManifestUrl(document: Place, check: Check): void {
  const url = document.at('url');
  if (!check.requires(url, 'give the URL of the manifest')) {
    return;
  }
  if (url.value instanceof Url && !['http', 'https'].includes(url.value.parts.scheme)) {
    check.error(url, `is ${url.shown}: use http:// or https://`);
  }
}

const LARGEST_SERVICE_HOST_BITS = 20;
const SMALLEST_HOST_BITS = 4;
const LARGEST_NODE_MASK_DIFFERENCE = 16;
const USUAL_NODE_MASKS: Readonly<Record<IpFamily, number>> = { IPv4: 24, IPv6: 64 };

function validateNetwork(document: Place, check: Check): void {
  const [pods, services] = [document.at('podSubnets'), document.at('serviceSubnets')];
  const badMasks = (Object.keys(ADDRESS_BITS) as IpFamily[]).filter((family) => !hasNodeMask(document.at(`nodeCIDRMaskSize${family}`), family, check));
  validateSubnets(document, 'podSubnets', check, (network) => {
    const { family } = network.address;
    const mask = document.at(`nodeCIDRMaskSize${family}`).number || USUAL_NODE_MASKS[family];
    return badMasks.includes(family) ? undefined : podSubnetProblem(network, mask);
  });
  validateSubnets(document, 'serviceSubnets', check, serviceSubnetProblem);
  if (pods.items.length !== services.items.length) {
    check.error(services, 'must have as many networks as \'podSubnets\': one for each IP family');
  }
}

function hasNodeMask(mask: Place, family: IpFamily, check: Check): boolean {
  const isValid = mask.number >= 0 && mask.number <= ADDRESS_BITS[family];
  if (!isValid) {
    check.error(mask, `is ${mask.number}: use a number from 1 to ${ADDRESS_BITS[family]}`);
  }
  return isValid;
}

/** Talos stops at the first problem of a list of subnets. */
function validateSubnets(document: Place, property: SubnetProperty, check: Check, sizeProblem: (network: Network) => string | undefined): void {
  const [subnets, example] = [document.at(property), freeNetwork(property, 'IPv4')];
  if (subnets.isEmpty) {
    check.error(subnets, `is required: give a network such as ${example}`);
    return;
  }
  if (subnets.items.length > 2) {
    check.error(subnets, 'can have one network for each IP family');
    return;
  }
  for (const subnet of subnets.items) {
    const network = parseNetwork(subnet.text);
    const problem = network ? subnetProblem(network, sizeProblem) : `which is not a network: use one such as ${example}`;
    if (problem) {
      check.error(subnet, `is ${subnet.shown}, ${problem}`);
      return;
    }
  }
  const families = subnets.items.map((subnet) => parseNetwork(subnet.text)!.address.family);
  if (new Set(families).size !== families.length) {
    check.error(subnets, `has two ${families[0]} networks: Talos allows one for each IP family`);
  }
}

function subnetProblem(network: Network, sizeProblem: (network: Network) => string | undefined): string | undefined {
  if (hasHostBits(network)) {
    return 'which is not the first address of its network';
  }
  if (hostBitCount(network) < SMALLEST_HOST_BITS) {
    return `which is too small: use at most /${ADDRESS_BITS[network.address.family] - SMALLEST_HOST_BITS}`;
  }
  return sizeProblem(network);
}

function podSubnetProblem({ prefixLength }: Network, nodeMask: number): string | undefined {
  if (prefixLength > nodeMask) {
    return `which is smaller than the /${nodeMask} that each node gets`;
  }
  return nodeMask - prefixLength > LARGEST_NODE_MASK_DIFFERENCE
    ? `which is too large for nodes with a /${nodeMask} each: use at least /${nodeMask - LARGEST_NODE_MASK_DIFFERENCE}`
    : undefined;
}

function serviceSubnetProblem(network: Network): string | undefined {
  return hostBitCount(network) > LARGEST_SERVICE_HOST_BITS
    ? `which is too large: use at least /${ADDRESS_BITS[network.address.family] - LARGEST_SERVICE_HOST_BITS}`
    : undefined;
}

function validateNode(document: Place, check: Check): void {
  refuseBadSubnets(document.at('nodeIP.validSubnets'), check);
  refuseBadLabels(document.at('labels'), check);
  refuseBadAnnotations(document.at('annotations'), check);
  refuseBadTaints(document.at('taints'), check);
}

function validateKubePrism(document: Place, check: Check): void {
  const port = document.at('port');
  if (port.number < 1 || port.number > 65535) {
    check.error(port, `is ${port.number}: use a port from 1 to 65535`);
  }
}

function validateProxy(document: Place, check: Check): void {
  const [mode, extraArgs] = [document.at('mode'), document.at('extraArgs')];
  if (mode.text === 'iptables' || mode.text === 'ipvs') {
    check.warn(mode, 'talos:kube-proxy-mode', `is ${mode.text}: use nftables where possible`);
  } else if (!mode.isEmpty && mode.text !== 'nftables') {
    check.error(mode, `is ${mode.shown}: use nftables, iptables or ipvs`);
  }
  if (!extraArgs.isEmpty) {
    check.warn(extraArgs, 'talos:kube-proxy-arguments', 'may have no effect: use \'config\'');
  }
}

function validateServiceAccount(document: Place, check: Check): void {
  const key = document.at('issuer.privateKey');
  if (check.requires(key, 'Kubernetes signs service account tokens with it')) {
    const problem = privateKeyProblem(key.text);
    if (problem) {
      check.error(key, problem);
    }
  }
  check.requires(document.at('issuer.issuerURL'), 'give the URL of the issuer in service account tokens');
}
