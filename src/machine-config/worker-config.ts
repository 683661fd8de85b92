import coerce from 'semver/functions/coerce';
import { shortened, TalosError } from '../problem';
import { GeneratedMachineConfigOptions } from './generated-machine-config-options';
import { MachineConfig } from './machine-config';
import { generatedSource, MachineConfigPatch } from './machine-config-patch';
import { settingsPatches } from './machine-settings';
import { registrationPatches, requireRegistered, requireRegistration } from './node-registration';
import { WorkerMachineOptions } from './worker-machine-options';
import { ClusterSubnets } from '../network/cluster-subnets';
import { TalosSecrets } from '../secrets/talos-secrets';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';

/** The facts that all workers of a cluster share. */
export interface ClusterFacts extends ClusterSubnets {
  readonly clusterName: string;
  readonly talosVersion: TalosVersion;
  /** the contract that the control plane was given */
  readonly configContract?: TalosVersion;
  readonly kubernetesVersion: string;
  readonly secrets: TalosSecrets;
  readonly dnsDomain: string;
  readonly discovery: boolean;
}

type GeneratedOwn = 'endpoint' | 'installDisk' | 'installImage' | 'installExtraKernelArgs';

/** The facts of one worker or pool. */
export interface WorkerFacts extends WorkerMachineOptions, Pick<GeneratedMachineConfigOptions, GeneratedOwn> {
  /** Patches for this kind of worker, which come before the user's. */
  readonly ownPatches?: MachineConfigPatch[];
}

/** How many minor releases a kubelet can be older than the Kubernetes API. */
export const MOST_MINORS_BEHIND = 3;

/** Generates the machine config of a worker. */
export function workerConfig(cluster: ClusterFacts, worker: WorkerFacts): MachineConfig {
  const { nodeLabels = {}, nodeTaints = [], talosVersion = cluster.talosVersion } = worker;
  const configContract = worker.configContract ?? cluster.configContract?._atMost(talosVersion) ?? talosVersion;
  requireRegistration(nodeLabels, nodeTaints);
  const config = MachineConfig.worker({
    ...cluster,
    talosVersion,
    configContract,
    kubernetesVersion: kubernetesVersion(cluster, talosVersion, worker.kubernetesVersion),
    endpoint: worker.endpoint,
    installDisk: worker.installDisk,
    installImage: worker.installImage,
    installExtraKernelArgs: worker.installExtraKernelArgs,
  })._patch([
    ...worker.ownPatches ?? [],
    ...registrationPatches(nodeLabels, nodeTaints, configContract),
    ...settingsPatches(worker, configContract, TalosRole.WORKER),
    ...worker.patches ?? [],
  ]);
  const source = generatedSource(worker.patches);
  if (config.role !== TalosRole.WORKER) {
    throw new TalosError('talos:conflicting-properties', `${source} set 'machine.type' (${config.machineType}), but this is a worker: leave it out`);
  }
  requireJoins(source, config, cluster.kubernetesVersion);
  requireSameNetwork(source, config, cluster);
  return config;
}

/**
 * Refuses a worker's machine config with which Kubernetes doesn't let the worker join.
 *
 * @param source the property that gives the machine config, or the part of it that may be wrong
 * @param theirs the control plane's release of Kubernetes, if it is known
 */
export function requireJoins(source: string, config: MachineConfig, theirs: string | undefined): void {
  requireRegistered(source, config);
  const version = config._facts.kubernetesVersion;
  if (version !== undefined && theirs !== undefined) {
    requireSkew(`Kubernetes ${version} in ${source}`, version, theirs);
  }
}

/** Refuses a machine config of another cluster. */
export function requireOfCluster(source: string, config: MachineConfig, clusterName: string, secrets: TalosSecrets): void {
  const theirs = Buffer.from(secrets._bundle.certs.os.crt);
  if (!config._facts.machineAuthority.equals(theirs)) {
    throw new TalosError('talos:different-cluster', `${source} belongs to another cluster than '${clusterName}', because its 'machine.ca' differs: give one with the same secrets`);
  }
  if (config._facts.machineToken !== secrets._bundle.trustdinfo.token) {
    throw new TalosError('talos:different-cluster', `${source} has another 'machine.token' than '${clusterName}', so its machines would get no certificate: give one with the same secrets`);
  }
}

/** Refuses a machine config with other networks or another DNS domain than its cluster's; the IP address of DNS is in the Services' network. */
export function requireSameNetwork(source: string, { _facts: { subnets, dnsDomain } }: MachineConfig, theirs: ClusterFacts): void {
  for (const [property, own, wanted] of [
    ['other \'podSubnets\'', subnets.podSubnets.join(', '), theirs.podSubnets.join(', ')],
    ['other \'serviceSubnets\'', subnets.serviceSubnets.join(', '), theirs.serviceSubnets.join(', ')],
    ['another \'dnsDomain\'', dnsDomain, theirs.dnsDomain],
  ]) {
    if (own !== wanted) {
      throw new TalosError('talos:different-cluster', `${source} has ${property} (${shortened(own)}) than the control plane (${wanted}): use the same`);
    }
  }
}

/** The release of Kubernetes for a worker. */
function kubernetesVersion(cluster: ClusterFacts, talosVersion: TalosVersion, wanted: string | undefined): string {
  const theirs = cluster.kubernetesVersion;
  if (wanted !== undefined) {
    requireSkew(`'kubernetesVersion' (${shortened(wanted)})`, wanted, theirs);
    return wanted;
  }
  const { imageTag, oldestKubernetesVersion: oldest, newestKubernetesVersion: newest, defaultKubernetesVersion } = talosVersion;
  if (minorsBehind(theirs, oldest) < 0) {
    throw new TalosError('talos:unsupported-release', `'talosVersion' (${imageTag}) of the workers runs Kubernetes ${oldest} to ${newest}, but the control plane has ${theirs}: `
      + 'upgrade the control plane first, or choose an older Talos');
  }
  const version = minorsBehind(theirs, newest) > 0 ? defaultKubernetesVersion : theirs;
  requireSkew(`Kubernetes ${version} by 'talosVersion' (${imageTag})`, version, theirs);
  return version;
}

/** Refuses a kubelet that is newer than the Kubernetes API or too old for it. */
function requireSkew(kubelet: string, version: string, theirs: string): void {
  const behind = minorsBehind(theirs, version);
  if (behind < 0) {
    throw new TalosError('talos:unsupported-release', `${kubelet} of the workers is newer than the control plane's (${theirs}), which Kubernetes doesn't allow: upgrade the control plane first`);
  }
  if (behind > MOST_MINORS_BEHIND) {
    throw new TalosError('talos:unsupported-release', `${kubelet} of the workers is ${behind} minor releases older than the control plane's (${theirs}), `
      + `but Kubernetes allows ${MOST_MINORS_BEHIND}: choose a newer one`);
  }
}

/** How many minor releases the second is older than the first. */
function minorsBehind(one: string, other: string): number {
  // generation refuses invalid versions
  const [first, second] = [one, other].map((version) => coerce(version)?.minor ?? NaN);
  return first - second;
}
