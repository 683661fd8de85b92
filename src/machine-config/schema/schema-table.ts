/**
 * The documents, fields and values of Talos's machine config, for every release that this library knows.
 *
 * A new field, kind or value of a Talos release needs one entry here and nothing else.
 * Releases are `@first`, `..last` or `@first..last`; an entry without one is in all releases since 1.7, or in those of its owner.
 */

/**
 * Document kinds: `KIND: TYPE @first [named] [one-per-name=GROUP]`.
 *
 * There is only one document of a kind that isn't named. Only one document of a group's kinds can claim a name.
 */
export const KINDS = `
BGPInstanceConfig: network.BGPInstanceConfig @1.14 named
BlackholeRouteConfig: network.BlackholeRouteConfig @1.13 named
BondConfig: network.BondConfig @1.12 named one-per-name=link
BridgeConfig: network.BridgeConfig @1.12 named one-per-name=link
CRIBaseRuntimeSpecConfig: cri.CRIBaseRuntimeSpecConfig @1.14
CRICustomizationConfig: cri.CRICustomizationConfig @1.14 named
ContainerConfig: container.ContainerConfig @1.14 named
DHCPv4Config: network.DHCPv4Config @1.12 named
DHCPv6Config: network.DHCPv6Config @1.12 named
DiscoveryIdentityConfig: cluster.DiscoveryIdentityConfig @1.14
DiscoveryServiceConfig: cluster.DiscoveryServiceConfig @1.14 named
DummyLinkConfig: network.DummyLinkConfig @1.12 named one-per-name=link
EnvironmentConfig: runtime.Environment @1.13
EtcFileConfig: runtime.EtcFileConfig @1.14 named
EthernetConfig: network.EthernetConfig @1.10 named
EventSinkConfig: runtime.EventSink @1.7
ExistingVolumeConfig: block.ExistingVolumeConfig @1.11 named one-per-name=volume
ExtensionServiceConfig: extensions.ServiceConfig @1.7 named
ExternalVolumeConfig: block.ExternalVolumeConfig @1.13 named
FilesystemScrubConfig: block.FilesystemScrubConfig @1.14
FilesystemTrimConfig: block.FilesystemTrimConfig @1.14
HCloudVIPConfig: network.HCloudVIPConfig @1.12 named one-per-name=vip
HTTPProbeConfig: network.HTTPProbeConfig @1.14 named
HostnameConfig: network.HostnameConfig @1.12
ImageCacheConfig: cri.ImageCacheConfig @1.14
ImageVerificationConfig: security.ImageVerificationConfig @1.13
KernelModuleConfig: runtime.KernelModuleConfig @1.14 named
KmsgLogConfig: runtime.KmsgLog @1.7 named
KubeAPIServerCAConfig: k8s.KubeAPIServerCAConfig @1.14
KubeAPIServerConfig: k8s.KubeAPIServerConfig @1.14
KubeAdmissionControlConfig: k8s.KubeAdmissionControlConfig @1.14 named
KubeAggregatorCAConfig: k8s.KubeAggregatorCAConfig @1.14
KubeAuditPolicyConfig: k8s.KubeAuditPolicyConfig @1.14
KubeAuthenticationConfig: k8s.KubeAuthenticationConfig @1.14
KubeAuthorizerConfig: k8s.KubeAuthorizerConfig @1.14 named
KubeClusterConfig: k8s.KubeClusterConfig @1.14
KubeControllerManagerConfig: k8s.KubeControllerManagerConfig @1.14
KubeCoreDNSConfig: k8s.KubeCoreDNSConfig @1.14
KubeCredentialProviderConfig: k8s.KubeCredentialProviderConfig @1.14
KubeEtcdEncryptionConfig: k8s.KubeEtcdEncryptionConfig @1.14
KubeExternalManifestConfig: k8s.KubeExternalManifestConfig @1.14 named
KubeFlannelCNIConfig: k8s.KubeFlannelCNIConfig @1.14
KubeInlineManifestConfig: k8s.KubeInlineManifestConfig @1.14 named
KubeNetworkConfig: k8s.KubeNetworkConfig @1.14
KubeNodeConfig: k8s.KubeNodeConfig @1.14
KubePrismConfig: k8s.KubePrismConfig @1.14
KubeProxyConfig: k8s.KubeProxyConfig @1.14
KubeSchedulerConfig: k8s.KubeSchedulerConfig @1.14
KubeServiceAccountConfig: k8s.KubeServiceAccountConfig @1.14
KubeSpanConfig: network.KubeSpanConfig @1.13
KubeSpanEndpointsConfig: network.KubespanEndpointsConfig @1.8
KubeStaticPodConfig: k8s.KubeStaticPodConfig @1.14 named
KubeTalosAPIAccessConfig: k8s.KubeTalosAPIAccessConfig @1.14
KubeletConfig: k8s.KubeletConfig @1.14
LVMLogicalVolumeConfig: storage.LVMLogicalVolumeConfig @1.14 named
LVMVolumeGroupConfig: storage.LVMVolumeGroupConfig @1.14 named
Layer2VIPConfig: network.Layer2VIPConfig @1.12 named one-per-name=vip
LinkAliasConfig: network.LinkAliasConfig @1.12 named
LinkConfig: network.LinkConfig @1.12 named one-per-name=link
NetworkDefaultActionConfig: network.DefaultActionConfig @1.7
NetworkRuleConfig: network.RuleConfig @1.7 named
OOMConfig: runtime.OOM @1.12
PCIDriverRebindConfig: hardware.PCIDriverRebindConfig @1.10 named
RAIDArrayConfig: storage.RAIDArrayConfig @1.14 named
RawVolumeConfig: block.RawVolumeConfig @1.11 named
RegistryAuthConfig: cri.RegistryAuthConfig @1.12 named
RegistryMirrorConfig: cri.RegistryMirrorConfig @1.12 named
RegistryTLSConfig: cri.RegistryTLSConfig @1.12 named
ResolverConfig: network.ResolverConfig @1.12
RoutingRuleConfig: network.RoutingRuleConfig @1.13 named
SecurityProfileConfig: runtime.SecurityProfileConfig @1.14
SideroLinkConfig: siderolink.Config @1.7
StaticHostConfig: network.StaticHostConfig @1.12 named
SwapVolumeConfig: block.SwapVolumeConfig @1.11 named
SysctlConfig: runtime.SysctlConfig @1.14
SysfsConfig: runtime.SysfsConfig @1.14
TCPProbeConfig: network.TCPProbeConfig @1.13 named
TimeSyncConfig: network.TimeSyncConfig @1.12
TrustedRootsConfig: security.TrustedRootsConfig @1.8 named
UdevRulesConfig: runtime.UdevRulesConfig @1.14
UnattendedInstallConfig: runtime.UnattendedInstallConfig @1.14
UserVolumeConfig: block.UserVolumeConfig @1.10 named one-per-name=volume
VLANConfig: network.VLANConfig @1.12 named one-per-name=link
VRFConfig: network.VRFConfig @1.13 named one-per-name=link
VethConfig: network.VethConfig @1.14 named one-per-name=link
VolumeConfig: block.VolumeConfig @1.8 named
WatchdogTimerConfig: runtime.WatchdogTimer @1.7
WireguardConfig: network.WireguardConfig @1.12 named one-per-name=link
ZswapConfig: block.ZswapConfig @1.11
`;

/**
 * Types: `TYPE: FIELD; FIELD; ...` in the order of encoding, or `TYPE = OTHER` for a type with its own merge rule.
 *
 * A field is `NAME TYPE`. `NAME!` is written even if empty. With `=` after the type, a patch replaces the value instead of adding
 * to it. `secret` masks the value. `...TYPE` is the fields of another type. `*TYPE` can be absent, which isn't the same as empty.
 * If fields are marked `decides`, an object without any of them counts as empty, whatever else it has.
 * A field whose type changed has one entry for each type.
 */
export const TYPES = `
block.DiskSelector: match cel.Expression
block.EncryptionKey: slot! int; static *block.EncryptionKeyStatic; nodeID *block.EncryptionKeyNodeID; kms *block.EncryptionKeyKMS; tpm *block.EncryptionKeyTPM; lockToState *bool @1.11
block.EncryptionKeyKMS: endpoint! string
block.EncryptionKeyNodeID:
block.EncryptionKeyStatic: passphrase string secret
block.EncryptionKeyTPM: options *block.EncryptionKeyTPMOptions @1.12; checkSecurebootStatusOnEnroll *bool
block.EncryptionKeyTPMOptions: pcrs []int
block.EncryptionSpec: provider! block.EncryptionProviderType ..1.11; provider! block.EncryptionProviderType decides @1.12; keys! []block.EncryptionKey ..1.11; keys! []block.EncryptionKey decides @1.12; cipher string; keySize uint; blockSize uint64; options []string; allowDiscards *bool @1.14
block.ExistingMountSpec: readOnly *bool; disableAccessTime *bool; secure *bool
block.ExistingVolumeConfig: ...meta.Meta; name! string; discovery block.VolumeDiscoverySpec; mount block.MountSpec ..1.12; mount block.ExistingMountSpec @1.13; trim *block.TrimConfig @1.14; scrub *block.ScrubConfig @1.14
block.ExternalMountSpec: readOnly *bool; disableAccessTime *bool; secure *bool; virtiofs *block.VirtiofsMountSpec
block.ExternalVolumeConfig: ...meta.Meta; name! string; filesystemType! block.FilesystemType; mount block.ExternalMountSpec
block.FilesystemScrubConfig: ...meta.Meta; interval time.Duration
block.FilesystemSpec: type block.FilesystemType; projectQuotaSupport *bool @1.11; xfs *block.XFSSpec @1.14
block.FilesystemTrimConfig: ...meta.Meta; interval time.Duration
block.MountSpec: secure *bool @1.13; disableAccessTime *bool @1.14; readOnly *bool ..1.12
block.ProvisioningSpec: diskSelector block.DiskSelector; grow *bool; minSize block.UnmergedByteSize ..1.8; minSize block.ByteSize @1.9; maxSize block.UnmergedByteSize ..1.8; maxSize block.ByteSize @1.9..1.11; maxSize block.Size @1.12
block.RawVolumeConfig: ...meta.Meta; name! string; provisioning block.ProvisioningSpec; encryption block.EncryptionSpec
block.ScrubConfig: enabled *bool; interval time.Duration
block.SwapVolumeConfig: ...meta.Meta; name! string; provisioning block.ProvisioningSpec; encryption block.EncryptionSpec
block.SystemVolumeFilesystemSpec: xfs *block.XFSSpec
block.TrimConfig: enabled *bool; interval time.Duration
block.UserMountSpec: disableAccessTime *bool; secure *bool
block.UserVolumeConfig: ...meta.Meta; name! string; volumeType *block.VolumeType @1.12; provisioning block.ProvisioningSpec; filesystem block.FilesystemSpec; encryption block.EncryptionSpec; mount block.UserMountSpec @1.13; trim *block.TrimConfig @1.14; scrub *block.ScrubConfig @1.14
block.VirtiofsMountSpec: tag! string
block.VolumeConfig: ...meta.Meta; name! string; provisioning block.ProvisioningSpec; filesystem block.SystemVolumeFilesystemSpec @1.14; encryption block.EncryptionSpec @1.11; mount block.MountSpec @1.13; trim *block.TrimConfig @1.14; scrub *block.ScrubConfig @1.14
block.VolumeDiscoverySpec: volumeSelector block.VolumeSelector
block.VolumeSelector: match cel.Expression
block.XFSSpec: minAllocationGroupSize block.ByteSize
block.ZswapConfig: ...meta.Meta; maxPoolPercent *int; shrinkerEnabled *bool
cluster.DiscoveryIdentityConfig: ...meta.Meta; clusterID! string; clusterSecret! string secret
cluster.DiscoveryServiceConfig: ...meta.Meta; name! string; endpoint! meta.URL
container.ContainerCapabilities: add []string; drop []string
container.ContainerConfig: ...meta.Meta; name! string; image! string; entrypoint []string; args []string; workingDir string; runAs *container.ContainerRunAs; environment []string secret; mounts []container.ContainerMount; security *container.ContainerSecurity; network *container.ContainerNetwork; resources *container.ContainerResources; dependsOn *container.ContainerDependsOn
container.ContainerDependsOn: paths []string; networks []string; time *bool; containers []string
container.ContainerMount: userVolume *container.UserVolumeMount; tmpfs *container.TmpfsMount; hostPath *container.HostPathMount
container.ContainerNetwork: mode string
container.ContainerResourceLimits: cpu string; memory string
container.ContainerResources: limits *container.ContainerResourceLimits
container.ContainerRunAs: uid *int32; gid *int32
container.ContainerSecurity: profile string; capabilities *container.ContainerCapabilities
container.HostPathMount: source! string; destination! string; options []string
container.TmpfsMount: destination! string; size string; options []string
container.UserVolumeMount: name! string; destination! string; options []string
cri.CRIBaseRuntimeSpecConfig: ...meta.Meta; overrides meta.Unstructured =
cri.CRICustomizationConfig: ...meta.Meta; name! string; content! string secret
cri.ImageCacheConfig: ...meta.Meta; local! cri.LocalImageCacheConfig
cri.LocalImageCacheConfig: enabled *bool
cri.RegistryAuthConfig: ...meta.Meta; name! string; username string; password string secret; auth string secret; identityToken string secret
cri.RegistryEndpoint: url! meta.URL; overridePath *bool
cri.RegistryMirrorConfig: ...meta.Meta; name! string; endpoints []cri.RegistryEndpoint; skipFallback *bool
cri.RegistryTLSConfig: ...meta.Meta; name! string; clientIdentity *meta.CertificateAndKey; ca string; insecureSkipVerify *bool
extensions.ConfigFile: content! string secret; mountPath! string
extensions.ConfigFileList = []extensions.ConfigFile
extensions.ServiceConfig: ...meta.Meta; name! string; configFiles extensions.ConfigFileList; environment []string secret
hardware.PCIDriverRebindConfig: ...meta.Meta; name! string; targetDriver! string
k8s.AcceptedServiceAccountConfig: publicKeys []string; issuers []meta.URL; audiences []string
k8s.IssuerServiceAccountConfig: privateKey! string secret; issuerURL! meta.URL
k8s.KubeAPIServerCAConfig: ...meta.Meta; issuingCA *meta.CertificateAndKey; acceptedCAs []string
k8s.KubeAPIServerConfig: ...meta.Meta; image! string; extraArgs meta.Args; env map[string]string; resources k8s.ResourcesConfig; apiPort *int; certExtraSANs []string; startupProbes *bool
k8s.KubeAdmissionControlConfig: ...meta.Meta; name! string; configuration! meta.Unstructured
k8s.KubeAggregatorCAConfig: ...meta.Meta; issuingCA *meta.CertificateAndKey; acceptedCAs []string
k8s.KubeAuditPolicyConfig: ...meta.Meta; configuration! meta.Unstructured =
k8s.KubeAuthenticationConfig: ...meta.Meta; configuration! meta.Unstructured =
k8s.KubeAuthorizerConfig: ...meta.Meta; name! string; type! string; webhook meta.Unstructured
k8s.KubeClusterConfig: ...meta.Meta; clusterName! string; endpoint! meta.URL
k8s.KubeControllerManagerConfig: ...meta.Meta; enabled *bool; image! string; extraArgs meta.Args; env map[string]string; resources k8s.ResourcesConfig
k8s.KubeCoreDNSConfig: ...meta.Meta; enabled *bool; image string
k8s.KubeCredentialProviderConfig: ...meta.Meta; configuration! meta.Unstructured =
k8s.KubeEtcdEncryptionConfig: ...meta.Meta; config! meta.Unstructured secret
k8s.KubeExternalManifestConfig: ...meta.Meta; name! string; headers map[string]string secret; url! meta.URL
k8s.KubeFlannelCNIConfig: ...meta.Meta; backendType! string; backendPort uint16; backendMTU uint32; backendExtraConfig meta.Unstructured; resources k8s.ResourcesConfig; extraArgs []string; kubeNetworkPoliciesEnabled *bool
k8s.KubeInlineManifestConfig: ...meta.Meta; name! string; manifest! string secret
k8s.KubeNetworkConfig: ...meta.Meta; dnsDomain! string; podSubnets! []meta.Prefix =; serviceSubnets! []meta.Prefix =; nodeCIDRMaskSizeIPv4 int; nodeCIDRMaskSizeIPv6 int
k8s.KubeNodeConfig: ...meta.Meta; skipNodeRegistration *bool; registerWithFQDN *bool; nodeIP! k8s.NodeIPConfig; labels map[string]string; annotations map[string]string; taints map[string]string
k8s.KubePrismConfig: ...meta.Meta; port! int; tlsServerName string
k8s.KubeProxyConfig: ...meta.Meta; enabled *bool; image string; mode string; config! meta.Unstructured; extraArgs meta.Args; resources k8s.ResourcesConfig
k8s.KubeSchedulerConfig: ...meta.Meta; enabled *bool; image! string; config! meta.Unstructured; extraArgs meta.Args; env map[string]string; resources k8s.ResourcesConfig
k8s.KubeServiceAccountConfig: ...meta.Meta; issuer! k8s.IssuerServiceAccountConfig; accepted k8s.AcceptedServiceAccountConfig
k8s.KubeStaticPodConfig: ...meta.Meta; name! string; pod! meta.Unstructured =
k8s.KubeTalosAPIAccessConfig: ...meta.Meta; allowedRoles []string; allowedKubernetesNamespaces []string
k8s.KubeletConfig: ...meta.Meta; image! string; config! meta.Unstructured; extraArgs meta.Args; clusterDNS []string; defaultRuntimeSeccompProfileEnabled *bool
k8s.NodeIPConfig: validSubnets []string
k8s.ResourcesConfig: requests meta.Unstructured; limits meta.Unstructured
meta.Args = map[string]meta.ArgValue
meta.CertificateAndKey: cert string; key string secret
meta.Meta: apiVersion string; kind! string
network.AddressConfig: address! netip.Prefix; routePriority *uint32
network.BGPBFDConfig: transmitInterval time.Duration; receiveInterval time.Duration; detectMultiplier uint8
network.BGPImportRoute: bgpInstance! string; prefixes! []meta.Prefix
network.BGPInstanceConfig: ...meta.Meta; name! string; vrf string; localASN! uint32; routerID meta.Addr; routeSource meta.Addr; advertise []string =; multipath *bool; maxPaths uint8; installRoutes *bool; importRoutes []network.BGPImportRoute =; neighbors []network.BGPNeighborConfig =
network.BGPNeighborConfig: address meta.Addr; link string; peerASN uint32; localASN uint32; passive bool; holdTime time.Duration; bfd *network.BGPBFDConfig
network.BlackholeRouteConfig: ...meta.Meta; name! string; metric uint32
network.BondConfig: ...meta.Meta; name! string; hardwareAddr nethelpers.HardwareAddr; links []string; bondMode *nethelpers.BondMode; miimon *uint32; updelay *uint32; downdelay *uint32; useCarrier *bool; xmitHashPolicy *nethelpers.BondXmitHashPolicy; arpInterval *uint32; arpIpTargets []netip.Addr; nsIp6Targets []netip.Addr; arpValidate *nethelpers.ARPValidate; arpAllTargets *nethelpers.ARPAllTargets; lacpRate *nethelpers.LACPRate; failOverMac *nethelpers.FailOverMAC; adSelect *nethelpers.ADSelect; adActorSysPrio *uint16; adUserPortKey *uint16; adLACPActive *nethelpers.ADLACPActive; primaryReselect *nethelpers.PrimaryReselect; resendIGMP *uint32; minLinks *uint32; lpInterval *uint32; packetsPerSlave *uint32; numPeerNotif *uint8; tlbLogicalLb *uint8; allSlavesActive *uint8; peerNotifDelay *uint32; missedMax *uint8; ...network.CommonLinkConfig
network.BridgeConfig: ...meta.Meta; name! string; hardwareAddr nethelpers.HardwareAddr; links []string; stp network.BridgeSTPConfig; vlan network.BridgeVLANConfig; ...network.CommonLinkConfig
network.BridgeSTPConfig: enabled *bool
network.BridgeVLANConfig: filtering *bool
network.CommonLinkConfig: up *bool; mtu uint32; addresses []network.AddressConfig; routes []network.RouteConfig; multicast *bool
network.CommonProbeConfig: interval time.Duration; failureThreshold int
network.DHCPv4Config: ...meta.Meta; name! string; routeMetric uint32; ignoreHostname *bool; ignoreRoutes *bool @1.14; clientIdentifier *nethelpers.ClientIdentifier; duidRaw nethelpers.HardwareAddr
network.DHCPv6Config: ...meta.Meta; name! string; routeMetric uint32; ignoreHostname *bool; clientIdentifier *nethelpers.ClientIdentifier; duidRaw nethelpers.HardwareAddr
network.DefaultActionConfig: ...meta.Meta; ingress! nethelpers.DefaultAction
network.DummyLinkConfig: ...meta.Meta; name! string; hardwareAddr nethelpers.HardwareAddr; ...network.CommonLinkConfig
network.EthernetChannelsConfig: rx *uint32; tx *uint32; other *uint32; combined *uint32
network.EthernetConfig: ...meta.Meta; name! string; features map[string]bool; rings *network.EthernetRingsConfig; channels *network.EthernetChannelsConfig; wakeOnLan []nethelpers.WOLMode @1.12
network.EthernetRingsConfig: rx *uint32; tx *uint32; rx-mini *uint32; rx-jumbo *uint32; rx-buf-len *uint32; cqe-size *uint32; tx-push *bool; rx-push *bool; tx-push-buf-len *uint32; tcp-data-split *bool
network.HCloudVIPConfig: ...meta.Meta; name! string; link! string; apiToken! string secret
network.HTTPProbeConfig: ...meta.Meta; name! string; ...network.CommonProbeConfig; url! meta.URL; timeout time.Duration
network.HostDNSConfig: enabled *bool; forwardKubeDNSToHost *bool; resolveMemberNames *bool
network.HostnameConfig: ...meta.Meta; auto *nethelpers.AutoHostnameKind; hostname string
network.IngressConfig = []network.IngressRule
network.IngressRule: subnet! netip.Prefix; except meta.Prefix
network.KubeSpanConfig: ...meta.Meta; enabled *bool; advertiseKubernetesNetworks *bool; allowDownPeerBypass *bool; harvestExtraEndpoints *bool; mtu *uint32; filters *network.KubeSpanFiltersConfig
network.KubeSpanFiltersConfig: endpoints []string; excludeAdvertisedNetworks []meta.Prefix
network.KubespanEndpointsConfig: ...meta.Meta; extraAnnouncedEndpoints! []netip.AddrPort
network.Layer2VIPConfig: ...meta.Meta; name! string; link! string
network.LinkAliasConfig: ...meta.Meta; name! string; selector network.LinkSelector
network.LinkConfig: ...meta.Meta; name! string; ...network.CommonLinkConfig
network.LinkSelector: match cel.Expression
network.NTPConfig: servers []string; useNTS *bool @1.14
network.NameserverConfig: address! meta.Addr; protocol nethelpers.DNSProtocol @1.14; tlsServerName string @1.14
network.PTPConfig: devices []string
network.PortRanges = []network.PortRange
network.ResolverConfig: ...meta.Meta; nameservers []network.NameserverConfig; searchDomains network.SearchDomainsConfig; hostDNS network.HostDNSConfig @1.14
network.RouteConfig: destination meta.Prefix; gateway meta.Addr; source meta.Addr; metric uint32; mtu uint32; table nethelpers.RoutingTable
network.RoutingRuleConfig: ...meta.Meta; name! string; src network.Prefix ..1.13; src meta.Prefix @1.14; dst network.Prefix ..1.13; dst meta.Prefix @1.14; table! nethelpers.RoutingTable; action nethelpers.RoutingRuleAction; iifName string; oifName string; fwMark uint32; fwMask uint32
network.RuleConfig: ...meta.Meta; name! string; portSelector! network.RulePortSelector; ingress! network.IngressConfig =
network.RulePortSelector: ports! network.PortRanges =; protocol! nethelpers.Protocol
network.SearchDomainsConfig: domains []string; disableDefault *bool
network.StaticHostConfig: ...meta.Meta; name! string; hostnames! []string
network.TCPProbeConfig: ...meta.Meta; name! string; ...network.CommonProbeConfig; endpoint! string; timeout time.Duration
network.TimeSyncConfig: ...meta.Meta; enabled *bool; bootTimeout time.Duration; ntp *network.NTPConfig; ptp *network.PTPConfig
network.VLANConfig: ...meta.Meta; name! string; vlanID uint16; vlanMode *nethelpers.VLANProtocol; parent string; ...network.CommonLinkConfig
network.VRFConfig: ...meta.Meta; name! string; hardwareAddr nethelpers.HardwareAddr; links []string; table! nethelpers.RoutingTable; ...network.CommonLinkConfig
network.VethConfig: ...meta.Meta; name! string; peer! network.VethPeerConfig; ...network.CommonLinkConfig
network.VethPeerConfig: name! string; ...network.CommonLinkConfig
network.WireguardConfig: ...meta.Meta; name! string; privateKey string secret; listenPort int; firewallMark int; peers []network.WireguardPeer; ...network.CommonLinkConfig
network.WireguardPeer: publicKey string; presharedKey string secret; endpoint meta.AddrPort; persistentKeepaliveInterval time.Duration; allowedIPs []meta.Prefix
runtime.DiskSelectorSpec: match cel.Expression
runtime.Environment: ...meta.Meta; variables! map[string]string secret
runtime.EtcFileConfig: ...meta.Meta; name! string; mode! FileMode; contents! string secret
runtime.EventSink: ...meta.Meta; endpoint! string
runtime.InstallerSpec: image string
runtime.KernelModuleConfig: ...meta.Meta; name! string; parameters []string
runtime.KmsgLog: ...meta.Meta; name! string; url! meta.URL
runtime.OOM: ...meta.Meta; triggerExpression cel.Expression; cgroupRankingExpression cel.Expression; strictCgroupClassOrdering *bool; sampleInterval time.Duration
runtime.ProvisioningSpec: diskSelector runtime.DiskSelectorSpec; wipe *bool
runtime.SecurityProfileConfig: ...meta.Meta; workloadIsolation *bool
runtime.SysctlConfig: ...meta.Meta; params! map[string]string
runtime.SysfsConfig: ...meta.Meta; params! map[string]string
runtime.UdevRulesConfig: ...meta.Meta; rules []string
runtime.UnattendedInstallConfig: ...meta.Meta; reboot *bool; installer! runtime.InstallerSpec; provisioning! runtime.ProvisioningSpec
runtime.WatchdogTimer: ...meta.Meta; device! string; timeout time.Duration
security.ImageKeylessVerifier: issuer string; subject string; subjectRegex string
security.ImagePublicKeyVerifier: certificate string
security.ImageVerificationConfig: ...meta.Meta; rules security.ImageVerificationRules
security.ImageVerificationRule: image string; skip *bool; deny *bool; keyless *security.ImageKeylessVerifier; publicKey *security.ImagePublicKeyVerifier
security.ImageVerificationRules = []security.ImageVerificationRule
security.TrustedRootsConfig: ...meta.Meta; name! string; certificates! string
siderolink.Config: ...meta.Meta; apiUrl! meta.URL secret; uniqueToken string secret @1.10
storage.LVMLogicalVolumeConfig: ...meta.Meta; name! string; type! storage.LVMLogicalVolumeType; mirrors *uint32; stripes *uint32; provisioning! storage.LVMLogicalVolumeProvisioningSpec
storage.LVMLogicalVolumeProvisioningSpec: volumeGroup! string; minSize block.ByteSize; maxSize block.Size
storage.LVMVolumeGroupConfig: ...meta.Meta; name! string; provisioning! storage.ProvisioningSpec
storage.LVMVolumeSelectorSpec: match cel.Expression
storage.ProvisioningSpec: volumeSelector storage.LVMVolumeSelectorSpec
storage.RAIDArrayConfig: ...meta.Meta; name! string; level! storage.MDLevel; metadata storage.MDMetadata; provisioning! storage.RAIDProvisioningSpec
storage.RAIDProvisioningSpec: volumeSelector! storage.RAIDVolumeSelector
storage.RAIDVolumeSelector: match cel.Expression
v1alpha1.APIServerConfig: image string; extraArgs map[string]string ..1.12; extraArgs meta.Args @1.13; extraVolumes []v1alpha1.VolumeMountConfig; env map[string]string; certSANs []string; disablePodSecurityPolicy *bool; admissionControl v1alpha1.AdmissionPluginConfigList; auditPolicy meta.Unstructured =; resources *v1alpha1.ResourcesConfig; authorizationConfig v1alpha1.AuthorizationConfigAuthorizerConfigList @1.9
v1alpha1.AdminKubeconfigConfig: certLifetime time.Duration
v1alpha1.AdmissionPluginConfig: name! string; configuration! meta.Unstructured
v1alpha1.AdmissionPluginConfigList = []*v1alpha1.AdmissionPluginConfig
v1alpha1.AuthorizationConfigAuthorizerConfig: type! string; name! string; webhook meta.Unstructured
v1alpha1.AuthorizationConfigAuthorizerConfigList = []*v1alpha1.AuthorizationConfigAuthorizerConfig
v1alpha1.Bond: interfaces! []string; deviceSelectors []v1alpha1.NetworkDeviceSelector; arpIPTarget []string; mode! string; xmitHashPolicy string; lacpRate string; adActorSystem string; arpValidate string; arpAllTargets string; primary string; primaryReselect string; failOverMac string; adSelect string; miimon uint32; updelay uint32; downdelay uint32; arpInterval uint32; resendIgmp uint32; minLinks uint32; lpInterval uint32; packetsPerSlave uint32; numPeerNotif uint8; tlbDynamicLb uint8; allSlavesActive uint8; useCarrier *bool; adActorSysPrio uint16; adUserPortKey uint16; peerNotifyDelay uint32
v1alpha1.Bridge: interfaces! []string; stp *v1alpha1.STP; vlan *v1alpha1.BridgeVLAN @1.8
v1alpha1.BridgePort: master string
v1alpha1.BridgeVLAN: vlanFiltering *bool
v1alpha1.CNIConfig: name string; urls []string; flannel *v1alpha1.FlannelCNIConfig
v1alpha1.ClusterConfig: id string; secret string secret; controlPlane! *v1alpha1.ControlPlaneConfig ..1.13; controlPlane *v1alpha1.ControlPlaneConfig @1.14; clusterName string; network *v1alpha1.ClusterNetworkConfig; token string secret; aescbcEncryptionSecret string secret; secretboxEncryptionSecret string secret; ca *x509.PEMEncodedCertificateAndKey; acceptedCAs []*x509.PEMEncodedCertificate; aggregatorCA *x509.PEMEncodedCertificateAndKey; serviceAccount *x509.PEMEncodedKey; apiServer *v1alpha1.APIServerConfig; controllerManager *v1alpha1.ControllerManagerConfig; proxy *v1alpha1.ProxyConfig; scheduler *v1alpha1.SchedulerConfig; discovery *v1alpha1.ClusterDiscoveryConfig; etcd *v1alpha1.EtcdConfig; coreDNS *v1alpha1.CoreDNS; externalCloudProvider *v1alpha1.ExternalCloudProviderConfig; extraManifests []string; extraManifestHeaders map[string]string secret; inlineManifests v1alpha1.ClusterInlineManifests; adminKubeconfig *v1alpha1.AdminKubeconfigConfig; allowSchedulingOnMasters *bool; allowSchedulingOnControlPlanes *bool
v1alpha1.ClusterDiscoveryConfig: enabled *bool; registries! v1alpha1.DiscoveryRegistriesConfig
v1alpha1.ClusterInlineManifest: name! string; contents! v1alpha1.InlineManifestContents secret
v1alpha1.ClusterInlineManifests = []v1alpha1.ClusterInlineManifest
v1alpha1.ClusterNetworkConfig: cni *v1alpha1.CNIConfig; dnsDomain! string; podSubnets! []string =; serviceSubnets! []string =
v1alpha1.Config: version! string; debug *bool; persist *bool; machine! *v1alpha1.MachineConfig; cluster! *v1alpha1.ClusterConfig
v1alpha1.ControlPlaneConfig: endpoint! *v1alpha1.Endpoint; localAPIServerPort int
v1alpha1.ControllerManagerConfig: image string; extraArgs map[string]string ..1.12; extraArgs meta.Args @1.13; extraVolumes []v1alpha1.VolumeMountConfig; env map[string]string; resources *v1alpha1.ResourcesConfig
v1alpha1.CoreDNS: disabled *bool; image string
v1alpha1.DHCPOptions: routeMetric! uint32; ipv4 *bool; ipv6 *bool; duidv6 string
v1alpha1.Device: interface string; deviceSelector *v1alpha1.NetworkDeviceSelector; addresses []string; cidr string; routes []*v1alpha1.Route; bond *v1alpha1.Bond; bridge *v1alpha1.Bridge; bridgePort *v1alpha1.BridgePort @1.9; vlans v1alpha1.VlanList; mtu int; dhcp *bool; ignore *bool; dummy *bool; dhcpOptions *v1alpha1.DHCPOptions; wireguard *v1alpha1.DeviceWireguardConfig; vip *v1alpha1.DeviceVIPConfig
v1alpha1.DeviceVIPConfig: ip string; equinixMetal *v1alpha1.VIPEquinixMetalConfig; hcloud *v1alpha1.VIPHCloudConfig
v1alpha1.DeviceWireguardConfig: privateKey string secret; listenPort int; firewallMark int; peers []*v1alpha1.DeviceWireguardPeer
v1alpha1.DeviceWireguardPeer: publicKey string; endpoint string; persistentKeepaliveInterval time.Duration; allowedIPs []string
v1alpha1.DiscoveryRegistriesConfig: kubernetes! v1alpha1.RegistryKubernetesConfig; service! v1alpha1.RegistryServiceConfig
v1alpha1.DiskPartition: size v1alpha1.DiskSize; mountpoint string
v1alpha1.EncryptionConfig: provider! string; keys! []*v1alpha1.EncryptionKey; cipher string; keySize uint; blockSize uint64; options []string
v1alpha1.EncryptionKey: static *v1alpha1.EncryptionKeyStatic; nodeID *v1alpha1.EncryptionKeyNodeID; kms *v1alpha1.EncryptionKeyKMS; slot! int; tpm *v1alpha1.EncryptionKeyTPM
v1alpha1.EncryptionKeyKMS: endpoint! string
v1alpha1.EncryptionKeyNodeID:
v1alpha1.EncryptionKeyStatic: passphrase string secret
v1alpha1.EncryptionKeyTPM: checkSecurebootStatusOnEnroll *bool
v1alpha1.EtcdConfig: image string; ca! *x509.PEMEncodedCertificateAndKey; extraArgs map[string]string ..1.12; extraArgs meta.Args @1.13; subnet string; advertisedSubnets []string; listenSubnets []string
v1alpha1.ExternalCloudProviderConfig: enabled *bool; manifests []string
v1alpha1.ExtraHost: ip! string; aliases! []string
v1alpha1.ExtraMount: destination! string; type string; source string; options []string; uidMappings []v1alpha1.LinuxIDMapping; gidMappings []v1alpha1.LinuxIDMapping
v1alpha1.FeaturesConfig: rbac *bool; stableHostname *bool; kubernetesTalosAPIAccess *v1alpha1.KubernetesTalosAPIAccessConfig; apidCheckExtKeyUsage *bool; diskQuotaSupport *bool; kubePrism *v1alpha1.KubePrism; hostDNS *v1alpha1.HostDNSConfig; imageCache *v1alpha1.ImageCacheConfig @1.9; nodeAddressSortAlgorithm string @1.9
v1alpha1.FlannelCNIConfig: extraArgs []string; kubeNetworkPoliciesEnabled *bool @1.13
v1alpha1.HostDNSConfig: enabled *bool; forwardKubeDNSToHost *bool; resolveMemberNames *bool
v1alpha1.ImageCacheConfig: localEnabled *bool
v1alpha1.InstallConfig: disk string; diskSelector *v1alpha1.InstallDiskSelector; extraKernelArgs []string; image string; extensions []v1alpha1.InstallExtensionConfig; bootloader *bool; wipe! *bool; legacyBIOSSupport *bool; grubUseUKICmdline *bool @1.12
v1alpha1.InstallDiskSelector: size *v1alpha1.InstallDiskSizeMatcher; name string; model string; serial string; modalias string; uuid string; wwid string; type v1alpha1.InstallDiskType ..1.8; type string @1.9; busPath string
v1alpha1.InstallExtensionConfig: image! string
v1alpha1.KernelConfig: modules []*v1alpha1.KernelModuleConfig
v1alpha1.KernelModuleConfig: name! string; parameters []string
v1alpha1.KubePrism: enabled *bool; port int
v1alpha1.KubeSpanFilters: endpoints []string; excludeAdvertisedNetworks []string @1.12
v1alpha1.KubeletConfig: image string; clusterDNS []string; extraArgs map[string]string ..1.12; extraArgs meta.Args @1.13; extraMounts []v1alpha1.ExtraMount; extraConfig meta.Unstructured; credentialProviderConfig meta.Unstructured; defaultRuntimeSeccompProfileEnabled *bool; registerWithFQDN *bool; nodeIP *v1alpha1.KubeletNodeIPConfig; skipNodeRegistration *bool; disableManifestsDirectory *bool
v1alpha1.KubeletNodeIPConfig: validSubnets []string
v1alpha1.KubernetesTalosAPIAccessConfig: enabled *bool; allowedRoles []string; allowedKubernetesNamespaces []string
v1alpha1.LinuxIDMapping: containerID! uint32; hostID! uint32; size! uint32
v1alpha1.LoggingConfig: destinations! []v1alpha1.LoggingDestination
v1alpha1.LoggingDestination: endpoint! *v1alpha1.Endpoint; format! string; extraTags map[string]string
v1alpha1.MachineConfig: type! string; token! string secret; ca *x509.PEMEncodedCertificateAndKey; acceptedCAs []*x509.PEMEncodedCertificate; certSANs! []string; controlPlane *v1alpha1.MachineControlPlaneConfig; kubelet *v1alpha1.KubeletConfig; pods []meta.Unstructured; network *v1alpha1.NetworkConfig; disks []*v1alpha1.MachineDisk; install *v1alpha1.InstallConfig; files []*v1alpha1.MachineFile; env map[string]string secret; time *v1alpha1.TimeConfig; sysctls map[string]string; sysfs map[string]string; registries v1alpha1.RegistriesConfig; systemDiskEncryption *v1alpha1.SystemDiskEncryptionConfig; features *v1alpha1.FeaturesConfig; udev *v1alpha1.UdevConfig; logging *v1alpha1.LoggingConfig; kernel *v1alpha1.KernelConfig; seccompProfiles []*v1alpha1.MachineSeccompProfile; baseRuntimeSpecOverrides meta.Unstructured @1.9; nodeLabels map[string]string; nodeAnnotations map[string]string @1.8; nodeTaints map[string]string
v1alpha1.MachineControlPlaneConfig: controllerManager *v1alpha1.MachineControllerManagerConfig; scheduler *v1alpha1.MachineSchedulerConfig
v1alpha1.MachineControllerManagerConfig: disabled *bool
v1alpha1.MachineDisk: device string; partitions []*v1alpha1.DiskPartition
v1alpha1.MachineFile: content! string secret; permissions! FileMode; path! string; op! string
v1alpha1.MachineSchedulerConfig: disabled *bool
v1alpha1.MachineSeccompProfile: name! string; value! meta.Unstructured
v1alpha1.NetworkConfig: hostname string; interfaces v1alpha1.NetworkDeviceList; nameservers []string; searchDomains []string @1.9; extraHostEntries []*v1alpha1.ExtraHost; kubespan *v1alpha1.NetworkKubeSpan; disableSearchDomain *bool
v1alpha1.NetworkDeviceList = []*v1alpha1.Device
v1alpha1.NetworkDeviceSelector: busPath string; hardwareAddr string; permanentAddr string @1.9; pciID string; driver string; physical *bool
v1alpha1.NetworkKubeSpan: enabled *bool; advertiseKubernetesNetworks *bool; allowDownPeerBypass *bool; harvestExtraEndpoints *bool; mtu *uint32; filters *v1alpha1.KubeSpanFilters
v1alpha1.ProxyConfig: disabled *bool; image string; mode string; extraArgs map[string]string ..1.12; extraArgs meta.Args @1.13
v1alpha1.RegistriesConfig: mirrors map[string]*v1alpha1.RegistryMirrorConfig; config map[string]*v1alpha1.RegistryConfig
v1alpha1.RegistryAuthConfig: username string; password string secret; auth string secret; identityToken string secret
v1alpha1.RegistryConfig: tls *v1alpha1.RegistryTLSConfig; auth *v1alpha1.RegistryAuthConfig
v1alpha1.RegistryKubernetesConfig: disabled *bool
v1alpha1.RegistryMirrorConfig: endpoints! []string; overridePath *bool; skipFallback *bool @1.9
v1alpha1.RegistryServiceConfig: disabled *bool; endpoint string
v1alpha1.RegistryTLSConfig: clientIdentity *x509.PEMEncodedCertificateAndKey; ca v1alpha1.Base64Bytes; insecureSkipVerify *bool
v1alpha1.ResourcesConfig: requests meta.Unstructured; limits meta.Unstructured
v1alpha1.Route: network! string; gateway! string; source string; metric uint32; mtu uint32
v1alpha1.STP: enabled *bool
v1alpha1.SchedulerConfig: image string; extraArgs map[string]string ..1.12; extraArgs meta.Args @1.13; extraVolumes []v1alpha1.VolumeMountConfig; env map[string]string; resources *v1alpha1.ResourcesConfig; config meta.Unstructured
v1alpha1.SystemDiskEncryptionConfig: state *v1alpha1.EncryptionConfig; ephemeral *v1alpha1.EncryptionConfig
v1alpha1.TimeConfig: disabled *bool; servers []string; bootTimeout time.Duration
v1alpha1.UdevConfig: rules []string
v1alpha1.VIPEquinixMetalConfig: apiToken! string secret
v1alpha1.VIPHCloudConfig: apiToken! string secret
v1alpha1.Vlan: addresses []string; cidr string; routes! []*v1alpha1.Route; dhcp *bool; vlanId! uint16; mtu uint32; vip *v1alpha1.DeviceVIPConfig; dhcpOptions *v1alpha1.DHCPOptions
v1alpha1.VlanList = []*v1alpha1.Vlan
v1alpha1.VolumeMountConfig: hostPath! string; mountPath! string; readonly bool
x509.PEMEncodedCertificate: crt! x509.PEM
x509.PEMEncodedCertificateAndKey: crt! x509.PEM; key! x509.PEMKey secret
x509.PEMEncodedKey: key! x509.PEMKey secret
`;

/**
 * Closed sets: `TYPE: VALUE VALUE@first..last ...`. The first value is that of an absent key; `-` if there is none.
 */
export const ENUMS = `
block.EncryptionProviderType: none luks2
block.FilesystemType: none xfs vfat ext4 iso9660 swap@1.11..1.12 swapi@1.13 virtiofs@1.13 btrfs@1.14
block.VolumeType: partition disk tmpfs directory symlink overlay external@1.13
nethelpers.ADLACPActive: off on
nethelpers.ADSelect: stable bandwidth count
nethelpers.ARPAllTargets: any all
nethelpers.ARPValidate: none active backup all filter filter-active filter-backup
nethelpers.AutoHostnameKind: off talos-addr stable
nethelpers.BondMode: balance-rr active-backup balance-xor broadcast 802.3ad balance-tlb balance-alb
nethelpers.BondXmitHashPolicy: layer2 layer3+4 layer2+3 encap2+3 encap3+4
nethelpers.ClientIdentifier: none mac duid
nethelpers.DNSProtocol: Do53 DoT DoH
nethelpers.DefaultAction: accept block
nethelpers.FailOverMAC: none active follow
nethelpers.LACPRate: slow fast
nethelpers.PrimaryReselect: always better failure
nethelpers.Protocol: - icmp tcp udp icmpv6
nethelpers.RoutingRuleAction: unspec unicast blackhole unreachable prohibit
nethelpers.RoutingTable: unspec 1..252 default main local
nethelpers.VLANProtocol: - 802.1q 802.1ad
nethelpers.WOLMode: - phy unicast multicast broadcast magic magicsecure filter
storage.LVMLogicalVolumeType: linear raid1 raid0 raid10
storage.MDLevel: raid1
storage.MDMetadata: 1.0 1.2
v1alpha1.InstallDiskType: - ssd hdd nvme sd
`;
