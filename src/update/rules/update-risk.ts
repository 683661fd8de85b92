/**
 * What an update can lose or break. `UpdateCheck` refuses each of them, unless it is allowed.
 *
 * @see https://kubernetes.io/releases/version-skew-policy/
 */
export enum UpdateRisk {
  /** A field changes that Kubernetes doesn't change in an existing object: the object must be deleted first. */
  IMMUTABLE_FIELD = 'ImmutableField',

  /** A Service changes its load balancer class: it must be deleted first, and may get another address. */
  LOAD_BALANCER_CLASS = 'LoadBalancerClass',

  /** Machines get the machine config of another cluster: with their old state, they never start again. */
  OTHER_CLUSTER = 'OtherCluster',

  /** A Job makes keys for machines that have others, as it doesn't find the Secret with them: with their old state, they never start again. */
  GENERATED_KEYS = 'GeneratedKeys',

  /** A cluster gets another name or namespace: its objects are new ones, and the data stays with the old ones. */
  CLUSTER_NAME = 'ClusterName',

  /** Members of etcd are deleted before they have left it: the rest can lose the quorum. */
  FEWER_MEMBERS = 'FewerMembers',

  /** Several members of etcd get addresses of another kind, and no longer find each other. */
  MEMBER_ADDRESSES = 'MemberAddresses',

  /** The data of etcd stays behind: it is kept in another place than before, or nothing keeps it any more. */
  STORAGE = 'Storage',

  /** The networks of the inner cluster change: its nodes, pods and Services keep their addresses in the old ones. */
  NETWORKS = 'Networks',

  /** The DNS domain of the inner cluster changes: names and certificates keep the old one. */
  DNS_DOMAIN = 'DnsDomain',

  /** Talos starts or stops to install flannel, while the nodes have a network already. */
  CNI = 'Cni',

  /** An older minor release of Talos reads the state of a newer one. */
  TALOS_DOWNGRADE = 'TalosDowngrade',

  /** Talos moves on by more than one minor release at a time. */
  TALOS_SKIPPED_MINOR = 'TalosSkippedMinor',

  /** An older minor release of Kubernetes reads the data of a newer one. */
  KUBERNETES_DOWNGRADE = 'KubernetesDowngrade',

  /** Kubernetes moves on by more than one minor release at a time. */
  KUBERNETES_SKIPPED_MINOR = 'KubernetesSkippedMinor',

  /** A kubelet has a newer minor release than the Kubernetes API of its cluster. */
  NEWER_KUBELET = 'NewerKubelet',

  /** The kubelets of a pool get a newer minor release in the same update as the Kubernetes API, and some of them are there before it. */
  KUBELET_BEFORE_API = 'KubeletBeforeApi',

  /** A kubelet is more than three minor releases older than the Kubernetes API of its cluster. */
  OLD_KUBELET = 'OldKubelet',
}

/** The name of the risk in code. */
export function riskName(risk: UpdateRisk): string {
  return Object.entries(UpdateRisk).find(([, value]) => value === risk)![0];
}
