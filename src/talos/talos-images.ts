import { kubernetesVersionProblem } from './kubernetes-versions';
import { PatchRelease } from './patch-release';
import { Release } from './release';
import { TalosError } from '../problem';

/**
 * The images of a release of Talos with a release of Kubernetes, by their full names.
 */
export interface TalosImages {
  /** Talos itself. */
  readonly talos: string;

  /** The command line tool. */
  readonly talosctl: string;

  /** The kubelet of every machine. */
  readonly kubelet: string;

  /** The API server of Kubernetes. */
  readonly kubeApiServer: string;

  /** The controller manager of Kubernetes. */
  readonly kubeControllerManager: string;

  /** The scheduler of Kubernetes. */
  readonly kubeScheduler: string;

  /** The proxy of every machine. */
  readonly kubeProxy: string;

  /** etcd of the control planes. */
  readonly etcd: string;

  /** The DNS of the cluster. */
  readonly coreDns: string;

  /** The pods' network, unless the cluster has another one. */
  readonly flannel: string;

  /** What holds a pod's namespaces. */
  readonly pause: string;

  /**
   * What enforces network policies, where flannel is told to.
   *
   * @default - the release has none
   */
  readonly kubeNetworkPolicies?: string;

  /**
   * What installs CNI plugins beside flannel.
   *
   * @default - the release has none
   */
  readonly installCni?: string;

  /**
   * The images that aren't known of this release, by the names of their properties, with the nearest release whose image is known and stands in, for
   * example `{ etcd: 'v1.13.9' }`. `talosctl image default` of the release itself lists its own.
   *
   * @default - all are known
   */
  readonly derivedFrom?: { readonly [image: string]: string };
}

/** Where Talos's own image is. */
export const TALOS_IMAGE = { registry: 'ghcr.io', repository: 'siderolabs/talos' };

/** The images that have the version of Kubernetes as their tag. */
type KubernetesImages = Pick<TalosImages, 'kubelet' | 'kubeApiServer' | 'kubeControllerManager' | 'kubeScheduler' | 'kubeProxy'>;

/** The images that don't have the version of Kubernetes or Talos as their tag. */
const OTHER_IMAGES = ['etcd', 'coreDns', 'flannel', 'pause', 'kubeNetworkPolicies', 'installCni'] as const;

/**
 * Every image that machines of a patch release pull.
 *
 * @param patch such as `1.13.9`
 * @param nearest the known patch releases, the nearest to this one first
 */
export function talosImages(release: Release, patch: string, nearest: readonly PatchRelease[], kubernetesVersion: string): TalosImages {
  const found = kubernetesVersionProblem(kubernetesVersion, release);
  if (found !== undefined) {
    throw new TalosError('talos:unsupported-release', found);
  }
  // a test sees to it that each minor release has a row without unknown images
  const sources = OTHER_IMAGES.map((image) => [image, nearest.find(({ unknownImages }) => !unknownImages.includes(image))!] as const);
  const row: Partial<Record<string, string>> = Object.fromEntries(sources.map(([image, source]) => [image, source[image]]));
  const derived = sources.filter(([image, { talos }]) => row[image] !== undefined && talos !== patch);
  return {
    talos: `${TALOS_IMAGE.registry}/${TALOS_IMAGE.repository}:v${patch}`,
    talosctl: `ghcr.io/siderolabs/talosctl:v${patch}`,
    ...kubernetesImages(kubernetesVersion.replace(/^v/, '')),
    etcd: row.etcd!,
    coreDns: `registry.k8s.io/coredns/coredns:${row.coreDns}`,
    flannel: `ghcr.io/siderolabs/flannel:${row.flannel}`,
    pause: `registry.k8s.io/pause:${row.pause}`,
    ...row.kubeNetworkPolicies && { kubeNetworkPolicies: `registry.k8s.io/networking/kube-network-policies:${row.kubeNetworkPolicies}` },
    ...row.installCni && { installCni: `ghcr.io/siderolabs/install-cni:${row.installCni}` },
    ...derived.length > 0 && { derivedFrom: Object.fromEntries(derived.map(([image, { talos }]) => [image, `v${talos}`])) },
  };
}

/** The images of a Kubernetes version, such as `1.36.3`. */
export function kubernetesImages(version: string): KubernetesImages {
  return {
    kubelet: `ghcr.io/siderolabs/kubelet:v${version}`,
    kubeApiServer: `registry.k8s.io/kube-apiserver:v${version}`,
    kubeControllerManager: `registry.k8s.io/kube-controller-manager:v${version}`,
    kubeScheduler: `registry.k8s.io/kube-scheduler:v${version}`,
    kubeProxy: `registry.k8s.io/kube-proxy:v${version}`,
  };
}
