import SemVer from 'semver/classes/semver';
import { UpdateRisk } from './update-risk';
import { Finding, UpdateRule } from './update-rule';
import { Machines } from '../manifests/machines';
import { Change, Update } from '../manifests/update';

type VersionOf = (machines: Machines) => SemVer | undefined;

/** A step from one release to another that a risk is about. */
interface Step {
  readonly isBad: (before: SemVer, now: SemVer) => boolean;
  readonly wrong: string;
}

const DOWN: Step = { isBad: (before, now) => minorOf(now) < minorOf(before), wrong: 'is older than the applied' };
const SKIPPING: Step = { isBad: (before, now) => minorOf(now) > minorOf(before) + 1, wrong: 'is more than one minor release newer than the applied' };

/** Control planes, and workers that keep what Talos has written. */
const talosOf: VersionOf = (machines) => machines.areControlPlanes || machines.storage !== undefined ? machines.talosVersion : undefined;
const kubernetesOf: VersionOf = (machines) => machines.apiServerVersion;

/** Releases of Talos and Kubernetes. Another patch release is always fine. */
export const VERSION_RULES: readonly UpdateRule[] = [
  moved(UpdateRisk.TALOS_DOWNGRADE, 'talosVersion', talosOf, DOWN,
    'the older release can\'t read all of the state that the newer one has written. Keep the applied minor release; to go back, '
    + 'restore a snapshot of etcd from before the upgrade into new machines'),
  moved(UpdateRisk.TALOS_SKIPPED_MINOR, 'talosVersion', talosOf, SKIPPING,
    'Talos supports an upgrade from one minor release to the next only. Apply each minor release in between, and wait until the machines are ready'),
  moved(UpdateRisk.KUBERNETES_DOWNGRADE, 'kubernetesVersion', kubernetesOf, DOWN,
    'etcd has objects that the older Kubernetes API can\'t read. Keep the applied minor release; to go back, restore a snapshot of etcd from before the upgrade'),
  moved(UpdateRisk.KUBERNETES_SKIPPED_MINOR, 'kubernetesVersion', kubernetesOf, SKIPPING,
    'Kubernetes supports an upgrade from one minor release to the next only. Apply each minor release in between, and wait until the machines are ready'),
  { risk: UpdateRisk.NEWER_KUBELET, find: newerKubelets },
];

function moved(risk: UpdateRisk, property: string, versionOf: VersionOf, { isBad, wrong }: Step, remedy: string): UpdateRule {
  const find = ({ keptMachines }: Update): Finding[] => keptMachines.flatMap(({ applied, wanted }) => {
    const [before, now] = [applied, wanted].map(versionOf);
    return before && now && isBad(before, now) ? [{ problem: `'${property}' (${now}) of the ${wanted.name} ${wrong} ${before}`, remedy }] : [];
  });
  return { risk, find };
}

function minorOf({ major, minor }: SemVer): number {
  return major * 1000 + minor;
}

/** Kubelets that become newer than the Kubernetes API. Those that are already aren't the fault of this update. */
function newerKubelets({ machines }: Update): Finding[] {
  const apis = apisOf(machines);
  return machines.flatMap(({ applied, wanted }) => {
    const [kubelet, api] = [wanted?.kubeletVersion, apis.get(wanted?.cluster)];
    const wasNewer = isNewer(applied?.kubeletVersion, api?.applied) && applied?.kubeletVersion?.minor === kubelet?.minor;
    if (!kubelet || !api || !isNewer(kubelet, api.wanted) || wasNewer) {
      return [];
    }
    return [{
      problem: `'kubernetesVersion' (${kubelet}) of the ${wanted!.name} is newer than the Kubernetes API of its cluster (${api.wanted})`,
      remedy: 'a kubelet works with Kubernetes APIs of its own minor release or newer ones only. Update the control plane first',
    }];
  });
}

/** The releases of the Kubernetes API of each cluster, by what tells clusters apart. */
function apisOf(machines: readonly Change<Machines>[]): Map<string | undefined, Change<SemVer>> {
  const apis = new Map<string | undefined, Change<SemVer>>();
  for (const { applied, wanted } of machines) {
    const { cluster } = (wanted ?? applied)!;
    const [before, now] = [applied?.apiServerVersion, (wanted ?? applied)!.apiServerVersion];
    if (now && cluster !== undefined && !apis.has(cluster)) {
      apis.set(cluster, { applied: before, wanted: now });
    }
  }
  return apis;
}

function isNewer(kubelet: SemVer | undefined, api: SemVer | undefined): boolean {
  return kubelet !== undefined && api !== undefined && minorOf(kubelet) > minorOf(api);
}
