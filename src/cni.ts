import type { CniName } from './generate';
import { TalosMount } from './talos-mount';
import type { TalosVersion } from './talos-version';

/**
 * What brings the network of the inner cluster's pods.
 *
 * @see https://www.talos.dev/latest/kubernetes-guides/network/
 */
export class Cni {
  /** Flannel, which Talos brings along. */
  public static flannel(): Cni {
    return new Cni('flannel', []);
  }

  /** Nothing: it is installed later. */
  public static none(): Cni {
    return new Cni('none', []);
  }

  /**
   * Manifests that Talos fetches and applies.
   *
   * @param urls one or more, by http or https
   */
  public static custom(...urls: string[]): Cni {
    return new Cni('custom', urls);
  }

  /**
   * Manifests that are a part of the control planes' machine config and that Talos applies: nothing has to be fetched.
   *
   * @param manifests YAML with objects of Kubernetes, by a name for each: lower-case letters, digits, `-` and `.`
   * @see https://www.talos.dev/latest/kubernetes-guides/configuration/inlinemanifests/
   */
  public static inlineManifests(manifests: { [name: string]: string }): Cni {
    return new Cni('none', [], { ...manifests });
  }

  private constructor(
    /** @internal */
    public readonly _name: CniName,
    /** @internal */
    public readonly _urls: string[],
    /** @internal */
    public readonly _inlineManifests?: { readonly [name: string]: string },
  ) {}

  /**
   * Whether the machines' root must be writable: other CNIs than flannel install plugins into `/opt/cni/bin`.
   *
   * @internal
   */
  public _needsWritableRoot(talosVersion: TalosVersion): boolean {
    return this._name !== 'flannel' && !talosVersion.persistentMounts.includes(TalosMount.OPT);
  }
}
