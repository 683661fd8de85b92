import { loadConfig } from '../../../src/machine-config/documents/load';
import { validateConfig } from '../../../src/machine-config/validation/validate';
import { Release } from '../../../src/talos/release';

const KEY = 'BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=';
const LONG = 'a'.repeat(70);

/** Documents with all that can be wrong with their kind, by the release that they are for. */
const BAD_DOCUMENTS: Readonly<Partial<Record<Release, readonly string[]>>> = {
  1.8: [
    'kind: VolumeConfig, name: STATE',
    'kind: VolumeConfig, name: EPHEMERAL, provisioning: { minSize: 10GB, maxSize: 1GB, diskSelector: { match: "glob(disk.model, disk.model)" } }',
  ],
  1.13: [
    'kind: BlackholeRouteConfig, name: 10.0.0.300/8',
    'kind: BondConfig, name: "", bondMode: 802.3ad',
    'kind: BridgeConfig, name: br0, addresses: [{ address: "0.0.0.0/8" }, { routePriority: 1 }], routes: [{ destination: "::/0", gateway: 0.0.0.0 }]',
    'kind: DHCPv4Config, name: eth0, duidRaw: "00:01"',
    'kind: DHCPv6Config, name: eth0, clientIdentifier: duid',
    'kind: DummyLinkConfig, name: ""',
    'kind: EnvironmentConfig, variables: { 1A: x, A_1: x }',
    'kind: EthernetConfig, name: ""',
    'kind: EventSinkConfig, endpoint: "a:b:c"',
    'kind: ExistingVolumeConfig, name: a_b, discovery: { volumeSelector: { match: volume.size } }',
    'kind: ExtensionServiceConfig, name: a',
    'kind: ExtensionServiceConfig, name: a, configFiles: [{ content: x, mountPath: "" }]',
    `kind: ExternalVolumeConfig, name: ${LONG}, filesystemType: xfs`,
    'kind: ExternalVolumeConfig, name: a, filesystemType: virtiofs, mount: { virtiofs: { tag: "" } }',
    'kind: HCloudVIPConfig, name: eth0',
    'kind: HostnameConfig',
    `kind: HostnameConfig, auto: talos-addr, hostname: .${LONG.repeat(4)}`,
    'kind: ImageVerificationConfig, rules: [{ image: "nginx:1@x", skip: true, deny: true, keyless: {}, publicKey: {} }, {}, { image: "a/b:1", publicKey: { certificate: x } }]',
    'kind: KmsgLogConfig, name: k, url: "tcp://host/x"',
    'kind: KmsgLogConfig, name: k, url: "tcp://host"',
    'kind: KubeSpanConfig, mtu: 0, filters: { endpoints: [x, "!10.0.0.0/8"] }',
    'kind: Layer2VIPConfig, name: 10.0.0.1',
    'kind: LinkAliasConfig, name: a%s, selector: { match: "link.mtu > 1" }',
    'kind: NetworkRuleConfig, name: a, portSelector: { ports: [9-8], protocol: tcp }, ingress: []',
    'kind: NetworkRuleConfig, name: a, portSelector: { ports: [80], protocol: tcp }, ingress: [{ except: 10.0.0.0/8 }]',
    `kind: RawVolumeConfig, name: ${LONG}, provisioning: { minSize: "-1GB", diskSelector: { match: disk.size } }`,
    'kind: RegistryAuthConfig, name: a, username: u, identityToken: t, auth: x',
    'kind: RegistryMirrorConfig, name: a, endpoints: [{ url: "ftp://x" }, {}]',
    'kind: RegistryTLSConfig, name: a, ca: x, clientIdentity: { cert: x, key: y }',
    'kind: RoutingRuleConfig, name: "32500", fwMask: 1',
    'kind: RoutingRuleConfig, name: x, table: "100"',
    'kind: SideroLinkConfig, apiUrl: "https://x/y"',
    'kind: StaticHostConfig, name: x',
    'kind: SwapVolumeConfig, name: a, provisioning: { minSize: 1GB, diskSelector: { match: "true" } }, encryption: { keys: [{ slot: 1 }, { slot: 1, tpm: { options: { pcrs: [24] } } }] }',
    'kind: TCPProbeConfig, name: a, interval: -1s, timeout: -1s, failureThreshold: -1',
    'kind: TimeSyncConfig, bootTimeout: -1s, ntp: {}, ptp: {}',
    'kind: UserVolumeConfig, name: a, volumeType: directory, provisioning: { grow: true }, encryption: { provider: luks2 }, filesystem: { type: xfs }, mount: { secure: true }',
    'kind: UserVolumeConfig, name: a, volumeType: disk, provisioning: { minSize: 1GB, diskSelector: { match: "true" } }, filesystem: { type: vfat }',
    'kind: UserVolumeConfig, name: a, volumeType: tmpfs',
    'kind: UserVolumeConfig, name: a, provisioning: { maxSize: 50%, diskSelector: { match: "true" } }, filesystem: { type: ext4, projectQuotaSupport: true }',
    'kind: VLANConfig, name: v, vlanID: 5000',
    'kind: VolumeConfig, name: STATE, provisioning: { grow: true }, encryption: { provider: luks2, keys: [{ slot: 0, nodeID: {}, lockToState: true }] }',
    'kind: VRFConfig, name: v, table: main',
    'kind: WatchdogTimerConfig, device: /dev/watchdog, timeout: 1s',
    `kind: WireguardConfig, name: w, privateKey: ${KEY}, listenPort: -1, peers: [{ publicKey: x, presharedKey: aGVsbG8=, persistentKeepaliveInterval: -1s }, {}]`,
  ],
  1.14: [
    'kind: BGPInstanceConfig, name: a, localASN: 1, routerID: "fd00::1", vrf: v, neighbors: [{ address: 10.0.0.1, link: eth0 }, { link: eth1, holdTime: -1s, bfd: { transmitInterval: -1s } }, { link: eth1 }], importRoutes: [{ bgpInstance: a, prefixes: [10.0.0.1/8, 10.1.0.0/16] }, { bgpInstance: b, prefixes: [] }, { bgpInstance: b, prefixes: [10.1.2.0/24] }, { bgpInstance: c, prefixes: [10.1.0.0/16] }]',
    'kind: BGPInstanceConfig, name: b, localASN: 1',
    'kind: CRIBaseRuntimeSpecConfig, overrides: { linux: { resources: { cpu: { shares: -1 } } } }',
    'kind: CRICustomizationConfig, name: customization, content: ""',
    'kind: ContainerConfig, name: Name_1, image: "UPPER/x", environment: [a], mounts: [{}, { tmpfs: { destination: x, options: [ro, rw, zz] } }, { hostPath: { source: "", destination: /a } }, { userVolume: { name: v, destination: /b } }, { tmpfs: { destination: /b } }], security: { profile: x, capabilities: { add: [ALL, CAP_A, net], drop: [net, ALL] } }, network: { mode: bridge }, resources: { limits: { cpu: "1", memory: x } }, dependsOn: { paths: [x], networks: [y], containers: [Name_1, ""] }, runAs: { uid: -1 }',
    'kind: DiscoveryIdentityConfig, clusterID: a, clusterSecret: aGVsbG8=',
    'kind: DiscoveryServiceConfig, name: a, endpoint: "ftp://x"',
    'kind: EtcFileConfig, name: ssl/certs, mode: 0o644, contents: ""',
    'kind: EtcFileConfig, name: a/../../b, mode: 0o644, contents: ""',
    'kind: FilesystemScrubConfig, interval: 1s',
    'kind: FilesystemTrimConfig, interval: -1s',
    'kind: HTTPProbeConfig, name: a, url: "http:x"',
    'kind: KubeAPIServerConfig, image: "", extraArgs: { oidc-issuer-url: x, v: "2" }, resources: { requests: { gpu: 1 } }',
    'kind: KubeAdmissionControlConfig, name: "", configuration: {}',
    'kind: KubeAuthorizerConfig, name: a, type: Webhook',
    'kind: KubeAuthorizerConfig, name: b, type: RBAC, webhook: { a: b }',
    'kind: KubeClusterConfig, clusterName: "", endpoint: "https://x:70000"',
    'kind: KubeControllerManagerConfig, enabled: false, image: ""',
    'kind: KubeExternalManifestConfig, name: A, url: "ftp://x"',
    'kind: KubeFlannelCNIConfig, backendType: ""',
    'kind: KubeInlineManifestConfig, name: a_b, manifest: ""',
    'kind: KubeNetworkConfig, dnsDomain: x, podSubnets: [10.244.0.1/16], serviceSubnets: [10.0.0.0/8, 10.1.0.0/16]',
    'kind: KubeNetworkConfig, dnsDomain: x, podSubnets: [10.0.0.0/7], serviceSubnets: [10.0.0.0/30]',
    'kind: KubeNetworkConfig, dnsDomain: x, podSubnets: [10.0.0.0/26], serviceSubnets: ["fd00::/64"], nodeCIDRMaskSizeIPv6: 200',
    'kind: KubeNodeConfig, nodeIP: {}, annotations: { talos.dev/owned-labels: x, a/b/c: x }',
    'kind: KubePrismConfig, port: 0',
    'kind: KubeProxyConfig, image: x, mode: userspace, config: {}, extraArgs: { a: b }',
    'kind: KubeProxyConfig, image: x, mode: ipvs, config: {}',
    'kind: KubeServiceAccountConfig, issuer: { privateKey: "-----BEGIN RSA PRIVATE KEY-----\\naGVsbG8=\\n-----END RSA PRIVATE KEY-----\\n" }',
    'kind: KubeStaticPodConfig, name: a, pod: {}',
    'kind: KubeTalosAPIAccessConfig, allowedRoles: [os:admin, os:king]',
    'kind: LVMLogicalVolumeConfig, name: a b, type: linear, mirrors: 1, provisioning: { volumeGroup: "", minSize: 1GB }',
    'kind: LVMLogicalVolumeConfig, name: a, type: raid10, mirrors: 0, stripes: 1, provisioning: { volumeGroup: v, maxSize: "-1GB" }',
    'kind: LVMVolumeGroupConfig, name: "", provisioning: {}',
    `kind: RAIDArrayConfig, name: ${LONG}, level: raid1, provisioning: { volumeSelector: { match: "1" } }`,
    'kind: ResolverConfig, nameservers: [{ address: 1.1.1.1, tlsServerName: x }, { protocol: DoH }], hostDNS: { resolveMemberNames: true }',
    'kind: SysctlConfig, params: { "": x }',
    'kind: TimeSyncConfig, ntp: { servers: [1.1.1.1], useNTS: true }',
    'kind: UnattendedInstallConfig, installer: {}, provisioning: { diskSelector: { match: disk.size } }',
    'kind: UserVolumeConfig, name: a, provisioning: { minSize: 1GB, diskSelector: { match: "true" } }, filesystem: { type: btrfs, xfs: {} }, trim: { interval: -1s }, scrub: { interval: 1s }',
    `kind: VethConfig, name: ${LONG}, peer: { name: a/b, addresses: [{ address: "::/0" }] }`,
    'kind: VolumeConfig, name: ETCD, mount: { secure: true }',
    'kind: VolumeConfig, name: IMAGECACHE, mount: { secure: true }, filesystem: { xfs: {} }',
  ],
};

const table = Object.entries(BAD_DOCUMENTS).flatMap(([release, documents]) => documents.map((document) => [release as Release, document] as const));

test.each(table)('%s: { %s }', (release, document) => {
  const { errors, warnings } = validateConfig(loadConfig(`{ apiVersion: v1alpha1, ${document} }`, release), release, 'metal');
  expect({ errors: errors.map(({ message }) => message), warnings: warnings.map(({ message }) => message) }).toMatchSnapshot();
});

/** Parts of `machine` and `cluster` with all that can be wrong with them. */
const BAD_PARTS: ReadonlyArray<readonly [title: string, release: Release, text: string]> = [
  ['install', '1.13', 'machine: { install: { diskSelector: { name: x }, extraKernelArgs: [a], grubUseUKICmdline: true } }'],
  ['install with a bad type of disk', '1.13', 'machine: { install: { diskSelector: { type: floppy } } }'],
  ['install on an old release', '1.8', 'machine: { install: { diskSelector: {} } }'],
  ['a bond', '1.13', `machine: { network: { interfaces: [{ interface: bond0, bond: { interfaces: [eth0], deviceSelectors: [{ driver: x }], mode: balance-xor,
    xmitHashPolicy: x, lacpRate: fast, arpIPTarget: [x], adActorSystem: x, primary: eth0, packetsPerSlave: 2, tlbDynamicLb: 1, adActorSysPrio: 1, miimon: 100, updelay: 150 } },
    { interface: eth0, dhcp: true }] } }`],
  ['a bond without miimon', '1.13', 'machine: { network: { interfaces: [{ interface: bond0, bond: { interfaces: [], mode: 802.3ad, updelay: 1, downdelay: 1, arpValidate: all, arpInterval: 1 } }] } }'],
  ['bonds and bridges on an old release', '1.8', 'machine: { network: { interfaces: [{ interface: bond0, bond: { interfaces: [eth0], mode: "" } }, { interface: br0, bridge: { interfaces: [eth0] } }, { interface: eth0, cidr: 1.2.3.4/24 }] } }'],
  ['interfaces', '1.13', `machine: { network: { interfaces: [{ interface: eth0, deviceSelector: {}, cidr: x, vip: { ip: y }, routes: [{}, null], vlans: [null, { cidr: 1, addresses: [2] }],
    wireguard: { privateKey: aGVsbG8=, peers: [null] } }, null, { ignore: true }] } }`],
  ['disks', '1.13', 'machine: { disks: [null, { device: a, partitions: [{ mountpoint: /a }, null, { mountpoint: /b }] }] }'],
  ['disk encryption', '1.13', 'machine: { systemDiskEncryption: { state: { keys: [null, { slot: 0 }] } } }'],
  ['kubespan', '1.13', 'machine: { network: { kubespan: { enabled: true, mtu: 1, filters: { endpoints: [x], excludeAdvertisedNetworks: [y] } } } }'],
  ['logging', '1.13', 'machine: { logging: { destinations: [{ endpoint: "tcp://", format: json_lines }] } }'],
  ['api access', '1.11', 'machine: { type: worker, features: { kubernetesTalosAPIAccess: { enabled: true, allowedRoles: [os:meta:writer] } } }'],
  ['a worker with the keys of the CAs', '1.13', 'machine: { type: worker, ca: { key: aGVsbG8= }, network: { interfaces: [{ interface: a, vlans: [{ vlanId: 1, vip: { ip: 1.1.1.1 } }] }] } }'],
  ['the authorizers', '1.13', 'cluster: { controlPlane: { endpoint: "https://x" }, apiServer: { authorizationConfig: [{ type: Node, name: a }, { type: X, name: b }] } }'],
  ['an authorizer without a name', '1.13', 'cluster: { controlPlane: { endpoint: "https://x" }, apiServer: { authorizationConfig: [{ type: Node }] } }'],
  ['resources', '1.13', 'cluster: { controlPlane: { endpoint: "https://x" }, apiServer: { resources: { limits: { gpu: 1 } } }, scheduler: { resources: { requests: { disk: 1 } } } }'],
  ['a cloud provider that is not enabled', '1.13', 'cluster: { controlPlane: { endpoint: "https://x" }, externalCloudProvider: { manifests: ["https://y"] } }'],
  ['other CNIs', '1.13', 'machine: { type: controlplane }\ncluster: { controlPlane: { endpoint: "https://x" }, network: { cni: { name: none, urls: [x], flannel: { extraArgs: [a], kubeNetworkPoliciesEnabled: true } } } }'],
  ['a custom CNI', '1.13', 'machine: { type: controlplane }\ncluster: { controlPlane: { endpoint: "https://x" }, network: { cni: { name: custom, urls: [x] } } }'],
  ['discovery', '1.13', 'cluster: { controlPlane: { endpoint: "https://x" }, discovery: { enabled: true, registries: { service: { endpoint: "https://a/b" } } } }'],
  ['etcd without a CA', '1.13', 'machine: { type: controlplane }\ncluster: { controlPlane: { endpoint: "https://x" }, etcd: { subnet: x } }'],
  ['encryption in both documents', '1.11', 'machine: { systemDiskEncryption: { state: { provider: luks2, keys: [{ nodeID: {} }] } } }\n---\n{ apiVersion: v1alpha1, kind: VolumeConfig, name: STATE, encryption: { provider: luks2, keys: [{ slot: 0, nodeID: {} }] } }'],
];

test.each(BAD_PARTS)('%s (%s)', (_, release, text) => {
  const config = loadConfig(text.includes('machine:') ? text : `machine: {}\n${text}`, release);
  const { errors, warnings } = validateConfig(config, release, 'metal');
  expect({ errors: errors.map(({ message }) => message), warnings: warnings.map(({ message }) => message) }).toMatchSnapshot();
});

test('no message shows a secret', () => {
  const secret = 'TOPSECRET';
  const config = loadConfig(`
machine:
  token: ${secret}
  ca: { crt: "", key: ${secret}000 }
  network: { interfaces: [{ interface: wg0, wireguard: { privateKey: ${secret}, peers: [{ publicKey: ${secret} }] } }] }
  logging: { destinations: [{ endpoint: "http://user:${secret}@host", format: x }] }
cluster: { controlPlane: { endpoint: "http://user:${secret}@host:70000/x" }, secret: ${secret}, token: ${secret} }
---
{ apiVersion: v1alpha1, kind: WireguardConfig, name: wg1, privateKey: ${secret}, peers: [{ publicKey: ${secret}, presharedKey: ${secret} }] }
---
{ apiVersion: v1alpha1, kind: RegistryAuthConfig, name: a, username: u, password: ${secret}, identityToken: ${secret}, auth: ${secret} }
---
{ apiVersion: v1alpha1, kind: HCloudVIPConfig, name: x, apiToken: ${secret} }
`, '1.13');
  const { errors, warnings, findings } = validateConfig(config, '1.13', 'container');
  expect(errors.length).toBeGreaterThan(5);
  expect(JSON.stringify([errors, warnings, findings])).not.toContain(secret);
});
