import { TalosVersion } from '../talos/talos-version';

/**
 * What a changed machine config does to machines that are there.
 *
 * Talos keeps the config it has accepted in `/system/state`, and that one silently wins over a new `USERDATA`.
 *
 * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/#submitting-initial-machine-configuration
 */
export enum ConfigUpdate {
  /**
   * Nothing: `/system/state` persists, the machine config counts at the first start, and later changes are made with `talosctl`.
   */
  INITIAL = 'Initial',

  /**
   * The pods are replaced, one after the other: `/system/state` goes with the pod, and a checksum of the machine config stands in the pods'
   * template. (A Secret that is made elsewhere has no checksum: restart the pods when it has changed.)
   */
  ROLL = 'Roll',

  /**
   * A Job applies it to every machine by `talosctl apply-config`: `/system/state` persists, and nothing is restarted that need not be. Only for
   * a `TalosControlPlane`.
   */
  APPLY_JOB = 'ApplyJob',
}

/** The default where the machine config is generated here: it rolls, unless machines would lose their names with `/system/state`. */
export function defaultConfigUpdate(talosVersion: TalosVersion): ConfigUpdate {
  return talosVersion.keepsHostname ? ConfigUpdate.ROLL : ConfigUpdate.INITIAL;
}
