import { TalosVersion } from '../talos/talos-version';

const BUSYBOX = 'docker.io/library/busybox:1.37.0-musl';

/**
 * The images of the tools in Jobs and init containers.
 */
export interface ToolImages {
  /**
   * The image with `/talosctl`.
   *
   * @default - `ghcr.io/siderolabs/talosctl` with the Talos version as its tag
   */
  readonly talosctl?: string;

  /**
   * An image with a static `/bin/busybox`.
   *
   * @default 'docker.io/library/busybox:1.37.0-musl'
   */
  readonly busybox?: string;
}

/** The images of a Job with talosctl. */
export interface JobImages {
  readonly talosctlImage: string;
  readonly busyboxImage: string;
  readonly imagePullSecrets?: string[];
}

/** The chosen images, or else the official ones. */
export function jobImages(chosen: ToolImages = {}, talosVersion: TalosVersion, imagePullSecrets?: string[]): JobImages {
  const { talosctl = `ghcr.io/siderolabs/talosctl:${talosVersion.imageTag}`, busybox = BUSYBOX } = chosen;
  return { talosctlImage: talosctl, busyboxImage: busybox, imagePullSecrets };
}
