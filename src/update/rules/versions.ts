import SemVer from 'semver/classes/semver';
import { UpdateRisk } from './update-risk';
import { Finding, UpdateRule } from './update-rule';
import { MOST_MINORS_BEHIND } from '../../machine-config/worker-config';
import { Machines } from '../manifests/machines';
import { awaitsDeletion, hasSamePods, isHeldBack, staying } from '../manifests/pod-replacement';
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
  kubelets(UpdateRisk.NEWER_KUBELET, newerKubelet),
  kubelets(UpdateRisk.KUBELET_BEFORE_API, kubeletBeforeApi),
  kubelets(UpdateRisk.OLD_KUBELET, oldKubelet),
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

/** A Kubernetes API, and the machines that run it. */
interface Api extends Change<SemVer> {
  readonly machines: Change<Machines>;
}

/** A kubelet and the Kubernetes API of its cluster. */
interface Pair {
  readonly kubelet: Change<SemVer> & { readonly wanted: SemVer };
  readonly api: Api & { readonly wanted: SemVer };
  readonly machines: Machines;
  /** Whether the update itself starts such kubelets. */
  readonly starts: boolean;
}

/** What is wrong with a kubelet, if anything is. What is so already isn't the fault of the update. */
function kubelets(risk: UpdateRisk, findingOf: (pair: Pair) => Finding | undefined): UpdateRule {
  const find = (update: Update): Finding[] => {
    const apis = apisOf(update.machines);
    return update.machines.flatMap(({ applied, wanted }) => {
      const [kubelet, api] = [wanted?.kubeletVersion, apis.get(wanted?.cluster)];
      const known = wanted && kubelet && api?.wanted && {
        machines: wanted,
        kubelet: { applied: applied?.kubeletVersion, wanted: kubelet },
        api: { ...api, wanted: api.wanted },
        starts: startsKubelets(applied, wanted, update),
      };
      return (known && findingOf(known)) ?? [];
    });
  };
  return { risk, find };
}

function newerKubelet({ kubelet, api, machines }: Pair): Finding | undefined {
  const wasNewer = isNewer(kubelet.applied, api.applied) && kubelet.applied?.minor === kubelet.wanted.minor;
  return !isNewer(kubelet.wanted, api.wanted) || wasNewer ? undefined : {
    problem: `'kubernetesVersion' (${kubelet.wanted}) of the ${machines.name} is newer than the Kubernetes API of its cluster (${api.wanted})`,
    remedy: 'a kubelet works with Kubernetes APIs of its own minor release or newer ones only. Update the control plane first',
  };
}

/** Whether pods come that have the wanted machine config: more of them, or others in the place of those that are there, unless these keep theirs. */
function startsKubelets(applied: Machines | undefined, wanted: Machines, update: Update): boolean {
  const { replicas, workload } = wanted;
  if (!applied || (replicas !== undefined && replicas > (applied.replicas ?? replicas))) {
    return replicas !== 0;
  }
  const areReplaced = !hasSamePods(update.changeOf(workload)) && !awaitsDeletion(workload) && !isHeldBack(workload, staying({ applied, wanted }));
  return replicas !== 0 && areReplaced && !wanted.keepConfig;
}

/** Whether no member runs that could have an older Kubernetes API: all start with the wanted one. */
function areAsleep({ applied }: Change<Machines>): boolean {
  return applied?.replicas === 0 && !applied.keepConfig;
}

/** The pods of a pool don't wait for those of the control plane. The kubelets of members change with their API servers. */
function kubeletBeforeApi({ kubelet, api, machines, starts }: Pair): Finding | undefined {
  const isMoved = kubelet.applied === undefined || minorOf(kubelet.applied) !== minorOf(kubelet.wanted);
  const passes = isNewer(kubelet.wanted, api.applied) && !isNewer(kubelet.wanted, api.wanted);
  if (!isMoved || !passes || machines.areControlPlanes || !starts || areAsleep(api.machines)) {
    return undefined;
  }
  const before = kubelet.applied ?? api.applied;
  return {
    problem: `'kubernetesVersion' (${kubelet.wanted}) of the ${machines.name} comes in the same update as that of the Kubernetes API, which is ${api.applied} so far`,
    remedy: `some kubelets are newer than the Kubernetes API for a time. Give the pool 'kubernetesVersion' (${before}), apply, and wait until each member of the `
      + `control plane is replaced. Then give it (${kubelet.wanted}), and apply again`,
  };
}

function oldKubelet({ kubelet, api, machines }: Pair): Finding | undefined {
  const before = kubelet.applied && api.applied ? minorOf(api.applied) - minorOf(kubelet.applied) : 0;
  const now = minorOf(api.wanted) - minorOf(kubelet.wanted);
  return now <= MOST_MINORS_BEHIND || now <= before ? undefined : {
    problem: `'kubernetesVersion' (${kubelet.wanted}) of the ${machines.name} is ${now} minor releases older than the Kubernetes API of its cluster (${api.wanted})`,
    remedy: `Kubernetes allows ${MOST_MINORS_BEHIND}. Update the machines first, to a release that isn't newer than the applied Kubernetes API`,
  };
}

/** The releases of the Kubernetes API of each cluster, by what tells clusters apart. */
function apisOf(machines: readonly Change<Machines>[]): Map<string | undefined, Api> {
  const apis = new Map<string | undefined, Api>();
  for (const change of machines) {
    const { applied, wanted } = change;
    const { cluster } = (wanted ?? applied)!;
    const [before, now] = [applied?.apiServerVersion, (wanted ?? applied)!.apiServerVersion];
    if (now && cluster !== undefined && !apis.has(cluster)) {
      apis.set(cluster, { applied: before, wanted: now, machines: change });
    }
  }
  return apis;
}

function isNewer(kubelet: SemVer | undefined, api: SemVer | undefined): boolean {
  return kubelet !== undefined && api !== undefined && minorOf(kubelet) > minorOf(api);
}
