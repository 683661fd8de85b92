// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".
import * as x509 from './x509';

/**
 * Is at `cluster.apiServer`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.apiServer
 */
export interface APIServerConfig {
  /**
   * The image of the API server, which decides its version.
   *
   * @default - that of the release of Talos
   */
  readonly image?: string;

  /** Arguments of the API server by their names, without dashes. A text or a list of texts. Some of these values need Talos 1.13. */
  readonly extraArgs?: { [key: string]: string | string[] };

  /** Extra volumes. A patch appends to the list. */
  readonly extraVolumes?: VolumeMountConfig[];

  /** Env. It can hold secrets. */
  readonly env?: { [key: string]: string };

  /** More names and addresses at which the Kubernetes API is reached: they are in its certificate. A patch appends to the list. */
  readonly certSANs?: string[];

  /** Disable pod security policy, on or off. */
  readonly disablePodSecurityPolicy?: boolean;

  /** The admission plugins and their configurations. A patch is merged into the element with the same `name`; other elements are appended. */
  readonly admissionControl?: AdmissionPluginConfig[];

  /** What the API server logs, as the Policy of Kubernetes. A patch replaces the whole object. */
  readonly auditPolicy?: { [key: string]: any };

  /** Resources. */
  readonly resources?: ResourcesConfig;

  /** Authorization config. Since Talos 1.9. */
  readonly authorizationConfig?: AuthorizationConfigAuthorizerConfig[];
}

/**
 * Is at `cluster.adminKubeconfig`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.adminKubeconfig
 */
export interface AdminKubeconfigConfig {
  /** Cert lifetime. A duration such as 1m30s. */
  readonly certLifetime?: string;
}

/** Is at `cluster.apiServer.admissionControl[]`. */
export interface AdmissionPluginConfig {
  /** Name. */
  readonly name?: string;

  /** Configuration. It can hold secrets. A patch is merged into it at every depth, and appends to its lists. */
  readonly configuration?: { [key: string]: any };
}

/** Is at `cluster.apiServer.authorizationConfig[]`. */
export interface AuthorizationConfigAuthorizerConfig {
  /** Type. */
  readonly type?: string;

  /** Name. */
  readonly name?: string;

  /** Webhook. A patch is merged into it at every depth, and appends to its lists. */
  readonly webhook?: { [key: string]: any };
}

/** Is at `machine.network.interfaces[].bond`. */
export interface Bond {
  /** Interfaces. A patch appends to the list. */
  readonly interfaces?: string[];

  /** Device selectors. A patch appends to the list. */
  readonly deviceSelectors?: NetworkDeviceSelector[];

  /** ARP IP target. A patch appends to the list. */
  readonly arpIPTarget?: string[];

  /** Mode. */
  readonly mode?: string;

  /** Xmit hash policy. */
  readonly xmitHashPolicy?: string;

  /** Lacp rate. */
  readonly lacpRate?: string;

  /** Ad actor system. */
  readonly adActorSystem?: string;

  /** ARP validate. */
  readonly arpValidate?: string;

  /** ARP all targets. */
  readonly arpAllTargets?: string;

  /** Primary. */
  readonly primary?: string;

  /** Primary reselect. */
  readonly primaryReselect?: string;

  /** Fail over mac. */
  readonly failOverMac?: string;

  /** Ad select. */
  readonly adSelect?: string;

  /** Miimon. */
  readonly miimon?: number;

  /** Updelay. */
  readonly updelay?: number;

  /** Downdelay. */
  readonly downdelay?: number;

  /** ARP interval. */
  readonly arpInterval?: number;

  /** Resend igmp. */
  readonly resendIgmp?: number;

  /** Min links. */
  readonly minLinks?: number;

  /** Lp interval. */
  readonly lpInterval?: number;

  /** Packets per slave. */
  readonly packetsPerSlave?: number;

  /** Num peer notif. */
  readonly numPeerNotif?: number;

  /** Tlb dynamic lb. */
  readonly tlbDynamicLb?: number;

  /** All slaves active. */
  readonly allSlavesActive?: number;

  /** Use carrier, on or off. */
  readonly useCarrier?: boolean;

  /** Ad actor sys prio. */
  readonly adActorSysPrio?: number;

  /** Ad user port key. */
  readonly adUserPortKey?: number;

  /** Peer notify delay. */
  readonly peerNotifyDelay?: number;
}

/** Is at `machine.network.interfaces[].bridge`. */
export interface Bridge {
  /** Interfaces. A patch appends to the list. */
  readonly interfaces?: string[];

  /** STP. */
  readonly stp?: Stp;

  /** VLAN. Since Talos 1.8. */
  readonly vlan?: BridgeVLAN;
}

/** Is at `machine.network.interfaces[].bridgePort`. */
export interface BridgePort {
  /** Master. */
  readonly master?: string;
}

/** Is at `machine.network.interfaces[].bridge.vlan`. */
export interface BridgeVLAN {
  /** VLAN filtering, on or off. */
  readonly vlanFiltering?: boolean;
}

/**
 * Is at `cluster.network.cni`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.network.cni
 */
export interface CNIConfig {
  /**
   * `flannel`, `none`, or `custom` with `urls`.
   *
   * @default flannel
   */
  readonly name?: string;

  /** URLS. A patch appends to the list. */
  readonly urls?: string[];

  /** Flannel. */
  readonly flannel?: FlannelCNIConfig;
}

/**
 * Is at `cluster`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster
 */
export interface ClusterConfig {
  /** The identifier of the cluster for discovery. */
  readonly id?: string;

  /** Secret. It can hold secrets. */
  readonly secret?: string;

  /** The endpoint of the Kubernetes API. */
  readonly controlPlane?: ControlPlaneConfig;

  /** The name of the cluster. */
  readonly clusterName?: string;

  /** The networks of pods and Services, and what makes that of pods. */
  readonly network?: ClusterNetworkConfig;

  /** Token. It can hold secrets. */
  readonly token?: string;

  /** Aescbc encryption secret. It can hold secrets. */
  readonly aescbcEncryptionSecret?: string;

  /** Secretbox encryption secret. It can hold secrets. */
  readonly secretboxEncryptionSecret?: string;

  /** Ca. */
  readonly ca?: x509.PEMEncodedCertificateAndKey;

  /** Accepted CAs. A patch appends to the list. */
  readonly acceptedCAs?: x509.PEMEncodedCertificate[];

  /** Aggregator CA. */
  readonly aggregatorCA?: x509.PEMEncodedCertificateAndKey;

  /** Service account. */
  readonly serviceAccount?: x509.PEMEncodedKey;

  /** The Kubernetes API server. */
  readonly apiServer?: APIServerConfig;

  /** The Kubernetes controller manager. */
  readonly controllerManager?: ControllerManagerConfig;

  /** kube-proxy, which makes Services reachable. */
  readonly proxy?: ProxyConfig;

  /** The Kubernetes scheduler. */
  readonly scheduler?: SchedulerConfig;

  /** How members of the cluster find each other. */
  readonly discovery?: ClusterDiscoveryConfig;

  /** etcd, the database of the cluster. */
  readonly etcd?: EtcdConfig;

  /** The DNS server of the cluster. */
  readonly coreDNS?: CoreDNS;

  /** External cloud provider. */
  readonly externalCloudProvider?: ExternalCloudProviderConfig;

  /** URLs of manifests that Talos downloads and applies to the cluster. A patch appends to the list. */
  readonly extraManifests?: string[];

  /** Extra manifest headers. It can hold secrets. */
  readonly extraManifestHeaders?: { [key: string]: string };

  /** Manifests that Talos applies to the cluster. */
  readonly inlineManifests?: ClusterInlineManifest[];

  /** Admin kubeconfig. */
  readonly adminKubeconfig?: AdminKubeconfigConfig;

  /** Allow scheduling on masters, on or off. */
  readonly allowSchedulingOnMasters?: boolean;

  /**
   * Whether ordinary pods may run on control planes.
   *
   * @default false
   */
  readonly allowSchedulingOnControlPlanes?: boolean;
}

/**
 * Is at `cluster.discovery`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.discovery
 */
export interface ClusterDiscoveryConfig {
  /**
   * Whether members of the cluster find each other.
   *
   * @default false
   */
  readonly enabled?: boolean;

  /** Registries. */
  readonly registries?: DiscoveryRegistriesConfig;
}

/** Is at `cluster.inlineManifests[]`. */
export interface ClusterInlineManifest {
  /** Name. */
  readonly name?: string;

  /** The manifest, as YAML. It can hold secrets. */
  readonly contents?: string;
}

/**
 * Is at `cluster.network`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.network
 */
export interface ClusterNetworkConfig {
  /**
   * What makes the network of pods.
   *
   * @default - Flannel
   */
  readonly cni?: CNIConfig;

  /**
   * The DNS domain of Services.
   *
   * @default cluster.local
   */
  readonly dnsDomain?: string;

  /**
   * The networks of pods: one, or one for each address family. A patch replaces the list.
   *
   * @default - 10.244.0.0/16
   */
  readonly podSubnets?: string[];

  /**
   * The networks of Services: one, or one for each address family. A patch replaces the list.
   *
   * @default - 10.96.0.0/12
   */
  readonly serviceSubnets?: string[];
}

/**
 * Is at `cluster.controlPlane`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.controlPlane
 */
export interface ControlPlaneConfig {
  /** The URL of the Kubernetes API for machines and users. A URL. */
  readonly endpoint?: string;

  /**
   * The port of the API server on its machine.
   *
   * @default 6443
   */
  readonly localAPIServerPort?: number;
}

/**
 * Is at `cluster.controllerManager`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.controllerManager
 */
export interface ControllerManagerConfig {
  /** Image. */
  readonly image?: string;

  /** Arguments of the controller manager by their names, without dashes. A text or a list of texts. Some of these values need Talos 1.13. */
  readonly extraArgs?: { [key: string]: string | string[] };

  /** Extra volumes. A patch appends to the list. */
  readonly extraVolumes?: VolumeMountConfig[];

  /** Env. It can hold secrets. */
  readonly env?: { [key: string]: string };

  /** Resources. */
  readonly resources?: ResourcesConfig;
}

/**
 * Is at `cluster.coreDNS`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.coreDNS
 */
export interface CoreDNS {
  /** Disabled, on or off. */
  readonly disabled?: boolean;

  /** Image. */
  readonly image?: string;
}

/** Is at `machine.network.interfaces[].vlans[].dhcpOptions` and another place. */
export interface DHCPOptions {
  /** Route metric. */
  readonly routeMetric?: number;

  /** Ipv4, on or off. */
  readonly ipv4?: boolean;

  /** Ipv6, on or off. */
  readonly ipv6?: boolean;

  /** Duidv6. */
  readonly duidv6?: string;
}

/** Is at `machine.network.interfaces[]`. */
export interface Device {
  /** The name of the interface, for example `eth0`. */
  readonly interface?: string;

  /** Finds the interface by its properties instead of its name. */
  readonly deviceSelector?: NetworkDeviceSelector;

  /** The addresses with the lengths of their prefixes, for example `10.0.0.5/24`. A patch appends to the list. */
  readonly addresses?: string[];

  /** Cidr. */
  readonly cidr?: string;

  /** Routes. A patch appends to the list. */
  readonly routes?: Route[];

  /** Bond. */
  readonly bond?: Bond;

  /** Bridge. */
  readonly bridge?: Bridge;

  /** Bridge port. Since Talos 1.9. */
  readonly bridgePort?: BridgePort;

  /** VLANS. A patch is merged into the element with the same `vlanId`; other elements are appended. */
  readonly vlans?: Vlan[];

  /** The size of the largest packet, in bytes. */
  readonly mtu?: number;

  /** Whether the interface gets its addresses by DHCP. */
  readonly dhcp?: boolean;

  /** Ignore, on or off. */
  readonly ignore?: boolean;

  /** Dummy, on or off. */
  readonly dummy?: boolean;

  /** DHCP options. */
  readonly dhcpOptions?: DHCPOptions;

  /** Wireguard. */
  readonly wireguard?: DeviceWireguardConfig;

  /** An address that control planes share. */
  readonly vip?: DeviceVIPConfig;
}

/** Is at `machine.network.interfaces[].vlans[].vip` and another place. */
export interface DeviceVIPConfig {
  /** IP. */
  readonly ip?: string;

  /** Equinix metal. */
  readonly equinixMetal?: VIPEquinixMetalConfig;

  /** Hcloud. */
  readonly hcloud?: VIPHCloudConfig;
}

/** Is at `machine.network.interfaces[].wireguard`. */
export interface DeviceWireguardConfig {
  /** Private key. It can hold secrets. */
  readonly privateKey?: string;

  /** Listen port. */
  readonly listenPort?: number;

  /** Firewall mark. */
  readonly firewallMark?: number;

  /** Peers. A patch appends to the list. */
  readonly peers?: DeviceWireguardPeer[];
}

/** Is at `machine.network.interfaces[].wireguard.peers[]`. */
export interface DeviceWireguardPeer {
  /** Public key. */
  readonly publicKey?: string;

  /** Endpoint. */
  readonly endpoint?: string;

  /** Persistent keepalive interval. A duration such as 1m30s. */
  readonly persistentKeepaliveInterval?: string;

  /** Allowed IPs. */
  readonly allowedIPs?: string[];
}

/**
 * Is at `cluster.discovery.registries`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.discovery.registries
 */
export interface DiscoveryRegistriesConfig {
  /** Kubernetes. */
  readonly kubernetes?: RegistryKubernetesConfig;

  /** Service. */
  readonly service?: RegistryServiceConfig;
}

/** Is at `machine.disks[].partitions[]`. */
export interface DiskPartition {
  /** Size. A size such as 10GB. */
  readonly size?: string;

  /** Mountpoint. */
  readonly mountpoint?: string;
}

/**
 * Is at `machine.systemDiskEncryption.state` and another place.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.systemDiskEncryption.state
 */
export interface EncryptionConfig {
  /** Provider. */
  readonly provider?: string;

  /** Keys. A patch appends to the list. */
  readonly keys?: EncryptionKey[];

  /** Cipher. */
  readonly cipher?: string;

  /** Key size. */
  readonly keySize?: number;

  /** Block size. */
  readonly blockSize?: number;

  /** Options. A patch appends to the list. */
  readonly options?: string[];
}

/** Is at `machine.systemDiskEncryption.state.keys[]` and another place. */
export interface EncryptionKey {
  /** Static. */
  readonly static?: EncryptionKeyStatic;

  /** Node ID. */
  readonly nodeID?: EncryptionKeyNodeID;

  /** KMS. */
  readonly kms?: EncryptionKeyKMS;

  /** Slot. */
  readonly slot?: number;

  /** TPM. */
  readonly tpm?: EncryptionKeyTPM;
}

/** Is at `machine.systemDiskEncryption.state.keys[].kms` and another place. */
export interface EncryptionKeyKMS {
  /** Endpoint. */
  readonly endpoint?: string;
}

/** Is at `machine.systemDiskEncryption.state.keys[].nodeID` and another place. */
export interface EncryptionKeyNodeID {}

/** Is at `machine.systemDiskEncryption.state.keys[].static` and another place. */
export interface EncryptionKeyStatic {
  /** Passphrase. It can hold secrets. */
  readonly passphrase?: string;
}

/** Is at `machine.systemDiskEncryption.state.keys[].tpm` and another place. */
export interface EncryptionKeyTPM {
  /** Check secureboot status on enroll, on or off. */
  readonly checkSecurebootStatusOnEnroll?: boolean;
}

/**
 * Is at `cluster.etcd`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.etcd
 */
export interface EtcdConfig {
  /** Image. */
  readonly image?: string;

  /** Ca. */
  readonly ca?: x509.PEMEncodedCertificateAndKey;

  /** Arguments of etcd by their names, without dashes. A text or a list of texts. Some of these values need Talos 1.13. */
  readonly extraArgs?: { [key: string]: string | string[] };

  /** Subnet. */
  readonly subnet?: string;

  /** The networks of the addresses that etcd advertises to other members. A patch appends to the list. */
  readonly advertisedSubnets?: string[];

  /** Listen subnets. A patch appends to the list. */
  readonly listenSubnets?: string[];
}

/**
 * Is at `cluster.externalCloudProvider`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.externalCloudProvider
 */
export interface ExternalCloudProviderConfig {
  /** Enabled, on or off. */
  readonly enabled?: boolean;

  /** Manifests. A patch appends to the list. */
  readonly manifests?: string[];
}

/** Is at `machine.network.extraHostEntries[]`. */
export interface ExtraHost {
  /** IP. */
  readonly ip?: string;

  /** Aliases. */
  readonly aliases?: string[];
}

/** Is at `machine.kubelet.extraMounts[]`. */
export interface ExtraMount {
  /** Destination. */
  readonly destination?: string;

  /** Type. */
  readonly type?: string;

  /** Source. */
  readonly source?: string;

  /** Options. */
  readonly options?: string[];

  /** UID mappings. */
  readonly uidMappings?: LinuxIDMapping[];

  /** GID mappings. */
  readonly gidMappings?: LinuxIDMapping[];
}

/**
 * Is at `machine.features`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.features
 */
export interface FeaturesConfig {
  /** RBAC, on or off. */
  readonly rbac?: boolean;

  /** Stable hostname, on or off. */
  readonly stableHostname?: boolean;

  /** Kubernetes talos API access. */
  readonly kubernetesTalosAPIAccess?: KubernetesTalosAPIAccessConfig;

  /** Apid check ext key usage, on or off. */
  readonly apidCheckExtKeyUsage?: boolean;

  /** Disk quota support, on or off. */
  readonly diskQuotaSupport?: boolean;

  /** Kube prism. */
  readonly kubePrism?: KubePrism;

  /** Host DNS. */
  readonly hostDNS?: HostDNSConfig;

  /** Image cache. Since Talos 1.9. */
  readonly imageCache?: ImageCacheConfig;

  /** Node address sort algorithm. Since Talos 1.9. */
  readonly nodeAddressSortAlgorithm?: string;
}

/**
 * Is at `cluster.network.cni.flannel`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.network.cni.flannel
 */
export interface FlannelCNIConfig {
  /** Extra args. A patch appends to the list. */
  readonly extraArgs?: string[];

  /** Kube network policies enabled, on or off. Since Talos 1.13. */
  readonly kubeNetworkPoliciesEnabled?: boolean;
}

/**
 * Is at `machine.features.hostDNS`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.features.hostDNS
 */
export interface HostDNSConfig {
  /**
   * Whether the machine has a DNS cache.
   *
   * @default false
   */
  readonly enabled?: boolean;

  /**
   * Whether the cluster's DNS server asks the cache of the machine.
   *
   * @default false
   */
  readonly forwardKubeDNSToHost?: boolean;

  /**
   * Whether the cache knows the hostnames of the cluster's members.
   *
   * @default false
   */
  readonly resolveMemberNames?: boolean;
}

/**
 * Is at `machine.features.imageCache`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.features.imageCache
 */
export interface ImageCacheConfig {
  /** Local enabled, on or off. */
  readonly localEnabled?: boolean;
}

/**
 * Is at `machine.install`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.install
 */
export interface InstallConfig {
  /** The disk, for example `/dev/sda`. */
  readonly disk?: string;

  /** Disk selector. */
  readonly diskSelector?: InstallDiskSelector;

  /** Extra kernel args. It can hold secrets. A patch appends to the list. */
  readonly extraKernelArgs?: string[];

  /** The image of the installer. */
  readonly image?: string;

  /** Extensions. A patch appends to the list. */
  readonly extensions?: InstallExtensionConfig[];

  /** Bootloader, on or off. */
  readonly bootloader?: boolean;

  /**
   * Whether the disk is wiped first.
   *
   * @default false
   */
  readonly wipe?: boolean;

  /** Legacy BIOS support, on or off. */
  readonly legacyBIOSSupport?: boolean;

  /** Grub use UKI cmdline, on or off. Since Talos 1.12. */
  readonly grubUseUKICmdline?: boolean;
}

/**
 * Is at `machine.install.diskSelector`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.install.diskSelector
 */
export interface InstallDiskSelector {
  /** Size. A condition such as ">= 1TB". A patch can't change it once it is set. */
  readonly size?: string;

  /** Name. */
  readonly name?: string;

  /** Model. */
  readonly model?: string;

  /** Serial. */
  readonly serial?: string;

  /** Modalias. */
  readonly modalias?: string;

  /** UUID. */
  readonly uuid?: string;

  /** WWID. */
  readonly wwid?: string;

  /** Type. Some of these values need Talos 1.9. */
  readonly type?: string;

  /** Bus path. */
  readonly busPath?: string;
}

/** Is at `machine.install.extensions[]`. */
export interface InstallExtensionConfig {
  /** Image. */
  readonly image?: string;
}

/**
 * Is at `machine.kernel`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.kernel
 */
export interface KernelConfig {
  /** Modules. A patch appends to the list. */
  readonly modules?: KernelModuleConfig[];
}

/** Is at `machine.kernel.modules[]`. */
export interface KernelModuleConfig {
  /** Name. */
  readonly name?: string;

  /** Parameters. */
  readonly parameters?: string[];
}

/**
 * Is at `machine.features.kubePrism`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.features.kubePrism
 */
export interface KubePrism {
  /**
   * Whether KubePrism runs.
   *
   * @default false
   */
  readonly enabled?: boolean;

  /**
   * The port at 127.0.0.1.
   *
   * @default 7445
   */
  readonly port?: number;
}

/**
 * Is at `machine.network.kubespan.filters`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.network.kubespan.filters
 */
export interface KubeSpanFilters {
  /** Endpoints. A patch appends to the list. */
  readonly endpoints?: string[];

  /** Exclude advertised networks. Since Talos 1.12. A patch appends to the list. */
  readonly excludeAdvertisedNetworks?: string[];
}

/**
 * Is at `machine.kubelet`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.kubelet
 */
export interface KubeletConfig {
  /**
   * The image of the kubelet, which decides its version.
   *
   * @default - that of the release of Talos
   */
  readonly image?: string;

  /**
   * The addresses of the cluster's DNS server, as pods get them. A patch appends to the list.
   *
   * @default - the tenth address of each network of Services
   */
  readonly clusterDNS?: string[];

  /** Arguments of the kubelet by their names, without dashes. A text or a list of texts. Some of these values need Talos 1.13. */
  readonly extraArgs?: { [key: string]: string | string[] };

  /** Folders of the machine that the kubelet sees. A patch appends to the list. */
  readonly extraMounts?: ExtraMount[];

  /** Fields of the KubeletConfiguration, as Kubernetes has them. A patch is merged into it at every depth, and appends to its lists. */
  readonly extraConfig?: { [key: string]: any };

  /** Credential provider config. It can hold secrets. A patch is merged into it at every depth, and appends to its lists. */
  readonly credentialProviderConfig?: { [key: string]: any };

  /**
   * Whether containers have the runtime's seccomp profile unless they ask for another one.
   *
   * @default false
   */
  readonly defaultRuntimeSeccompProfileEnabled?: boolean;

  /**
   * Whether the node has the full name of the machine.
   *
   * @default false
   */
  readonly registerWithFQDN?: boolean;

  /** Which addresses of the machine are those of the node. */
  readonly nodeIP?: KubeletNodeIPConfig;

  /**
   * Whether the kubelet runs without a node in Kubernetes.
   *
   * @default false
   */
  readonly skipNodeRegistration?: boolean;

  /** Disable manifests directory, on or off. */
  readonly disableManifestsDirectory?: boolean;
}

/**
 * Is at `machine.kubelet.nodeIP`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.kubelet.nodeIP
 */
export interface KubeletNodeIPConfig {
  /** The networks of the addresses; with `!` in front, networks that don't count. A patch appends to the list. */
  readonly validSubnets?: string[];
}

/**
 * Is at `machine.features.kubernetesTalosAPIAccess`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.features.kubernetesTalosAPIAccess
 */
export interface KubernetesTalosAPIAccessConfig {
  /**
   * Whether pods may call the Talos API.
   *
   * @default false
   */
  readonly enabled?: boolean;

  /** Allowed roles. A patch appends to the list. */
  readonly allowedRoles?: string[];

  /** Allowed kubernetes namespaces. A patch appends to the list. */
  readonly allowedKubernetesNamespaces?: string[];
}

/** Is at `machine.kubelet.extraMounts[].uidMappings[]` and another place. */
export interface LinuxIDMapping {
  /** Container ID. */
  readonly containerID?: number;

  /** Host ID. */
  readonly hostID?: number;

  /** Size. */
  readonly size?: number;
}

/**
 * Is at `machine.logging`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.logging
 */
export interface LoggingConfig {
  /** Destinations. A patch appends to the list. */
  readonly destinations?: LoggingDestination[];
}

/** Is at `machine.logging.destinations[]`. */
export interface LoggingDestination {
  /** The URL, `tcp://` or `udp://`, to which logs are sent. A URL. */
  readonly endpoint?: string;

  /** Format. */
  readonly format?: string;

  /** Extra tags. */
  readonly extraTags?: { [key: string]: string };
}

/**
 * Is at `machine`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine
 */
export interface MachineConfig {
  /**
   * The role of the machine: `controlplane` or `worker`.
   *
   * @default worker
   */
  readonly type?: string;

  /** The token with which machines join the cluster. It can hold secrets. */
  readonly token?: string;

  /** The certificate authority of the Talos API. */
  readonly ca?: x509.PEMEncodedCertificateAndKey;

  /** More certificate authorities that the Talos API accepts. A patch appends to the list. */
  readonly acceptedCAs?: x509.PEMEncodedCertificate[];

  /** More names and addresses at which the Talos API is reached: they are in its certificate. A patch appends to the list. */
  readonly certSANs?: string[];

  /** Control plane. */
  readonly controlPlane?: MachineControlPlaneConfig;

  /** The kubelet. */
  readonly kubelet?: KubeletConfig;

  /** Pods that the kubelet runs without the Kubernetes API. It can hold secrets. A patch appends to the list. */
  readonly pods?: Array<{ [key: string]: any }>;

  /** The network of the machine. */
  readonly network?: NetworkConfig;

  /** Disks that Talos partitions and mounts. A patch appends to the list. */
  readonly disks?: MachineDisk[];

  /** How Talos is installed on a disk. */
  readonly install?: InstallConfig;

  /** Files that Talos writes. A patch appends to the list. */
  readonly files?: MachineFile[];

  /** Environment variables of Talos's services, for example proxies. It can hold secrets. */
  readonly env?: { [key: string]: string };

  /** How the clock is kept right. */
  readonly time?: TimeConfig;

  /** Parameters of the kernel, as in /proc/sys. */
  readonly sysctls?: { [key: string]: string };

  /** Parameters of the kernel in /sys. */
  readonly sysfs?: { [key: string]: string };

  /** Mirrors, credentials and certificates of image registries. */
  readonly registries?: RegistriesConfig;

  /** System disk encryption. */
  readonly systemDiskEncryption?: SystemDiskEncryptionConfig;

  /** Features of Talos that can be turned on and off. */
  readonly features?: FeaturesConfig;

  /** Udev. */
  readonly udev?: UdevConfig;

  /** Logging. */
  readonly logging?: LoggingConfig;

  /** Kernel. */
  readonly kernel?: KernelConfig;

  /** Seccomp profiles. A patch appends to the list. */
  readonly seccompProfiles?: MachineSeccompProfile[];

  /** Base runtime spec overrides. Since Talos 1.9. A patch is merged into it at every depth, and appends to its lists. */
  readonly baseRuntimeSpecOverrides?: { [key: string]: any };

  /** Labels of the node in Kubernetes. */
  readonly nodeLabels?: { [key: string]: string };

  /** Annotations of the node in Kubernetes. Since Talos 1.8. */
  readonly nodeAnnotations?: { [key: string]: string };

  /** Taints of the node in Kubernetes: `value:Effect` by their keys. */
  readonly nodeTaints?: { [key: string]: string };
}

/**
 * Is at `machine.controlPlane`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.controlPlane
 */
export interface MachineControlPlaneConfig {
  /** Controller manager. */
  readonly controllerManager?: MachineControllerManagerConfig;

  /** Scheduler. */
  readonly scheduler?: MachineSchedulerConfig;
}

/**
 * Is at `machine.controlPlane.controllerManager`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.controlPlane.controllerManager
 */
export interface MachineControllerManagerConfig {
  /** Disabled, on or off. */
  readonly disabled?: boolean;
}

/** Is at `machine.disks[]`. */
export interface MachineDisk {
  /** Device. */
  readonly device?: string;

  /** Partitions. */
  readonly partitions?: DiskPartition[];
}

/** Is at `machine.files[]`. */
export interface MachineFile {
  /** What is in the file. It can hold secrets. */
  readonly content?: string;

  /** The mode of the file as a number, for example 0o644. */
  readonly permissions?: number;

  /** Where the file is: below /var, or a file of /etc/cri/conf.d. */
  readonly path?: string;

  /** What happens to the file: `create`, `append` or `overwrite`. */
  readonly op?: string;
}

/**
 * Is at `machine.controlPlane.scheduler`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.controlPlane.scheduler
 */
export interface MachineSchedulerConfig {
  /** Disabled, on or off. */
  readonly disabled?: boolean;
}

/** Is at `machine.seccompProfiles[]`. */
export interface MachineSeccompProfile {
  /** Name. */
  readonly name?: string;

  /** Value. */
  readonly value?: { [key: string]: any };
}

/**
 * Is at `machine.network`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.network
 */
export interface NetworkConfig {
  /** The hostname of the machine. */
  readonly hostname?: string;

  /**
   * The network interfaces. A patch is merged into the element with the same `interface` or, without it, the same `deviceSelector`; other elements
   * are appended.
   */
  readonly interfaces?: Device[];

  /** The addresses of DNS servers. A patch appends to the list. */
  readonly nameservers?: string[];

  /** Search domains. Since Talos 1.9. A patch appends to the list. */
  readonly searchDomains?: string[];

  /** Lines of /etc/hosts. A patch appends to the list. */
  readonly extraHostEntries?: ExtraHost[];

  /** Kubespan. */
  readonly kubespan?: NetworkKubeSpan;

  /** Disable search domain, on or off. */
  readonly disableSearchDomain?: boolean;
}

/** Is at `machine.network.interfaces[].deviceSelector` and another place. */
export interface NetworkDeviceSelector {
  /** Bus path. */
  readonly busPath?: string;

  /** Hardware addr. */
  readonly hardwareAddr?: string;

  /** Permanent addr. Since Talos 1.9. */
  readonly permanentAddr?: string;

  /** Pci ID. */
  readonly pciID?: string;

  /** Driver. */
  readonly driver?: string;

  /** Physical, on or off. */
  readonly physical?: boolean;
}

/**
 * Is at `machine.network.kubespan`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.network.kubespan
 */
export interface NetworkKubeSpan {
  /** Enabled, on or off. */
  readonly enabled?: boolean;

  /** Advertise kubernetes networks, on or off. */
  readonly advertiseKubernetesNetworks?: boolean;

  /** Allow down peer bypass, on or off. */
  readonly allowDownPeerBypass?: boolean;

  /** Harvest extra endpoints, on or off. */
  readonly harvestExtraEndpoints?: boolean;

  /** MTU. */
  readonly mtu?: number;

  /** Filters. */
  readonly filters?: KubeSpanFilters;
}

/**
 * Is at `cluster.proxy`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.proxy
 */
export interface ProxyConfig {
  /**
   * Whether kube-proxy doesn't run.
   *
   * @default false
   */
  readonly disabled?: boolean;

  /** Image. */
  readonly image?: string;

  /** Mode. */
  readonly mode?: string;

  /** Arguments of kube-proxy by their names, without dashes. A text or a list of texts. Some of these values need Talos 1.13. */
  readonly extraArgs?: { [key: string]: string | string[] };
}

/**
 * Is at `machine.registries`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.registries
 */
export interface RegistriesConfig {
  /** Mirrors by the hosts of registries; `*` is for all others. */
  readonly mirrors?: { [key: string]: RegistryMirrorConfig };

  /** Credentials and certificates by the hosts of registries and mirrors. */
  readonly config?: { [key: string]: RegistryConfig };
}

/** Is at `machine.registries.config[].auth`. */
export interface RegistryAuthConfig {
  /** Username. */
  readonly username?: string;

  /** Password. It can hold secrets. */
  readonly password?: string;

  /** Auth. It can hold secrets. */
  readonly auth?: string;

  /** Identity token. It can hold secrets. */
  readonly identityToken?: string;
}

/** Is at `machine.registries.config[]`. */
export interface RegistryConfig {
  /** TLS. */
  readonly tls?: RegistryTLSConfig;

  /** Auth. */
  readonly auth?: RegistryAuthConfig;
}

/**
 * Is at `cluster.discovery.registries.kubernetes`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.discovery.registries.kubernetes
 */
export interface RegistryKubernetesConfig {
  /** Disabled, on or off. */
  readonly disabled?: boolean;
}

/** Is at `machine.registries.mirrors[]`. */
export interface RegistryMirrorConfig {
  /** The URLs of the mirrors, in the order in which they are tried. A patch appends to the list. */
  readonly endpoints?: string[];

  /**
   * Whether the path of an endpoint replaces `/v2`, instead of standing before it.
   *
   * @default false
   */
  readonly overridePath?: boolean;

  /**
   * Whether the registry itself is never asked. Since Talos 1.9.
   *
   * @default false
   */
  readonly skipFallback?: boolean;
}

/**
 * Is at `cluster.discovery.registries.service`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.discovery.registries.service
 */
export interface RegistryServiceConfig {
  /** Disabled, on or off. */
  readonly disabled?: boolean;

  /** Endpoint. */
  readonly endpoint?: string;
}

/** Is at `machine.registries.config[].tls`. */
export interface RegistryTLSConfig {
  /** Client identity. */
  readonly clientIdentity?: x509.PEMEncodedCertificateAndKey;

  /** Ca. Base64. */
  readonly ca?: string;

  /** Insecure skip verify, on or off. */
  readonly insecureSkipVerify?: boolean;
}

/**
 * Is at `cluster.apiServer.resources` and 2 other places.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.apiServer.resources
 */
export interface ResourcesConfig {
  /** Requests. A patch is merged into it at every depth, and appends to its lists. */
  readonly requests?: { [key: string]: any };

  /** Limits. A patch is merged into it at every depth, and appends to its lists. */
  readonly limits?: { [key: string]: any };
}

/** Is at `machine.network.interfaces[].routes[]` and another place. */
export interface Route {
  /** Network. */
  readonly network?: string;

  /** Gateway. */
  readonly gateway?: string;

  /** Source. */
  readonly source?: string;

  /** Metric. */
  readonly metric?: number;

  /** MTU. */
  readonly mtu?: number;
}

/**
 * Is at `cluster.scheduler`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.scheduler
 */
export interface SchedulerConfig {
  /** Image. */
  readonly image?: string;

  /** Arguments of the scheduler by their names, without dashes. A text or a list of texts. Some of these values need Talos 1.13. */
  readonly extraArgs?: { [key: string]: string | string[] };

  /** Extra volumes. A patch appends to the list. */
  readonly extraVolumes?: VolumeMountConfig[];

  /** Env. It can hold secrets. */
  readonly env?: { [key: string]: string };

  /** Resources. */
  readonly resources?: ResourcesConfig;

  /** Config. A patch is merged into it at every depth, and appends to its lists. */
  readonly config?: { [key: string]: any };
}

/** Is at `machine.network.interfaces[].bridge.stp`. */
export interface Stp {
  /** Enabled, on or off. */
  readonly enabled?: boolean;
}

/**
 * Is at `machine.systemDiskEncryption`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.systemDiskEncryption
 */
export interface SystemDiskEncryptionConfig {
  /** State. */
  readonly state?: EncryptionConfig;

  /** Ephemeral. */
  readonly ephemeral?: EncryptionConfig;
}

/**
 * Is at `machine.time`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.time
 */
export interface TimeConfig {
  /** Disabled, on or off. */
  readonly disabled?: boolean;

  /**
   * The time servers. A patch appends to the list.
   *
   * @default - time.cloudflare.com
   */
  readonly servers?: string[];

  /** Boot timeout. A duration such as 1m30s. */
  readonly bootTimeout?: string;
}

/**
 * Is at `machine.udev`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.udev
 */
export interface UdevConfig {
  /** Rules. A patch appends to the list. */
  readonly rules?: string[];
}

/** Is at `machine.network.interfaces[].vlans[].vip.equinixMetal` and another place. */
export interface VIPEquinixMetalConfig {
  /** Api token. It can hold secrets. */
  readonly apiToken?: string;
}

/** Is at `machine.network.interfaces[].vlans[].vip.hcloud` and another place. */
export interface VIPHCloudConfig {
  /** Api token. It can hold secrets. */
  readonly apiToken?: string;
}

/** Is at `machine.network.interfaces[].vlans[]`. */
export interface Vlan {
  /** Addresses. A patch appends to the list. */
  readonly addresses?: string[];

  /** Cidr. */
  readonly cidr?: string;

  /** Routes. A patch appends to the list. */
  readonly routes?: Route[];

  /** DHCP, on or off. */
  readonly dhcp?: boolean;

  /** VLAN id. */
  readonly vlanId?: number;

  /** MTU. */
  readonly mtu?: number;

  /** VIP. */
  readonly vip?: DeviceVIPConfig;

  /** DHCP options. */
  readonly dhcpOptions?: DHCPOptions;
}

/** Is at `cluster.apiServer.extraVolumes[]` and 2 other places. */
export interface VolumeMountConfig {
  /** Host path. */
  readonly hostPath?: string;

  /** Mount path. */
  readonly mountPath?: string;

  /** Readonly, on or off. */
  readonly readonly?: boolean;
}
