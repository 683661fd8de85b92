// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".
import * as block from './block';
import * as cluster from './cluster';
import * as container from './container';
import * as cri from './cri';
import * as extensions from './extensions';
import * as hardware from './hardware';
import * as k8s from './k8s';
import * as network from './network';
import * as runtime from './runtime';
import * as security from './security';
import * as siderolink from './siderolink';
import * as storage from './storage';
import * as v1alpha1 from './v1alpha1';

/**
 * The documents of a machine config or patch. `machine` and `cluster` are the fields of the document without a kind; each other property is a kind.
 * Those of kinds whose documents have names are lists; a patch is merged into the document with the same name.
 *
 * @see https://www.talos.dev/latest/reference/configuration/
 */
export interface Documents {
  /** The version of the document's form. */
  readonly version?: string;

  /**
   * Whether the machine logs more, also to the console.
   *
   * @default false
   */
  readonly debug?: boolean;

  /**
   * Whether the machine keeps the machine config over restarts. Talos always does.
   *
   * @default true
   */
  readonly persist?: boolean;

  /** The machine: its kubelet, network, disks, files and features. */
  readonly machine?: v1alpha1.MachineConfig;

  /** The Kubernetes cluster: its endpoint, networks and the components of its control plane. */
  readonly cluster?: v1alpha1.ClusterConfig;

  /** A BGP speaker of the machine, which announces its routes to neighbors. Since Talos 1.14. */
  readonly bgpInstanceConfig?: network.BGPInstanceConfig[];

  /** A route that drops packets. Its name is the network. Since Talos 1.13. */
  readonly blackholeRouteConfig?: network.BlackholeRouteConfig[];

  /** A link that bonds others. Its name is that of the link. Since Talos 1.12. */
  readonly bondConfig?: network.BondConfig[];

  /** A bridge of links. Its name is that of the link. Since Talos 1.12. */
  readonly bridgeConfig?: network.BridgeConfig[];

  /** Changes to the OCI runtime specification of all containers. Since Talos 1.14. */
  readonly criBaseRuntimeSpecConfig?: cri.CRIBaseRuntimeSpecConfig;

  /** A part of containerd's configuration. Since Talos 1.14. */
  readonly criCustomizationConfig?: cri.CRICustomizationConfig[];

  /** A container that the machine runs beside Kubernetes. Since Talos 1.14. */
  readonly containerConfig?: container.ContainerConfig[];

  /** A DHCPv4 client on a link. Its name is that of the link. Since Talos 1.12. */
  readonly dhcpv4Config?: network.DHCPv4Config[];

  /** A DHCPv6 client on a link. Its name is that of the link. Since Talos 1.12. */
  readonly dhcpv6Config?: network.DHCPv6Config[];

  /** How the cluster is known to discovery services. Since Talos 1.14. */
  readonly discoveryIdentityConfig?: cluster.DiscoveryIdentityConfig;

  /** A discovery service, through which members find each other. Since Talos 1.14. */
  readonly discoveryServiceConfig?: cluster.DiscoveryServiceConfig[];

  /** A dummy link. Its name is that of the link. Since Talos 1.12. */
  readonly dummyLinkConfig?: network.DummyLinkConfig[];

  /** Environment variables of Talos's services. Since Talos 1.13. */
  readonly environmentConfig?: runtime.EnvironmentConfig;

  /** A file below /etc. Its name is the path there. Since Talos 1.14. */
  readonly etcFileConfig?: runtime.EtcFileConfig[];

  /** Settings of an Ethernet link, as those of ethtool. Its name is that of the link. Since Talos 1.10. */
  readonly ethernetConfig?: network.EthernetConfig[];

  /** Where the machine sends its events. */
  readonly eventSinkConfig?: runtime.EventSinkConfig;

  /** A volume that exists on a disk and is mounted. Since Talos 1.11. */
  readonly existingVolumeConfig?: block.ExistingVolumeConfig[];

  /** Files and environment of an extension's service. Its name is that of the extension. */
  readonly extensionServiceConfig?: extensions.ExtensionServiceConfig[];

  /** A volume that something outside of the machine provides. Since Talos 1.13. */
  readonly externalVolumeConfig?: block.ExternalVolumeConfig[];

  /** When filesystems are checked for errors. Since Talos 1.14. */
  readonly filesystemScrubConfig?: block.FilesystemScrubConfig;

  /** When unused blocks of filesystems are given back. Since Talos 1.14. */
  readonly filesystemTrimConfig?: block.FilesystemTrimConfig;

  /** An address that control planes share on Hetzner Cloud. Its name is the address. Since Talos 1.12. */
  readonly hCloudVIPConfig?: network.HCloudVIPConfig[];

  /** A check that a URL answers. Since Talos 1.14. */
  readonly httpProbeConfig?: network.HTTPProbeConfig[];

  /** The hostname of the machine. Since Talos 1.12. */
  readonly hostnameConfig?: network.HostnameConfig;

  /** Whether images come from a cache on the machine. Since Talos 1.14. */
  readonly imageCacheConfig?: cri.ImageCacheConfig;

  /** Which images may run, by their signatures. Since Talos 1.13. */
  readonly imageVerificationConfig?: security.ImageVerificationConfig;

  /** A kernel module to load. Its name is that of the module. Since Talos 1.14. */
  readonly kernelModuleConfig?: runtime.KernelModuleConfig[];

  /** Where the machine sends the kernel's log. */
  readonly kmsgLogConfig?: runtime.KmsgLogConfig[];

  /** The certificate authority of the Kubernetes API. Since Talos 1.14. */
  readonly kubeAPIServerCAConfig?: k8s.KubeAPIServerCAConfig;

  /** The Kubernetes API server. Since Talos 1.14. */
  readonly kubeAPIServerConfig?: k8s.KubeAPIServerConfig;

  /** The configuration of an admission plugin. Its name is that of the plugin. Since Talos 1.14. */
  readonly kubeAdmissionControlConfig?: k8s.KubeAdmissionControlConfig[];

  /** The certificate authority of the API server's aggregation layer. Since Talos 1.14. */
  readonly kubeAggregatorCAConfig?: k8s.KubeAggregatorCAConfig;

  /** What the Kubernetes API server logs. Since Talos 1.14. */
  readonly kubeAuditPolicyConfig?: k8s.KubeAuditPolicyConfig;

  /** Who may sign in to the Kubernetes API, for example by OpenID Connect. Since Talos 1.14. */
  readonly kubeAuthenticationConfig?: k8s.KubeAuthenticationConfig;

  /** An authorizer of the Kubernetes API. Since Talos 1.14. */
  readonly kubeAuthorizerConfig?: k8s.KubeAuthorizerConfig[];

  /** The name and the endpoint of the Kubernetes cluster. Since Talos 1.14. */
  readonly kubeClusterConfig?: k8s.KubeClusterConfig;

  /** The Kubernetes controller manager. Since Talos 1.14. */
  readonly kubeControllerManagerConfig?: k8s.KubeControllerManagerConfig;

  /** The DNS server of the cluster. Since Talos 1.14. */
  readonly kubeCoreDNSConfig?: k8s.KubeCoreDNSConfig;

  /** Where the kubelet gets credentials of image registries. Since Talos 1.14. */
  readonly kubeCredentialProviderConfig?: k8s.KubeCredentialProviderConfig;

  /** How Secrets are encrypted in etcd. Since Talos 1.14. */
  readonly kubeEtcdEncryptionConfig?: k8s.KubeEtcdEncryptionConfig;

  /** A manifest that Talos downloads and applies to the cluster. Since Talos 1.14. */
  readonly kubeExternalManifestConfig?: k8s.KubeExternalManifestConfig[];

  /** Flannel, which makes the network of pods. Since Talos 1.14. */
  readonly kubeFlannelCNIConfig?: k8s.KubeFlannelCNIConfig;

  /** A manifest that Talos applies to the cluster. Since Talos 1.14. */
  readonly kubeInlineManifestConfig?: k8s.KubeInlineManifestConfig[];

  /** The networks of pods and Services. Since Talos 1.14. */
  readonly kubeNetworkConfig?: k8s.KubeNetworkConfig;

  /** The machine as a node of Kubernetes. Since Talos 1.14. */
  readonly kubeNodeConfig?: k8s.KubeNodeConfig;

  /** KubePrism, a load balancer on each machine for the Kubernetes API. Since Talos 1.14. */
  readonly kubePrismConfig?: k8s.KubePrismConfig;

  /** kube-proxy, which makes Services reachable. Since Talos 1.14. */
  readonly kubeProxyConfig?: k8s.KubeProxyConfig;

  /** The Kubernetes scheduler. Since Talos 1.14. */
  readonly kubeSchedulerConfig?: k8s.KubeSchedulerConfig;

  /** The keys and issuers of service account tokens. Since Talos 1.14. */
  readonly kubeServiceAccountConfig?: k8s.KubeServiceAccountConfig;

  /** KubeSpan, a WireGuard network between the machines. Since Talos 1.13. */
  readonly kubeSpanConfig?: network.KubeSpanConfig;

  /** More addresses at which peers reach the machine by KubeSpan. Since Talos 1.8. */
  readonly kubeSpanEndpointsConfig?: network.KubeSpanEndpointsConfig;

  /** A pod that the kubelet runs without the Kubernetes API. Since Talos 1.14. */
  readonly kubeStaticPodConfig?: k8s.KubeStaticPodConfig[];

  /** Which pods may call the Talos API. Since Talos 1.14. */
  readonly kubeTalosAPIAccessConfig?: k8s.KubeTalosAPIAccessConfig;

  /** The kubelet. Since Talos 1.14. */
  readonly kubeletConfig?: k8s.KubeletConfig;

  /** A logical volume of LVM. Since Talos 1.14. */
  readonly lvmLogicalVolumeConfig?: storage.LVMLogicalVolumeConfig[];

  /** A volume group of LVM. Since Talos 1.14. */
  readonly lvmVolumeGroupConfig?: storage.LVMVolumeGroupConfig[];

  /** An address that control planes share in a network. Its name is the address. Since Talos 1.12. */
  readonly layer2VIPConfig?: network.Layer2VIPConfig[];

  /** Another name for a link. Since Talos 1.12. */
  readonly linkAliasConfig?: network.LinkAliasConfig[];

  /** A link that exists, for example that of a network card. Its name is that of the link. Since Talos 1.12. */
  readonly linkConfig?: network.LinkConfig[];

  /** What the firewall does with packets that no rule is about. */
  readonly networkDefaultActionConfig?: network.NetworkDefaultActionConfig;

  /** A rule of the firewall. */
  readonly networkRuleConfig?: network.NetworkRuleConfig[];

  /** What happens when memory runs out. Since Talos 1.12. */
  readonly oomConfig?: runtime.OOMConfig;

  /** Another driver for a PCI device. Its name is the identifier of the device. Since Talos 1.10. */
  readonly pciDriverRebindConfig?: hardware.PCIDriverRebindConfig[];

  /** A RAID array of disks. Since Talos 1.14. */
  readonly raidArrayConfig?: storage.RAIDArrayConfig[];

  /** A volume without a filesystem. Since Talos 1.11. */
  readonly rawVolumeConfig?: block.RawVolumeConfig[];

  /** The credentials of an image registry. Its name is the host of the registry. Since Talos 1.12. */
  readonly registryAuthConfig?: cri.RegistryAuthConfig[];

  /** Mirrors of an image registry. Its name is the host of the registry, or `*`. Since Talos 1.12. */
  readonly registryMirrorConfig?: cri.RegistryMirrorConfig[];

  /** The certificates of an image registry. Its name is the host of the registry. Since Talos 1.12. */
  readonly registryTLSConfig?: cri.RegistryTLSConfig[];

  /** The DNS servers and search domains of the machine. Since Talos 1.12. */
  readonly resolverConfig?: network.ResolverConfig;

  /** A rule of the kernel's routing policy. Its name is the priority. Since Talos 1.13. */
  readonly routingRuleConfig?: network.RoutingRuleConfig[];

  /** How strictly workloads are isolated. Since Talos 1.14. */
  readonly securityProfileConfig?: runtime.SecurityProfileConfig;

  /** SideroLink, through which Omni and others manage the machine. */
  readonly sideroLinkConfig?: siderolink.SideroLinkConfig;

  /** A line of /etc/hosts. Its name is the address. Since Talos 1.12. */
  readonly staticHostConfig?: network.StaticHostConfig[];

  /** A volume for swapped memory. Since Talos 1.11. */
  readonly swapVolumeConfig?: block.SwapVolumeConfig[];

  /** Parameters of the kernel, as in /proc/sys. Since Talos 1.14. */
  readonly sysctlConfig?: runtime.SysctlConfig;

  /** Parameters of the kernel in /sys. Since Talos 1.14. */
  readonly sysfsConfig?: runtime.SysfsConfig;

  /** A check that a port answers. Since Talos 1.13. */
  readonly tcpProbeConfig?: network.TCPProbeConfig[];

  /** How the clock is kept right. Since Talos 1.12. */
  readonly timeSyncConfig?: network.TimeSyncConfig;

  /** Certificate authorities that the machine trusts. Since Talos 1.8. */
  readonly trustedRootsConfig?: security.TrustedRootsConfig[];

  /** Rules of udev. Since Talos 1.14. */
  readonly udevRulesConfig?: runtime.UdevRulesConfig;

  /** How Talos is installed on a disk without an operator. Since Talos 1.14. */
  readonly unattendedInstallConfig?: runtime.UnattendedInstallConfig;

  /** A volume for the data of pods, mounted at /var/mnt/NAME. Since Talos 1.10. */
  readonly userVolumeConfig?: block.UserVolumeConfig[];

  /** A VLAN. Its name is that of the link. Since Talos 1.12. */
  readonly vlanConfig?: network.VLANConfig[];

  /** A VRF, a routing table with links of its own. Its name is that of the link. Since Talos 1.13. */
  readonly vrfConfig?: network.VRFConfig[];

  /** A pair of connected links. Its name is that of the link. Since Talos 1.14. */
  readonly vethConfig?: network.VethConfig[];

  /** A volume of Talos itself. Its name is that of the volume, for example EPHEMERAL. Since Talos 1.8. */
  readonly volumeConfig?: block.VolumeConfig[];

  /** A watchdog device, which restarts a machine that hangs. */
  readonly watchdogTimerConfig?: runtime.WatchdogTimerConfig;

  /** A WireGuard link. Its name is that of the link. Since Talos 1.12. */
  readonly wireguardConfig?: network.WireguardConfig[];

  /** A compressed cache for swapped memory. Since Talos 1.11. */
  readonly zswapConfig?: block.ZswapConfig;
}
