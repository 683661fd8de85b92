import { EmptyDirMedium, HostPathType } from '../kubernetes/volume';
import { TalosMount } from '../talos/talos-mount';

/** The source of a volume. */
export type VolumeSource =
  | { readonly kind: 'emptyDir'; readonly medium?: EmptyDirMedium; readonly sizeLimit?: string }
  | ClaimSource
  | { readonly kind: 'existingClaim'; readonly claimName: string }
  | { readonly kind: 'hostPath'; readonly path: string; readonly type: HostPathType };

/** A claim that is made for the volume. */
export interface ClaimSource {
  readonly kind: 'claim';
  readonly size: string;
  readonly storageClassName?: string;
  readonly accessMode: string;
  readonly annotations?: { [key: string]: string };
}

/** A volume of a Talos node. */
export interface PlannedVolume {
  readonly name: string;
  readonly source: VolumeSource;
}

/** A volume for which a claim is made. */
export interface ClaimedVolume extends PlannedVolume {
  readonly source: ClaimSource;
}

/** One of Talos's directories, and the volume that is mounted there. */
export interface PlannedMount {
  readonly mount: TalosMount;
  readonly volume: string;
  readonly subPath?: string;
}

/** The volumes of a Talos node, and where they are mounted. */
export class StoragePlan {
  constructor(public readonly volumes: PlannedVolume[], public readonly volumeMounts: PlannedMount[]) {}

  /** The volumes for which claims are made. */
  public get claimedVolumes(): ClaimedVolume[] {
    return this.volumes.flatMap(({ name, source }) => source.kind === 'claim' ? [{ name, source }] : []);
  }

  /** The source of the volume that is mounted at a directory. */
  public sourceOf(directory: TalosMount): VolumeSource {
    const { volume } = this.volumeMounts.find(({ mount }) => mount === directory)!;
    return this.volumes.find(({ name }) => name === volume)!.source;
  }
}
