import { readList, readMap, readText } from '../input';
import { refuse, TalosError } from '../problem';
import { inlineManifestProblems } from './generate/options/inline-manifests';
import { CniName } from './generate/options/options';
import { webUrlProblem } from './generate/options/registries';

/**
 * The CNI: the network plugin that connects the pods of the inner cluster.
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { Cni, TalosCluster, TalosSecrets } from 'cdk8s-talos';
 *
 * declare const chart: Chart;
 * new TalosCluster(chart, 'cluster', {
 *   clusterName: 'acme',
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   controlPlane: { cni: Cni.custom('https://example.com/cni.yaml') },
 * });
 *
 * @see https://www.talos.dev/latest/kubernetes-guides/network/
 */
export class Cni {
  /** Flannel, which is a part of Talos. */
  public static flannel(): Cni {
    return new Cni('flannel', []);
  }

  /** No CNI. Install one later. */
  public static none(): Cni {
    return new Cni('none', []);
  }

  /**
   * Manifests that Talos downloads and applies.
   *
   * @param urls one or more HTTP or HTTPS URLs
   * @throws if there is none, or one isn't such a URL
   */
  public static custom(...urls: string[]): Cni {
    if (urls.length === 0) {
      throw new TalosError('talos:missing-property', '\'urls\' is empty: give the URLs of the manifests, or use Cni.none() and install the CNI by other means');
    }
    readList(readText)('urls', urls).forEach((url) => refuse(webUrlProblem('urls', url)));
    return new Cni('custom', urls);
  }

  /**
   * Manifests in the control planes' machine config. Talos applies them and needs no download.
   *
   * @param manifests YAML with Kubernetes objects, by name; names have lower-case letters, digits, `-` and `.`
   * @throws if there is no manifest, a name isn't valid, or a text has no Kubernetes objects
   * @see https://www.talos.dev/latest/kubernetes-guides/configuration/inlinemanifests/
   */
  public static inlineManifests(manifests: { [name: string]: string }): Cni {
    const inlineManifests = Object.freeze(readMap(readText)('manifests', manifests));
    [...inlineManifestProblems({ inlineManifests })].forEach(refuse);
    return new Cni('none', [], inlineManifests);
  }

  /** @internal */
  public readonly _name: CniName;

  // hard private: printing or serializing the value can't show the secrets in manifests and URLs
  readonly #urls: string[];
  readonly #inlineManifests?: { readonly [name: string]: string };

  private constructor(name: CniName, urls: string[], inlineManifests?: { readonly [name: string]: string }) {
    this._name = name;
    this.#urls = urls;
    this.#inlineManifests = inlineManifests;
  }

  /** @internal */
  public get _urls(): string[] {
    return this.#urls;
  }

  /** @internal */
  public get _inlineManifests(): { readonly [name: string]: string } | undefined {
    return this.#inlineManifests;
  }
}
