import { translateApiServerArguments } from './api-server-arguments';
import { translateProxyArguments } from './proxy-arguments';
import { DELETE, isDelete, Translation } from './translation';
import { formatNetwork, parseNetwork, withoutHostBits } from '../../network/networks';
import { parseBase64 } from '../../secrets/x509/base64';
import { isList, isMap, Value, ValueMap } from '../schema/values';

/** How a field of the document without a kind becomes documents. */
export interface Row {
  /** The document that replaces the field. A release without it, or without its field, keeps the field. */
  readonly kind: string;
  readonly field?: string;
  /** Only control planes have the documents; the field has no effect on workers. */
  readonly controlPlane?: boolean;
  /** Whether it also converts `$patch: delete`. */
  readonly deletes?: boolean;
  readonly convert: (value: Value, to: Translation) => void;
}

type Change = (value: Value) => Value;

const CONTROL_PLANE_TAINT = 'node-role.kubernetes.io/control-plane';

/** A field that is one field of a document. */
function field(kind: string, path: string, change: Change = (value) => value): Row {
  return { kind, field: path.split('.')[0], deletes: true, convert: (value, to) => to.put(kind, path, isDelete(value) ? value : change(value)) };
}

/** The same on control planes only. */
function ofControlPlane(both: Row): Row {
  return { ...both, controlPlane: true };
}

function row(kind: string, convert: Row['convert']): Row {
  return { kind, convert };
}

/** A list each of whose elements is a document. */
function each(kind: string, convert: (element: ValueMap, to: Translation, value: Value) => void): Row {
  return row(kind, (value, to) => isList(value) && value.forEach((element) => convert(isMap(element) ? element : new Map(), to, element)));
}

/** A field that no document has. */
function lost(kind: string, words: string): Row {
  return row(kind, (_, to) => to.note(`has no document: ${words}`));
}

/** A field that says what is so anyway. */
function needless(kind: string, value: Value, words: string): Row {
  return row(kind, (given, to) => {
    if (given !== value) {
      to.note(`has no document: ${words}`);
    }
  });
}

const inverted: Change = (value) => value !== true;
const pem: Change = (value) => parseBase64(String(value))?.toString() ?? value;
const networks: Change = (value) => isList(value) ? value.map(networkWithoutHostBits) : value;

function networkWithoutHostBits(value: Value): Value {
  const network = parseNetwork(String(value));
  return network ? formatNetwork(withoutHostBits(network)) : value;
}

function text(value: Value | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}

/** A name as Kubernetes has them, from a text. */
function objectName(value: string): string {
  return value.toLowerCase().replace(/[^a-z0-9-]+/g, '-').slice(0, 63).replace(/^-+|-+$/g, '') || 'manifest';
}

/** Names that differ: one that is taken gets a number, because the beginnings of long URLs are often the same. */
class UnusedNames {
  private readonly used = new Set<string>();
  /** the next number behind each beginning */
  private readonly numbers = new Map<string, number>();

  public take(name: string): string {
    const beginning = name.slice(0, 58);
    let [unused, number] = [name, this.numbers.get(beginning) ?? 2];
    for (; this.used.has(unused); number++) {
      unused = `${beginning}-${number}`;
    }
    this.numbers.set(beginning, number);
    this.used.add(unused);
    return unused;
  }
}

function certificateAndKey(value: Value): ValueMap {
  const { crt = '', key = '' } = Object.fromEntries(value as ValueMap);
  return new Map<Value, Value>([['cert', pem(crt)], ...text(key) === '' ? [] : [['key', pem(key)] as const]]);
}

const EXTRA_VOLUMES = lost('KubeAPIServerConfig', 'Talos mounts /etc/ssl/certs into the API server by itself, and has no other volumes for the components');

/** The rows of a component of the control plane. */
function component(path: string, kind: string): Record<string, Row> {
  return {
    [`${path}.image`]: ofControlPlane(field(kind, 'image')),
    [`${path}.extraArgs`]: ofControlPlane(field(kind, 'extraArgs')),
    [`${path}.env`]: ofControlPlane(field(kind, 'env')),
    [`${path}.resources`]: ofControlPlane(field(kind, 'resources')),
    [`${path}.extraVolumes`]: ofControlPlane(EXTRA_VOLUMES),
  };
}

const SCHEDULING: Row = ofControlPlane(row('KubeNodeConfig', (value, to) =>
  to.put('KubeNodeConfig', 'taints', new Map([[CONTROL_PLANE_TAINT, value === true ? DELETE : 'NoSchedule']]))));

/** The fields of the document without a kind that documents replace, by path. */
export const ROWS: Readonly<Record<string, Row>> = {
  'machine.kubelet.image': field('KubeletConfig', 'image'),
  'machine.kubelet.clusterDNS': field('KubeletConfig', 'clusterDNS'),
  'machine.kubelet.extraArgs': field('KubeletConfig', 'extraArgs'),
  'machine.kubelet.extraConfig': field('KubeletConfig', 'config'),
  'machine.kubelet.defaultRuntimeSeccompProfileEnabled': field('KubeletConfig', 'defaultRuntimeSeccompProfileEnabled'),
  'machine.kubelet.credentialProviderConfig': field('KubeCredentialProviderConfig', 'configuration'),
  'machine.kubelet.registerWithFQDN': field('KubeNodeConfig', 'registerWithFQDN'),
  'machine.kubelet.skipNodeRegistration': field('KubeNodeConfig', 'skipNodeRegistration'),
  'machine.kubelet.nodeIP': field('KubeNodeConfig', 'nodeIP'),
  'machine.kubelet.disableManifestsDirectory': needless('KubeletConfig', true, 'the kubelet has no manifests directory'),
  'machine.kubelet.extraMounts': lost('KubeletConfig', 'the kubelet always sees /var/mnt, where a UserVolumeConfig with volumeType: directory makes a directory'),
  'machine.nodeLabels': field('KubeNodeConfig', 'labels'),
  'machine.nodeAnnotations': field('KubeNodeConfig', 'annotations'),
  'machine.nodeTaints': field('KubeNodeConfig', 'taints'),
  'cluster.allowSchedulingOnControlPlanes': SCHEDULING,
  'cluster.allowSchedulingOnMasters': SCHEDULING,

  'cluster.clusterName': field('KubeClusterConfig', 'clusterName'),
  'cluster.controlPlane.endpoint': row('KubeClusterConfig', (value, to) => {
    to.put('KubeClusterConfig', 'endpoint', value);
    if (to.target.isControlPlane) {
      to.put('KubeServiceAccountConfig', 'issuer.issuerURL', value);
    }
  }),
  'cluster.controlPlane.localAPIServerPort': ofControlPlane(field('KubeAPIServerConfig', 'apiPort')),
  'cluster.network.dnsDomain': field('KubeNetworkConfig', 'dnsDomain'),
  'cluster.network.podSubnets': field('KubeNetworkConfig', 'podSubnets', networks),
  'cluster.network.serviceSubnets': field('KubeNetworkConfig', 'serviceSubnets', networks),
  'cluster.network.cni.name': ofControlPlane(row('KubeFlannelCNIConfig', (value, to) => {
    if (value === 'none' || value === 'custom') {
      to.remove('KubeFlannelCNIConfig');
    }
  })),
  'cluster.network.cni.urls': ofControlPlane(row('KubeExternalManifestConfig', (value, to) => (isList(value) ? value : []).forEach((url, index) =>
    to.put('KubeExternalManifestConfig', 'url', url, index === 0 ? 'custom-cni' : `custom-cni-${index + 1}`)))),
  'cluster.network.cni.flannel.extraArgs': ofControlPlane(field('KubeFlannelCNIConfig', 'extraArgs')),
  'cluster.network.cni.flannel.kubeNetworkPoliciesEnabled': ofControlPlane(field('KubeFlannelCNIConfig', 'kubeNetworkPoliciesEnabled')),
  'cluster.proxy.disabled': ofControlPlane(field('KubeProxyConfig', 'enabled', inverted)),
  'cluster.proxy.image': ofControlPlane(field('KubeProxyConfig', 'image')),
  'cluster.proxy.mode': ofControlPlane(field('KubeProxyConfig', 'mode')),
  'cluster.proxy.extraArgs': ofControlPlane(row('KubeProxyConfig', translateProxyArguments)),
  'cluster.coreDNS.disabled': ofControlPlane(field('KubeCoreDNSConfig', 'enabled', inverted)),
  'cluster.coreDNS.image': ofControlPlane(field('KubeCoreDNSConfig', 'image')),

  ...component('cluster.apiServer', 'KubeAPIServerConfig'),
  'cluster.apiServer.extraArgs': ofControlPlane(row('KubeAPIServerConfig', translateApiServerArguments)),
  'cluster.apiServer.certSANs': ofControlPlane(field('KubeAPIServerConfig', 'certExtraSANs')),
  'cluster.apiServer.disablePodSecurityPolicy': row('KubeAPIServerConfig', () => undefined),
  'cluster.apiServer.admissionControl': ofControlPlane(each('KubeAdmissionControlConfig', (plugin, to, value) => {
    const name = text(plugin.get('name'));
    if (isDelete(value)) {
      to.remove('KubeAdmissionControlConfig', name);
    } else {
      to.put('KubeAdmissionControlConfig', 'configuration', plugin.get('configuration') ?? new Map(), name);
    }
  })),
  'cluster.apiServer.auditPolicy': ofControlPlane(field('KubeAuditPolicyConfig', 'configuration')),
  'cluster.apiServer.authorizationConfig': ofControlPlane(each('KubeAuthorizerConfig', (authorizer, to) => {
    const [type, webhook] = [text(authorizer.get('type')), authorizer.get('webhook')];
    const name = type === 'Webhook' ? objectName(text(authorizer.get('name'))) : type.toLowerCase();
    to.put('KubeAuthorizerConfig', 'type', type, name);
    if (isMap(webhook) && webhook.size > 0) {
      to.put('KubeAuthorizerConfig', 'webhook', webhook, name);
    }
  })),
  ...component('cluster.controllerManager', 'KubeControllerManagerConfig'),
  ...component('cluster.scheduler', 'KubeSchedulerConfig'),
  'cluster.scheduler.config': ofControlPlane(field('KubeSchedulerConfig', 'config')),
  'machine.controlPlane.controllerManager.disabled': ofControlPlane(field('KubeControllerManagerConfig', 'enabled', inverted)),
  'machine.controlPlane.scheduler.disabled': ofControlPlane(field('KubeSchedulerConfig', 'enabled', inverted)),

  'cluster.discovery.enabled': row('DiscoveryServiceConfig', (value, to) => value === false && to.remove('DiscoveryServiceConfig', 'default')),
  'cluster.discovery.registries.service.disabled': row('DiscoveryServiceConfig', (value, to) => value === true && to.remove('DiscoveryServiceConfig', 'default')),
  'cluster.discovery.registries.service.endpoint': row('DiscoveryServiceConfig', (value, to) => to.put('DiscoveryServiceConfig', 'endpoint', value, 'default')),
  'cluster.discovery.registries.kubernetes.disabled': needless('DiscoveryServiceConfig', true, 'there is no discovery by Kubernetes, only the discovery service'),
  'cluster.id': field('DiscoveryIdentityConfig', 'clusterID'),
  'cluster.secret': field('DiscoveryIdentityConfig', 'clusterSecret'),
  'cluster.ca': row('KubeAPIServerCAConfig', (value, to) => to.target.isControlPlane
    ? to.put('KubeAPIServerCAConfig', 'issuingCA', certificateAndKey(value))
    : to.put('KubeAPIServerCAConfig', 'acceptedCAs', [certificateAndKey(value).get('cert')!])),
  'cluster.acceptedCAs': row('KubeAPIServerCAConfig', (value, to) => (isList(value) ? value : []).forEach((authority) =>
    to.put('KubeAPIServerCAConfig', 'acceptedCAs', [certificateAndKey(authority).get('cert')!]))),
  'cluster.aggregatorCA': ofControlPlane(row('KubeAggregatorCAConfig', (value, to) => to.put('KubeAggregatorCAConfig', 'issuingCA', certificateAndKey(value)))),
  'cluster.serviceAccount.key': ofControlPlane(field('KubeServiceAccountConfig', 'issuer.privateKey', pem)),
  'cluster.secretboxEncryptionSecret': ofControlPlane(row('KubeEtcdEncryptionConfig', (value, to) => putEncryption(to, 'secretbox', 'key2', value))),
  'cluster.aescbcEncryptionSecret': ofControlPlane(row('KubeEtcdEncryptionConfig', (value, to) => putEncryption(to, 'aescbc', 'key1', value))),
  'cluster.extraManifests': ofControlPlane(row('KubeExternalManifestConfig', (value, to) => {
    const names = new UnusedNames();
    for (const url of new Set(isList(value) ? value : [])) {
      to.put('KubeExternalManifestConfig', 'url', url, names.take(objectName(text(url).replace(/^\w+:\/\//, ''))));
    }
  })),
  'cluster.extraManifestHeaders': ofControlPlane(row('KubeExternalManifestConfig', (_, to) => to.note('has no document of its own: write it as \'headers\' in each KubeExternalManifestConfig document'))),
  'cluster.inlineManifests': ofControlPlane(each('KubeInlineManifestConfig', (manifest, to) =>
    to.put('KubeInlineManifestConfig', 'manifest', manifest.get('contents') ?? '', objectName(text(manifest.get('name')))))),

  'machine.features.kubePrism.enabled': row('KubePrismConfig', (value, to) => value === false && to.remove('KubePrismConfig')),
  'machine.features.kubePrism.port': field('KubePrismConfig', 'port'),
  'machine.features.hostDNS': field('ResolverConfig', 'hostDNS'),
  'machine.features.stableHostname': row('HostnameConfig', (value, to) => value === true && to.put('HostnameConfig', 'auto', 'stable')),
  'machine.features.kubernetesTalosAPIAccess.enabled': ofControlPlane(row('KubeTalosAPIAccessConfig', (value, to) => value === false && to.remove('KubeTalosAPIAccessConfig'))),
  'machine.features.kubernetesTalosAPIAccess.allowedRoles': ofControlPlane(field('KubeTalosAPIAccessConfig', 'allowedRoles')),
  'machine.features.kubernetesTalosAPIAccess.allowedKubernetesNamespaces': ofControlPlane(field('KubeTalosAPIAccessConfig', 'allowedKubernetesNamespaces')),
  'machine.features.imageCache.localEnabled': field('ImageCacheConfig', 'local.enabled'),

  'machine.network.hostname': row('HostnameConfig', (value, to) => {
    to.put('HostnameConfig', 'auto', 'off');
    to.put('HostnameConfig', 'hostname', value);
  }),
  'machine.network.nameservers': field('ResolverConfig', 'nameservers', (value) =>
    isList(value) ? value.map((address) => new Map([['address', address]])) : value),
  'machine.network.searchDomains': field('ResolverConfig', 'searchDomains.domains'),
  'machine.network.disableSearchDomain': field('ResolverConfig', 'searchDomains.disableDefault'),
  'machine.network.kubespan': row('KubeSpanConfig', (value, to) =>
    [...value as ValueMap].forEach(([key, item]) => to.put('KubeSpanConfig', String(key), item))),
  'machine.network.extraHostEntries': each('StaticHostConfig', (entry, to) =>
    to.put('StaticHostConfig', 'hostnames', entry.get('aliases') ?? [], text(entry.get('ip')))),
  'machine.time.servers': field('TimeSyncConfig', 'ntp.servers'),
  'machine.time.disabled': field('TimeSyncConfig', 'enabled', inverted),
  'machine.time.bootTimeout': field('TimeSyncConfig', 'bootTimeout'),
  'machine.registries.mirrors': row('RegistryMirrorConfig', (value, to) => [...value as ValueMap].forEach(([name, mirror]) => putMirror(to, text(name), mirror))),
  'machine.registries.config': row('RegistryTLSConfig', (value, to) => [...value as ValueMap].forEach(([name, registry]) => putRegistry(to, text(name), registry))),
  'machine.env': field('EnvironmentConfig', 'variables'),
  'machine.sysctls': field('SysctlConfig', 'params'),
  'machine.sysfs': field('SysfsConfig', 'params'),
  'machine.udev.rules': field('UdevRulesConfig', 'rules'),
  'machine.kernel.modules': each('KernelModuleConfig', (module, to) => {
    to.put('KernelModuleConfig', 'parameters', module.get('parameters') ?? [], text(module.get('name')));
  }),
  'machine.pods': each('KubeStaticPodConfig', (pod, to) => to.put('KubeStaticPodConfig', 'pod', pod, objectName(text((pod.get('metadata') as ValueMap | undefined)?.get('name'))))),
  'machine.baseRuntimeSpecOverrides': field('CRIBaseRuntimeSpecConfig', 'overrides'),
  'machine.systemDiskEncryption.state': { kind: 'VolumeConfig', field: 'encryption', convert: (value, to) => to.put('VolumeConfig', 'encryption', value, 'STATE') },
  'machine.systemDiskEncryption.ephemeral': { kind: 'VolumeConfig', field: 'encryption', convert: (value, to) => to.put('VolumeConfig', 'encryption', value, 'EPHEMERAL') },
  'machine.install': row('UnattendedInstallConfig', (value, to) => putInstallation(to, value as ValueMap)),
};

function putEncryption(to: Translation, provider: string, name: string, secret: Value): void {
  to.clear('KubeEtcdEncryptionConfig', 'config');
  const keys = new Map<Value, Value>([['keys', [new Map([['name', name], ['secret', secret]])]]]);
  to.put('KubeEtcdEncryptionConfig', 'config.resources', [new Map<Value, Value>([['resources', ['secrets']], ['providers', [new Map([[provider, keys]])]]])]);
}

/** The document must have the disk, which each patch of it replaces. */
function putInstallation(to: Translation, install: ValueMap): void {
  const { disk, image, wipe, ...others } = Object.fromEntries(install) as Record<string, Value>;
  for (const name of Object.keys(others)) {
    to.note('has no document: the image that installs Talos holds it', `.${name}`);
  }
  if (disk === undefined) {
    to.note('needs its disk: write an UnattendedInstallConfig document with \'provisioning.diskSelector.match\', \'installer.image\' and \'provisioning.wipe\'');
    return;
  }
  to.put('UnattendedInstallConfig', 'provisioning.diskSelector.match', `disk.dev_path == "${text(disk)}"`);
  if (image !== undefined) {
    to.put('UnattendedInstallConfig', 'installer.image', image);
  }
  if (wipe !== undefined) {
    to.put('UnattendedInstallConfig', 'provisioning.wipe', wipe);
  }
}

function putMirror(to: Translation, name: string, mirror: Value): void {
  const { endpoints = [], overridePath, skipFallback } = Object.fromEntries(isMap(mirror) ? mirror : []) as Record<string, Value>;
  to.put('RegistryMirrorConfig', 'endpoints', (isList(endpoints) ? endpoints : []).map((url) =>
    new Map<Value, Value>([['url', url], ...overridePath === undefined ? [] : [['overridePath', overridePath] as const]])), name);
  if (skipFallback !== undefined) {
    to.put('RegistryMirrorConfig', 'skipFallback', skipFallback, name);
  }
}

function putRegistry(to: Translation, name: string, registry: Value): void {
  const { tls, auth } = Object.fromEntries(isMap(registry) ? registry : []) as Record<string, Value>;
  for (const [key, item] of isMap(tls) ? tls : []) {
    const change = { ca: pem, clientIdentity: certificateAndKey }[String(key)];
    to.put('RegistryTLSConfig', String(key), change ? change(item) : item, name);
  }
  for (const [key, item] of isMap(auth) ? auth : []) {
    to.put('RegistryAuthConfig', String(key), item, name);
  }
}
