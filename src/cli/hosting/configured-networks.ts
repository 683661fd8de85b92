import { Kubectl } from './kubectl';

/** Networks that a hosting cluster is configured with, as texts; empty where nothing says them. */
export interface ConfiguredNetworks {
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
}

/**
 * Asks a hosting cluster for the configuration of its networks. The pods' networks of a CNI come first: it needn't take those of Kubernetes.
 *
 * @param systemPods the pods of kube-system
 */
export function configuredNetworks(kubectl: Kubectl, systemPods: readonly any[]): ConfiguredNetworks {
  const { data } = kubectl.json(['get', 'configmap', 'kubeadm-config', '--namespace', 'kube-system', '--output', 'json']) ?? {};
  const kubeadm = String(data?.ClusterConfiguration ?? '');
  const openShift = kubectl.json(['get', 'networks.config.openshift.io', 'cluster', '--output', 'json']);
  const { clusterNetwork = [], serviceNetwork = [] } = openShift?.status ?? openShift?.spec ?? {};
  return {
    podCidrs: first([
      [...calicoPools(kubectl), ...ciliumPools(kubectl)],
      clusterNetwork.map(({ cidr }: any) => String(cidr)),
      setting(kubeadm, 'podSubnet'),
      flag(systemPods, 'cluster-cidr'),
    ]),
    serviceCidrs: first([
      serviceNetwork.map(String),
      kubectl.list('servicecidrs')?.flatMap(({ spec }) => spec?.cidrs ?? []) ?? [],
      setting(kubeadm, 'serviceSubnet'),
      flag(systemPods, 'service-cluster-ip-range'),
    ]),
  };
}

function first(candidates: readonly (readonly string[])[]): readonly string[] {
  return candidates.find((cidrs) => cidrs.length > 0) ?? [];
}

function calicoPools(kubectl: Kubectl): string[] {
  const pools = kubectl.list('ippools.crd.projectcalico.org') ?? [];
  return pools.filter(({ spec }) => spec?.allowedUses?.includes('Workload') ?? true).map(({ spec }) => String(spec?.cidr));
}

function ciliumPools(kubectl: Kubectl): string[] {
  const { data } = kubectl.json(['get', 'configmap', 'cilium-config', '--namespace', 'kube-system', '--output', 'json']) ?? {};
  const pool = (family: string) => data[`enable-${family}`] === 'false' ? [] : String(data[`cluster-pool-${family}-cidr`] ?? '').split(/[\s,]+/);
  return data?.ipam === 'cluster-pool' ? [...pool('ipv4'), ...pool('ipv6')] : [];
}

/** A setting of kubeadm's configuration, which kind and minikube have too. */
function setting(configuration: string, name: string): string[] {
  return new RegExp(`^ *${name}: *"?([0-9a-fA-F.:/,]+)"?\\s*$`, 'm').exec(configuration)?.[1].split(',') ?? [];
}

/** A flag of the parts of Kubernetes that run as pods. */
function flag(pods: readonly any[], name: string): string[] {
  const words = pods.flatMap(({ spec }) => spec?.containers ?? []).flatMap(({ command = [], args = [] }) => [...command, ...args].map(String));
  return [...new Set(words.flatMap((word) => new RegExp(`^--${name}=(.+)$`).exec(word)?.[1].split(',') ?? []))];
}
