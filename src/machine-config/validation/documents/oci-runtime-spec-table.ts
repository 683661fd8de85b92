/**
 * The types of the OCI runtime specification, as JSON: `TYPE: FIELD; FIELD; ...`.
 *
 * A field is `NAME TYPE [@first] [..last]`, with the first and the last Talos release that has it. `[]` is a list, `map` an object.
 */
export const RUNTIME_SPEC_TYPES = `
Box: height uint; width uint
CPUAffinity: initial string; final string
FreeBSD: devices []FreeBSDDevice; jail FreeBSDJail
FreeBSDDevice: path string; mode uint32
FreeBSDJail: parent string; host string; ip4 string; ip4Addr []string; ip6 string; ip6Addr []string; vnet string; interface string; vnetInterfaces []string; sysvmsg string; sysvsem string; sysvshm string; enforceStatfs int; allow FreeBSDJailAllow
FreeBSDJailAllow: setHostname bool; rawSockets bool; chflags bool; mount []string; quotas bool; socketAf bool; mlock bool; reservedPorts bool; suser bool
HWConfig: deviceTree string; vcpus uint32; memory uint64; dtdevs []string; iomems []IOMems; irqs []uint32
Hook: path string; args []string; env []string; timeout int
Hooks: prestart []Hook; createRuntime []Hook; createContainer []Hook; startContainer []Hook; poststart []Hook; poststop []Hook
IOMems: firstGFN uint64; firstMFN uint64; nrMFNs uint64
Linux: uidMappings []LinuxIDMapping; gidMappings []LinuxIDMapping; sysctl map string; resources LinuxResources; cgroupsPath string; namespaces []LinuxNamespace; devices []LinuxDevice; seccomp LinuxSeccomp; rootfsPropagation string; maskedPaths []string; readonlyPaths []string; mountLabel string; intelRdt LinuxIntelRdt; personality LinuxPersonality; timeOffsets map LinuxTimeOffset; netDevices map LinuxNetDevice @1.13; memoryPolicy LinuxMemoryPolicy @1.13
LinuxBlockIO: weight uint16; leafWeight uint16; weightDevice []LinuxWeightDevice; throttleReadBpsDevice []LinuxThrottleDevice; throttleWriteBpsDevice []LinuxThrottleDevice; throttleReadIOPSDevice []LinuxThrottleDevice; throttleWriteIOPSDevice []LinuxThrottleDevice
LinuxCPU: shares uint64; quota int64; burst uint64; period uint64; realtimeRuntime int64; realtimePeriod uint64; cpus string; mems string; idle int64
LinuxCapabilities: bounding []string; effective []string; inheritable []string; permitted []string; ambient []string
LinuxDevice: path string; type string; major int64; minor int64; fileMode uint32; uid uint32; gid uint32
LinuxDeviceCgroup: allow bool; type string; major int64; minor int64; access string
LinuxHugepageLimit: pageSize string; limit uint64
LinuxIDMapping: containerID uint32; hostID uint32; size uint32
LinuxIOPriority: class string; priority int
LinuxIntelRdt: closID string; l3CacheSchema string; memBwSchema string; enableCMT bool ..1.12; enableMBM bool ..1.12; schemata []string @1.13; enableMonitoring bool @1.13
LinuxInterfacePriority: name string; priority uint32
LinuxMemory: limit int64; reservation int64; swap int64; kernel int64; kernelTCP int64; swappiness uint64; disableOOMKiller bool; useHierarchy bool; checkBeforeUpdate bool
LinuxMemoryPolicy: mode string; nodes string; flags []string
LinuxNamespace: type string; path string
LinuxNetDevice: name string
LinuxNetwork: classID uint32; priorities []LinuxInterfacePriority
LinuxPersonality: domain string; flags []string
LinuxPids: limit int64
LinuxRdma: hcaHandles uint32; hcaObjects uint32
LinuxResources: devices []LinuxDeviceCgroup; memory LinuxMemory; cpu LinuxCPU; pids LinuxPids; blockIO LinuxBlockIO; hugepageLimits []LinuxHugepageLimit; network LinuxNetwork; rdma map LinuxRdma; unified map string
LinuxSeccomp: defaultAction string; defaultErrnoRet uint; architectures []string; flags []string; listenerPath string; listenerMetadata string; syscalls []LinuxSyscall
LinuxSeccompArg: index uint; value uint64; valueTwo uint64; op string
LinuxSyscall: names []string; action string; errnoRet uint; args []LinuxSeccompArg
LinuxThrottleDevice: major int64; minor int64; rate uint64
LinuxTimeOffset: secs int64; nanosecs uint32
LinuxWeightDevice: major int64; minor int64; weight uint16; leafWeight uint16
Mount: destination string; type string; source string; options []string; uidMappings []LinuxIDMapping; gidMappings []LinuxIDMapping
POSIXRlimit: type string; hard uint64; soft uint64
Process: terminal bool; consoleSize Box; user User; args []string; commandLine string; env []string; cwd string; capabilities LinuxCapabilities; rlimits []POSIXRlimit; noNewPrivileges bool; apparmorProfile string; oomScoreAdj int; scheduler Scheduler; selinuxLabel string; ioPriority LinuxIOPriority; execCPUAffinity CPUAffinity @1.10
Root: path string; readonly bool
Scheduler: policy string; nice int32; priority int32; flags []string; runtime uint64; deadline uint64; period uint64
Solaris: milestone string; limitpriv string; maxShmMemory string; anet []SolarisAnet; cappedCPU SolarisCappedCPU; cappedMemory SolarisCappedMemory
SolarisAnet: linkname string; lowerLink string; allowedAddress string; configureAllowedAddress string; defrouter string; linkProtection string; macAddress string
SolarisCappedCPU: ncpus string
SolarisCappedMemory: physical string; swap string
Spec: ociVersion string; process Process; root Root; hostname string; domainname string; mounts []Mount; hooks Hooks; annotations map string; linux Linux; solaris Solaris; windows Windows; vm VM; zos ZOS; freebsd FreeBSD @1.13
User: uid uint32; gid uint32; umask uint32; additionalGids []uint32; username string
VM: hypervisor VMHypervisor; kernel VMKernel; image VMImage; hwconfig HWConfig @1.13
VMHypervisor: path string; parameters []string
VMImage: path string; format string
VMKernel: path string; parameters []string; initrd string
Windows: layerFolders []string; devices []WindowsDevice; resources WindowsResources; credentialSpec any; servicing bool; ignoreFlushesDuringBoot bool; hyperv WindowsHyperV; network WindowsNetwork
WindowsCPUGroupAffinity: mask uint64; group uint32
WindowsCPUResources: count uint64; shares uint16; maximum uint16; affinity []WindowsCPUGroupAffinity @1.10
WindowsDevice: id string; idType string
WindowsHyperV: utilityVMPath string
WindowsMemoryResources: limit uint64
WindowsNetwork: endpointList []string; allowUnqualifiedDNSQuery bool; DNSSearchList []string; networkSharedContainerName string; networkNamespace string
WindowsResources: memory WindowsMemoryResources; cpu WindowsCPUResources; storage WindowsStorageResources
WindowsStorageResources: iops uint64; bps uint64; sandboxSize uint64
ZOS: devices []ZOSDevice ..1.9; namespaces []ZOSNamespace @1.10
ZOSDevice: path string ..1.9; type string ..1.9; major int64 ..1.9; minor int64 ..1.9; fileMode uint32 ..1.9; uid uint32 ..1.9; gid uint32 ..1.9
ZOSNamespace: type string; path string
`;
