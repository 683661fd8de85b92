/** A port on which machines listen. */
export interface TalosPort {
  readonly name: string;
  readonly port: number;
}

export const TALOS_API: TalosPort = { name: 'talos-api', port: 50000 };

export const TRUSTD: TalosPort = { name: 'trustd', port: 50001 };

/** The API server, unless the machine config has another port. */
export const KUBERNETES_API: TalosPort = { name: 'k8s-api', port: 6443 };

export const ETCD_CLIENT: TalosPort = { name: 'etcd-client', port: 2379 };

export const ETCD_PEER: TalosPort = { name: 'etcd-peer', port: 2380 };

/** The metrics of etcd alone, where the machine config opens them. */
export const ETCD_METRICS: TalosPort = { name: 'etcd-metrics', port: 2381 };

export const KUBELET: TalosPort = { name: 'kubelet', port: 10250 };

export const KUBE_PROXY_METRICS: TalosPort = { name: 'kube-proxy-metrics', port: 10249 };

export const KUBE_PROXY_HEALTH: TalosPort = { name: 'kube-proxy-health', port: 10256 };

export const KUBE_CONTROLLER_MANAGER: TalosPort = { name: 'kube-controller-manager', port: 10257 };

export const KUBE_SCHEDULER: TalosPort = { name: 'kube-scheduler', port: 10259 };

/** The load balancer for the Kubernetes API in each machine, unless the machine config has another port. */
export const KUBE_PRISM: TalosPort = { name: 'kubeprism', port: 7445 };

/** The overlay network of flannel: VXLAN, over UDP. */
export const FLANNEL: TalosPort = { name: 'flannel', port: 4789 };
