import type { CniName } from './generate';

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
   * Manifests that Talos applies at bootstrap.
   *
   * @param urls where they are
   */
  public static custom(...urls: string[]): Cni {
    return new Cni('custom', urls);
  }

  private constructor(
    /** @internal */
    public readonly _name: CniName,
    /** @internal */
    public readonly _urls: string[],
  ) {}
}
