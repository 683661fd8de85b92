/** The messages whose fields expressions can read: `MESSAGE: FIELD TYPE [@first]; ...`, with the first Talos release that has the field. */
export const MESSAGES = `
Disk: size uint; io_size uint; sector_size uint; readonly bool; model string; serial string; modalias string; wwid string; bus_path string; sub_system string; transport string; rotational bool; cdrom bool; dev_path string; pretty_size string; secondary_disks list(string) @1.9; uuid string @1.9; symlinks list(string) @1.10; firmware_version string @1.14
Volume: size uint; sector_size uint; io_size uint; name string; uuid string; label string; block_size uint; filesystem_block_size uint; probed_size uint; partition_uuid string; partition_type string; partition_label string; partition_index uint; type string; device_path string; parent string; dev_path string; parent_dev_path string; pretty_size string; offset uint @1.12
Link: index uint; type int; link_index uint; flags uint; hardware_addr bytes; broadcast_addr bytes; mtu uint; queue_disc string; master_index uint; operational_state int; kind string; slave_kind string; bus_path string; pciid string; driver string; driver_version string; firmware_version string; product_id string; vendor_id string; product string; vendor string; link_state bool; speed_megabits int; port int; duplex int; vlan Vlan; bridge_master BridgeMaster; bond_master BondMaster; wireguard Wireguard; permanent_addr bytes; alias string; alt_names list(string); vrf_master VrfMaster @1.13; veth Veth @1.14
Vlan: vid uint; protocol int
BridgeMaster: stp Stp; vlan BridgeVlan
Stp: enabled bool
BridgeVlan: filtering_enabled bool
BondMaster: mode int; hash_policy int; lacp_rate int; arp_validate int; arp_all_targets int; primary_index uint; primary_reselect int; fail_over_mac int; ad_select int; mii_mon uint; up_delay uint; down_delay uint; arp_interval uint; resend_igmp uint; min_links uint; lp_interval uint; packets_per_slave uint; num_peer_notif uint; tlb_dynamic_lb uint; all_slaves_active uint; use_carrier bool; ad_actor_sys_prio uint; ad_user_port_key uint; peer_notify_delay uint; arpip_targets list(Address); nsip6_targets list(Address); adlacp_active int; missed_max uint
Address: ip bytes
Network: ip bytes; prefix_length int
Wireguard: private_key string; public_key string; listen_port int; firewall_mark int; peers list(WireguardPeer)
WireguardPeer: public_key string; preshared_key string; endpoint string; persistent_keepalive_interval duration; allowed_ips list(Network)
VrfMaster: table int
Veth: peer_name string
`;

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'].map((unit) => `${unit} uint`).join('; ');
const CGROUP_CLASSES = ['Besteffort', 'Burstable', 'Guaranteed', 'Podruntime', 'System'].map((name) => `${name} int`).join('; ');

const PRESSURES = ['some', 'full'].flatMap((kind) => ['avg10', 'avg60', 'avg300', 'total'].map((span) => `memory_${kind}_${span}`));
const CGROUP_VALUES = [...PRESSURES.map((name) => `qos_${name}`), 'qos_memory_current', 'qos_memory_peak', 'qos_memory_max'];
const withDeltas = (names: readonly string[], type: string) => names.flatMap((name) => [`${name} ${type}`, `d_${name} ${type}`]).join('; ');

/** The places of expressions: their variables (`NAME TYPE [@first]; ...`), their additional functions, and the required result. */
export const ENVIRONMENTS = {
  'disk': {
    variables: `disk Disk; system_disk bool; ${UNITS}`,
    functions: 'glob(string, string): bool @1.9',
    hasOptionals: false,
    result: 'bool',
  },
  'volume': {
    variables: `volume Volume; disk Disk @1.11; ${UNITS}`,
    functions: '',
    hasOptionals: false,
    result: 'bool',
  },
  'link': {
    variables: 'link Link',
    functions: 'glob(string, string): bool\nmac(bytes): string',
    hasOptionals: false,
    result: 'bool',
  },
  'oom-trigger': {
    variables: [
      withDeltas(PRESSURES, 'double'), withDeltas(CGROUP_VALUES, 'map(int, double)'), 'time_since_trigger duration', UNITS, CGROUP_CLASSES,
    ].join('; '),
    functions: 'multiply_qos_vectors(map(dyn, double), map(dyn, double)): double',
    hasOptionals: true,
    result: 'bool',
  },
  'oom-ranking': {
    variables: [
      'memory_max optional(uint); memory_current optional(uint); memory_peak optional(uint); path string; class int', UNITS, CGROUP_CLASSES,
    ].join('; '),
    functions: '',
    hasOptionals: true,
    result: 'double',
  },
} as const;

/** The place of an expression. */
export type EnvironmentName = keyof typeof ENVIRONMENTS;
