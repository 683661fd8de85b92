/**
 * How etcd is bootstrapped, once in the life of a cluster.
 *
 * @see https://www.talos.dev/latest/introduction/getting-started/#kubernetes-bootstrap
 */
export enum BootstrapMode {
  /** A Job calls `talosctl bootstrap` until etcd runs; it changes nothing once etcd is bootstrapped. */
  JOB = 'Job',

  /**
   * The machine does it itself, with the machine type `init`. Only for a single, throwaway control plane: if its `/var` is lost, the machine
   * silently begins a new cluster.
   */
  INIT = 'Init',

  /** A person calls `talosctl bootstrap`. */
  MANUAL = 'Manual',
}
