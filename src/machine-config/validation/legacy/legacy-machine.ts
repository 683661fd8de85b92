import { validateLegacyNetwork } from './legacy-network';
import { parseNetwork } from '../../../network/networks';
import { Url } from '../../../network/url';
import { Check, Rule } from '../check/check';
import { refuseBadAnnotations, refuseBadLabels, refuseBadTaints } from '../check/kubernetes-names';
import { Place, repeated } from '../check/place';
import { refuseBadSubnets } from '../check/subnets';
import { refuseUnknownRoles } from '../check/talos-roles';
import { refuseProtectedKubeletFields } from '../documents/kubernetes';
import { LEAST_KUBESPAN_MTU } from '../documents/network';
import { validateRuntimeSpec } from '../documents/oci-runtime-spec';

/** The rules for `machine` in the document without a kind. */
export const MACHINE_RULES: readonly Rule[] = [
  warnOfDeprecatedFields,
  validateInstall,
  requireHostDns,
  refuseForwardingWithoutHostDns,
  validateNodeType,
  requireTrust,
  validateControlPlaneCa,
  validateWorker,
  validateLegacyNetwork,
  validateDisks,
  validateKubelet,
  validateDiskEncryption,
  validateKubeSpan,
  validateLogging,
  validateExtensions,
  validateNodeMetadata,
  validateApiAccess,
  validateAddressSorting,
  requirePersistence,
  validateRuntimeSpecOverrides,
  refuseNullRegistries,
];

function warnOfDeprecatedFields(document: Place, check: Check): void {
  if (!check.since('1.14')) {
    return;
  }
  const replacements = { 'machine.files': 'EtcFileConfig or another document for its purpose', 'machine.baseRuntimeSpecOverrides': 'CRIBaseRuntimeSpecConfig' };
  for (const [path, replacement] of Object.entries(replacements)) {
    const place = document.at(path);
    if (!place.isEmpty) {
      check.warn(place, 'talos:deprecated-field', `is deprecated: use ${replacement} instead`);
    }
  }
}

/** The types of disks that a selector can have. */
const DISK_TYPES = ['nvme', 'sd', 'hdd', 'ssd'];

function validateInstall(document: Place, check: Check): void {
  const install = document.at('machine.install');
  if (check.platform !== 'metal') {
    return;
  }
  if (!install.isSet) {
    if (!check.since('1.14')) {
      check.error(install, 'is required on metal: choose the disk on which to install Talos');
    }
    return;
  }
  const hasSelector = validateDiskSelector(install.at('diskSelector'), check);
  if (install.at('disk').isEmpty && !hasSelector) {
    check.error(install.at('disk'), 'is required on metal: give a disk, or select one with \'diskSelector\'');
  }
  if (!install.at('extraKernelArgs').isEmpty && install.at('grubUseUKICmdline').isTrue) {
    check.error(install.at('extraKernelArgs'), 'conflicts with \'grubUseUKICmdline\': remove one of them');
  }
}

/** Checks the selector. Returns whether it selects anything. */
function validateDiskSelector(selector: Place, check: Check): boolean {
  if (!check.since('1.9')) {
    return !selector.isEmpty;
  }
  const type = selector.at('type');
  if (!selector.at('name').isEmpty) {
    check.error(selector.at('name'), 'is not supported: select the disk by another property');
    return false;
  }
  if (!type.isEmpty && !DISK_TYPES.includes(type.text)) {
    check.error(type, `is ${type.shown}: use one of ${DISK_TYPES.join(', ')}`);
    return false;
  }
  return selector.isSet;
}

/** Up to 1.13; 1.14 also checks the document that can replace the field. */
function requireHostDns(document: Place, check: Check): void {
  if (check.platform !== 'container' || check.since('1.14')) {
    return;
  }
  for (const field of ['enabled', 'forwardKubeDNSToHost']) {
    const place = document.at(`machine.features.hostDNS.${field}`);
    if (!place.isTrue) {
      check.error(place, 'must be true in a container: the inner cluster\'s pods resolve names with it');
    }
  }
}

function refuseForwardingWithoutHostDns(document: Place, check: Check): void {
  const hostDns = document.at('machine.features.hostDNS');
  if (check.since('1.13') && hostDns.at('forwardKubeDNSToHost').isTrue && !hostDns.at('enabled').isTrue) {
    check.error(hostDns.at('forwardKubeDNSToHost'), 'needs host DNS: set \'enabled\' to true as well');
  }
}

function validateNodeType(document: Place, check: Check): void {
  const type = document.at('machine.type');
  if (check.machineType === undefined) {
    check.error(type, `is ${type.shown}: use controlplane or worker`);
  } else if (type.text !== check.machineType) {
    check.warn(type, 'talos:machine-type', `is ${type.text === '' ? 'not set' : type.shown}: write ${check.machineType}`);
  }
}

function requireTrust(document: Place, check: Check): void {
  if (check.since('1.8') && !document.at('machine.ca').isSet && document.at('machine.acceptedCAs').isEmpty) {
    check.error(document.at('machine.ca'), 'is required, or \'machine.acceptedCAs\': without them the machine trusts no clients');
  }
}

function validateControlPlaneCa(document: Place, check: Check): void {
  const ca = document.at('machine.ca');
  if (!check.since('1.8') || !check.isControlPlane) {
    return;
  }
  if (!ca.isSet) {
    check.error(ca, 'is required on control planes: they issue the certificates of the Talos API');
  } else {
    check.requires(ca.at('key'), 'control planes issue the certificates of the Talos API');
  }
}

function validateWorker(document: Place, check: Check): void {
  if (check.machineType !== 'worker') {
    return;
  }
  for (const device of document.at('machine.network.interfaces').items) {
    for (const link of [device, ...device.at('vlans').items]) {
      if (link.at('vip').isSet) {
        check.error(link.at('vip'), 'is for control planes only: remove it');
      }
    }
  }
  const ca = document.at('machine.ca');
  if (!ca.at('key').isEmpty) {
    check.error(ca.at('key'), 'is for control planes only: remove it, because workers must not have the Talos API\'s key');
  }
  if (check.since('1.8') && ca.isSet && ca.at('crt').isEmpty && document.at('machine.acceptedCAs').isEmpty) {
    check.error(ca.at('crt'), 'is required on workers, or \'machine.acceptedCAs\'');
  }
  if (!document.at('cluster.ca.key').isEmpty) {
    check.error(document.at('cluster.ca.key'), 'is for control planes only: remove it, because workers must not have the Kubernetes API\'s key');
  }
}

function validateDisks(document: Place, check: Check): void {
  for (const disk of document.at('machine.disks').items) {
    if (!disk.isSet) {
      check.error(disk, 'is null: remove it');
      continue;
    }
    const partitions = disk.at('partitions').items;
    partitions.filter((partition) => !partition.isSet).forEach((partition) => check.error(partition, 'is null: remove it'));
    for (const partition of partitions.slice(0, -1)) {
      if (partition.isSet && partition.at('size').isEmpty) {
        check.error(partition.at('size'), 'is required: only the last partition can fill the rest of the disk');
      }
    }
  }
}

function validateKubelet(document: Place, check: Check): void {
  const kubelet = document.at('machine.kubelet');
  refuseBadSubnets(kubelet.at('nodeIP.validSubnets'), check);
  refuseProtectedKubeletFields(kubelet.at('extraConfig'), check);
}

function validateDiskEncryption(document: Place, check: Check): void {
  for (const partition of ['ephemeral', 'state']) {
    const encryption = document.at(`machine.systemDiskEncryption.${partition}`);
    if (!encryption.isSet) {
      continue;
    }
    check.requires(encryption.at('keys'), 'give at least one key');
    const keys = encryption.at('keys').items;
    keys.filter((key) => !key.isSet).forEach((key) => check.error(key, 'is null: remove it'));
    const given = keys.filter((key) => key.isSet);
    for (const [slot, earlier] of repeated(given.map((key) => [String(key.at('slot').number), key.at('slot')] as const))) {
      check.error(slot, `is ${slot.number}, like ${earlier.quoted}: give each key its own slot`);
    }
    for (const key of given) {
      if (!['nodeID', 'static', 'kms', 'tpm'].some((method) => key.at(method).isSet)) {
        check.error(key, 'needs one of \'nodeID\', \'static\', \'kms\' and \'tpm\'');
      }
    }
  }
}

function validateKubeSpan(document: Place, check: Check): void {
  const kubeSpan = document.at('machine.network.kubespan');
  if (!kubeSpan.at('enabled').isTrue) {
    return;
  }
  const mtu = kubeSpan.at('mtu');
  if (!mtu.isEmpty && mtu.number < LEAST_KUBESPAN_MTU) {
    check.error(mtu, `is ${mtu.shown}: use at least ${LEAST_KUBESPAN_MTU}`);
  }
  if (!check.since('1.14')) {
    if (!document.at('cluster.discovery.enabled').isTrue) {
      check.error(document.at('cluster.discovery.enabled'), 'must be true when \'machine.network.kubespan\' is enabled');
    }
    check.requires(document.at('cluster.id'), '\'machine.network.kubespan\' is enabled');
    check.requires(document.at('cluster.secret'), '\'machine.network.kubespan\' is enabled');
  }
  refuseBadSubnets(kubeSpan.at('filters.endpoints'), check);
  for (const network of check.since('1.12') ? kubeSpan.at('filters.excludeAdvertisedNetworks').items : []) {
    if (!parseNetwork(network.text)) {
      check.error(network, `is ${network.shown}: use a network such as 10.0.0.0/8`);
    }
  }
}

function validateLogging(document: Place, check: Check): void {
  for (const destination of document.at('machine.logging.destinations').items) {
    const endpoint = destination.at('endpoint');
    if (!(endpoint.value instanceof Url)) {
      check.error(endpoint, 'is required: give a URL such as tcp://logs.example.com:5000');
    } else {
      validateLoggingEndpoint(endpoint, endpoint.value, check);
    }
    const format = destination.at('format');
    if (format.text !== 'json_lines') {
      check.error(format, `is ${format.shown}: use json_lines`);
    }
  }
}

function validateLoggingEndpoint(endpoint: Place, { parts: { host, scheme } }: Url, check: Check): void {
  if (host === '') {
    check.error(endpoint, `is ${endpoint.shown}, which has no host: give a URL such as tcp://logs.example.com:5000`);
  }
  if (scheme !== 'tcp' && scheme !== 'udp') {
    check.error(endpoint, `is ${endpoint.shown}: use tcp:// or udp://`);
  }
}

function validateExtensions(document: Place, check: Check): void {
  const extensions = document.at('machine.install.extensions');
  for (const [image, earlier] of repeated(extensions.items.map((item) => [item.at('image').text, item.at('image')] as const))) {
    check.error(image, `is ${image.shown}, like ${earlier.quoted}: remove one of them`);
  }
  if (extensions.items.length > 0) {
    check.warn(extensions, 'talos:deprecated-field', 'is deprecated: build the extensions into the image');
  }
}

function validateNodeMetadata(document: Place, check: Check): void {
  refuseBadLabels(document.at('machine.nodeLabels'), check);
  refuseBadAnnotations(document.at('machine.nodeAnnotations'), check);
  refuseBadTaints(document.at('machine.nodeTaints'), check);
}

function validateApiAccess(document: Place, check: Check): void {
  const access = document.at('machine.features.kubernetesTalosAPIAccess');
  if (!access.at('enabled').isTrue) {
    return;
  }
  if (!check.since('1.12') && !document.at('machine.features.rbac').isTrue) {
    check.error(document.at('machine.features.rbac'), `must be true when ${access.quoted} is enabled`);
  }
  if (!check.isControlPlane) {
    check.error(access.at('enabled'), 'is for control planes only: remove it');
  }
  refuseUnknownRoles(access.at('allowedRoles'), check);
}

function validateAddressSorting(document: Place, check: Check): void {
  const algorithm = document.at('machine.features.nodeAddressSortAlgorithm');
  if (!algorithm.isEmpty && !['v1', 'v2'].includes(algorithm.text.toLowerCase())) {
    check.error(algorithm, `is ${algorithm.shown}: use v1 or v2`);
  }
}

function requirePersistence(document: Place, check: Check): void {
  const persist = document.at('persist');
  if (persist.value === false) {
    check.error(persist, 'must be true: Talos always keeps its machine config');
  }
}

function validateRuntimeSpecOverrides(document: Place, check: Check): void {
  validateRuntimeSpec(document.at('machine.baseRuntimeSpecOverrides'), check);
}

function refuseNullRegistries(document: Place, check: Check): void {
  for (const path of check.since('1.9') ? ['machine.registries.config', 'machine.registries.mirrors'] : []) {
    for (const [, registry] of document.at(path).entries) {
      if (!registry.isSet) {
        check.error(registry, 'is null: remove it');
      }
    }
  }
}
