// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/** Is at `bondConfig[].addresses[]` and 8 other places. */
export interface AddressConfig {
  /** The address with the length of its prefix, for example `10.0.0.5/24`. A network such as 10.0.0.0/8. */
  readonly address?: string;

  /** Route priority. */
  readonly routePriority?: number;
}

/** Is at `bgpInstanceConfig[].neighbors[].bfd`. */
export interface BGPBFDConfig {
  /** Transmit interval. A duration such as 1m30s. */
  readonly transmitInterval?: string;

  /** Receive interval. A duration such as 1m30s. */
  readonly receiveInterval?: string;

  /** Detect multiplier. */
  readonly detectMultiplier?: number;
}

/** Is at `bgpInstanceConfig[].importRoutes[]`. */
export interface BGPImportRoute {
  /** Bgp instance. */
  readonly bgpInstance?: string;

  /** Prefixes. A network such as 10.0.0.0/8. */
  readonly prefixes?: string[];
}

/**
 * A BGP speaker of the machine, which announces its routes to neighbors. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/bgpinstanceconfig/
 */
export interface BGPInstanceConfig {
  /** The name of the document. */
  readonly name: string;

  /** VRF. */
  readonly vrf?: string;

  /** Local ASN. */
  readonly localASN?: number;

  /** Router ID. An IP address. */
  readonly routerID?: string;

  /** Route source. An IP address. */
  readonly routeSource?: string;

  /** Advertise. A patch replaces the list. */
  readonly advertise?: string[];

  /** Multipath, on or off. */
  readonly multipath?: boolean;

  /** Max paths. */
  readonly maxPaths?: number;

  /** Install routes, on or off. */
  readonly installRoutes?: boolean;

  /** Import routes. A patch replaces the list. */
  readonly importRoutes?: BGPImportRoute[];

  /** Neighbors. A patch replaces the list. */
  readonly neighbors?: BGPNeighborConfig[];
}

/** Is at `bgpInstanceConfig[].neighbors[]`. */
export interface BGPNeighborConfig {
  /** Address. An IP address. */
  readonly address?: string;

  /** Link. */
  readonly link?: string;

  /** Peer ASN. */
  readonly peerASN?: number;

  /** Local ASN. */
  readonly localASN?: number;

  /** Passive, on or off. */
  readonly passive?: boolean;

  /** Hold time. A duration such as 1m30s. */
  readonly holdTime?: string;

  /** BFD. */
  readonly bfd?: BGPBFDConfig;
}

/**
 * A route that drops packets. Its name is the network. Since Talos 1.13.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/blackholerouteconfig/
 */
export interface BlackholeRouteConfig {
  /** The name of the document. */
  readonly name: string;

  /** Metric. */
  readonly metric?: number;
}

/**
 * A link that bonds others. Its name is that of the link. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/bondconfig/
 */
export interface BondConfig extends CommonLinkConfig {
  /** The name of the document. */
  readonly name: string;

  /** Hardware addr. A hardware address such as 02:00:00:00:00:01. */
  readonly hardwareAddr?: string;

  /** Links. A patch appends to the list. */
  readonly links?: string[];

  /** Bond mode. One of `balance-rr`, `active-backup`, `balance-xor`, `broadcast`, `802.3ad`, `balance-tlb`, `balance-alb`. */
  readonly bondMode?: 'balance-rr' | 'active-backup' | 'balance-xor' | 'broadcast' | '802.3ad' | 'balance-tlb' | 'balance-alb';

  /** Miimon. */
  readonly miimon?: number;

  /** Updelay. */
  readonly updelay?: number;

  /** Downdelay. */
  readonly downdelay?: number;

  /** Use carrier, on or off. */
  readonly useCarrier?: boolean;

  /** Xmit hash policy. One of `layer2`, `layer3+4`, `layer2+3`, `encap2+3`, `encap3+4`. */
  readonly xmitHashPolicy?: 'layer2' | 'layer3+4' | 'layer2+3' | 'encap2+3' | 'encap3+4';

  /** ARP interval. */
  readonly arpInterval?: number;

  /** ARP ip targets. An IP address. A patch appends to the list. */
  readonly arpIpTargets?: string[];

  /** Ns Ip6 targets. An IP address. A patch appends to the list. */
  readonly nsIp6Targets?: string[];

  /** ARP validate. One of `none`, `active`, `backup`, `all`, `filter`, `filter-active`, `filter-backup`. */
  readonly arpValidate?: 'none' | 'active' | 'backup' | 'all' | 'filter' | 'filter-active' | 'filter-backup';

  /** ARP all targets. One of `any`, `all`. */
  readonly arpAllTargets?: 'any' | 'all';

  /** Lacp rate. One of `slow`, `fast`. */
  readonly lacpRate?: 'slow' | 'fast';

  /** Fail over mac. One of `none`, `active`, `follow`. */
  readonly failOverMac?: 'none' | 'active' | 'follow';

  /** Ad select. One of `stable`, `bandwidth`, `count`. */
  readonly adSelect?: 'stable' | 'bandwidth' | 'count';

  /** Ad actor sys prio. */
  readonly adActorSysPrio?: number;

  /** Ad user port key. */
  readonly adUserPortKey?: number;

  /** Ad LACP active. One of `off`, `on`. */
  readonly adLACPActive?: 'off' | 'on';

  /** Primary reselect. One of `always`, `better`, `failure`. */
  readonly primaryReselect?: 'always' | 'better' | 'failure';

  /** Resend IGMP. */
  readonly resendIGMP?: number;

  /** Min links. */
  readonly minLinks?: number;

  /** Lp interval. */
  readonly lpInterval?: number;

  /** Packets per slave. */
  readonly packetsPerSlave?: number;

  /** Num peer notif. */
  readonly numPeerNotif?: number;

  /** Tlb logical lb. */
  readonly tlbLogicalLb?: number;

  /** All slaves active. */
  readonly allSlavesActive?: number;

  /** Peer notif delay. */
  readonly peerNotifDelay?: number;

  /** Missed max. */
  readonly missedMax?: number;
}

/**
 * A bridge of links. Its name is that of the link. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/bridgeconfig/
 */
export interface BridgeConfig extends CommonLinkConfig {
  /** The name of the document. */
  readonly name: string;

  /** Hardware addr. A hardware address such as 02:00:00:00:00:01. */
  readonly hardwareAddr?: string;

  /** Links. A patch appends to the list. */
  readonly links?: string[];

  /** STP. */
  readonly stp?: BridgeSTPConfig;

  /** VLAN. */
  readonly vlan?: BridgeVLANConfig;
}

/** Is at `bridgeConfig[].stp`. */
export interface BridgeSTPConfig {
  /** Enabled, on or off. */
  readonly enabled?: boolean;
}

/** Is at `bridgeConfig[].vlan`. */
export interface BridgeVLANConfig {
  /** Filtering, on or off. */
  readonly filtering?: boolean;
}

/** What several kinds of documents have. */
export interface CommonLinkConfig {
  /** Whether the link is up. */
  readonly up?: boolean;

  /** The size of the largest packet, in bytes. */
  readonly mtu?: number;

  /** The addresses of the link. A patch appends to the list. */
  readonly addresses?: AddressConfig[];

  /** The routes through the link. A patch appends to the list. */
  readonly routes?: RouteConfig[];

  /** Multicast, on or off. */
  readonly multicast?: boolean;
}

/** What several kinds of documents have. */
export interface CommonProbeConfig {
  /** Interval. A duration such as 1m30s. */
  readonly interval?: string;

  /** Failure threshold. */
  readonly failureThreshold?: number;
}

/**
 * A DHCPv4 client on a link. Its name is that of the link. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/dhcpv4config/
 */
export interface DHCPv4Config {
  /** The name of the document. */
  readonly name: string;

  /** Route metric. */
  readonly routeMetric?: number;

  /** Ignore hostname, on or off. */
  readonly ignoreHostname?: boolean;

  /** Ignore routes, on or off. Since Talos 1.14. */
  readonly ignoreRoutes?: boolean;

  /** Client identifier. One of `none`, `mac`, `duid`. */
  readonly clientIdentifier?: 'none' | 'mac' | 'duid';

  /** Duid raw. A hardware address such as 02:00:00:00:00:01. */
  readonly duidRaw?: string;
}

/**
 * A DHCPv6 client on a link. Its name is that of the link. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/dhcpv6config/
 */
export interface DHCPv6Config {
  /** The name of the document. */
  readonly name: string;

  /** Route metric. */
  readonly routeMetric?: number;

  /** Ignore hostname, on or off. */
  readonly ignoreHostname?: boolean;

  /** Client identifier. One of `none`, `mac`, `duid`. */
  readonly clientIdentifier?: 'none' | 'mac' | 'duid';

  /** Duid raw. A hardware address such as 02:00:00:00:00:01. */
  readonly duidRaw?: string;
}

/**
 * A dummy link. Its name is that of the link. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/dummylinkconfig/
 */
export interface DummyLinkConfig extends CommonLinkConfig {
  /** The name of the document. */
  readonly name: string;

  /** Hardware addr. A hardware address such as 02:00:00:00:00:01. */
  readonly hardwareAddr?: string;
}

/** Is at `ethernetConfig[].channels`. */
export interface EthernetChannelsConfig {
  /** RX. */
  readonly rx?: number;

  /** TX. */
  readonly tx?: number;

  /** Other. */
  readonly other?: number;

  /** Combined. */
  readonly combined?: number;
}

/**
 * Settings of an Ethernet link, as those of ethtool. Its name is that of the link. Since Talos 1.10.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/ethernetconfig/
 */
export interface EthernetConfig {
  /** The name of the document. */
  readonly name: string;

  /** Features. */
  readonly features?: { [key: string]: boolean };

  /** Rings. */
  readonly rings?: EthernetRingsConfig;

  /** Channels. */
  readonly channels?: EthernetChannelsConfig;

  /**
   * Wake on lan. One of `phy`, `unicast`, `multicast`, `broadcast`, `magic`, `magicsecure`, `filter`. Since Talos 1.12. A patch appends to the list.
   */
  readonly wakeOnLan?: Array<'phy' | 'unicast' | 'multicast' | 'broadcast' | 'magic' | 'magicsecure' | 'filter'>;
}

/** Is at `ethernetConfig[].rings`. */
export interface EthernetRingsConfig {
  /** RX. */
  readonly rx?: number;

  /** TX. */
  readonly tx?: number;

  /** RX mini. */
  readonly rxMini?: number;

  /** RX jumbo. */
  readonly rxJumbo?: number;

  /** RX buf len. */
  readonly rxBufLen?: number;

  /** Cqe size. */
  readonly cqeSize?: number;

  /** TX push, on or off. */
  readonly txPush?: boolean;

  /** RX push, on or off. */
  readonly rxPush?: boolean;

  /** TX push buf len. */
  readonly txPushBufLen?: number;

  /** Tcp data split, on or off. */
  readonly tcpDataSplit?: boolean;
}

/**
 * An address that control planes share on Hetzner Cloud. Its name is the address. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/hcloudvipconfig/
 */
export interface HCloudVIPConfig {
  /** The name of the document. */
  readonly name: string;

  /** Link. */
  readonly link?: string;

  /** Api token. It can hold secrets. */
  readonly apiToken?: string;
}

/**
 * A check that a URL answers. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/httpprobeconfig/
 */
export interface HTTPProbeConfig extends CommonProbeConfig {
  /** The name of the document. */
  readonly name: string;

  /** URL. A URL. */
  readonly url?: string;

  /** Timeout. A duration such as 1m30s. */
  readonly timeout?: string;
}

/** Is at `resolverConfig.hostDNS`. */
export interface HostDNSConfig {
  /** Enabled, on or off. */
  readonly enabled?: boolean;

  /** Forward kube DNS to host, on or off. */
  readonly forwardKubeDNSToHost?: boolean;

  /** Resolve member names, on or off. */
  readonly resolveMemberNames?: boolean;
}

/**
 * The hostname of the machine. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/hostnameconfig/
 */
export interface HostnameConfig {
  /** How the machine makes a hostname of its own. One of `off`, `talos-addr`, `stable`. */
  readonly auto?: 'off' | 'talos-addr' | 'stable';

  /** The hostname; `auto` must be `off` beside it. */
  readonly hostname?: string;
}

/** Is at `networkRuleConfig[].ingress[]`. */
export interface IngressRule {
  /** The network whose packets are let in. A network such as 10.0.0.0/8. */
  readonly subnet?: string;

  /** A part of the network whose packets aren't. A network such as 10.0.0.0/8. */
  readonly except?: string;
}

/**
 * KubeSpan, a WireGuard network between the machines. Since Talos 1.13.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/kubespanconfig/
 */
export interface KubeSpanConfig {
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
  readonly filters?: KubeSpanFiltersConfig;
}

/**
 * More addresses at which peers reach the machine by KubeSpan. Since Talos 1.8.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/kubespanendpointsconfig/
 */
export interface KubeSpanEndpointsConfig {
  /** Extra announced endpoints. An IP address with a port. A patch appends to the list. */
  readonly extraAnnouncedEndpoints?: string[];
}

/** Is at `kubeSpanConfig.filters`. */
export interface KubeSpanFiltersConfig {
  /** Endpoints. A patch appends to the list. */
  readonly endpoints?: string[];

  /** Exclude advertised networks. A network such as 10.0.0.0/8. A patch appends to the list. */
  readonly excludeAdvertisedNetworks?: string[];
}

/**
 * An address that control planes share in a network. Its name is the address. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/layer2vipconfig/
 */
export interface Layer2VIPConfig {
  /** The name of the document. */
  readonly name: string;

  /** Link. */
  readonly link?: string;
}

/**
 * Another name for a link. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/linkaliasconfig/
 */
export interface LinkAliasConfig {
  /** The name of the document. */
  readonly name: string;

  /** Selector. */
  readonly selector?: LinkSelector;
}

/**
 * A link that exists, for example that of a network card. Its name is that of the link. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/linkconfig/
 */
export interface LinkConfig extends CommonLinkConfig {
  /** The name of the document. */
  readonly name: string;
}

/** Is at `linkAliasConfig[].selector`. */
export interface LinkSelector {
  /** Match. A patch that doesn't repeat it can reset it. */
  readonly match?: string;
}

/** Is at `timeSyncConfig.ntp`. */
export interface NTPConfig {
  /** The time servers. A patch appends to the list. */
  readonly servers?: string[];

  /** Use NTS, on or off. Since Talos 1.14. */
  readonly useNTS?: boolean;
}

/** Is at `resolverConfig.nameservers[]`. */
export interface NameserverConfig {
  /** The address of the DNS server. An IP address. */
  readonly address?: string;

  /** Protocol. One of `Do53`, `DoT`, `DoH`. Since Talos 1.14. */
  readonly protocol?: 'Do53' | 'DoT' | 'DoH';

  /** TLS server name. Since Talos 1.14. */
  readonly tlsServerName?: string;
}

/**
 * What the firewall does with packets that no rule is about.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/networkdefaultactionconfig/
 */
export interface NetworkDefaultActionConfig {
  /** Ingress. One of `accept`, `block`. */
  readonly ingress?: 'accept' | 'block';
}

/**
 * A rule of the firewall.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/networkruleconfig/
 */
export interface NetworkRuleConfig {
  /** The name of the document. */
  readonly name: string;

  /** Port selector. */
  readonly portSelector?: RulePortSelector;

  /** Ingress. */
  readonly ingress?: IngressRule[];
}

/** Is at `timeSyncConfig.ptp`. */
export interface PTPConfig {
  /** Devices. A patch appends to the list. */
  readonly devices?: string[];
}

/**
 * The DNS servers and search domains of the machine. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/resolverconfig/
 */
export interface ResolverConfig {
  /** The DNS servers. A patch appends to the list. */
  readonly nameservers?: NameserverConfig[];

  /** Search domains. */
  readonly searchDomains?: SearchDomainsConfig;

  /** Host DNS. Since Talos 1.14. */
  readonly hostDNS?: HostDNSConfig;
}

/** Is at `bondConfig[].routes[]` and 8 other places. */
export interface RouteConfig {
  /** The network behind the route; without it, all networks. A network such as 10.0.0.0/8. */
  readonly destination?: string;

  /** The address of the next router. An IP address. */
  readonly gateway?: string;

  /** Source. An IP address. */
  readonly source?: string;

  /** Metric. */
  readonly metric?: number;

  /** MTU. */
  readonly mtu?: number;

  /** Table. One of unspec, 1, 2 ... default, main, local. */
  readonly table?: string;
}

/**
 * A rule of the kernel's routing policy. Its name is the priority. Since Talos 1.13.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/routingruleconfig/
 */
export interface RoutingRuleConfig {
  /** The name of the document. */
  readonly name: string;

  /** Src. A network such as 10.0.0.0/8. */
  readonly src?: string;

  /** Dst. A network such as 10.0.0.0/8. */
  readonly dst?: string;

  /** Table. One of unspec, 1, 2 ... default, main, local. */
  readonly table?: string;

  /** Action. One of `unspec`, `unicast`, `blackhole`, `unreachable`, `prohibit`. */
  readonly action?: 'unspec' | 'unicast' | 'blackhole' | 'unreachable' | 'prohibit';

  /** Iif name. */
  readonly iifName?: string;

  /** Oif name. */
  readonly oifName?: string;

  /** Fw mark. */
  readonly fwMark?: number;

  /** Fw mask. */
  readonly fwMask?: number;
}

/** Is at `networkRuleConfig[].portSelector`. */
export interface RulePortSelector {
  /** The ports: numbers, or ranges such as `30000-32767`. A port or a range such as 1000-2000. */
  readonly ports?: Array<number | string>;

  /** Protocol. One of `icmp`, `tcp`, `udp`, `icmpv6`. */
  readonly protocol?: 'icmp' | 'tcp' | 'udp' | 'icmpv6';
}

/** Is at `resolverConfig.searchDomains`. */
export interface SearchDomainsConfig {
  /** Domains. A patch appends to the list. */
  readonly domains?: string[];

  /** Disable default, on or off. */
  readonly disableDefault?: boolean;
}

/**
 * A line of /etc/hosts. Its name is the address. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/statichostconfig/
 */
export interface StaticHostConfig {
  /** The name of the document. */
  readonly name: string;

  /** Hostnames. A patch appends to the list. */
  readonly hostnames?: string[];
}

/**
 * A check that a port answers. Since Talos 1.13.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/tcpprobeconfig/
 */
export interface TCPProbeConfig extends CommonProbeConfig {
  /** The name of the document. */
  readonly name: string;

  /** Endpoint. */
  readonly endpoint?: string;

  /** Timeout. A duration such as 1m30s. */
  readonly timeout?: string;
}

/**
 * How the clock is kept right. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/timesyncconfig/
 */
export interface TimeSyncConfig {
  /** Enabled, on or off. */
  readonly enabled?: boolean;

  /** Boot timeout. A duration such as 1m30s. */
  readonly bootTimeout?: string;

  /** NTP. */
  readonly ntp?: NTPConfig;

  /** PTP. */
  readonly ptp?: PTPConfig;
}

/**
 * A VLAN. Its name is that of the link. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/vlanconfig/
 */
export interface VLANConfig extends CommonLinkConfig {
  /** The name of the document. */
  readonly name: string;

  /** VLAN ID. */
  readonly vlanID?: number;

  /** VLAN mode. One of `802.1q`, `802.1ad`. */
  readonly vlanMode?: '802.1q' | '802.1ad';

  /** Parent. */
  readonly parent?: string;
}

/**
 * A VRF, a routing table with links of its own. Its name is that of the link. Since Talos 1.13.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/vrfconfig/
 */
export interface VRFConfig extends CommonLinkConfig {
  /** The name of the document. */
  readonly name: string;

  /** Hardware addr. A hardware address such as 02:00:00:00:00:01. */
  readonly hardwareAddr?: string;

  /** Links. A patch appends to the list. */
  readonly links?: string[];

  /** Table. One of unspec, 1, 2 ... default, main, local. */
  readonly table?: string;
}

/**
 * A pair of connected links. Its name is that of the link. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/vethconfig/
 */
export interface VethConfig extends CommonLinkConfig {
  /** The name of the document. */
  readonly name: string;

  /** Peer. */
  readonly peer?: VethPeerConfig;
}

/** Is at `vethConfig[].peer`. */
export interface VethPeerConfig extends CommonLinkConfig {
  /** Name. */
  readonly name?: string;
}

/**
 * A WireGuard link. Its name is that of the link. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/network/wireguardconfig/
 */
export interface WireguardConfig extends CommonLinkConfig {
  /** The name of the document. */
  readonly name: string;

  /** Private key. It can hold secrets. */
  readonly privateKey?: string;

  /** Listen port. */
  readonly listenPort?: number;

  /** Firewall mark. */
  readonly firewallMark?: number;

  /** Peers. A patch appends to the list. */
  readonly peers?: WireguardPeer[];
}

/** Is at `wireguardConfig[].peers[]`. */
export interface WireguardPeer {
  /** Public key. */
  readonly publicKey?: string;

  /** Preshared key. It can hold secrets. */
  readonly presharedKey?: string;

  /** Endpoint. An IP address with a port. */
  readonly endpoint?: string;

  /** Persistent keepalive interval. A duration such as 1m30s. */
  readonly persistentKeepaliveInterval?: string;

  /** Allowed IPs. A network such as 10.0.0.0/8. */
  readonly allowedIPs?: string[];
}
