// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/** Is at `containerConfig[].security.capabilities`. */
export interface ContainerCapabilities {
  /** Add. A patch appends to the list. */
  readonly add?: string[];

  /** Drop. A patch appends to the list. */
  readonly drop?: string[];
}

/**
 * A container that the machine runs beside Kubernetes. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/container/containerconfig/
 */
export interface ContainerConfig {
  /** The name of the document. */
  readonly name: string;

  /** Image. */
  readonly image?: string;

  /** Entrypoint. A patch appends to the list. */
  readonly entrypoint?: string[];

  /** Args. A patch appends to the list. */
  readonly args?: string[];

  /** Working dir. */
  readonly workingDir?: string;

  /** Run as. */
  readonly runAs?: ContainerRunAs;

  /** Environment. It can hold secrets. A patch appends to the list. */
  readonly environment?: string[];

  /** Mounts. A patch appends to the list. */
  readonly mounts?: ContainerMount[];

  /** Security. */
  readonly security?: ContainerSecurity;

  /** Network. */
  readonly network?: ContainerNetwork;

  /** Resources. */
  readonly resources?: ContainerResources;

  /** Depends on. */
  readonly dependsOn?: ContainerDependsOn;
}

/** Is at `containerConfig[].dependsOn`. */
export interface ContainerDependsOn {
  /** Paths. A patch appends to the list. */
  readonly paths?: string[];

  /** Networks. A patch appends to the list. */
  readonly networks?: string[];

  /** Time, on or off. */
  readonly time?: boolean;

  /** Containers. A patch appends to the list. */
  readonly containers?: string[];
}

/** Is at `containerConfig[].mounts[]`. */
export interface ContainerMount {
  /** User volume. */
  readonly userVolume?: UserVolumeMount;

  /** Tmpfs. */
  readonly tmpfs?: TmpfsMount;

  /** Host path. */
  readonly hostPath?: HostPathMount;
}

/** Is at `containerConfig[].network`. */
export interface ContainerNetwork {
  /** Mode. */
  readonly mode?: string;
}

/** Is at `containerConfig[].resources.limits`. */
export interface ContainerResourceLimits {
  /** CPU. */
  readonly cpu?: string;

  /** Memory. */
  readonly memory?: string;
}

/** Is at `containerConfig[].resources`. */
export interface ContainerResources {
  /** Limits. */
  readonly limits?: ContainerResourceLimits;
}

/** Is at `containerConfig[].runAs`. */
export interface ContainerRunAs {
  /** UID. */
  readonly uid?: number;

  /** GID. */
  readonly gid?: number;
}

/** Is at `containerConfig[].security`. */
export interface ContainerSecurity {
  /** Profile. */
  readonly profile?: string;

  /** Capabilities. */
  readonly capabilities?: ContainerCapabilities;
}

/** Is at `containerConfig[].mounts[].hostPath`. */
export interface HostPathMount {
  /** Source. */
  readonly source?: string;

  /** Destination. */
  readonly destination?: string;

  /** Options. */
  readonly options?: string[];
}

/** Is at `containerConfig[].mounts[].tmpfs`. */
export interface TmpfsMount {
  /** Destination. */
  readonly destination?: string;

  /** Size. */
  readonly size?: string;

  /** Options. */
  readonly options?: string[];
}

/** Is at `containerConfig[].mounts[].userVolume`. */
export interface UserVolumeMount {
  /** Name. */
  readonly name?: string;

  /** Destination. */
  readonly destination?: string;

  /** Options. */
  readonly options?: string[];
}
