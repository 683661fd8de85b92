/*
 * What kinds and fields are, in our words: `NAME: TEXT`, and ` | DEFAULT` where Talos has one. Fields without a line are described by their names and
 * types. A text says what a value is; its form, its releases and how patches change it follow from the schema.
 */

export const KINDS = `
BGPInstanceConfig: A BGP speaker of the machine, which announces its routes to neighbors.
BlackholeRouteConfig: A route that drops packets. Its name is the network.
BondConfig: A link that bonds others. Its name is that of the link.
BridgeConfig: A bridge of links. Its name is that of the link.
CRIBaseRuntimeSpecConfig: Changes to the OCI runtime specification of all containers.
CRICustomizationConfig: A part of containerd's configuration.
ContainerConfig: A container that the machine runs beside Kubernetes.
DHCPv4Config: A DHCPv4 client on a link. Its name is that of the link.
DHCPv6Config: A DHCPv6 client on a link. Its name is that of the link.
DiscoveryIdentityConfig: How the cluster is known to discovery services.
DiscoveryServiceConfig: A discovery service, through which members find each other.
DummyLinkConfig: A dummy link. Its name is that of the link.
EnvironmentConfig: Environment variables of Talos's services.
EtcFileConfig: A file below /etc. Its name is the path there.
EthernetConfig: Settings of an Ethernet link, as those of ethtool. Its name is that of the link.
EventSinkConfig: Where the machine sends its events.
ExistingVolumeConfig: A volume that exists on a disk and is mounted.
ExtensionServiceConfig: Files and environment of an extension's service. Its name is that of the extension.
ExternalVolumeConfig: A volume that something outside of the machine provides.
FilesystemScrubConfig: When filesystems are checked for errors.
FilesystemTrimConfig: When unused blocks of filesystems are given back.
HCloudVIPConfig: An address that control planes share on Hetzner Cloud. Its name is the address.
HTTPProbeConfig: A check that a URL answers.
HostnameConfig: The hostname of the machine.
ImageCacheConfig: Whether images come from a cache on the machine.
ImageVerificationConfig: Which images may run, by their signatures.
KernelModuleConfig: A kernel module to load. Its name is that of the module.
KmsgLogConfig: Where the machine sends the kernel's log.
KubeAPIServerCAConfig: The certificate authority of the Kubernetes API.
KubeAPIServerConfig: The Kubernetes API server.
KubeAdmissionControlConfig: The configuration of an admission plugin. Its name is that of the plugin.
KubeAggregatorCAConfig: The certificate authority of the API server's aggregation layer.
KubeAuditPolicyConfig: What the Kubernetes API server logs.
KubeAuthenticationConfig: Who may sign in to the Kubernetes API, for example by OpenID Connect.
KubeAuthorizerConfig: An authorizer of the Kubernetes API.
KubeClusterConfig: The name and the endpoint of the Kubernetes cluster.
KubeControllerManagerConfig: The Kubernetes controller manager.
KubeCoreDNSConfig: The DNS server of the cluster.
KubeCredentialProviderConfig: Where the kubelet gets credentials of image registries.
KubeEtcdEncryptionConfig: How Secrets are encrypted in etcd.
KubeExternalManifestConfig: A manifest that Talos downloads and applies to the cluster.
KubeFlannelCNIConfig: Flannel, which makes the network of pods.
KubeInlineManifestConfig: A manifest that Talos applies to the cluster.
KubeNetworkConfig: The networks of pods and Services.
KubeNodeConfig: The machine as a node of Kubernetes.
KubePrismConfig: KubePrism, a load balancer on each machine for the Kubernetes API.
KubeProxyConfig: kube-proxy, which makes Services reachable.
KubeSchedulerConfig: The Kubernetes scheduler.
KubeServiceAccountConfig: The keys and issuers of service account tokens.
KubeSpanConfig: KubeSpan, a WireGuard network between the machines.
KubeSpanEndpointsConfig: More addresses at which peers reach the machine by KubeSpan.
KubeStaticPodConfig: A pod that the kubelet runs without the Kubernetes API.
KubeTalosAPIAccessConfig: Which pods may call the Talos API.
KubeletConfig: The kubelet.
LVMLogicalVolumeConfig: A logical volume of LVM.
LVMVolumeGroupConfig: A volume group of LVM.
Layer2VIPConfig: An address that control planes share in a network. Its name is the address.
LinkAliasConfig: Another name for a link.
LinkConfig: A link that exists, for example that of a network card. Its name is that of the link.
NetworkDefaultActionConfig: What the firewall does with packets that no rule is about.
NetworkRuleConfig: A rule of the firewall.
OOMConfig: What happens when memory runs out.
PCIDriverRebindConfig: Another driver for a PCI device. Its name is the identifier of the device.
RAIDArrayConfig: A RAID array of disks.
RawVolumeConfig: A volume without a filesystem.
RegistryAuthConfig: The credentials of an image registry. Its name is the host of the registry.
RegistryMirrorConfig: Mirrors of an image registry. Its name is the host of the registry, or \`*\`.
RegistryTLSConfig: The certificates of an image registry. Its name is the host of the registry.
ResolverConfig: The DNS servers and search domains of the machine.
RoutingRuleConfig: A rule of the kernel's routing policy. Its name is the priority.
SecurityProfileConfig: How strictly workloads are isolated.
SideroLinkConfig: SideroLink, through which Omni and others manage the machine.
StaticHostConfig: A line of /etc/hosts. Its name is the address.
SwapVolumeConfig: A volume for swapped memory.
SysctlConfig: Parameters of the kernel, as in /proc/sys.
SysfsConfig: Parameters of the kernel in /sys.
TCPProbeConfig: A check that a port answers.
TimeSyncConfig: How the clock is kept right.
TrustedRootsConfig: Certificate authorities that the machine trusts.
UdevRulesConfig: Rules of udev.
UnattendedInstallConfig: How Talos is installed on a disk without an operator.
UserVolumeConfig: A volume for the data of pods, mounted at /var/mnt/NAME.
VLANConfig: A VLAN. Its name is that of the link.
VRFConfig: A VRF, a routing table with links of its own. Its name is that of the link.
VethConfig: A pair of connected links. Its name is that of the link.
VolumeConfig: A volume of Talos itself. Its name is that of the volume, for example EPHEMERAL.
WatchdogTimerConfig: A watchdog device, which restarts a machine that hangs.
WireguardConfig: A WireGuard link. Its name is that of the link.
ZswapConfig: A compressed cache for swapped memory.
`;

export const FIELDS = `
v1alpha1.Config.version: The version of the document's form.
v1alpha1.Config.debug: Whether the machine logs more, also to the console. | false
v1alpha1.Config.persist: Whether the machine keeps the machine config over restarts. Talos always does. | true
v1alpha1.Config.machine: The machine: its kubelet, network, disks, files and features.
v1alpha1.Config.cluster: The Kubernetes cluster: its endpoint, networks and the components of its control plane.
v1alpha1.MachineConfig.type: The role of the machine: \`controlplane\` or \`worker\`. | worker
v1alpha1.MachineConfig.token: The token with which machines join the cluster.
v1alpha1.MachineConfig.ca: The certificate authority of the Talos API.
v1alpha1.MachineConfig.acceptedCAs: More certificate authorities that the Talos API accepts.
v1alpha1.MachineConfig.certSANs: More names and addresses at which the Talos API is reached: they are in its certificate.
v1alpha1.MachineConfig.kubelet: The kubelet.
v1alpha1.MachineConfig.pods: Pods that the kubelet runs without the Kubernetes API.
v1alpha1.MachineConfig.network: The network of the machine.
v1alpha1.MachineConfig.disks: Disks that Talos partitions and mounts.
v1alpha1.MachineConfig.install: How Talos is installed on a disk.
v1alpha1.MachineConfig.files: Files that Talos writes.
v1alpha1.MachineConfig.env: Environment variables of Talos's services, for example proxies.
v1alpha1.MachineConfig.time: How the clock is kept right.
v1alpha1.MachineConfig.sysctls: Parameters of the kernel, as in /proc/sys.
v1alpha1.MachineConfig.sysfs: Parameters of the kernel in /sys.
v1alpha1.MachineConfig.registries: Mirrors, credentials and certificates of image registries.
v1alpha1.MachineConfig.features: Features of Talos that can be turned on and off.
v1alpha1.MachineConfig.nodeLabels: Labels of the node in Kubernetes.
v1alpha1.MachineConfig.nodeAnnotations: Annotations of the node in Kubernetes.
v1alpha1.MachineConfig.nodeTaints: Taints of the node in Kubernetes: \`value:Effect\` by their keys.
v1alpha1.KubeletConfig.image: The image of the kubelet, which decides its version. | - that of the release of Talos
v1alpha1.KubeletConfig.clusterDNS: The addresses of the cluster's DNS server, as pods get them. | - the tenth address of each network of Services
v1alpha1.KubeletConfig.extraArgs: Arguments of the kubelet by their names, without dashes.
v1alpha1.KubeletConfig.extraMounts: Folders of the machine that the kubelet sees.
v1alpha1.KubeletConfig.extraConfig: Fields of the KubeletConfiguration, as Kubernetes has them.
v1alpha1.KubeletConfig.nodeIP: Which addresses of the machine are those of the node.
v1alpha1.KubeletConfig.registerWithFQDN: Whether the node has the full name of the machine. | false
v1alpha1.KubeletConfig.skipNodeRegistration: Whether the kubelet runs without a node in Kubernetes. | false
v1alpha1.KubeletConfig.defaultRuntimeSeccompProfileEnabled: Whether containers have the runtime's seccomp profile unless they ask for another one. | false
v1alpha1.KubeletNodeIPConfig.validSubnets: The networks of the addresses; with \`!\` in front, networks that don't count.
v1alpha1.NetworkConfig.hostname: The hostname of the machine.
v1alpha1.NetworkConfig.interfaces: The network interfaces.
v1alpha1.NetworkConfig.nameservers: The addresses of DNS servers.
v1alpha1.NetworkConfig.extraHostEntries: Lines of /etc/hosts.
v1alpha1.Device.interface: The name of the interface, for example \`eth0\`.
v1alpha1.Device.deviceSelector: Finds the interface by its properties instead of its name.
v1alpha1.Device.addresses: The addresses with the lengths of their prefixes, for example \`10.0.0.5/24\`.
v1alpha1.Device.dhcp: Whether the interface gets its addresses by DHCP.
v1alpha1.Device.mtu: The size of the largest packet, in bytes.
v1alpha1.Device.vip: An address that control planes share.
v1alpha1.InstallConfig.disk: The disk, for example \`/dev/sda\`.
v1alpha1.InstallConfig.image: The image of the installer.
v1alpha1.InstallConfig.wipe: Whether the disk is wiped first. | false
v1alpha1.MachineFile.content: What is in the file.
v1alpha1.MachineFile.permissions: The mode of the file as a number, for example 0o644.
v1alpha1.MachineFile.path: Where the file is: below /var, or a file of /etc/cri/conf.d.
v1alpha1.MachineFile.op: What happens to the file: \`create\`, \`append\` or \`overwrite\`.
v1alpha1.RegistriesConfig.mirrors: Mirrors by the hosts of registries; \`*\` is for all others.
v1alpha1.RegistriesConfig.config: Credentials and certificates by the hosts of registries and mirrors.
v1alpha1.RegistryMirrorConfig.endpoints: The URLs of the mirrors, in the order in which they are tried.
v1alpha1.RegistryMirrorConfig.overridePath: Whether the path of an endpoint replaces \`/v2\`, instead of standing before it. | false
v1alpha1.RegistryMirrorConfig.skipFallback: Whether the registry itself is never asked. | false
v1alpha1.KubePrism.enabled: Whether KubePrism runs. | false
v1alpha1.KubePrism.port: The port at 127.0.0.1. | 7445
v1alpha1.HostDNSConfig.enabled: Whether the machine has a DNS cache. | false
v1alpha1.HostDNSConfig.forwardKubeDNSToHost: Whether the cluster's DNS server asks the cache of the machine. | false
v1alpha1.HostDNSConfig.resolveMemberNames: Whether the cache knows the hostnames of the cluster's members. | false
v1alpha1.KubernetesTalosAPIAccessConfig.enabled: Whether pods may call the Talos API. | false
v1alpha1.TimeConfig.servers: The time servers. | - time.cloudflare.com
v1alpha1.ClusterConfig.id: The identifier of the cluster for discovery.
v1alpha1.ClusterConfig.controlPlane: The endpoint of the Kubernetes API.
v1alpha1.ClusterConfig.clusterName: The name of the cluster.
v1alpha1.ClusterConfig.network: The networks of pods and Services, and what makes that of pods.
v1alpha1.ClusterConfig.apiServer: The Kubernetes API server.
v1alpha1.ClusterConfig.controllerManager: The Kubernetes controller manager.
v1alpha1.ClusterConfig.scheduler: The Kubernetes scheduler.
v1alpha1.ClusterConfig.proxy: kube-proxy, which makes Services reachable.
v1alpha1.ClusterConfig.discovery: How members of the cluster find each other.
v1alpha1.ClusterConfig.etcd: etcd, the database of the cluster.
v1alpha1.ClusterConfig.coreDNS: The DNS server of the cluster.
v1alpha1.ClusterConfig.extraManifests: URLs of manifests that Talos downloads and applies to the cluster.
v1alpha1.ClusterConfig.inlineManifests: Manifests that Talos applies to the cluster.
v1alpha1.ClusterConfig.allowSchedulingOnControlPlanes: Whether ordinary pods may run on control planes. | false
v1alpha1.ControlPlaneConfig.endpoint: The URL of the Kubernetes API for machines and users.
v1alpha1.ControlPlaneConfig.localAPIServerPort: The port of the API server on its machine. | 6443
v1alpha1.ClusterNetworkConfig.cni: What makes the network of pods. | - Flannel
v1alpha1.ClusterNetworkConfig.dnsDomain: The DNS domain of Services. | cluster.local
v1alpha1.ClusterNetworkConfig.podSubnets: The networks of pods: one, or one for each address family. | - 10.244.0.0/16
v1alpha1.ClusterNetworkConfig.serviceSubnets: The networks of Services: one, or one for each address family. | - 10.96.0.0/12
v1alpha1.CNIConfig.name: \`flannel\`, \`none\`, or \`custom\` with \`urls\`. | flannel
v1alpha1.APIServerConfig.image: The image of the API server, which decides its version. | - that of the release of Talos
v1alpha1.APIServerConfig.extraArgs: Arguments of the API server by their names, without dashes.
v1alpha1.APIServerConfig.certSANs: More names and addresses at which the Kubernetes API is reached: they are in its certificate.
v1alpha1.APIServerConfig.admissionControl: The admission plugins and their configurations.
v1alpha1.APIServerConfig.auditPolicy: What the API server logs, as the Policy of Kubernetes.
v1alpha1.ControllerManagerConfig.extraArgs: Arguments of the controller manager by their names, without dashes.
v1alpha1.SchedulerConfig.extraArgs: Arguments of the scheduler by their names, without dashes.
v1alpha1.ProxyConfig.disabled: Whether kube-proxy doesn't run. | false
v1alpha1.ProxyConfig.extraArgs: Arguments of kube-proxy by their names, without dashes.
v1alpha1.EtcdConfig.extraArgs: Arguments of etcd by their names, without dashes.
v1alpha1.EtcdConfig.advertisedSubnets: The networks of the addresses that etcd advertises to other members.
v1alpha1.ClusterDiscoveryConfig.enabled: Whether members of the cluster find each other. | false
v1alpha1.ClusterInlineManifest.contents: The manifest, as YAML.
v1alpha1.LoggingDestination.endpoint: The URL, \`tcp://\` or \`udp://\`, to which logs are sent.
cri.RegistryEndpoint.url: The URL of the mirror.
cri.RegistryEndpoint.overridePath: Whether the path of the URL replaces \`/v2\`, instead of standing before it. | false
cri.RegistryMirrorConfig.endpoints: The mirrors, in the order in which they are tried.
cri.RegistryMirrorConfig.skipFallback: Whether the registry itself is never asked. | false
cri.RegistryTLSConfig.ca: The certificate authorities of the registry, as PEM.
cri.RegistryTLSConfig.insecureSkipVerify: Whether any certificate of the registry is accepted. | false
block.DiskSelector.match: A CEL expression that is true for the disk, for example \`disk.transport == "nvme"\`.
block.ProvisioningSpec.diskSelector: On which disks the volume may be.
block.ProvisioningSpec.grow: Whether the volume grows up to \`maxSize\`.
block.ProvisioningSpec.minSize: The least size.
block.ProvisioningSpec.maxSize: The most size.
block.UserVolumeConfig.provisioning: Where the volume is, and how large.
block.UserVolumeConfig.filesystem: The filesystem of the volume.
block.UserVolumeConfig.volumeType: What the volume is. | partition
k8s.KubeletConfig.image: The image of the kubelet, which decides its version.
k8s.KubeletConfig.config: Fields of the KubeletConfiguration, as Kubernetes has them.
k8s.KubeletConfig.extraArgs: Arguments of the kubelet by their names, without dashes.
k8s.KubeAPIServerConfig.image: The image of the API server, which decides its version.
k8s.KubeAPIServerConfig.extraArgs: Arguments of the API server by their names, without dashes.
k8s.KubeAPIServerConfig.apiPort: The port of the API server on its machine. | 6443
k8s.KubeAPIServerConfig.certExtraSANs: More names and addresses at which the Kubernetes API is reached: they are in its certificate.
k8s.KubeAuthenticationConfig.configuration: The AuthenticationConfiguration, as Kubernetes has it.
k8s.KubeAuditPolicyConfig.configuration: The audit Policy, as Kubernetes has it.
k8s.KubeClusterConfig.endpoint: The URL of the Kubernetes API for machines and users.
k8s.KubeNodeConfig.labels: Labels of the node in Kubernetes.
k8s.KubeNodeConfig.annotations: Annotations of the node in Kubernetes.
k8s.KubeNodeConfig.taints: Taints of the node in Kubernetes: \`value:Effect\` by their keys.
k8s.KubeNetworkConfig.podSubnets: The networks of pods: one, or one for each address family.
k8s.KubeNetworkConfig.serviceSubnets: The networks of Services: one, or one for each address family.
k8s.KubePrismConfig.port: The port at 127.0.0.1.
k8s.KubeInlineManifestConfig.manifest: The manifest, as YAML.
network.HostnameConfig.hostname: The hostname; \`auto\` must be \`off\` beside it.
network.HostnameConfig.auto: How the machine makes a hostname of its own.
network.AddressConfig.address: The address with the length of its prefix, for example \`10.0.0.5/24\`.
network.CommonLinkConfig.addresses: The addresses of the link.
network.CommonLinkConfig.routes: The routes through the link.
network.CommonLinkConfig.mtu: The size of the largest packet, in bytes.
network.CommonLinkConfig.up: Whether the link is up.
network.RouteConfig.destination: The network behind the route; without it, all networks.
network.RouteConfig.gateway: The address of the next router.
network.ResolverConfig.nameservers: The DNS servers.
network.NameserverConfig.address: The address of the DNS server.
network.NTPConfig.servers: The time servers.
network.RulePortSelector.ports: The ports: numbers, or ranges such as \`30000-32767\`.
network.IngressRule.subnet: The network whose packets are let in.
network.IngressRule.except: A part of the network whose packets aren't.
runtime.Environment.variables: The variables by their names.
runtime.SysctlConfig.params: The parameters by their names, for example \`vm.swappiness\`.
`;
