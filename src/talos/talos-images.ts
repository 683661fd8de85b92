import { kubernetesVersionProblem } from './kubernetes-versions';
import { PatchRelease, patchReleasesOf } from './patch-release';
import { Release } from './release';
import { problem, TalosError } from '../problem';

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
}

/** The images that have the version of Kubernetes as their tag. */
type KubernetesImages = Pick<TalosImages, 'kubelet' | 'kubeApiServer' | 'kubeControllerManager' | 'kubeScheduler' | 'kubeProxy'>;

/** Every image that machines of a patch release, such as `1.13.9`, pull. */
export function talosImages(release: Release, patch: string, kubernetesVersion: string): TalosImages {
  const row = requireKnownImages(release, patch);
  const found = kubernetesVersionProblem(kubernetesVersion, release);
  if (found !== undefined) {
    throw new TalosError('talos:unsupported-release', found);
  }
  return {
    talos: `ghcr.io/siderolabs/talos:v${row.talos}`,
    talosctl: `ghcr.io/siderolabs/talosctl:v${row.talos}`,
    ...kubernetesImages(kubernetesVersion.replace(/^v/, '')),
    etcd: row.etcd!,
    coreDns: `registry.k8s.io/coredns/coredns:${row.coreDns}`,
    flannel: `ghcr.io/siderolabs/flannel:${row.flannel}`,
    pause: `registry.k8s.io/pause:${row.pause}`,
    ...row.kubeNetworkPolicies && { kubeNetworkPolicies: `registry.k8s.io/networking/kube-network-policies:${row.kubeNetworkPolicies}` },
    ...row.installCni && { installCni: `ghcr.io/siderolabs/install-cni:${row.installCni}` },
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

function requireKnownImages(release: Release, patch: string): PatchRelease {
  const rows = patchReleasesOf(release);
  const row = rows.find(({ talos }) => talos === patch);
  if (row?.unknownImages.length === 0) {
    return row;
  }
  const others = rows.filter(({ unknownImages }) => unknownImages.length === 0).map(({ talos }) => talos);
  const wrong = row ? `has images that are not known here (${row.unknownImages.join(', ')})` : 'is not a release whose images are known here';
  throw new TalosError('talos:unsupported-release', problem('talosVersion', patch, `${wrong}: ${others.length > 0 ? `choose one of ${others.join(', ')}, or ` : ''}let the talosctl of that release list them`));
}
