import { ETCD_METRICS, KUBE_CONTROLLER_MANAGER, KUBE_SCHEDULER, KUBELET, KUBERNETES_API, TalosPort } from '../talos/ports';

/** A component of a control plane whose metrics are read at each member. */
export interface Component {
  /** The value of the label `job`. With a name of the hosting cluster's own components, rules about these would take it for one of them. */
  readonly job: string;
  readonly port: TalosPort;
  /** How to reach it: without TLS, with a certificate of the cluster's authority, or with one that it makes itself. */
  readonly tls: 'none' | 'verified' | 'unverified';
}

export const ETCD: Component = { job: 'talos-etcd', port: ETCD_METRICS, tls: 'none' };
export const API_SERVER: Component = { job: 'talos-kube-apiserver', port: KUBERNETES_API, tls: 'verified' };
export const CONTROLLER_MANAGER: Component = { job: 'talos-kube-controller-manager', port: KUBE_CONTROLLER_MANAGER, tls: 'unverified' };
export const SCHEDULER: Component = { job: 'talos-kube-scheduler', port: KUBE_SCHEDULER, tls: 'unverified' };
export const MEMBER_KUBELET: Component = { job: 'talos-kubelet', port: KUBELET, tls: 'unverified' };

export const COMPONENTS: readonly Component[] = [ETCD, API_SERVER, CONTROLLER_MANAGER, SCHEDULER, MEMBER_KUBELET];

/** Those that ask for a token. */
export const TOKEN_COMPONENTS: readonly Component[] = COMPONENTS.filter(({ tls }) => tls !== 'none');

/** A name that every certificate of an API server has. */
export const API_SERVER_NAME = 'kubernetes.default.svc';
