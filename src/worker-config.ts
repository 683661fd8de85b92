import { coerce } from 'semver';
import { ClusterSubnets } from './cluster-subnets';
import { MachineConfig } from './machine-config';
import { MachineConfigPatch } from './machine-config-patch';
import { registrationPatches, requireRegistration } from './node-registration';
import { TalosSecrets } from './talos-secrets';
import { TalosVersion } from './talos-version';
import { WorkerMachineOptions } from './worker-machine-options';

/** What the workers of a cluster have in common. */
export interface ClusterFacts extends ClusterSubnets {
  readonly clusterName: string;
  readonly talosVersion: TalosVersion;
  readonly kubernetesVersion: string;
  readonly secrets: TalosSecrets;
  readonly dnsDomain?: string;
  readonly discovery: boolean;
}

/** What a worker has of its own. */
export interface WorkerFacts extends WorkerMachineOptions {
  /** The URL by which it reaches the Kubernetes API, and with another port trustd. */
  readonly endpoint: string;
  /** What only this kind of worker needs, before the patches of the user. */
  readonly ownPatches?: MachineConfigPatch[];
  readonly installDisk?: string;
  readonly installImage?: string;
  readonly installExtraKernelArgs?: string[];
}

/** By how many minor releases a kubelet may be older than the Kubernetes API. */
const MOST_MINORS_BEHIND = 3;

/** The machine config of a worker. */
export function workerConfig(cluster: ClusterFacts, worker: WorkerFacts): MachineConfig {
  const { nodeLabels = {}, nodeTaints = [], talosVersion = cluster.talosVersion } = worker;
  requireRegistration(nodeLabels, nodeTaints);
  const { clusterName, secrets, podSubnets, serviceSubnets, dnsDomain, discovery } = cluster;
  return MachineConfig.worker({
    clusterName,
    endpoint: worker.endpoint,
    secrets,
    talosVersion,
    kubernetesVersion: kubernetesVersion(cluster, talosVersion, worker.kubernetesVersion),
    podSubnets,
    serviceSubnets,
    dnsDomain,
    discovery,
    installDisk: worker.installDisk,
    installImage: worker.installImage,
    installExtraKernelArgs: worker.installExtraKernelArgs,
  }).patch(...worker.ownPatches ?? [], ...registrationPatches(nodeLabels, nodeTaints, talosVersion), ...worker.patches ?? []);
}

/** The release of Kubernetes that a worker runs. */
function kubernetesVersion(cluster: ClusterFacts, talosVersion: TalosVersion, wanted: string | undefined): string {
  const { oldestKubernetesVersion: oldest, newestKubernetesVersion: newest } = talosVersion;
  const theirs = cluster.kubernetesVersion;
  if (wanted === undefined && minorsBehind(theirs, oldest) < 0) {
    throw new Error(`'talosVersion' (${talosVersion.imageTag}) of the workers runs Kubernetes ${oldest} to ${newest}, and the control plane's is ${theirs}: `
      + 'upgrade the control plane\'s first, or choose an older Talos');
  }
  const version = wanted ?? (minorsBehind(theirs, newest) > 0 ? talosVersion.defaultKubernetesVersion : theirs);
  const behind = minorsBehind(theirs, version);
  const property = wanted === undefined ? `'talosVersion' (${talosVersion.imageTag}), whose Kubernetes is ${version},` : `'kubernetesVersion' (${version})`;
  if (behind < 0) {
    throw new Error(`${property} of the workers is newer than the control plane's (${theirs}), which Kubernetes doesn't allow: upgrade the control plane first`);
  }
  if (behind > MOST_MINORS_BEHIND) {
    throw new Error(`${property} of the workers is ${behind} minor releases older than the control plane's (${theirs}), `
      + `and Kubernetes allows ${MOST_MINORS_BEHIND}: choose a newer one`);
  }
  return version;
}

/** How many minor releases the second is older than the first. */
function minorsBehind(one: string, other: string): number {
  // what isn't a version is neither, and refused where the config is generated
  const [first, second] = [one, other].map((version) => coerce(version)?.minor ?? NaN);
  return first - second;
}
