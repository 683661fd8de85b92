/**
 * A directory that Talos needs writable, while the root of its pod is read-only.
 *
 * Each release uses some of them: see `TalosVersion.ephemeralMounts` and `TalosVersion.persistentMounts`.
 *
 * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/#volume-mounts
 */
export enum TalosMount {
  /**
   * `/run`: sockets and the state of running containers.
   */
  RUN = '/run',

  /**
   * `/system`: generated files of Talos's own services.
   */
  SYSTEM = '/system',

  /**
   * `/tmp`: scratch space.
   */
  TMP = '/tmp',

  /**
   * `/system/state`: the machine config that Talos has accepted, and the identity of the node.
   */
  SYSTEM_STATE = '/system/state',

  /**
   * `/var`: etcd's data, container images, the kubelet's files and logs. A node that loses it is lost.
   */
  VAR = '/var',

  /**
   * `/etc/cni`: network configuration that the inner cluster's CNI writes, up to Talos 1.13.
   */
  ETC_CNI = '/etc/cni',

  /**
   * `/etc/kubernetes`: manifests of the static pods and the kubelet's kubeconfig, up to Talos 1.13.
   */
  ETC_KUBERNETES = '/etc/kubernetes',

  /**
   * `/usr/libexec/kubernetes`: FlexVolume plugins of the kubelet, up to Talos 1.13.
   */
  USR_LIBEXEC_KUBERNETES = '/usr/libexec/kubernetes',

  /**
   * `/opt`: CNI plugins, which Talos 1.7 doesn't ship. Later images have them here, and an empty volume would hide them.
   */
  OPT = '/opt',
}
