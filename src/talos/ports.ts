/** A port on which a Talos machine listens. */
export interface TalosPort {
  readonly name: string;
  readonly port: number;
}

export const TALOS_API: TalosPort = { name: 'talos-api', port: 50000 };

export const KUBERNETES_API: TalosPort = { name: 'k8s-api', port: 6443 };

export const TRUSTD: TalosPort = { name: 'trustd', port: 50001 };

export const ETCD_CLIENT: TalosPort = { name: 'etcd-client', port: 2379 };

export const ETCD_PEER: TalosPort = { name: 'etcd-peer', port: 2380 };

export const KUBELET: TalosPort = { name: 'kubelet', port: 10250 };
