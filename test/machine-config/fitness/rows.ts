import { HostingNetwork } from '../../../src';
import { PodFacts } from '../../../src/machine-config/fitness/pod-facts';
import { Release } from '../../../src/talos/release';

/** A setting, and what is said of it in pods. */
export interface Row {
  readonly setting: string;
  /** the patch in the document without a kind, by default for all releases */
  readonly legacy?: string;
  readonly legacySince?: Release;
  readonly legacyUntil?: Release;
  /** the patch as a document, since a release */
  readonly document?: readonly [since: Release, patch: string];
  readonly role?: 'controlplane' | 'worker';
  readonly pods?: PodFacts;
  readonly findings?: readonly string[];
  readonly warnings?: readonly string[];
}

const hostingNetwork = HostingNetwork.of({ podCidrs: ['10.42.0.0/16'], serviceCidrs: ['10.43.0.0/16'], nodeCidrs: ['192.168.0.0/24'] });
const dualStack = HostingNetwork.of({ podCidrs: ['10.42.0.0/16', 'fd00:42::/56'], serviceCidrs: ['10.43.0.0/16', 'fd00:43::/112'] });

/** The pods of one member, of members with Services, and of a hosting cluster whose networks aren't known. */
const KNOWN: PodFacts = { hostingNetwork, hasServiceAddress: false, areOfCluster: true };
const STABLE: PodFacts = { hostingNetwork, hasServiceAddress: true, areOfCluster: true };
const DUAL: PodFacts = { hostingNetwork: dualStack, hasServiceAddress: false, areOfCluster: true };
const UNKNOWN: PodFacts = { hostingNetwork: HostingNetwork.of({}), areOfCluster: false };
const ALONE: PodFacts = { hostingNetwork, areOfCluster: false };

const validSubnets = (list: string) => ({
  legacy: `machine: { kubelet: { nodeIP: { validSubnets: ${list} } } }`,
  document: ['1.14', `kind: KubeNodeConfig, nodeIP: { validSubnets: ${list} }`] as const,
});
const interfaces = (device: string) => `machine: { network: { interfaces: [${device}] } }`;
const sysctls = (parameters: string) => ({
  legacy: `machine: { sysctls: { ${parameters} } }`,
  document: ['1.14', `kind: SysctlConfig, params: { ${parameters} }`] as const,
});
const rule = (name: string, port: number, subnet: string) => `---\napiVersion: v1alpha1\nkind: NetworkRuleConfig\nname: ${name}\n`
  + `portSelector: { ports: [${port}], protocol: tcp }\ningress: [{ subnet: ${subnet} }]\n`;

export const ROWS: readonly Row[] = [
  // addresses
  { setting: 'node IP elsewhere', ...validSubnets('[192.0.2.0/24]'), pods: KNOWN, findings: ['talos:node-ip-elsewhere'] },
  { setting: 'node IP elsewhere, of networks that aren\'t known', ...validSubnets('[192.0.2.0/24]'), warnings: ['talos:node-ip-elsewhere'] },
  { setting: 'node IP anywhere, of networks that aren\'t known', ...validSubnets('[0.0.0.0/0, "!192.0.2.0/24"]') },
  { setting: 'node IP by exclusions only', ...validSubnets('["!192.0.2.0/24"]'), findings: ['talos:node-ip-elsewhere'] },
  { setting: 'node IP by an exclusion of what was included', ...validSubnets('[10.42.0.0/16, "!10.0.0.0/8"]'), pods: KNOWN, findings: ['talos:node-ip-elsewhere'] },
  { setting: 'node IP by an exclusion before the inclusion', ...validSubnets('["!10.0.0.0/8", 10.42.0.0/16]'), pods: KNOWN },
  { setting: 'node IP of some pods', ...validSubnets('[10.42.128.0/17]'), pods: KNOWN, warnings: ['talos:node-ip-elsewhere'] },
  { setting: 'node IP of all pods', ...validSubnets('[10.0.0.0/8]'), pods: KNOWN },
  { setting: 'node IP of one family of two', ...validSubnets('["fd00::/16"]'), pods: DUAL },
  { setting: 'node IP of another family', ...validSubnets('["::/0"]'), pods: KNOWN, findings: ['talos:node-ip-elsewhere'] },
  { setting: 'node IP of Services', ...validSubnets('[10.43.0.0/16]'), pods: STABLE, findings: ['talos:node-ip-elsewhere'] },
  { setting: 'node IP as members with Services have it', ...validSubnets('[0.0.0.0/0, "!10.43.0.0/16"]'), pods: STABLE },
  {
    setting: 'node IP that the config adds',
    legacy: 'machine: { kubelet: { nodeIP: { validSubnets: [192.0.2.0/24] } }, network: { interfaces: [{ interface: eth0, addresses: [192.0.2.5/24] }] } }',
    pods: KNOWN,
    warnings: ['talos:link-of-pod', 'talos:node-ip-elsewhere'],
  },
  {
    setting: 'node IP that is a virtual address',
    legacy: 'machine: { kubelet: { nodeIP: { validSubnets: [192.0.2.9/32] } }, network: { interfaces: [{ interface: eth0, addresses: [192.0.2.9/24], vip: { ip: 192.0.2.9 } }] } }',
    pods: KNOWN,
    findings: ['talos:node-ip-elsewhere'],
    warnings: ['talos:link-of-pod', 'talos:virtual-address'],
  },
  { setting: 'etcd\'s address elsewhere', legacy: 'cluster: { etcd: { advertisedSubnets: [192.0.2.0/24] } }', pods: KNOWN, findings: ['talos:etcd-address-elsewhere'] },
  { setting: 'etcd\'s address elsewhere, of networks that aren\'t known', legacy: 'cluster: { etcd: { advertisedSubnets: [192.0.2.0/24] } }', warnings: ['talos:etcd-address-elsewhere'] },
  { setting: 'etcd listens elsewhere', legacy: 'cluster: { etcd: { listenSubnets: [192.0.2.0/24] } }', pods: KNOWN, findings: ['talos:etcd-address-elsewhere'] },
  { setting: 'etcd\'s address in the old form', legacy: 'cluster: { etcd: { subnet: 192.0.2.0/24 } }', pods: KNOWN, findings: ['talos:etcd-address-elsewhere'] },
  { setting: 'etcd\'s address of a Service', legacy: 'cluster: { etcd: { advertisedSubnets: [10.43.0.0/16], listenSubnets: [0.0.0.0/0] } }', pods: STABLE },
  { setting: 'etcd\'s address of a Service that members may have', legacy: 'cluster: { etcd: { advertisedSubnets: [10.43.0.0/16] } }', pods: { ...ALONE, areOfCluster: true } },
  { setting: 'etcd\'s address of a Service that no member has', legacy: 'cluster: { etcd: { advertisedSubnets: [10.43.0.0/16] } }', pods: KNOWN, findings: ['talos:etcd-address-elsewhere'] },
  { setting: 'node-ip argument', legacy: 'machine: { kubelet: { extraArgs: { node-ip: 192.0.2.5 } } }', document: ['1.14', 'kind: KubeletConfig, extraArgs: { node-ip: 192.0.2.5 }'], warnings: ['talos:node-ip-argument'] },
  { setting: 'node-ip argument for any', legacy: 'machine: { kubelet: { extraArgs: { node-ip: "::" } } }' },
  {
    setting: 'arguments with an address of a LAN',
    legacy: 'cluster: { etcd: { extraArgs: { listen-metrics-urls: "http://192.0.2.5:2381" } } }',
    document: ['1.14', 'kind: KubeAPIServerConfig, extraArgs: { advertise-address: [192.0.2.5] }'],
    warnings: ['talos:argument-with-address'],
  },
  {
    setting: 'arguments with any address',
    legacy: 'cluster: { etcd: { extraArgs: { listen-metrics-urls: "http://0.0.0.0:2381" } }, controllerManager: { extraArgs: { bind-address: "127.0.0.1" } }, proxy: { extraArgs: { metrics-bind-address: "[::]:10249" } } }',
  },

  // the endpoint and the inner networks, of a machine that no cluster's construct runs
  {
    setting: 'a generated config, of networks that aren\'t known',
    legacy: 'machine: {}',
    pods: UNKNOWN,
    warnings: ['talos:default-networks', 'talos:endpoint-without-certificate'],
  },
  { setting: 'the same of a worker', legacy: 'machine: {}', role: 'worker', pods: UNKNOWN, warnings: ['talos:default-networks'] },
  { setting: 'an endpoint in the certificates', legacy: 'machine: { certSANs: ["*.lab.example.org"] }', pods: ALONE },
  {
    setting: 'an inner network of the hosting cluster',
    legacy: 'cluster: { network: { podSubnets: [10.42.0.0/17] } }',
    legacyUntil: '1.13',
    document: ['1.14', 'kind: KubeNetworkConfig, podSubnets: [10.42.0.0/17]'],
    pods: ALONE,
    role: 'worker',
    findings: ['talos:inner-networks'],
  },
  {
    setting: 'inner networks of another family',
    legacy: 'cluster: { network: { podSubnets: ["fd00:1::/56"], serviceSubnets: ["fd00:2::/112"] } }',
    legacyUntil: '1.13',
    document: ['1.14', 'kind: KubeNetworkConfig, podSubnets: ["fd00:1::/56"], serviceSubnets: ["fd00:2::/112"]'],
    role: 'worker',
    pods: ALONE,
    findings: ['talos:inner-networks'],
  },

  // links
  { setting: 'an address of eth0', legacy: interfaces('{ interface: eth0, addresses: [192.0.2.5/24], routes: [{ network: 0.0.0.0/0, gateway: 192.0.2.1 }] }'), document: ['1.12', 'kind: LinkConfig, name: eth0, addresses: [{ address: 192.0.2.5/24 }], routes: [{ gateway: 192.0.2.1 }]'], warnings: ['talos:link-of-pod'] },
  { setting: 'an address of a link that is eth0', legacy: interfaces('{ deviceSelector: { hardwareAddr: "*" }, cidr: 192.0.2.5/24 }'), warnings: ['talos:link-of-pod'] },
  { setting: 'eth0 ignored', legacy: interfaces('{ interface: eth0, ignore: true, addresses: [192.0.2.5/24] }') },
  { setting: 'an address of another link', legacy: interfaces('{ interface: enp3s0, dhcp: true, addresses: [192.0.2.5/24] }'), document: ['1.12', 'kind: LinkConfig, name: enp3s0, addresses: [{ address: 192.0.2.5/24 }]'] },
  { setting: 'a selector of hardware', legacy: interfaces('{ deviceSelector: { busPath: "0*", physical: true }, dhcp: true, mtu: 9000 }') },
  { setting: 'a bond with eth0', legacy: interfaces('{ interface: bond0, bond: { mode: 802.3ad, interfaces: [eth0, eth1] } }'), document: ['1.12', 'kind: BondConfig, name: bond0, links: [eth0, eth1]'], findings: ['talos:link-of-pod-replaced'] },
  { setting: 'a bond by a selector', legacy: interfaces('{ interface: bond0, bond: { mode: 802.3ad, deviceSelectors: [{ driver: veth }] } }'), findings: ['talos:link-of-pod-replaced'] },
  { setting: 'a bridge with eth0', legacy: interfaces('{ interface: br0, bridge: { interfaces: [eth0] } }'), document: ['1.12', 'kind: BridgeConfig, name: br0, links: [eth0]'], findings: ['talos:link-of-pod-replaced'] },
  { setting: 'eth0 as a bridge\'s port', legacy: interfaces('{ interface: eth0, bridgePort: { master: br0 } }'), legacySince: '1.9', findings: ['talos:link-of-pod-replaced'] },
  { setting: 'a VRF with eth0', document: ['1.13', 'kind: VRFConfig, name: vrf0, table: "123", links: [eth0]'], findings: ['talos:link-of-pod-replaced'] },
  { setting: 'a dummy named eth0', legacy: interfaces('{ interface: eth0, dummy: true }'), document: ['1.12', 'kind: DummyLinkConfig, name: eth0'], findings: ['talos:link-of-pod-replaced'] },
  { setting: 'a bond of other links', legacy: interfaces('{ interface: bond0, bond: { mode: 802.3ad, interfaces: [eno1, eno2] } }'), document: ['1.12', 'kind: BondConfig, name: bond0, links: [eno1, eno2]'] },
  { setting: 'the MTU of eth0', legacy: interfaces('{ interface: eth0, mtu: 9000 }'), document: ['1.12', 'kind: LinkConfig, name: eth0, mtu: 9000'], warnings: ['talos:mtu-of-pod'] },
  { setting: 'a VLAN on eth0', legacy: interfaces('{ interface: eth0, vlans: [{ vlanId: 5 }] }'), document: ['1.12', 'kind: VLANConfig, name: eth0.5, vlanID: 5, parent: eth0'], warnings: ['talos:vlan-without-network'] },
  { setting: 'a dummy', legacy: interfaces('{ interface: dummy0, dummy: true, addresses: [192.0.2.5/32] }'), document: ['1.12', 'kind: DummyLinkConfig, name: dummy0'] },
  { setting: 'WireGuard', legacy: interfaces('{ interface: wg0, wireguard: { listenPort: 51820 } }'), document: ['1.12', 'kind: WireguardConfig, name: wg0'] },
  { setting: 'a pair of virtual links', document: ['1.14', 'kind: VethConfig, name: veth0, peer: { name: veth1 }'] },
  { setting: 'DHCP', legacy: interfaces('{ interface: eth0, dhcp: true }'), document: ['1.12', 'kind: DHCPv4Config, name: eth0'], warnings: ['talos:dhcp-in-pod'] },
  { setting: 'DHCP of IPv6', document: ['1.12', 'kind: DHCPv6Config, name: eth0'], warnings: ['talos:dhcp-in-pod'] },
  { setting: 'a virtual address', legacy: interfaces('{ interface: eth0, vip: { ip: 192.0.2.9 } }'), document: ['1.12', 'kind: Layer2VIPConfig, name: 192.0.2.9, link: eth0'], warnings: ['talos:virtual-address'] },
  { setting: 'a virtual address of a VLAN', legacy: interfaces('{ interface: eno1, vlans: [{ vlanId: 5, vip: { ip: 192.0.2.9 } }] }'), warnings: ['talos:virtual-address'] },
  {
    setting: 'a virtual address as the endpoint',
    legacy: `${interfaces('{ interface: eth0, vip: { ip: 192.0.2.9 } }')}\ncluster: { controlPlane: { endpoint: "https://192.0.2.9:6443" } }`,
    document: ['1.14', 'kind: KubeClusterConfig, endpoint: "https://192.0.2.9:6443" }\n---\n{ apiVersion: v1alpha1, kind: Layer2VIPConfig, name: 192.0.2.9, link: eth0'],
    findings: ['talos:virtual-address-as-endpoint'],
  },
  { setting: 'a virtual address of Hetzner Cloud', legacy: interfaces('{ interface: eth0, vip: { ip: 192.0.2.9, hcloud: { apiToken: CANARY } } }'), document: ['1.12', 'kind: HCloudVIPConfig, name: 192.0.2.9, link: eth0, apiToken: CANARY'], findings: ['talos:virtual-address-of-host'] },
  { setting: 'a virtual address of Equinix Metal', legacy: interfaces('{ interface: eth0, vip: { ip: 192.0.2.9, equinixMetal: { apiToken: CANARY } } }'), findings: ['talos:virtual-address-of-host'] },
  { setting: 'an alias of a link', document: ['1.12', 'kind: LinkAliasConfig, name: net0, selector: { match: "true" }'] },
  { setting: 'Ethernet', document: ['1.10', 'kind: EthernetConfig, name: eno1, rings: { rx: 16 }'] },

  // network
  { setting: 'name servers', legacy: 'machine: { network: { nameservers: [192.0.2.53] } }', document: ['1.12', 'kind: ResolverConfig, nameservers: [{ address: 192.0.2.53 }]'], warnings: ['talos:name-servers'] },
  { setting: 'search domains', legacy: 'machine: { network: { disableSearchDomain: true } }', document: ['1.12', 'kind: ResolverConfig, searchDomains: { disableDefault: true }'] },
  { setting: 'the host name', legacy: 'machine: { network: { hostname: a } }', document: ['1.12', 'kind: HostnameConfig, hostname: a, auto: "off"'] },
  { setting: 'a stable host name', legacy: 'machine: { features: { stableHostname: true } }', document: ['1.12', 'kind: HostnameConfig, auto: stable'] },
  { setting: 'hosts', legacy: 'machine: { network: { extraHostEntries: [{ ip: 192.0.2.7, aliases: [a] }] } }', document: ['1.12', 'kind: StaticHostConfig, name: 192.0.2.7, hostnames: [a]'] },
  { setting: 'KubeSpan', legacy: 'machine: { network: { kubespan: { enabled: true } } }', document: ['1.13', 'kind: KubeSpanConfig, enabled: true'], warnings: ['talos:kubespan'] },
  { setting: 'KubeSpan off', legacy: 'machine: { network: { kubespan: { enabled: false } } }', document: ['1.13', 'kind: KubeSpanConfig, enabled: false'] },
  { setting: 'KubeSpan\'s endpoints', document: ['1.8', 'kind: KubeSpanEndpointsConfig, extraAnnouncedEndpoints: ["192.0.2.5:51820"]'], warnings: ['talos:kubespan'] },
  { setting: 'a firewall that lets nothing in', document: ['1.7', 'kind: NetworkDefaultActionConfig, ingress: block'], findings: ['talos:firewall-drops-probes'] },
  { setting: 'a firewall that lets nothing into workers', document: ['1.7', `kind: NetworkDefaultActionConfig, ingress: block }\n${rule('a', 50000, '0.0.0.0/0')}`], role: 'worker', findings: ['talos:firewall-drops-probes'] },
  { setting: 'a firewall that lets the probes in', document: ['1.7', `kind: NetworkDefaultActionConfig, ingress: block }\n${rule('a', 50000, '10.0.0.0/8')}${rule('b', 6443, '0.0.0.0/0')}`], warnings: ['talos:firewall'] },
  { setting: 'a firewall that lets only a LAN in', document: ['1.7', `kind: NetworkDefaultActionConfig, ingress: block }\n${rule('a', 50000, '192.0.2.0/24')}${rule('b', 6443, '192.0.2.0/24')}`], pods: KNOWN, findings: ['talos:firewall-drops-probes'] },
  { setting: 'a rule for other ports', document: ['1.7', `kind: NetworkDefaultActionConfig, ingress: accept }\n${rule('a', 9100, '192.0.2.0/24')}`] },
  { setting: 'a rule for a probed port', document: ['1.7', `kind: NetworkDefaultActionConfig, ingress: accept }\n${rule('a', 6443, '192.0.2.0/24')}`], warnings: ['talos:firewall'] },
  { setting: 'a probe of TCP', document: ['1.13', 'kind: TCPProbeConfig, name: a, endpoint: "192.0.2.5:80"'] },
  { setting: 'a probe of HTTP', document: ['1.14', 'kind: HTTPProbeConfig, name: a, url: "http://192.0.2.5"'] },
  { setting: 'BGP', document: ['1.14', 'kind: BGPInstanceConfig, name: a, localASN: 64512'] },
  { setting: 'a routing rule', document: ['1.13', 'kind: RoutingRuleConfig, name: "1000", table: "123"'] },
  { setting: 'a black hole', document: ['1.13', 'kind: BlackholeRouteConfig, name: 192.0.2.0/24'] },
  { setting: 'time servers', legacy: 'machine: { time: { servers: [192.0.2.123] } }', document: ['1.12', 'kind: TimeSyncConfig, ntp: { servers: [192.0.2.123] }'], warnings: ['talos:time-servers'] },
  { setting: 'time servers off', legacy: 'machine: { time: { disabled: true } }', document: ['1.12', 'kind: TimeSyncConfig, enabled: false'] },
  { setting: 'a PTP device', document: ['1.12', 'kind: TimeSyncConfig, ptp: { devices: [/dev/ptp0] }'], warnings: ['talos:time-servers'] },
  { setting: 'Omni', document: ['1.7', 'kind: SideroLinkConfig, apiUrl: "https://siderolink.example.org/?jointoken=CANARY"'], warnings: ['talos:siderolink'] },
  { setting: 'discovery', legacy: 'cluster: { discovery: { enabled: true } }', document: ['1.14', 'kind: DiscoveryServiceConfig, name: default, endpoint: "https://discovery.example.org/"'] },

  // kernel and host
  { setting: 'kernel parameters of the pod', ...sysctls('net.core.somaxconn: "1024", net.ipv4.ip_forward: "1", net/ipv4/tcp_fastopen: "3", net.ipv6.conf.all.forwarding: "1", net.ipv4.conf.eth0.rp_filter: "0", kernel.shmmax: "1", kernel.msgmax: "1", kernel.sem: "1", fs.mqueue.msg_max: "1", net.netfilter.nf_conntrack_tcp_be_liberal: "1"') },
  { setting: 'kernel parameters of the hosting node', ...sysctls('vm.nr_hugepages: "1024", vm/max_map_count: "262144", fs.inotify.max_user_watches: "1", kernel.pid_max: "1", kernel.panic: "10", dev.raid.speed_limit_max: "1", user.max_user_namespaces: "11255", kernel.unprivileged_bpf_disabled: "2", vm.panic_on_oom: "0", sunrpc.tcp_slot_table_entries: "1", net.core.somaxconn: "1"'), warnings: ['talos:sysctl-of-host'] },
  { setting: 'kernel parameters that can\'t be undone', ...sysctls('kernel.modules_disabled: "1", kernel.kexec_load_disabled: "1", kernel.unprivileged_bpf_disabled: "1", kernel.panic_on_oops: "1", kernel.sysrq: "0", vm.panic_on_oom: "1", user.max_user_namespaces: "0"'), findings: ['talos:sysctl-irreversible'] },
  { setting: 'kernel parameters that a pod can\'t set', ...sysctls('net.core.rmem_max: "1", net.netfilter.nf_conntrack_max: "1", net.core.default_qdisc: fq, net.ipv4.neigh.default.gc_thresh1: "1", net.ipv4.tcp_mem: "1", net.ipv4.conf.enp3s0.rp_filter: "1", net.ipv4.conf.enp3s0/5.rp_filter: "1"'), warnings: ['talos:sysctl-not-in-pod'] },
  { setting: 'a congestion control', ...sysctls('net.ipv4.tcp_congestion_control: bbr'), warnings: ['talos:sysctl-by-permission'] },
  { setting: 'the usual congestion control', ...sysctls('net.ipv4.tcp_congestion_control: cubic') },
  { setting: 'sysfs', legacy: 'machine: { sysfs: { devices.system.cpu.cpu0.cpufreq.scaling_governor: performance } }', document: ['1.14', 'kind: SysfsConfig, params: { kernel.mm.lru_gen.enabled: "7" }'], warnings: ['talos:sysfs-of-host'] },
  { setting: 'a watchdog', document: ['1.7', 'kind: WatchdogTimerConfig, device: /dev/watchdog0, timeout: 2m'], findings: ['talos:watchdog-of-host'] },
  { setting: 'zswap', document: ['1.11', 'kind: ZswapConfig, maxPoolPercent: 20'], findings: ['talos:zswap-of-host'] },
  { setting: 'the kernel log', document: ['1.7', 'kind: KmsgLogConfig, name: a, url: "tcp://192.0.2.5:514"'], warnings: ['talos:kernel-log-of-host'] },
  { setting: 'kernel modules', legacy: 'machine: { kernel: { modules: [{ name: drbd }, { name: zfs }] } }', document: ['1.14', 'kind: KernelModuleConfig, name: drbd }\n---\n{ apiVersion: v1alpha1, kind: KernelModuleConfig, name: zfs'], warnings: ['talos:kernel-modules'] },
  { setting: 'udev rules', legacy: 'machine: { udev: { rules: [\'SUBSYSTEM=="block"\'] } }', document: ['1.14', 'kind: UdevRulesConfig, rules: [\'SUBSYSTEM=="block"\']'], warnings: ['talos:udev-rules'] },
  { setting: 'OOM', document: ['1.12', 'kind: OOMConfig, sampleInterval: 1s'], warnings: ['talos:oom-handler'] },
  { setting: 'a PCI driver', document: ['1.10', 'kind: PCIDriverRebindConfig, name: "0000:04:00.0", targetDriver: vfio-pci'], warnings: ['talos:pci-driver'] },
  { setting: 'installation', legacy: 'machine: { install: { disk: /dev/sda } }', document: ['1.14', 'kind: UnattendedInstallConfig, installer: {}, provisioning: { diskSelector: { match: "true" } }'] },
  { setting: 'an extension service', document: ['1.7', 'kind: ExtensionServiceConfig, name: tailscale, environment: [TS_AUTHKEY=CANARY]'], warnings: ['talos:extension-service'] },
  { setting: 'a security profile', document: ['1.14', 'kind: SecurityProfileConfig, workloadIsolation: true'] },
  { setting: 'trimming', document: ['1.14', 'kind: FilesystemTrimConfig, interval: 24h'] },
  { setting: 'scrubbing', document: ['1.14', 'kind: FilesystemScrubConfig, interval: 24h'] },
  { setting: 'a container', document: ['1.14', 'kind: ContainerConfig, name: a, image: "example.org/a@sha256:00"'] },
  { setting: 'a file below /var', legacy: 'machine: { files: [{ op: create, path: /var/a, permissions: 0o600, content: CANARY }] }' },
  { setting: 'a file elsewhere', legacy: 'machine: { files: [{ op: create, path: /etc/a, permissions: 0o600, content: CANARY }] }', findings: ['talos:file-outside-of-var'] },
  { setting: 'a file that is there', legacy: 'machine: { files: [{ op: overwrite, path: /etc/nfsmount.conf, permissions: 0o600, content: a }] }', document: ['1.14', 'kind: EtcFileConfig, name: nfsmount.conf, mode: 0o644, contents: a'] },
  { setting: 'the runtime\'s file', legacy: 'machine: { files: [{ op: create, path: /etc/cri/conf.d/20-customization.part, content: a }] }', document: ['1.14', 'kind: CRICustomizationConfig, name: a, content: a'] },
  { setting: 'logging', legacy: 'machine: { logging: { destinations: [{ endpoint: "tcp://192.0.2.5:514", format: json_lines }] } }', document: ['1.7', 'kind: EventSinkConfig, endpoint: "192.0.2.5:80"'] },
  { setting: 'registries', legacy: 'machine: { registries: { mirrors: { docker.io: { endpoints: ["https://192.0.2.5"] } } } }', document: ['1.12', 'kind: RegistryMirrorConfig, name: docker.io, endpoints: [{ url: "https://192.0.2.5" }]'] },
  { setting: 'the environment', legacy: 'machine: { env: { HTTPS_PROXY: "http://192.0.2.5:3128" } }', document: ['1.13', 'kind: EnvironmentConfig, variables: { HTTPS_PROXY: "http://192.0.2.5:3128" }'] },
  { setting: 'trusted roots', document: ['1.8', 'kind: TrustedRootsConfig, name: a, certificates: a'] },

  // disks
  { setting: 'disks', legacy: 'machine: { disks: [{ device: /dev/sdb, partitions: [{ mountpoint: /var/mnt/a }] }] }', warnings: ['talos:disks'] },
  { setting: 'encryption', legacy: 'machine: { systemDiskEncryption: { state: { provider: luks2, keys: [{ slot: 0, nodeID: {} }] } } }', document: ['1.11', 'kind: VolumeConfig, name: STATE, encryption: { provider: luks2, keys: [{ slot: 0, nodeID: {} }] }'], warnings: ['talos:disk-encryption'] },
  { setting: 'the size of a system volume', document: ['1.8', 'kind: VolumeConfig, name: EPHEMERAL, provisioning: { maxSize: 50GB }'], warnings: ['talos:volume-size'] },
  { setting: 'the mount of a system volume', document: ['1.13', 'kind: VolumeConfig, name: EPHEMERAL, mount: { secure: true }'] },
  { setting: 'a user volume', document: ['1.10', 'kind: UserVolumeConfig, name: data, provisioning: { diskSelector: { match: "true" }, minSize: 1GB }'], warnings: ['talos:volumes'] },
  { setting: 'a user volume that is a directory', document: ['1.12', 'kind: UserVolumeConfig, name: data, volumeType: directory'] },
  { setting: 'a raw volume', document: ['1.11', 'kind: RawVolumeConfig, name: data, provisioning: { minSize: 1GB }'], warnings: ['talos:volumes'] },
  { setting: 'an existing volume', document: ['1.11', 'kind: ExistingVolumeConfig, name: data, discovery: { volumeSelector: { match: "true" } }'], warnings: ['talos:volumes'] },
  { setting: 'a swap volume', document: ['1.11', 'kind: SwapVolumeConfig, name: swap, provisioning: { minSize: 1GB }'], warnings: ['talos:volumes'] },
  { setting: 'an external volume', document: ['1.13', 'kind: ExternalVolumeConfig, name: data, filesystemType: virtiofs, mount: { virtiofs: { tag: data } }'], warnings: ['talos:volumes'] },
  { setting: 'LVM', document: ['1.14', 'kind: LVMVolumeGroupConfig, name: vg, provisioning: { volumeSelector: { match: "true" } }'], warnings: ['talos:volumes'] },
  { setting: 'RAID', document: ['1.14', 'kind: RAIDArrayConfig, name: md, level: raid1, provisioning: { volumeSelector: { match: "true" } }'], warnings: ['talos:volumes'] },
  { setting: 'an image cache', legacy: 'machine: { features: { imageCache: { localEnabled: true } } }', legacySince: '1.9', document: ['1.14', 'kind: ImageCacheConfig, local: { enabled: true }'], warnings: ['talos:image-cache'] },

  // Kubernetes
  { setting: 'another CNI', legacy: 'cluster: { network: { cni: { name: none } } }', document: ['1.14', 'kind: KubeFlannelCNIConfig, $patch: delete'] },
  { setting: 'a mount of a directory that is there', legacy: 'machine: { kubelet: { extraMounts: [{ source: /var/lib/a, destination: /var/lib/a }, { source: /sys/fs/bpf, destination: /sys/fs/bpf }] } }', pods: KNOWN },
  { setting: 'a mount of a directory that can\'t be made', legacy: 'machine: { kubelet: { extraMounts: [{ source: /mnt/a, destination: /mnt/a }] } }', pods: { ...KNOWN, hasWritableRoot: false }, findings: ['talos:mount-of-missing-directory'] },
  { setting: 'the same where the root isn\'t known', legacy: 'machine: { kubelet: { extraMounts: [{ source: /mnt/a, destination: /mnt/a }] } }', warnings: ['talos:mount-of-missing-directory'] },
  { setting: 'the same where the root is writable', legacy: 'machine: { kubelet: { extraMounts: [{ source: /mnt/a, destination: /mnt/a }] } }', pods: { hasWritableRoot: true } },
  { setting: 'a mount below /opt', legacy: 'machine: { kubelet: { extraMounts: [{ source: /opt/a, destination: /opt/a }] } }', legacySince: '1.8', pods: { hasWritableRoot: false }, findings: ['talos:mount-of-missing-directory'] },
  { setting: 'a mount of a directory that may be in the image', legacy: 'machine: { kubelet: { extraMounts: [{ source: /etc/a, destination: /etc/a }] } }', pods: KNOWN, warnings: ['talos:mount-of-image'] },
  { setting: 'the API server\'s port', legacy: 'cluster: { controlPlane: { localAPIServerPort: 7443 } }', document: ['1.14', 'kind: KubeAPIServerConfig, apiPort: 7443'] },
  { setting: 'a cloud provider', legacy: 'cluster: { externalCloudProvider: { enabled: true } }', warnings: ['talos:cloud-provider'] },
  { setting: 'a cloud provider of the kubelet', legacy: 'machine: { kubelet: { extraArgs: { cloud-provider: external } } }', document: ['1.14', 'kind: KubeletConfig, extraArgs: { cloud-provider: [external] }'], warnings: ['talos:cloud-provider'] },
  { setting: 'the kubelet\'s reservations', legacy: 'machine: { kubelet: { extraConfig: { maxPods: 250, systemReserved: { memory: 1Gi } } } }', document: ['1.14', 'kind: KubeletConfig, config: { maxPods: 250 }'] },
  { setting: 'labels, taints and annotations', legacy: 'machine: { nodeLabels: { a: b }, nodeTaints: { a: "b:NoSchedule" } }', document: ['1.14', 'kind: KubeNodeConfig, labels: { a: b }'] },
  { setting: 'access to the Talos API', legacy: 'machine: { features: { kubernetesTalosAPIAccess: { enabled: true } } }', document: ['1.14', 'kind: KubeTalosAPIAccessConfig, allowedRoles: [os:reader]'] },
  { setting: 'manifests', legacy: 'cluster: { extraManifests: ["https://example.org/a.yaml"] }', document: ['1.14', 'kind: KubeExternalManifestConfig, name: a, url: "https://example.org/a.yaml"'] },
];
