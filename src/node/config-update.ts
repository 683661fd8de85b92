import { TalosVersion } from '../talos/talos-version';

/**
 * What happens to existing machines when their machine config changes.
 *
 * Talos keeps the config that it has accepted in `/system/state`, and silently prefers it to a new `USERDATA`.
 *
 * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/#submitting-initial-machine-configuration
 */
export enum ConfigUpdate {
  /**
   * Nothing: `/system/state` persists, machines read the machine config at their first start only, and you make later changes with `talosctl`.
   */
  INITIAL = 'Initial',

  /**
   * The pods are replaced, one after the other: `/system/state` is deleted with the pod, and the pod template has a checksum of the machine
   * config. (For a Secret that is made elsewhere there is no checksum: restart the pods when it changes.)
   */
  ROLL = 'Roll',

  /**
   * A Job applies it to every machine with `talosctl apply-config`: `/system/state` persists, and nothing restarts without need. Only for a
   * `TalosControlPlane`.
   */
  APPLY_JOB = 'ApplyJob',
}

/** The default for a control plane or a pool: to roll, unless machines would lose their names with `/system/state`. */
export function defaultConfigUpdate(talosVersion: TalosVersion): ConfigUpdate {
  return talosVersion.keepsHostname ? ConfigUpdate.ROLL : ConfigUpdate.INITIAL;
}
