// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/** What `containerConfig[].security.capabilities` consists of. */
export interface ContainerCapabilities {
  /** Add. A patch appends to the list. */
  readonly add?: string[];

  /** Drop. A patch appends to the list. */
  readonly drop?: string[];
}

/**
 * A container that the machine runs beside Kubernetes. The document `ContainerConfig`. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/container/containerconfig/
 */
export interface ContainerConfig {
  /** The name of the document. A patch is merged into the document with the same name. */
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

/** What `containerConfig[].dependsOn` consists of. */
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

/** What `containerConfig[].mounts[]` consists of. */
export interface ContainerMount {
  /** User volume. */
  readonly userVolume?: UserVolumeMount;

  /** Tmpfs. */
  readonly tmpfs?: TmpfsMount;

  /** Host path. */
  readonly hostPath?: HostPathMount;
}

/** What `containerConfig[].network` consists of. */
export interface ContainerNetwork {
  /** Mode. */
  readonly mode?: string;
}

/** What `containerConfig[].resources.limits` consists of. */
export interface ContainerResourceLimits {
  /** CPU. */
  readonly cpu?: string;

  /** Memory. */
  readonly memory?: string;
}

/** What `containerConfig[].resources` consists of. */
export interface ContainerResources {
  /** Limits. */
  readonly limits?: ContainerResourceLimits;
}

/** What `containerConfig[].runAs` consists of. */
export interface ContainerRunAs {
  /** UID. */
  readonly uid?: number;

  /** GID. */
  readonly gid?: number;
}

/** What `containerConfig[].security` consists of. */
export interface ContainerSecurity {
  /** Profile. */
  readonly profile?: string;

  /** Capabilities. */
  readonly capabilities?: ContainerCapabilities;
}

/** What `containerConfig[].mounts[].hostPath` consists of. */
export interface HostPathMount {
  /** Source. */
  readonly source?: string;

  /** Destination. */
  readonly destination?: string;

  /** Options. */
  readonly options?: string[];
}

/** What `containerConfig[].mounts[].tmpfs` consists of. */
export interface TmpfsMount {
  /** Destination. */
  readonly destination?: string;

  /** Size. */
  readonly size?: string;

  /** Options. */
  readonly options?: string[];
}

/** What `containerConfig[].mounts[].userVolume` consists of. */
export interface UserVolumeMount {
  /** Name. */
  readonly name?: string;

  /** Destination. */
  readonly destination?: string;

  /** Options. */
  readonly options?: string[];
}
