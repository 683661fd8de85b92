import { BootstrapMode } from './bootstrap-mode';
import { ConfigUpdate } from './config-update';
import { CONTROL_PLANE, ControlPlaneNames } from './control-plane-names';
import { requireHost } from './host';
import { requirePartOfStatefulSetName } from './kubernetes-syntax';
import { MachineConfig, MachineType } from './machine-config';
import { MemberAddresses } from './member-addresses';
import { requireNothingBeside } from './ready-machine-config';
import { isServiceName } from './service-names';
import { TalosControlPlaneProps } from './talos-control-plane-props';
import { TalosRole } from './talos-role';
import { TalosSecrets } from './talos-secrets';
import { TalosVersion } from './talos-version';

/*
 * What can't be right in the properties of a control plane, beyond what each of them says of itself.
 */

const MEMBER_COUNTS = [1, 3, 5, 7];

/** The most members that a control plane can have. */
export const MOST_MEMBERS = 7;

/** The name from which all objects of a cluster have theirs. */
export function requireClusterName(clusterName: string): void {
  requirePartOfStatefulSetName('clusterName', clusterName, `-${CONTROL_PLANE}`);
}

/** The number of members, their addresses, and how they come and go. */
export function requireMembers(props: TalosControlPlaneProps, talosVersion: TalosVersion): void {
  const { replicas = 1, memberAddresses, hostNetwork, bootstrap, scaleDownFrom } = props;
  if (!MEMBER_COUNTS.includes(replicas)) {
    throw new Error(`'replicas' (${replicas}) must be 1, 3, 5 or 7: ${countRemedy(replicas)}`);
  }
  const most = scaleDownFrom ?? replicas;
  if (most > 1 && memberAddresses === undefined) {
    throw new Error(`'memberAddresses' is missing for ${most} replicas: use MemberAddresses.STABLE with 'hostNetwork', `
      + 'or MemberAddresses.POD_IP, which doesn\'t survive the replacement of all members at once');
  }
  if (memberAddresses === MemberAddresses.STABLE && !hostNetwork?.serviceCidrs.length) {
    throw new Error('\'memberAddresses\' (STABLE) needs the networks of the hosting cluster\'s Services: give \'hostNetwork\' with \'serviceCidrs\'');
  }
  if (bootstrap === BootstrapMode.INIT && most > 1) {
    throw new Error(`'bootstrap' (INIT) would begin ${most} clusters with ${most} replicas: use BootstrapMode.JOB`);
  }
  if (scaleDownFrom === undefined) {
    return;
  }
  if (!Number.isInteger(scaleDownFrom) || scaleDownFrom <= replicas || scaleDownFrom > MOST_MEMBERS) {
    throw new Error(`'scaleDownFrom' (${scaleDownFrom}) must be the number of members that are there, more than 'replicas' (${replicas}) `
      + `and ${MOST_MEMBERS} at most: give it, or leave it out`);
  }
  if (!talosVersion.keepsHostname) {
    throw new Error(`'scaleDownFrom' (${scaleDownFrom}) finds members by the names of their pods, which Talos ${talosVersion.imageTag} doesn't take: `
      + 'use v1.14.2 or newer, or call `talosctl etcd leave` yourself');
  }
}

function countRemedy(replicas: number): string {
  return Number.isInteger(replicas) && replicas > 1 && replicas < MOST_MEMBERS
    ? `as many of ${replicas} members may fail as of ${replicas - 1}, and more can, so choose ${replicas - 1} or ${replicas + 1}`
    : 'choose one of them';
}

/** How the APIs are reached. */
export function requireExposures(props: TalosControlPlaneProps, hostDomain: string): void {
  const { kubernetesApi, talosApi, outsideWorkers, endpointHost, networkPolicy } = props;
  requireHost('endpointHost', endpointHost);
  if (talosApi && ['ingress', 'gateway'].includes(talosApi._exposure.kind)) {
    throw new Error(`'talosApi' (${talosApi._exposure.kind}) can't be exposed so, as its clients don't name a host: use a load balancer or node port`);
  }
  if (networkPolicy && talosApi?.externalHost !== undefined && !networkPolicy.operators?.length) {
    throw new Error(`'networkPolicy' lets nobody reach 'talosApi' (${talosApi.externalHost}): name its clients in 'networkPolicy.operators'`);
  }
  if (!outsideWorkers) {
    return;
  }
  if (networkPolicy && !networkPolicy.workers?.length) {
    throw new Error('\'networkPolicy\' lets none of the \'outsideWorkers\' join: name them in \'networkPolicy.workers\'');
  }
  if (endpointHost === undefined) {
    const { kind } = kubernetesApi?._exposure ?? { kind: 'clusterIp' };
    if (kind !== 'loadBalancer') {
      throw new Error(`'outsideWorkers' need the Kubernetes API (6443) and trustd (50001) at one address, which 'kubernetesApi' (${kind}) doesn't have: `
        + 'use ApiExposure.loadBalancer({ address }), or give \'endpointHost\' for a balancer of your own');
    }
    if (kubernetesApi?.externalHost === undefined) {
      throw new Error('\'outsideWorkers\' need an address that is known before: give \'address\' to ApiExposure.loadBalancer(), or \'endpointHost\'');
    }
  }
  const host = outsideHost(props) ?? '';
  if (isServiceName(host, hostDomain)) {
    const property = endpointHost === undefined ? 'kubernetesApi' : 'endpointHost';
    throw new Error(`'${property}' (${host}) is a name inside the hosting cluster, which 'outsideWorkers' can't resolve: give an address from outside`);
  }
}

/** The host by which machines outside of the hosting cluster come. */
export function outsideHost({ endpointHost, kubernetesApi }: TalosControlPlaneProps): string | undefined {
  return endpointHost ?? kubernetesApi?.externalHost;
}

/** That what is needed to talk to the machines is here. */
export function requireSource({ secrets, machineConfig, bootstrap = BootstrapMode.JOB, configUpdate, scaleDownFrom }: TalosControlPlaneProps): void {
  if (!secrets && !machineConfig) {
    throw new Error('\'secrets\' is missing, from which the machine config is made: give TalosSecrets.fromFile(), or a ready \'machineConfig\'');
  }
  if (!machineConfig || machineConfig.config) {
    return;
  }
  if (configUpdate === ConfigUpdate.APPLY_JOB) {
    throw new Error(`'configUpdate' (APPLY_JOB) can't see a change of 'machineConfig' (${machineConfig.secretName}), which is made elsewhere: `
      + 'use ConfigUpdate.ROLL or INITIAL');
  }
  if (!secrets && (bootstrap === BootstrapMode.JOB || scaleDownFrom !== undefined)) {
    const [property, value, remedy] = bootstrap === BootstrapMode.JOB
      ? ['bootstrap', 'JOB', 'use BootstrapMode.MANUAL']
      : ['scaleDownFrom', scaleDownFrom, 'call `talosctl etcd leave` yourself'];
    throw new Error(`'${property}' (${value}) needs the 'secrets' of the cluster, as 'machineConfig' (${machineConfig.secretName}) is made elsewhere: `
      + `give them, or ${remedy}`);
  }
}

/** What a ready machine config must have to fit the rest; one that is made elsewhere can't be looked into. */
export function requireFit(props: TalosControlPlaneProps, names: ControlPlaneNames): void {
  const { machineConfig, bootstrap = BootstrapMode.JOB, memberAddresses, hostNetwork } = props;
  if (!machineConfig) {
    return;
  }
  requireNothingBeside(machineConfig, props, GENERATED_FROM, 'give \'secrets\' instead');
  const { config } = machineConfig;
  if (!config) {
    return;
  }
  if (config.role !== TalosRole.CONTROL_PLANE) {
    throw new Error(`'machineConfig' (${machineConfig.secretName}) is that of a worker, by its 'machine.type' (${config.machineType}): give that of a control plane`);
  }
  if (bootstrap === BootstrapMode.INIT && config.machineType !== MachineType.INIT) {
    throw new Error(`'bootstrap' (INIT) needs 'machine.type' (${config.machineType}) of 'machineConfig' to be init: set it, or use BootstrapMode.JOB`);
  }
  if (memberAddresses === MemberAddresses.STABLE) {
    for (const [field, networks] of [['advertisedSubnets', hostNetwork!.serviceCidrs], ['listenSubnets', ['0.0.0.0/0']]] as const) {
      const given = config._documents.get('v1alpha1', `cluster.etcd.${field}`);
      if (!Array.isArray(given) || given.length === 0) {
        throw new Error(`'memberAddresses' (STABLE) needs 'cluster.etcd.${field}' in 'machineConfig': set it, for example to ${networks.join(', ')}`);
      }
    }
  }
  requireNames(props, config, names);
}

/** That not every member would begin a cluster of its own. */
export function requireSingleInit(config: MachineConfig | undefined, members: number): void {
  if (config?.machineType === MachineType.INIT && members > 1) {
    throw new Error(`'machine.type' (init) in the machine config would begin ${members} clusters with ${members} members: `
      + 'make it controlplane, and use BootstrapMode.JOB');
  }
}

/** Properties from which a machine config is generated. */
const GENERATED_FROM = [
  'kubernetesVersion', 'podSubnets', 'serviceSubnets', 'dnsDomain', 'discovery', 'cni', 'allowSchedulingOnControlPlanes', 'additionalSans', 'patches',
] as const;

function requireNames(props: TalosControlPlaneProps, config: MachineConfig, names: ControlPlaneNames): void {
  const { kubernetesApi, talosApi, bootstrap, configUpdate, scaleDownFrom } = props;
  const outside = props.outsideWorkers ? outsideHost(props) : undefined;
  const hasJobs = (bootstrap ?? BootstrapMode.JOB) === BootstrapMode.JOB || configUpdate === ConfigUpdate.APPLY_JOB || scaleDownFrom !== undefined;
  const wanted: [string, string | undefined, string[], string][] = [
    ['kubernetesApi', kubernetesApi?.externalHost, config._apiServerNames, 'cluster.apiServer.certSANs'],
    ['talosApi', talosApi?.externalHost, config._machineNames, 'machine.certSANs'],
    ['outsideWorkers', outside, config._apiServerNames, 'cluster.apiServer.certSANs'],
    ['outsideWorkers', outside, config._machineNames, 'machine.certSANs'],
    ['bootstrap', hasJobs ? names.memberHost(0) : undefined, config._machineNames, 'machine.certSANs'],
  ];
  for (const [property, host, sans, field] of wanted) {
    if (host !== undefined && !sans.some((san) => covers(san, host))) {
      throw new Error(`'${property}' (${host}) isn't among the names in the certificate of 'machineConfig': add it to '${field}'`);
    }
  }
}

/** Whether a name in a certificate stands for the host; it may have a wildcard for its first label. */
export function covers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && host.replace(/^[^.]+/, '*') === name);
}

/** That secrets and a ready machine config belong to one cluster. */
export function requireSameCluster(secrets: TalosSecrets, config: MachineConfig): void {
  const theirs = TalosSecrets.fromMachineConfig(config);
  if (!Buffer.from(secrets._bundle.certs.os.crt).equals(Buffer.from(theirs._bundle.certs.os.crt))) {
    throw new Error('\'secrets\' are those of another cluster than \'machineConfig\': leave them out, as they are in it');
  }
}
