import { Chart, Duration, Size } from 'cdk8s';
import { PodHistory } from './pod-history';
import {
  BootstrapMode, ClaimRetention, ConfigUpdate, KubernetesUpgrade, MachineConfigPatch, NodeStorage, TaintEffect, TalosCluster, TalosClusterProps,
  TalosVersion,
  WorkerPoolOptions,
} from '../../src';
import { hostingNetwork, secrets } from '../support/control-planes';

/*
 * Changes of a cluster that is there, and what Kubernetes makes of them; those of machines that a node can have as well are in `changes.ts`.
 */

/** A cluster in one of its states; the rest is the same in all of them. */
export type ClusterState = Pick<TalosClusterProps, 'controlPlane' | 'workerPools' | 'readinessJob'>;

export interface ClusterChange {
  /** The property, and how it changes. */
  readonly change: string;
  readonly before: ClusterState;
  readonly after: ClusterState;
  /** The objects that change or come. */
  readonly written: string[];
  /** The objects that the manifests no longer have, which their user deletes. */
  readonly left: string[];
  /** What the API server says when it refuses. */
  readonly refused?: string;
  /** What becomes of the pods. */
  readonly pods?: Partial<PodHistory>;
}

/** The pods of Jobs would be among those that come. */
export const WITHOUT_JOBS = { bootstrap: BootstrapMode.MANUAL, kubernetesUpgrade: KubernetesUpgrade.MANUAL };

/** Adds a cluster in a state to a chart. */
export function addCluster(chart: Chart, state: ClusterState): void {
  const controlPlane = { hostingNetwork, ...WITHOUT_JOBS, ...state.controlPlane };
  new TalosCluster(chart, 'cluster', { clusterName: 'acme', secrets, ...state, controlPlane });
}

const pool = (props: Partial<WorkerPoolOptions> = {}): WorkerPoolOptions => ({ name: 'general', ...props });
const two = (props: Partial<WorkerPoolOptions> = {}): ClusterState => ({ workerPools: [pool({ replicas: 2, ...props })] });
const ready = (props: Partial<WorkerPoolOptions> = {}, minutes = 20): ClusterState => ({
  workerPools: [pool(props)], readinessJob: { timeout: Duration.minutes(minutes) },
});
const release = (version: string) => ({ talosVersion: TalosVersion.of(version) });
const sized = (gibibytes: number) => ({ storage: NodeStorage.persistent({ size: Size.gibibytes(gibibytes) }) });
const labelled = { nodeLabels: { 'example.com/tier': 'edge' } };
const tainted = { nodeTaints: [{ key: 'dedicated', value: 'edge', effect: TaintEffect.NO_SCHEDULE }] };
const patched = { patches: [MachineConfigPatch.fromDocuments({ machine: { kubelet: { extraArgs: { v: '3' } } } })] };
const patchedMember = (ordinal: number) => ({ memberPatches: [{ ordinal, ...patched }] });
const initial = { configUpdate: ConfigUpdate.INITIAL };

const [MACHINES, CONFIG] = ['StatefulSet acme-general', 'Secret acme-general-config'];
const [SERVICE, BUDGET] = ['Service acme-general', 'PodDisruptionBudget acme-general'];
const ROLLED = [CONFIG, MACHINES];
const OTHER_POOL = ['PodDisruptionBudget acme-other', 'Secret acme-other-config', 'Service acme-other', 'StatefulSet acme-other'];
const TEMPLATES = 'spec.volumeClaimTemplates';

// the control plane is there, and stays, in each of them
const named = (...machines: string[]) => ['control-plane-0', ...machines].map((name) => `acme-${name}`).sort();
const workers = (...ordinals: number[]) => ordinals.map((ordinal) => `acme-general-${ordinal}`);
const replaced = { stayed: named(), came: workers(0, 1), fewestReady: 2, mostPods: 3 };
const kept = { stayed: named('general-0', 'general-1'), came: [], fewestReady: 3, mostPods: 3 };

const byJob = { controlPlane: { kubernetesUpgrade: KubernetesUpgrade.JOB } };
const UPGRADE = ['Job acme-upgrade-k8s', 'Secret acme-upgrade-k8s'];

type Outcome = Partial<Pick<ClusterChange, 'left' | 'refused' | 'pods'>>;

const TABLE: [change: string, before: ClusterState, after: ClusterState, written: string[], outcome?: Outcome][] = [
  ['nothing', two(), two(), []],
  ['replicas, up', { workerPools: [pool()] }, two(), [MACHINES], { pods: { stayed: named('general-0'), came: workers(1), fewestReady: 2 } }],
  ['replicas, down', two(), { workerPools: [pool()] }, [MACHINES], { pods: { stayed: named('general-0'), came: [], fewestReady: 2 } }],
  ['talosVersion, to another patch release', two(release('v1.13.8')), two(release('v1.13.9')), [MACHINES, SERVICE], { pods: replaced }],
  ['kubernetesVersion', two({ kubernetesVersion: '1.35.1' }), two({ kubernetesVersion: '1.35.2' }), ROLLED],
  ['nodeLabels', two(), two(labelled), ROLLED, { pods: replaced }],
  ['nodeTaints', two(), two(tainted), ROLLED, { pods: replaced }],
  ['patches', two(), two(patched), ROLLED, { pods: replaced }],
  ['patches, which are taken by new machines only', two(initial), two({ ...initial, ...patched }), [CONFIG], { pods: kept }],
  ['memberPatches', two(patchedMember(0)), two(patchedMember(1)), ROLLED, { pods: replaced }],
  ['replicas, up, beside memberPatches', { workerPools: [pool(patchedMember(0))] }, two(patchedMember(0)), [MACHINES], {
    pods: { stayed: named('general-0'), came: workers(1), fewestReady: 2 },
  }],
  ['configUpdate', two(initial), two(), [MACHINES]],
  ['maxUnavailable', two(), two({ maxUnavailable: 0 }), [BUDGET]],
  ['labels', two(), two({ labels: { team: 'a' } }), [MACHINES, SERVICE]],
  ['claimRetentionPolicy', two(), two({ claimRetentionPolicy: { whenScaled: ClaimRetention.DELETE } }), [MACHINES]],
  ['storage, a larger size', two(sized(1)), two(sized(2)), [], { refused: TEMPLATES }],
  ['storage, persistent to ephemeral, and nodeLabels', two(), two({ storage: NodeStorage.ephemeral(), ...labelled }), [CONFIG], { refused: TEMPLATES }],
  ['workerPools, one more', two(), { workerPools: [pool({ replicas: 2 }), pool({ name: 'other' })] }, OTHER_POOL, {
    pods: { ...kept, came: ['acme-other-0'], mostPods: 4 },
  }],
  ['workerPools, one less', { workerPools: [pool({ name: 'other' }), pool({ replicas: 2 })] }, two(), [], {
    left: OTHER_POOL, pods: { stayed: named('general-0', 'general-1', 'other-0'), came: [], fewestReady: 4, mostPods: 4 },
  }],
  ['kubernetesUpgrade', {}, byJob, UPGRADE],
  ['kubernetesUpgrade, by hand again', byJob, {}, [], { left: UPGRADE }],
  ['readinessJob', { workerPools: [pool()] }, ready(), ['Job acme-readiness', 'Secret acme-readiness']],
  ['readinessJob, its timeout', ready(), ready({}, 5), ['Job acme-readiness']],
  ['readinessJob, which waits for more replicas', ready(), ready({ replicas: 2 }), ['Job acme-readiness', MACHINES], { left: ['Job acme-readiness'] }],
];

export const clusterChanges = TABLE.map(([change, before, after, written, outcome]): ClusterChange => (
  { change, before, after, written, left: [], ...outcome }
));
