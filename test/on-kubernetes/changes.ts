import { Chart, Duration, Size } from 'cdk8s';
import { machineConfig } from './cases';
import {
  AccessMode, ClaimRetention, ConfigUpdate, ImagePullPolicy, MachineConfigPatch, MountStorage, NodeStorage, TalosMount, TalosNode, TalosNodeProps,
  TalosRole, TalosVersion, TalosWorkload, TolerationOperator, UnsatisfiableAction,
} from '../../src';

/*
 * A change of each property of a node that is there, and what Kubernetes says to it.
 * What refuses is the API server: an object of that name can't become what the manifest says, and must be deleted first.
 */

/** The name of a StorageClass whose claims may grow. */
export const EXPANDABLE = 'cdk8s-talos-tests';

/** A node in one of its states. */
export interface NodeState extends TalosNodeProps {
  /** What stands in its machine config; without it, the machines wait in maintenance mode. */
  readonly verbosity?: string;
}

/** By kind of workload, what the API server says when it refuses; no kind that isn't here is refused. */
export type Refusals = { readonly [workload in TalosWorkload]?: string };

export interface Change {
  /** The property, and how it changes. */
  readonly change: string;
  readonly before: NodeState;
  readonly after: NodeState;
  readonly refused: Refusals;
  /** The kinds of workload that can have both states. */
  readonly workloads: TalosWorkload[];
}

/** Adds a node in a state to a chart. */
export function addNode(chart: Chart, { verbosity, ...props }: NodeState): void {
  const patch = MachineConfigPatch.fromDocuments({ machine: { kubelet: { extraArgs: { v: verbosity } } } });
  const config = verbosity === undefined ? undefined : machineConfig(chart, 'worker', props.talosVersion, patch);
  new TalosNode(chart, 'node', { ...props, machineConfig: config });
}

const { STATEFUL_SET, DEPLOYMENT, POD } = TalosWorkload;
const ALL = [STATEFUL_SET, DEPLOYMENT, POD];

const POD_SPEC = 'pod updates may not change fields other than';
const TEMPLATES = 'spec.volumeClaimTemplates';
const CLAIM = 'spec is immutable after creation except resources.requests';

const NEVER: Refusals = {};
const OF_PODS: Refusals = { [POD]: POD_SPEC };
const OF_TEMPLATES: Refusals = { [STATEFUL_SET]: TEMPLATES };
const OF_CLAIMS: Refusals = { [STATEFUL_SET]: TEMPLATES, [DEPLOYMENT]: CLAIM, [POD]: CLAIM };
const OF_ALL_BUT_DEPLOYMENTS: Refusals = { ...OF_TEMPLATES, ...OF_PODS };

const persistent = (options = {}) => ({ storage: NodeStorage.persistent(options) });
const sized = (gibibytes: number) => persistent({ size: Size.gibibytes(gibibytes), storageClassName: EXPANDABLE });
const onHost = (path: string) => ({ storage: NodeStorage.shared(MountStorage.hostPath(path)) });
const ephemeral = { storage: NodeStorage.ephemeral() };
const scratch = { volumes: [{ name: 'scratch', emptyDir: {} }] };
const prepare = (image: string) => ({ name: 'prepare', image, command: ['true'] });
const tolerant = { tolerations: [{ operator: TolerationOperator.EXISTS }] };
const release = (version: string) => ({ talosVersion: TalosVersion.of(version) });

const TABLE: [change: string, before: NodeState, after: NodeState, refused: Refusals, workloads?: TalosWorkload[]][] = [
  ['talosVersion', release('v1.13.8'), release('v1.13.9'), NEVER],
  ['talosVersion, to one with other mounts', release('v1.7.7'), release('v1.8.4'), OF_PODS],
  ['machineConfig, its content', { verbosity: '2' }, { verbosity: '3' }, NEVER],
  ['machineConfig, after maintenance mode', {}, { verbosity: '2' }, OF_PODS],
  ['configUpdate', { verbosity: '2' }, { verbosity: '2', configUpdate: ConfigUpdate.ROLL }, NEVER, [STATEFUL_SET, DEPLOYMENT]],
  ['role', {}, { role: TalosRole.WORKER }, OF_PODS],
  ['replicas', { ...ephemeral, replicas: 1 }, { ...ephemeral, replicas: 2 }, NEVER, [STATEFUL_SET, DEPLOYMENT]],
  ['storage, a larger size', sized(1), sized(2), OF_TEMPLATES],
  ['storage, a smaller size', sized(2), sized(1), {
    [STATEFUL_SET]: TEMPLATES, [DEPLOYMENT]: 'can not be less than status.capacity', [POD]: 'can not be less than status.capacity',
  }],
  ['storage, another class', persistent(), persistent({ storageClassName: 'other' }), OF_CLAIMS],
  ['storage, another access mode', persistent(), persistent({ accessMode: AccessMode.READ_WRITE_ONCE_POD }), OF_CLAIMS],
  ['storage, annotations of the claim', persistent(), persistent({ annotations: { 'example.com/backup': 'daily' } }), OF_TEMPLATES],
  ['storage, fewer directories of the claim', persistent(), { storage: NodeStorage.essential() }, OF_PODS],
  ['storage, one claim more', persistent(), { storage: NodeStorage.persistent().withMount(TalosMount.VAR, MountStorage.claim()) }, OF_ALL_BUT_DEPLOYMENTS],
  ['storage, ephemeral to persistent', ephemeral, persistent(), OF_ALL_BUT_DEPLOYMENTS],
  ['storage, persistent to ephemeral', persistent(), ephemeral, OF_ALL_BUT_DEPLOYMENTS],
  ['storage, another directory of the host', onHost('/srv/a'), onHost('/srv/b'), OF_PODS],
  ['claimRetentionPolicy', {}, { claimRetentionPolicy: { whenDeleted: ClaimRetention.DELETE } }, NEVER, [STATEFUL_SET]],
  ['image', {}, { image: { registry: 'registry.example.com' } }, NEVER],
  ['imagePullPolicy', {}, { imagePullPolicy: ImagePullPolicy.ALWAYS }, OF_PODS],
  ['imagePullSecrets', {}, { imagePullSecrets: ['registry'] }, OF_PODS],
  ['resources', { resources: { requests: { cpu: '1' } } }, { resources: { requests: { cpu: '2' } } }, OF_PODS],
  ['readOnlyRootFilesystem', {}, { readOnlyRootFilesystem: false }, OF_PODS],
  ['nodeSelector', {}, { nodeSelector: { 'kubernetes.io/os': 'linux' } }, OF_PODS],
  ['tolerations', {}, tolerant, { [POD]: 'existing toleration can not be modified' }],
  ['affinity', {}, { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }] } } }, OF_PODS],
  ['topologySpreadConstraints', {},
    { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: UnsatisfiableAction.SCHEDULE_ANYWAY }] }, OF_PODS],
  ['priorityClassName', {}, { priorityClassName: 'system-cluster-critical' }, OF_PODS],
  ['runtimeClassName', {}, { runtimeClassName: 'cdk8s-talos-tests' }, OF_PODS],
  ['labels', {}, { labels: { team: 'a' } }, NEVER],
  ['annotations', {}, { annotations: { 'example.com/note': 'a' } }, NEVER],
  ['env', {}, { env: [{ name: 'TALOSSKU', value: 'pod' }] }, OF_PODS],
  ['volumes', {}, scratch, OF_PODS],
  ['volumeMounts', scratch, { ...scratch, volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }] }, OF_PODS],
  ['initContainers', {}, { initContainers: [prepare('busybox:1.37')] }, {
    [POD]: 'pod updates may not add or remove containers',
  }],
  ['initContainers, another image', { initContainers: [prepare('busybox:1.36')] }, { initContainers: [prepare('busybox:1.37')] }, NEVER],
  ['containers', {}, { containers: [{ name: 'sidecar', image: 'busybox:1.37' }] }, { [POD]: 'pod updates may not add or remove containers' }],
  ['terminationGracePeriod', {}, { terminationGracePeriod: Duration.minutes(5) }, OF_PODS],
  ['preStopSleep', {}, { preStopSleep: Duration.seconds(5) }, OF_PODS],
];

/** `name` and `workload` aren't here: with another, there are other objects, and the old ones stay until they are deleted. */
export const changes: Change[] = TABLE.map(([change, before, after, refused, workloads = ALL]) => ({ change, before, after, refused, workloads }));
