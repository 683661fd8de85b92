/**
 * How etcd comes to life for the first time.
 *
 * @see https://www.talos.dev/latest/introduction/getting-started/#kubernetes-bootstrap
 */
export enum BootstrapMode {
  /** A Job calls `talosctl bootstrap` until etcd is there; it does nothing to a cluster that is. */
  JOB = 'Job',

  /**
   * The machine does it by itself, as machine type `init`; only for a single, throwaway control plane: when its `/var` is lost, it silently
   * begins a new cluster.
   */
  INIT = 'Init',

  /** A person calls `talosctl bootstrap`. */
  MANUAL = 'Manual',
}
