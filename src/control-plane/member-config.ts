import { Construct } from 'constructs';
import { ControlPlaneAddresses } from './addresses';
import { BootstrapMode } from './bootstrap-mode';
import { BoundControlPlaneProps } from './talos-control-plane-props';
import { warn } from '../kubernetes/warnings';
import { contractOf } from '../machine-config/generate/options/contract';
import { MachineConfig } from '../machine-config/machine-config';
import { generatedSource, MachineConfigPatch } from '../machine-config/machine-config-patch';
import { settingsPatches } from '../machine-config/machine-settings';
import { machineNamesPatch, requireFreeApiServerPort } from '../machine-config/pod-requirements';
import { ClusterSubnets } from '../network/cluster-subnets';
import { HostingNetwork } from '../network/hosting-network';
import { coversHost } from '../network/hosts';
import { isIpv6 } from '../network/networks';
import { planSubnets, requireSubnets } from '../network/subnet-plan';
import { DOCS, TalosError } from '../problem';
import { TalosSecrets } from '../secrets/talos-secrets';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';

/** The networks of the inner cluster, checked against the hosting cluster's; undefined where the machine config is made elsewhere. */
export function checkedSubnets(scope: Construct, props: BoundControlPlaneProps, hostingNetwork: HostingNetwork): ClusterSubnets | undefined {
  const { machineConfig } = props;
  if (machineConfig && !machineConfig.config) {
    warn(scope, 'talos:made-elsewhere', `'machineConfig' (${machineConfig.secretName}) is made elsewhere: whether its networks overlap the hosting cluster's, and `
      + 'whether its certificates have the names that clients use, isn\'t checked');
    return undefined;
  }
  const ready = machineConfig?.config?._facts.subnets;
  const subnets = ready ?? planSubnets(props, hostingNetwork);
  requireSubnets(subnets, hostingNetwork, ready && 'machineConfig.');
  if (hostingNetwork.unknown.length > 0) {
    warn(scope, 'talos:hosting-network-unknown', `'hostingNetwork' has no ${hostingNetwork.unknown.join(', ')}: whether ${[...subnets.podSubnets, ...subnets.serviceSubnets].join(', ')} `
      + `overlap the hosting cluster's networks isn't checked, and etcd never starts if they do: ask for them by ${hostingNetwork._commands.join(', ')}, `
      + `or as in ${DOCS}/hosting-cluster.md#which-networks-the-hosting-cluster-has`);
  }
  return subnets;
}

/** What the members' machine config is generated from. */
export interface MemberConfigOptions {
  readonly props: BoundControlPlaneProps;
  readonly talosVersion: TalosVersion;
  readonly secrets: TalosSecrets;
  readonly addresses: ControlPlaneAddresses;
  readonly hostingNetwork: HostingNetwork;
  readonly subnets?: ClusterSubnets;
}

/** The machine config that the members share. */
export function memberConfig(options: MemberConfigOptions): MachineConfig {
  const { addresses, hostingNetwork } = options;
  const usual = generate(options);
  requireFreeApiServerPort(usual);
  const { apiServerPort } = usual._facts;
  // a patch may move the API server, whose port the endpoint has
  const config = apiServerPort === addresses.apiServerPort ? usual : generate({ ...options, addresses: addresses.withApiServerPort(apiServerPort) });
  const { patches } = options.props;
  if (config.role !== TalosRole.CONTROL_PLANE) {
    throw new TalosError('talos:conflicting-properties', `${generatedSource(patches)} set 'machine.type' (${config.machineType}), but this is a control plane: leave it out`);
  }
  if (patches?.length) {
    // patches may replace the networks that were checked before
    requireSubnets(config._facts.subnets, hostingNetwork, 'patches.');
  }
  return withEndpointHost(config);
}

/** Adds the host of an endpoint that a patch chose: the API server has it in its certificate by itself, apid and trustd don't. */
function withEndpointHost(config: MachineConfig): MachineConfig {
  const { endpointHost, machineNames } = config._facts;
  const isNamed = !endpointHost || machineNames.some((name) => coversHost(name, endpointHost));
  return isNamed ? config : config.patch(machineNamesPatch([endpointHost]));
}

function generate({ props, talosVersion, secrets, addresses, hostingNetwork, subnets }: MemberConfigOptions): MachineConfig {
  return MachineConfig.controlPlane({
    clusterName: props.clusterName,
    endpoint: addresses.endpoint,
    secrets,
    talosVersion,
    configContract: props.configContract,
    kubernetesVersion: props.kubernetesVersion,
    additionalSans: addresses.subjectAlternativeNames,
    ...subnets,
    dnsDomain: props.dnsDomain,
    cni: props.cni,
    allowSchedulingOnControlPlanes: props.allowSchedulingOnControlPlanes,
    // machines find each other by the endpoint; no service outside learns of them
    discovery: props.discovery ?? false,
  })._patch([
    machineNamesPatch(addresses.memberNames),
    ...addresses.areStable ? [stableAddressPatch(hostingNetwork, props.configContract ?? talosVersion)] : [],
    ...props.bootstrap === BootstrapMode.INIT ? [initPatch()] : [],
    ...settingsPatches(props, props.configContract ?? talosVersion, TalosRole.CONTROL_PLANE),
    ...props.patches ?? [],
  ]);
}

/**
 * Makes members of etcd know each other by the addresses of their Services: they advertise only these, but listen on all, because traffic to a
 * Service arrives at the pod's own address. The kubelet must take none of them as the address of the machine.
 */
function stableAddressPatch({ serviceCidrs }: HostingNetwork, configContract: TalosVersion): MachineConfigPatch {
  const families = [...new Set(serviceCidrs.map((cidr) => isIpv6(cidr) ? '::/0' : '0.0.0.0/0'))];
  const validSubnets = [...families, ...serviceCidrs.map((cidr) => `!${cidr}`)];
  const etcd = { advertisedSubnets: serviceCidrs, listenSubnets: families };
  return contractOf(configContract._release).kubernetesDocuments
    ? MachineConfigPatch.fromDocuments({ cluster: { etcd } }, { apiVersion: 'v1alpha1', kind: 'KubeNodeConfig', nodeIP: { validSubnets } })
    : MachineConfigPatch.fromDocuments({ machine: { kubelet: { nodeIP: { validSubnets } } }, cluster: { etcd } });
}

/** Makes the machine bootstrap etcd itself. */
function initPatch(): MachineConfigPatch {
  return MachineConfigPatch.fromDocuments({ machine: { type: 'init' } });
}
