import { parse, parseAllDocuments } from 'yaml';
import { MachineConfig, MachineConfigPatch, TalosRole, TalosVersion } from '../../../src';
import { loadPatch } from '../../../src/machine-config/patches/load-patch';
import { ROWS } from '../../../src/machine-config/translate/rows';
import { translatePatch } from '../../../src/machine-config/translate/translate-patch';
import { writeYaml } from '../../../src/machine-config/yaml/writer';
import { Release } from '../../../src/talos/release';
import { secrets } from '../../support/control-planes';
import { generated } from '../../support/machine-configs';

const { V1_12, V1_13, V1_14 } = TalosVersion;
const PEM = parse(generated('v1.11').controlplane).cluster.ca.crt;

/** A value for each field that a row translates. */
const EXAMPLES: { readonly [path: string]: unknown } = {
  'machine.kubelet.image': 'ghcr.io/siderolabs/kubelet:v1.36.3',
  'machine.kubelet.clusterDNS': ['10.96.0.10'],
  'machine.kubelet.extraArgs': { v: '2' },
  'machine.kubelet.extraConfig': { serializeImagePulls: false },
  'machine.kubelet.defaultRuntimeSeccompProfileEnabled': false,
  'machine.kubelet.credentialProviderConfig': { apiVersion: 'kubelet.config.k8s.io/v1', kind: 'CredentialProviderConfig', providers: [] },
  'machine.kubelet.registerWithFQDN': true,
  'machine.kubelet.skipNodeRegistration': true,
  'machine.kubelet.nodeIP': { validSubnets: ['10.0.0.0/8'] },
  'machine.kubelet.disableManifestsDirectory': true,
  'machine.nodeLabels': { tier: 'edge' },
  'machine.nodeAnnotations': { note: 'a' },
  'machine.nodeTaints': { tier: 'edge:NoSchedule' },
  'cluster.allowSchedulingOnControlPlanes': true,
  'cluster.allowSchedulingOnMasters': false,
  'cluster.clusterName': 'globex',
  'cluster.controlPlane.endpoint': 'https://globex.example.org:6443',
  'cluster.controlPlane.localAPIServerPort': 7443,
  'cluster.network.dnsDomain': 'globex.local',
  'cluster.network.podSubnets': ['172.24.0.1/16'],
  'cluster.network.serviceSubnets': ['172.25.0.0/16'],
  'cluster.network.cni.name': 'none',
  'cluster.network.cni.urls': ['https://example.org/a.yaml', 'https://example.org/b.yaml'],
  'cluster.network.cni.flannel.extraArgs': ['--iface-can-reach=192.0.2.1'],
  'cluster.network.cni.flannel.kubeNetworkPoliciesEnabled': true,
  'cluster.proxy.disabled': true,
  'cluster.proxy.image': 'registry.k8s.io/kube-proxy:v1.36.3',
  'cluster.proxy.mode': 'nftables',
  'cluster.proxy.extraArgs': { 'metrics-bind-address': '0.0.0.0:10249', 'nodeport-addresses': '10.0.0.0/8,fd00::/8' },
  'cluster.coreDNS.disabled': true,
  'cluster.coreDNS.image': 'registry.k8s.io/coredns/coredns:v1.14.2',
  'cluster.apiServer.image': 'registry.k8s.io/kube-apiserver:v1.36.3',
  'cluster.apiServer.extraArgs': {
    'v': '2',
    'authorization-mode': 'Node,RBAC',
    'oidc-issuer-url': 'https://id.example.org',
    'oidc-client-id': 'kube',
    'oidc-username-claim': 'email',
    'oidc-groups-claim': 'groups',
    'oidc-groups-prefix': 'oidc:',
    'oidc-required-claim': 'hd=example.org',
  },
  'cluster.apiServer.env': { HTTPS_PROXY: 'http://proxy.example.org:3128' },
  'cluster.apiServer.resources': { requests: { cpu: '100m' } },
  'cluster.apiServer.certSANs': ['kube.example.org'],
  'cluster.apiServer.disablePodSecurityPolicy': true,
  'cluster.apiServer.admissionControl': [
    { name: 'EventRateLimit', configuration: { apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1', kind: 'Configuration' } },
  ],
  'cluster.apiServer.auditPolicy': { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules: [{ level: 'None' }] },
  'cluster.apiServer.authorizationConfig': [{ type: 'Node', name: 'n' }, { type: 'RBAC', name: 'r' }],
  'cluster.controllerManager.image': 'registry.k8s.io/kube-controller-manager:v1.36.3',
  'cluster.controllerManager.extraArgs': { 'bind-address': '0.0.0.0' },
  'cluster.controllerManager.env': { A: 'b' },
  'cluster.controllerManager.resources': { limits: { memory: '1Gi' } },
  'cluster.scheduler.image': 'registry.k8s.io/kube-scheduler:v1.36.3',
  'cluster.scheduler.extraArgs': { 'bind-address': '0.0.0.0' },
  'cluster.scheduler.env': { A: 'b' },
  'cluster.scheduler.resources': { limits: { memory: '1Gi' } },
  'cluster.scheduler.config': { profiles: [{ schedulerName: 'default-scheduler' }] },
  'machine.controlPlane.controllerManager.disabled': true,
  'machine.controlPlane.scheduler.disabled': true,
  'cluster.discovery.enabled': false,
  'cluster.discovery.registries.service.disabled': true,
  'cluster.discovery.registries.service.endpoint': 'https://discovery.example.org',
  'cluster.discovery.registries.kubernetes.disabled': true,
  'cluster.id': 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  'cluster.secret': 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  'cluster.ca': { crt: PEM },
  'cluster.acceptedCAs': [{ crt: PEM }],
  'cluster.aggregatorCA': { crt: PEM },
  'cluster.serviceAccount.key': 'LS0=',
  'cluster.secretboxEncryptionSecret': 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  'cluster.aescbcEncryptionSecret': 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  'cluster.extraManifests': ['https://example.org/metrics-server.yaml'],
  'cluster.inlineManifests': [{ name: 'My_Namespace', contents: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n' }],
  'machine.features.kubePrism.enabled': false,
  'machine.features.kubePrism.port': 7446,
  'machine.features.hostDNS': { enabled: true, forwardKubeDNSToHost: true, resolveMemberNames: true },
  'machine.features.stableHostname': true,
  'machine.features.kubernetesTalosAPIAccess.enabled': false,
  'machine.features.kubernetesTalosAPIAccess.allowedRoles': ['os:reader'],
  'machine.features.kubernetesTalosAPIAccess.allowedKubernetesNamespaces': ['kube-system'],
  'machine.features.imageCache.localEnabled': true,
  'machine.network.hostname': 'node-a',
  'machine.network.nameservers': ['192.0.2.53'],
  'machine.network.searchDomains': ['example.org'],
  'machine.network.disableSearchDomain': true,
  'machine.network.kubespan': { enabled: true, mtu: 1300 },
  'machine.network.extraHostEntries': [{ ip: '192.0.2.7', aliases: ['registry.example.org'] }],
  'machine.time.servers': ['time.example.org'],
  'machine.time.disabled': true,
  'machine.time.bootTimeout': '2m0s',
  'machine.registries.mirrors': { 'docker.io': { endpoints: ['https://mirror.example.org'], overridePath: true, skipFallback: true } },
  'machine.registries.config': { 'mirror.example.org': { tls: { ca: PEM, insecureSkipVerify: true }, auth: { username: 'a', password: 'b' } } },
  'machine.env': { GRPC_GO_LOG_SEVERITY_LEVEL: 'info' },
  'machine.sysctls': { 'net.core.somaxconn': '65535' },
  'machine.sysfs': { 'devices.system.cpu.cpu0.cpufreq.scaling_governor': 'performance' },
  'machine.udev.rules': ['SUBSYSTEM=="drm"'],
  'machine.kernel.modules': [{ name: 'br_netfilter', parameters: ['nf_conntrack_max=131072'] }],
  'machine.pods': [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'nginx' }, spec: { containers: [{ name: 'nginx', image: 'nginx' }] } }],
  'machine.baseRuntimeSpecOverrides': { process: { rlimits: [{ type: 'RLIMIT_NOFILE', hard: 1024, soft: 1024 }] } },
  'machine.systemDiskEncryption.state': { provider: 'luks2', keys: [{ slot: 0, nodeID: {} }] },
  'machine.systemDiskEncryption.ephemeral': { provider: 'luks2', keys: [{ slot: 0, nodeID: {} }] },
  'machine.install': { disk: '/dev/sda', image: 'factory.talos.dev/installer/abc:v1.14.2', wipe: true },
};

/** Fields that no document has, each with a value that is refused. */
const LOST: ReadonlyArray<readonly [path: string, value: unknown, below?: string]> = [
  ['machine.kubelet.extraMounts', [{ destination: '/a', type: 'bind', source: '/a' }]],
  ['machine.kubelet.disableManifestsDirectory', false],
  ['cluster.apiServer.extraVolumes', [{ hostPath: '/a', mountPath: '/a' }]],
  ['cluster.controllerManager.extraVolumes', [{ hostPath: '/a', mountPath: '/a' }]],
  ['cluster.scheduler.extraVolumes', [{ hostPath: '/a', mountPath: '/a' }]],
  ['cluster.discovery.registries.kubernetes.disabled', false],
  ['cluster.extraManifestHeaders', { Authorization: 'x' }],
  ['cluster.proxy.extraArgs', { 'no-such-flag': '1' }, '.no-such-flag'],
  ['cluster.apiServer.extraArgs', { 'authorization-webhook-config-file': '/a' }, '.authorization-webhook-config-file'],
  ['cluster.apiServer.extraArgs', { 'oidc-ca-file': '/a' }, '.oidc-ca-file'],
  ['cluster.inlineManifests', { $patch: 'delete' }],
  ['cluster.apiServer', { $patch: 'delete' }],
  ['machine.install', { image: 'a' }],
  ['machine.install', { disk: '/dev/sda', extraKernelArgs: ['a'] }, '.extraKernelArgs'],
  ['machine.install', { disk: '/dev/sda', extensions: [{ image: 'a' }] }, '.extensions'],
];

function legacy(path: string, value: unknown): object {
  return path.split('.').reduceRight((below: unknown, key) => ({ [key]: below }), value) as object;
}

function patchOf(path: string, value: unknown): MachineConfigPatch {
  return MachineConfigPatch.fromDocuments(legacy(path, value) as { [key: string]: any });
}

function textOf(path: string, value: unknown, release: Release, isControlPlane = true): string {
  return translatePatch(JSON.stringify(legacy(path, value)), { release, isControlPlane }).map((document) => writeYaml(document, '"')).join('---\n');
}

function base(role: TalosRole, talosVersion: TalosVersion): MachineConfig {
  const make = role === TalosRole.CONTROL_PLANE ? MachineConfig.controlPlane : MachineConfig.worker;
  return make({ clusterName: 'acme', endpoint: 'https://cp.example.com:6443', secrets, talosVersion });
}

/** What the machine config says, without what depends on the rest of it. */
function problemsOf(config: MachineConfig): string[] {
  return config.validate().errors.map(({ message }) => message).filter((message) => !/certificate|private key|PEM|key/i.test(message));
}

test('each row has an example', () => {
  expect([...new Set([...Object.keys(EXAMPLES), ...LOST.map(([path]) => path)])].filter((path) => path !== 'cluster.apiServer').sort()).toEqual(Object.keys(ROWS).sort());
});

test.each(Object.entries(EXAMPLES))('%s becomes documents', (path, value) => {
  expect(textOf(path, value, '1.14')).toMatchSnapshot();
});

describe.each([TalosRole.CONTROL_PLANE, TalosRole.WORKER])('on a generated machine config of 1.14, a %s', (role) => {
  const config = base(role, V1_14);


  test.each(Object.entries(EXAMPLES))('%s as documents is taken', (path, value) => {
    const translated = patchOf(path, value).toDocuments(V1_14, role);
    const isEmpty = textOf(path, value, '1.14', role === TalosRole.CONTROL_PLANE) === '';
    if (!isEmpty) {
      expect(problemsOf(config.patch(translated))).toEqual([]);
    }
  });
});

test.each(LOST.map(([path, value, below = '']): [string, string, unknown] => [path, below, value]))('%s%s: %j, which no document has, is refused by its path', (path, below, value) => {
  expect(() => patchOf(path, value).toDocuments(V1_14)).toThrow(`the patch: can't become documents of Talos 1.14: [talos:machine-config-refused]\n- '${path}${below}' `);
});

test('every field of old that Talos refuses beside a generated document is refused with the documents to write instead', () => {
  const silent = Object.entries(EXAMPLES).filter(([path, value]) => {
    const errors = base(TalosRole.CONTROL_PLANE, V1_14).patch(patchOf(path, value)).validate().errors.map(({ message }) => message)
      .filter((message) => message.includes('conflicts with'));
    return errors.length > 0 && !errors.some((message) => /write this instead of the field( \(.*\))?\napiVersion/.test(message));
  });
  // these two say what is so anyway
  expect(silent.map(([path]) => path)).toEqual([
    'machine.kubelet.disableManifestsDirectory', 'cluster.apiServer.disablePodSecurityPolicy', 'cluster.discovery.registries.kubernetes.disabled',
  ]);
});

test('what a patch deletes from a field, it deletes from the document', () => {
  const label = 'node.kubernetes.io/exclude-from-external-load-balancers';
  const patch = patchOf('machine.nodeLabels', { [label]: { $patch: 'delete' } }).toDocuments(V1_14);
  const config = base(TalosRole.CONTROL_PLANE, V1_14);
  expect(config.toYaml()).toContain(label);
  expect(config.patch(patch).toYaml()).not.toContain(label);
});

test('what a patch deletes from a list, it deletes as a document', () => {
  const patch = patchOf('cluster.apiServer.admissionControl', [{ name: 'PodSecurity', $patch: 'delete' }]).toDocuments(V1_14);
  const config = base(TalosRole.CONTROL_PLANE, V1_14);
  expect(config.toYaml()).toContain('name: PodSecurity');
  expect(config.patch(patch).toYaml()).not.toContain('name: PodSecurity');
});

test('what has no document stays, and so do documents', () => {
  const patch = MachineConfigPatch.fromYaml(`
machine: {certSANs: [a.example.org], kubelet: {extraArgs: {v: "2"}}, network: {interfaces: [{interface: eth1, dhcp: true}]}}
cluster: {etcd: {extraArgs: {a: b}}, apiServer: {}, proxy: }
---
apiVersion: v1alpha1
kind: SysctlConfig
params: {a: b}
`).toDocuments(V1_14);
  const config = base(TalosRole.CONTROL_PLANE, V1_14).patch(patch);
  expect(config.validate().errors).toEqual([]);
  const [document] = config.toYaml().split('---\n').map((text) => parse(text));
  expect(document).toMatchObject({ machine: { certSANs: ['a.example.org'], network: { interfaces: [{ interface: 'eth1' }] } }, cluster: { etcd: { extraArgs: { a: 'b' } } } });
  expect(config.toYaml()).toContain('kind: SysctlConfig\nparams:\n    a: b\n');
});

test.each<[string, TalosVersion, string]>([
  ['1.12', V1_12, 'machine:\n    sysctls:\n        a: b\n---\napiVersion: v1alpha1\nkind: HostnameConfig\nauto: "off"\nhostname: node-a\n'],
  ['1.13', V1_13, 'machine:\n    sysctls:\n        a: b\n---\napiVersion: v1alpha1\nkind: HostnameConfig\nauto: "off"\nhostname: node-a\n'],
  ['1.11', TalosVersion.V1_11, 'machine:\n    network:\n        hostname: node-a\n    sysctls:\n        a: b\n'],
])('a release gets the documents that it has: %s', (release, talosVersion, text) => {
  const patch = { machine: { network: { hostname: 'node-a' }, sysctls: { a: 'b' } } };
  const documents = translatePatch(JSON.stringify(patch), { release: release as Release, isControlPlane: false });
  expect(documents.map((document) => writeYaml(document, '"')).join('---\n')).toBe(text);
  const config = base(TalosRole.WORKER, talosVersion).patch(MachineConfigPatch.fromDocuments(patch).toDocuments(talosVersion, TalosRole.WORKER));
  expect(config.validate().errors).toEqual([]);
  expect(config.hostname).toBe('node-a');
});

test('secrets are not shown in what to write instead', () => {
  const config = base(TalosRole.CONTROL_PLANE, V1_14).patch(
    patchOf('cluster.apiServer.env', { HTTPS_PROXY: 'http://me:s3cret@proxy.example.org' }), patchOf('cluster.secretboxEncryptionSecret', 's3cret'),
    patchOf('machine.kubelet.extraConfig', { url: 'https://me:s3cret@a.example.org' }),
  );
  const messages = config.validate().errors.map(({ message }) => message).join('\n');
  expect(messages).toContain('write this instead of the field (****** stands for a secret)\napiVersion: v1alpha1\nkind: KubeAPIServerConfig\nenv:\n    HTTPS_PROXY: \'******\'');
  expect(messages).not.toContain('s3cret');
});

test('a JSON patch of such fields is refused with the same documents', () => {
  const config = base(TalosRole.CONTROL_PLANE, V1_14);
  const patch = MachineConfigPatch.fromYaml(JSON.stringify([
    { op: 'add', path: '/cluster/proxy', value: { disabled: true } },
    { op: 'add', path: '/machine/certSANs/-', value: 'a.example.org' },
  ]));
  expect(() => config.patch(patch)).toThrow('for example [talos:machine-config-refused]\nmachine:\n    certSANs:\n        - a.example.org\n---\napiVersion: v1alpha1\nkind: KubeProxyConfig\nenabled: false\n');
  expect(() => patch.toDocuments(V1_14)).toThrow('a JSON patch has no documents');
});

test('the translated patch is read like any other', () => {
  expect(loadPatch(translatePatch('cluster: {network: {cni: {name: none}}}', { release: '1.14', isControlPlane: true }), '1.14'))
    .toMatchObject({ type: 'strategic', steps: [{ delete: { kind: 'KubeFlannelCNIConfig' } }] });
});

test('manifests whose URLs begin alike have names of their own', () => {
  const directory = 'https://raw.githubusercontent.com/kubernetes-sigs/gateway-api/v1.5.0/config/crd/standard';
  const urls = ['gatewayclasses', 'gateways', 'httproutes', 'gateways'].map((name) => `${directory}/gateway.networking.k8s.io_${name}.yaml`);
  const documents = parseAllDocuments(base(TalosRole.CONTROL_PLANE, V1_14).patch(
    MachineConfigPatch.fromDocuments({ cluster: { extraManifests: urls } }).toDocuments(V1_14)).toYaml());
  const manifests = documents.map((document) => document.toJS()).filter(({ kind }) => kind === 'KubeExternalManifestConfig');
  expect(manifests.map(({ url }) => url)).toEqual(urls.slice(0, 3));
  expect(new Set(manifests.map(({ name }) => name)).size).toBe(3);
  manifests.forEach(({ name }) => expect(name).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/));
});
