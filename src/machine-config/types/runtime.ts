// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/** What `unattendedInstallConfig.provisioning.diskSelector` consists of. */
export interface DiskSelectorSpec {
  /** Match. A patch that doesn't repeat it can reset it. */
  readonly match?: string;
}

/**
 * Environment variables of Talos's services. The document `EnvironmentConfig`. Since Talos 1.13.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/environmentconfig/
 */
export interface EnvironmentConfig {
  /** The variables by their names. It can hold secrets. */
  readonly variables?: { [key: string]: string };
}

/**
 * A file below /etc. Its name is the path there. The document `EtcFileConfig`. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/etcfileconfig/
 */
export interface EtcFileConfig {
  /** The name of the document. A patch is merged into the document with the same name. */
  readonly name: string;

  /** Mode. */
  readonly mode?: number;

  /** Contents. It can hold secrets. */
  readonly contents?: string;
}

/**
 * Where the machine sends its events. The document `EventSinkConfig`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/eventsinkconfig/
 */
export interface EventSinkConfig {
  /** Endpoint. */
  readonly endpoint?: string;
}

/** What `unattendedInstallConfig.installer` consists of. */
export interface InstallerSpec {
  /** Image. */
  readonly image?: string;
}

/**
 * A kernel module to load. Its name is that of the module. The document `KernelModuleConfig`. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/kernelmoduleconfig/
 */
export interface KernelModuleConfig {
  /** The name of the document. A patch is merged into the document with the same name. */
  readonly name: string;

  /** Parameters. A patch appends to the list. */
  readonly parameters?: string[];
}

/**
 * Where the machine sends the kernel's log. The document `KmsgLogConfig`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/kmsglogconfig/
 */
export interface KmsgLogConfig {
  /** The name of the document. A patch is merged into the document with the same name. */
  readonly name: string;

  /** URL. A URL. */
  readonly url?: string;
}

/**
 * What happens when memory runs out. The document `OOMConfig`. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/oomconfig/
 */
export interface OOMConfig {
  /** Trigger expression. A patch that doesn't repeat it can reset it. */
  readonly triggerExpression?: string;

  /** Cgroup ranking expression. A patch that doesn't repeat it can reset it. */
  readonly cgroupRankingExpression?: string;

  /** Strict cgroup class ordering, on or off. */
  readonly strictCgroupClassOrdering?: boolean;

  /** Sample interval. A duration such as 1m30s. */
  readonly sampleInterval?: string;
}

/** What `unattendedInstallConfig.provisioning` consists of. */
export interface ProvisioningSpec {
  /** Disk selector. */
  readonly diskSelector?: DiskSelectorSpec;

  /** Wipe, on or off. */
  readonly wipe?: boolean;
}

/**
 * How strictly workloads are isolated. The document `SecurityProfileConfig`. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/securityprofileconfig/
 */
export interface SecurityProfileConfig {
  /** Workload isolation, on or off. */
  readonly workloadIsolation?: boolean;
}

/**
 * Parameters of the kernel, as in /proc/sys. The document `SysctlConfig`. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/sysctlconfig/
 */
export interface SysctlConfig {
  /** The parameters by their names, for example `vm.swappiness`. */
  readonly params?: { [key: string]: string };
}

/**
 * Parameters of the kernel in /sys. The document `SysfsConfig`. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/sysfsconfig/
 */
export interface SysfsConfig {
  /** Params. */
  readonly params?: { [key: string]: string };
}

/**
 * Rules of udev. The document `UdevRulesConfig`. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/udevrulesconfig/
 */
export interface UdevRulesConfig {
  /** Rules. A patch appends to the list. */
  readonly rules?: string[];
}

/**
 * How Talos is installed on a disk without an operator. The document `UnattendedInstallConfig`. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/unattendedinstallconfig/
 */
export interface UnattendedInstallConfig {
  /** Reboot, on or off. */
  readonly reboot?: boolean;

  /** Installer. */
  readonly installer?: InstallerSpec;

  /** Provisioning. */
  readonly provisioning?: ProvisioningSpec;
}

/**
 * A watchdog device, which restarts a machine that hangs. The document `WatchdogTimerConfig`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/watchdogtimerconfig/
 */
export interface WatchdogTimerConfig {
  /** Device. */
  readonly device?: string;

  /** Timeout. A duration such as 1m30s. */
  readonly timeout?: string;
}
