// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/** Is at `unattendedInstallConfig.provisioning.diskSelector`. */
export interface DiskSelectorSpec {
  /** Match. A patch that doesn't repeat it can reset it. */
  readonly match?: string;
}

/**
 * Environment variables of Talos's services. Since Talos 1.13.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/environmentconfig/
 */
export interface EnvironmentConfig {
  /** The variables by their names. It can hold secrets. */
  readonly variables?: { [key: string]: string };
}

/**
 * A file below /etc. Its name is the path there. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/etcfileconfig/
 */
export interface EtcFileConfig {
  /** The name of the document. */
  readonly name: string;

  /** Mode. */
  readonly mode?: number;

  /** Contents. It can hold secrets. */
  readonly contents?: string;
}

/**
 * Where the machine sends its events.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/eventsinkconfig/
 */
export interface EventSinkConfig {
  /** Endpoint. */
  readonly endpoint?: string;
}

/** Is at `unattendedInstallConfig.installer`. */
export interface InstallerSpec {
  /** Image. */
  readonly image?: string;
}

/**
 * A kernel module to load. Its name is that of the module. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/kernelmoduleconfig/
 */
export interface KernelModuleConfig {
  /** The name of the document. */
  readonly name: string;

  /** Parameters. A patch appends to the list. */
  readonly parameters?: string[];
}

/**
 * Where the machine sends the kernel's log.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/kmsglogconfig/
 */
export interface KmsgLogConfig {
  /** The name of the document. */
  readonly name: string;

  /** URL. A URL. */
  readonly url?: string;
}

/**
 * What happens when memory runs out. Since Talos 1.12.
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

/** Is at `unattendedInstallConfig.provisioning`. */
export interface ProvisioningSpec {
  /** Disk selector. */
  readonly diskSelector?: DiskSelectorSpec;

  /** Wipe, on or off. */
  readonly wipe?: boolean;
}

/**
 * How strictly workloads are isolated. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/securityprofileconfig/
 */
export interface SecurityProfileConfig {
  /** Workload isolation, on or off. */
  readonly workloadIsolation?: boolean;
}

/**
 * Parameters of the kernel, as in /proc/sys. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/sysctlconfig/
 */
export interface SysctlConfig {
  /** The parameters by their names, for example `vm.swappiness`. */
  readonly params?: { [key: string]: string };
}

/**
 * Parameters of the kernel in /sys. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/sysfsconfig/
 */
export interface SysfsConfig {
  /** Params. */
  readonly params?: { [key: string]: string };
}

/**
 * Rules of udev. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/udevrulesconfig/
 */
export interface UdevRulesConfig {
  /** Rules. A patch appends to the list. */
  readonly rules?: string[];
}

/**
 * How Talos is installed on a disk without an operator. Since Talos 1.14.
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
 * A watchdog device, which restarts a machine that hangs.
 *
 * @see https://www.talos.dev/latest/reference/configuration/runtime/watchdogtimerconfig/
 */
export interface WatchdogTimerConfig {
  /** Device. */
  readonly device?: string;

  /** Timeout. A duration such as 1m30s. */
  readonly timeout?: string;
}
