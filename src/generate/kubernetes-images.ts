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
