// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/** Is at `rawVolumeConfig[].provisioning.diskSelector` and 3 other places. */
export interface DiskSelector {
  /** A CEL expression that is true for the disk, for example `disk.transport == "nvme"`. A patch that doesn't repeat it can reset it. */
  readonly match?: string;
}

/** Is at `rawVolumeConfig[].encryption.keys[]` and 3 other places. */
export interface EncryptionKey {
  /** Slot. */
  readonly slot?: number;

  /** Static. */
  readonly static?: EncryptionKeyStatic;

  /** Node ID. */
  readonly nodeID?: EncryptionKeyNodeID;

  /** KMS. */
  readonly kms?: EncryptionKeyKMS;

  /** TPM. */
  readonly tpm?: EncryptionKeyTPM;

  /** Lock to state, on or off. Since Talos 1.11. */
  readonly lockToState?: boolean;
}

/** Is at `rawVolumeConfig[].encryption.keys[].kms` and 3 other places. */
export interface EncryptionKeyKMS {
  /** Endpoint. */
  readonly endpoint?: string;
}

/** Is at `rawVolumeConfig[].encryption.keys[].nodeID` and 3 other places. */
export interface EncryptionKeyNodeID {}

/** Is at `rawVolumeConfig[].encryption.keys[].static` and 3 other places. */
export interface EncryptionKeyStatic {
  /** Passphrase. It can hold secrets. */
  readonly passphrase?: string;
}

/** Is at `rawVolumeConfig[].encryption.keys[].tpm` and 3 other places. */
export interface EncryptionKeyTPM {
  /** Options. Since Talos 1.12. */
  readonly options?: EncryptionKeyTPMOptions;

  /** Check secureboot status on enroll, on or off. */
  readonly checkSecurebootStatusOnEnroll?: boolean;
}

/** Is at `rawVolumeConfig[].encryption.keys[].tpm.options` and 3 other places. */
export interface EncryptionKeyTPMOptions {
  /** Pcrs. */
  readonly pcrs?: number[];
}

/** Is at `rawVolumeConfig[].encryption` and 3 other places. */
export interface EncryptionSpec {
  /** Provider. One of `none`, `luks2`. */
  readonly provider?: 'none' | 'luks2';

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

  /** Allow discards, on or off. Since Talos 1.14. */
  readonly allowDiscards?: boolean;
}

/** Is at `existingVolumeConfig[].mount`. */
export interface ExistingMountSpec {
  /** Read only, on or off. */
  readonly readOnly?: boolean;

  /** Disable access time, on or off. Since Talos 1.13. */
  readonly disableAccessTime?: boolean;

  /** Secure, on or off. Since Talos 1.13. */
  readonly secure?: boolean;
}

/**
 * A volume that exists on a disk and is mounted. Since Talos 1.11.
 *
 * @see https://www.talos.dev/latest/reference/configuration/block/existingvolumeconfig/
 */
export interface ExistingVolumeConfig {
  /** The name of the document. */
  readonly name: string;

  /** Discovery. */
  readonly discovery?: VolumeDiscoverySpec;

  /** Mount. */
  readonly mount?: ExistingMountSpec;

  /** Trim. Since Talos 1.14. */
  readonly trim?: TrimConfig;

  /** Scrub. Since Talos 1.14. */
  readonly scrub?: ScrubConfig;
}

/** Is at `externalVolumeConfig[].mount`. */
export interface ExternalMountSpec {
  /** Read only, on or off. */
  readonly readOnly?: boolean;

  /** Disable access time, on or off. */
  readonly disableAccessTime?: boolean;

  /** Secure, on or off. */
  readonly secure?: boolean;

  /** Virtiofs. */
  readonly virtiofs?: VirtiofsMountSpec;
}

/**
 * A volume that something outside of the machine provides. Since Talos 1.13.
 *
 * @see https://www.talos.dev/latest/reference/configuration/block/externalvolumeconfig/
 */
export interface ExternalVolumeConfig {
  /** The name of the document. */
  readonly name: string;

  /**
   * Filesystem type. One of `none`, `xfs`, `vfat`, `ext4`, `iso9660`, `swap` (Talos 1.11 to 1.12), `swapi` (since Talos 1.13), `virtiofs` (since
   * Talos 1.13), `btrfs` (since Talos 1.14).
   */
  readonly filesystemType?: 'none' | 'xfs' | 'vfat' | 'ext4' | 'iso9660' | 'swap' | 'swapi' | 'virtiofs' | 'btrfs';

  /** Mount. */
  readonly mount?: ExternalMountSpec;
}

/**
 * When filesystems are checked for errors. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/block/filesystemscrubconfig/
 */
export interface FilesystemScrubConfig {
  /** Interval. A duration such as 1m30s. */
  readonly interval?: string;
}

/** Is at `userVolumeConfig[].filesystem`. */
export interface FilesystemSpec {
  /**
   * Type. One of `none`, `xfs`, `vfat`, `ext4`, `iso9660`, `swap` (Talos 1.11 to 1.12), `swapi` (since Talos 1.13), `virtiofs` (since Talos 1.13),
   * `btrfs` (since Talos 1.14).
   */
  readonly type?: 'none' | 'xfs' | 'vfat' | 'ext4' | 'iso9660' | 'swap' | 'swapi' | 'virtiofs' | 'btrfs';

  /** Project quota support, on or off. Since Talos 1.11. */
  readonly projectQuotaSupport?: boolean;

  /** XFS. Since Talos 1.14. */
  readonly xfs?: XFSSpec;
}

/**
 * When unused blocks of filesystems are given back. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/block/filesystemtrimconfig/
 */
export interface FilesystemTrimConfig {
  /** Interval. A duration such as 1m30s. */
  readonly interval?: string;
}

/** Is at `volumeConfig[].mount`. */
export interface MountSpec {
  /** Secure, on or off. */
  readonly secure?: boolean;

  /** Disable access time, on or off. Since Talos 1.14. */
  readonly disableAccessTime?: boolean;
}

/** Is at `rawVolumeConfig[].provisioning` and 3 other places. */
export interface ProvisioningSpec {
  /** On which disks the volume may be. */
  readonly diskSelector?: DiskSelector;

  /** Whether the volume grows up to `maxSize`. */
  readonly grow?: boolean;

  /** The least size. A size such as 10GiB. A patch that doesn't repeat it can reset it. */
  readonly minSize?: string;

  /** The most size. A size such as 10GiB or 80%. */
  readonly maxSize?: string;
}

/**
 * A volume without a filesystem. Since Talos 1.11.
 *
 * @see https://www.talos.dev/latest/reference/configuration/block/rawvolumeconfig/
 */
export interface RawVolumeConfig {
  /** The name of the document. */
  readonly name: string;

  /** Provisioning. */
  readonly provisioning?: ProvisioningSpec;

  /** Encryption. */
  readonly encryption?: EncryptionSpec;
}

/** Is at `existingVolumeConfig[].scrub` and 2 other places. */
export interface ScrubConfig {
  /** Enabled, on or off. */
  readonly enabled?: boolean;

  /** Interval. A duration such as 1m30s. */
  readonly interval?: string;
}

/**
 * A volume for swapped memory. Since Talos 1.11.
 *
 * @see https://www.talos.dev/latest/reference/configuration/block/swapvolumeconfig/
 */
export interface SwapVolumeConfig {
  /** The name of the document. */
  readonly name: string;

  /** Provisioning. */
  readonly provisioning?: ProvisioningSpec;

  /** Encryption. */
  readonly encryption?: EncryptionSpec;
}

/** Is at `volumeConfig[].filesystem`. */
export interface SystemVolumeFilesystemSpec {
  /** XFS. */
  readonly xfs?: XFSSpec;
}

/** Is at `existingVolumeConfig[].trim` and 2 other places. */
export interface TrimConfig {
  /** Enabled, on or off. */
  readonly enabled?: boolean;

  /** Interval. A duration such as 1m30s. */
  readonly interval?: string;
}

/** Is at `userVolumeConfig[].mount`. */
export interface UserMountSpec {
  /** Disable access time, on or off. */
  readonly disableAccessTime?: boolean;

  /** Secure, on or off. */
  readonly secure?: boolean;
}

/**
 * A volume for the data of pods, mounted at /var/mnt/NAME. Since Talos 1.10.
 *
 * @see https://www.talos.dev/latest/reference/configuration/block/uservolumeconfig/
 */
export interface UserVolumeConfig {
  /** The name of the document. */
  readonly name: string;

  /**
   * What the volume is. One of `partition`, `disk`, `tmpfs`, `directory`, `symlink`, `overlay`, `external` (since Talos 1.13). Since Talos 1.12.
   *
   * @default partition
   */
  readonly volumeType?: 'partition' | 'disk' | 'tmpfs' | 'directory' | 'symlink' | 'overlay' | 'external';

  /** Where the volume is, and how large. */
  readonly provisioning?: ProvisioningSpec;

  /** The filesystem of the volume. */
  readonly filesystem?: FilesystemSpec;

  /** Encryption. */
  readonly encryption?: EncryptionSpec;

  /** Mount. Since Talos 1.13. */
  readonly mount?: UserMountSpec;

  /** Trim. Since Talos 1.14. */
  readonly trim?: TrimConfig;

  /** Scrub. Since Talos 1.14. */
  readonly scrub?: ScrubConfig;
}

/** Is at `externalVolumeConfig[].mount.virtiofs`. */
export interface VirtiofsMountSpec {
  /** Tag. */
  readonly tag?: string;
}

/**
 * A volume of Talos itself. Its name is that of the volume, for example EPHEMERAL. Since Talos 1.8.
 *
 * @see https://www.talos.dev/latest/reference/configuration/block/volumeconfig/
 */
export interface VolumeConfig {
  /** The name of the document. */
  readonly name: string;

  /** Provisioning. */
  readonly provisioning?: ProvisioningSpec;

  /** Filesystem. Since Talos 1.14. */
  readonly filesystem?: SystemVolumeFilesystemSpec;

  /** Encryption. Since Talos 1.11. */
  readonly encryption?: EncryptionSpec;

  /** Mount. Since Talos 1.13. */
  readonly mount?: MountSpec;

  /** Trim. Since Talos 1.14. */
  readonly trim?: TrimConfig;

  /** Scrub. Since Talos 1.14. */
  readonly scrub?: ScrubConfig;
}

/** Is at `existingVolumeConfig[].discovery`. */
export interface VolumeDiscoverySpec {
  /** Volume selector. */
  readonly volumeSelector?: VolumeSelector;
}

/** Is at `existingVolumeConfig[].discovery.volumeSelector`. */
export interface VolumeSelector {
  /** Match. A patch that doesn't repeat it can reset it. */
  readonly match?: string;
}

/** Is at `userVolumeConfig[].filesystem.xfs` and another place. */
export interface XFSSpec {
  /** Min allocation group size. A size such as 10GiB. A patch that doesn't repeat it can reset it. */
  readonly minAllocationGroupSize?: string;
}

/**
 * A compressed cache for swapped memory. Since Talos 1.11.
 *
 * @see https://www.talos.dev/latest/reference/configuration/block/zswapconfig/
 */
export interface ZswapConfig {
  /** Max pool percent. */
  readonly maxPoolPercent?: number;

  /** Shrinker enabled, on or off. */
  readonly shrinkerEnabled?: boolean;
}
