import { TalosMount } from '../talos/talos-mount';
import { TalosVersion } from '../talos/talos-version';
import { inlineManifestProblems } from './generate/options/inline-manifests';
import { CniName } from './generate/options/options';
import { webUrlProblem } from './generate/options/registries';

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
   * @throws if there is none, or one isn't an address
   */
  public static custom(...urls: string[]): Cni {
    if (urls.length === 0) {
      throw new Error('\'urls\' is empty: give the addresses of the manifests, or use Cni.none() and install the CNI by other means');
    }
    refuse(urls.map((url) => webUrlProblem('urls', url)));
    return new Cni('custom', urls);
  }

  /**
   * Manifests that are a part of the control planes' machine config and that Talos applies: nothing has to be fetched.
   *
   * @param manifests YAML with objects of Kubernetes, by a name for each: lower-case letters, digits, `-` and `.`
   * @throws if there is none, a name isn't one, or a text has no objects of Kubernetes in it
   * @see https://www.talos.dev/latest/kubernetes-guides/configuration/inlinemanifests/
   */
  public static inlineManifests(manifests: { [name: string]: string }): Cni {
    const inlineManifests = Object.freeze({ ...manifests });
    refuse([...inlineManifestProblems({ inlineManifests })]);
    return new Cni('none', [], inlineManifests);
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

function refuse(problems: (string | undefined)[]): void {
  const found = problems.find((problem) => problem !== undefined);
  if (found !== undefined) {
    throw new Error(found);
  }
}
