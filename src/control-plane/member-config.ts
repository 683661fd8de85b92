import { MachineConfigPatch } from '../machine-config/machine-config-patch';
import { HostingNetwork } from '../network/hosting-network';
import { isIpv6 } from '../network/networks';
import { TalosVersion } from '../talos/talos-version';

/**
 * That members of etcd know each other by the addresses of their Services: they advertise only these, listen on all (traffic to a Service
 * arrives at the pod's own address), and the kubelet takes none of them for the address of the machine.
 */
export function stableAddressPatch(host: HostingNetwork, talosVersion: TalosVersion): MachineConfigPatch {
  const families = [...new Set(host.serviceCidrs.map((cidr) => isIpv6(cidr) ? '::/0' : '0.0.0.0/0'))];
  const validSubnets = [...families, ...host.serviceCidrs.map((cidr) => `!${cidr}`)];
  const etcd = { advertisedSubnets: host.serviceCidrs, listenSubnets: families };
  return talosVersion.isAtLeast('1.14')
    ? MachineConfigPatch.fromDocuments({ cluster: { etcd } }, { apiVersion: 'v1alpha1', kind: 'KubeNodeConfig', nodeIP: { validSubnets } })
    : MachineConfigPatch.fromDocuments({ machine: { kubelet: { nodeIP: { validSubnets } } }, cluster: { etcd } });
}

/** That the machine bootstraps etcd by itself. */
export function initPatch(): MachineConfigPatch {
  return MachineConfigPatch.fromDocuments({ machine: { type: 'init' } });
}
