import { GenerateError, problem } from '../problem';
import { checkKubernetesVersion } from './kubernetes-versions';
import { Release, RELEASES } from './release';
import { ReleaseRow, releaseRows } from './release-table';

/** The images of a Talos release with a Kubernetes version. */
export interface ReleaseImages extends KubernetesImages {
  /** Talos itself, for pods and other containers. */
  readonly talos: string;
  /** The command line tool of the same release. */
  readonly talosctl: string;
  /** etcd of the control planes. */
  readonly etcd: string;
  /** The DNS of the cluster. */
  readonly coreDns: string;
  /** The network plugin, unless the cluster has another one. */
  readonly flannel: string;
  /** What holds a pod's namespaces. */
  readonly pause: string;
  /** Needed only where flannel is told to enforce network policies; known since 1.13. */
  readonly kubeNetworkPolicies?: string;
  /** Needed besides flannel in 1.7. */
  readonly installCni?: string;
}

/** Every image that the nodes of a release pull, for a mirror without access to the internet. */
export function releaseImages(talosVersion: string, kubernetesVersion: string): ReleaseImages {
  const row = releaseRow(talosVersion);
  const release = minorOf(row.talos);
  const kubernetes = checkKubernetesVersion(kubernetesVersion, release);
  return {
    talos: `ghcr.io/siderolabs/talos:v${row.talos}`,
    talosctl: `ghcr.io/siderolabs/talosctl:v${row.talos}`,
    ...kubernetesImages(kubernetes),
    etcd: row.etcd,
    coreDns: `registry.k8s.io/coredns/coredns:${row.coreDns}`,
    flannel: `ghcr.io/siderolabs/flannel:${row.flannel}`,
    pause: `registry.k8s.io/pause:${row.pause}`,
    ...(row.policies && { kubeNetworkPolicies: `registry.k8s.io/networking/kube-network-policies:${row.policies}` }),
    ...(row.installCni && { installCni: `ghcr.io/siderolabs/install-cni:${row.installCni}` }),
  };
}

/** The Kubernetes version that a Talos release, such as `1.13.9`, installs if none is asked for. */
export function defaultKubernetesVersion(talosVersion: string): string {
  return releaseRow(talosVersion).kubernetes;
}

/** The Talos releases whose images are known, oldest first. */
export function knownTalosVersions(): string[] {
  return releaseRows().map(({ talos }) => talos);
}

function releaseRow(talosVersion: string): ReleaseRow {
  const row = releaseRows().find(({ talos }) => talos === talosVersion.replace(/^v/, ''));
  if (!row) {
    throw new GenerateError(problem('talosVersion', talosVersion, `is not a release whose images are known here: ${remedy(talosVersion)}`));
  }
  return row;
}

function remedy(talosVersion: string): string {
  const known = knownTalosVersions().filter((talos) => minorOf(talos) === minorOf(talosVersion));
  return known.length > 0
    ? `choose one of ${known.join(', ')}, or let the talosctl of that release list them`
    : `choose one of talos ${RELEASES[0]} to ${RELEASES[RELEASES.length - 1]}, with the patch number`;
}

function minorOf(talosVersion: string): Release {
  return talosVersion.replace(/^v/, '').split('.').slice(0, 2).join('.') as Release;
}

/** The images that have the version of Kubernetes. */
export interface KubernetesImages {
  /** The kubelet of every node. */
  readonly kubelet: string;
  /** The API server. */
  readonly kubeApiServer: string;
  /** The controller manager. */
  readonly kubeControllerManager: string;
  /** The scheduler. */
  readonly kubeScheduler: string;
  /** The proxy of every node. */
  readonly kubeProxy: string;
}

/** The images of a version such as `1.36.3`. */
export function kubernetesImages(version: string): KubernetesImages {
  return {
    kubelet: `ghcr.io/siderolabs/kubelet:v${version}`,
    kubeApiServer: `registry.k8s.io/kube-apiserver:v${version}`,
    kubeControllerManager: `registry.k8s.io/kube-controller-manager:v${version}`,
    kubeScheduler: `registry.k8s.io/kube-scheduler:v${version}`,
    kubeProxy: `registry.k8s.io/kube-proxy:v${version}`,
  };
}
