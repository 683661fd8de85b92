// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/**
 * A logical volume of LVM. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/storage/lvmlogicalvolumeconfig/
 */
export interface LVMLogicalVolumeConfig {
  /** The name of the document. */
  readonly name: string;

  /** Type. One of `linear`, `raid1`, `raid0`, `raid10`. */
  readonly type?: 'linear' | 'raid1' | 'raid0' | 'raid10';

  /** Mirrors. */
  readonly mirrors?: number;

  /** Stripes. */
  readonly stripes?: number;

  /** Provisioning. */
  readonly provisioning?: LVMLogicalVolumeProvisioningSpec;
}

/** Is at `lvmLogicalVolumeConfig[].provisioning`. */
export interface LVMLogicalVolumeProvisioningSpec {
  /** Volume group. */
  readonly volumeGroup?: string;

  /** Min size. A size such as 10GiB. A patch that doesn't repeat it can reset it. */
  readonly minSize?: string;

  /** Max size. A size such as 10GiB or 80%. */
  readonly maxSize?: string;
}

/**
 * A volume group of LVM. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/storage/lvmvolumegroupconfig/
 */
export interface LVMVolumeGroupConfig {
  /** The name of the document. */
  readonly name: string;

  /** Provisioning. */
  readonly provisioning?: ProvisioningSpec;
}

/** Is at `lvmVolumeGroupConfig[].provisioning.volumeSelector`. */
export interface LVMVolumeSelectorSpec {
  /** Match. A patch that doesn't repeat it can reset it. */
  readonly match?: string;
}

/** Is at `lvmVolumeGroupConfig[].provisioning`. */
export interface ProvisioningSpec {
  /** Volume selector. */
  readonly volumeSelector?: LVMVolumeSelectorSpec;
}

/**
 * A RAID array of disks. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/storage/raidarrayconfig/
 */
export interface RAIDArrayConfig {
  /** The name of the document. */
  readonly name: string;

  /** Level. One of `raid1`. */
  readonly level?: 'raid1';

  /** Metadata. One of `1.0`, `1.2`. */
  readonly metadata?: '1.0' | '1.2';

  /** Provisioning. */
  readonly provisioning?: RAIDProvisioningSpec;
}

/** Is at `raidArrayConfig[].provisioning`. */
export interface RAIDProvisioningSpec {
  /** Volume selector. */
  readonly volumeSelector?: RAIDVolumeSelector;
}

/** Is at `raidArrayConfig[].provisioning.volumeSelector`. */
export interface RAIDVolumeSelector {
  /** Match. A patch that doesn't repeat it can reset it. */
  readonly match?: string;
}
