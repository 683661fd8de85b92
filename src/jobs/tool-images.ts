/**
 * The images of the tools that Jobs and init containers need.
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
