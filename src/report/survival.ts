import { Machines } from '../update/manifests/machines';

/** Where machines have their data. */
export type DataPlace = 'claim' | 'hosting node' | 'pod';

/** What decides what a control plane survives. */
export interface ControlPlaneTraits {
  readonly members: number;
  readonly haveStableAddresses: boolean;
  readonly dataPlace: DataPlace;
}

/**
 * What a group of machines survives: an event, and what becomes of them.
 *
 * @param snapshots the CronJobs that are known to take snapshots of etcd
 */
export function survivalOf(machines: Machines, snapshots: readonly string[]): [string, string][] {
  const { workload, replicas = 1, areControlPlanes, haveStableAddresses, dataPlace } = machines;
  if (replicas === 0) {
    return [['no pod runs', dataPlace === 'pod' ? 'nothing keeps its data' : 'its data stays']];
  }
  const rows: [string, string][] = areControlPlanes
    ? controlPlaneSurvival({ members: replicas, haveStableAddresses, dataPlace })
    : [['a pod is replaced', dataPlace === 'pod' ? 'an empty machine joins in its place' : 'the machine comes back with its data'], ...elsewhere(dataPlace)];
  const withSnapshots = snapshots.length === 0 ? rows : rows.map(([event, outcome]): [string, string] =>
    [event, outcome === LOST ? `${LOST}, which ${snapshots.join(' and ')} take${snapshots.length > 1 ? '' : 's'}` : outcome]);
  return workload.kind === 'StatefulSet' ? [...withSnapshots, hostingNodeLost(dataPlace)] : withSnapshots;
}

/** What a control plane survives: an event, and what becomes of the cluster. */
export function controlPlaneSurvival(traits: ControlPlaneTraits): [string, string][] {
  return traits.members === 1 ? ofOne(traits) : ofSeveral(traits);
}

function ofOne({ dataPlace }: ControlPlaneTraits): [string, string][] {
  return [
    ['the pod is replaced', dataPlace === 'pod' ? 'the cluster is lost, because nothing keeps its data' : 'survives; the Kubernetes API is away for about half a minute'],
    ...elsewhere(dataPlace),
    ['the data is lost', LOST],
  ];
}

function ofSeveral({ members, haveStableAddresses, dataPlace }: ControlPlaneTraits): [string, string][] {
  const tolerated = Math.floor((members - 1) / 2);
  const replaced: [string, string][] = [
    ['all pods are replaced one after the other', 'survives; writes pause for about a second, twice for each pod'],
    ['all pods are replaced at once', haveStableAddresses
      ? 'survives; the Kubernetes API is back after about a minute'
      : 'the quorum is lost permanently; MemberAddresses.STABLE survives it'],
  ];
  return [
    ...tolerated > 0 ? [[`${tolerated} of ${members} members fail${tolerated === 1 ? 's' : ''}`, 'survives'] satisfies [string, string]] : [],
    [tolerated > 0 ? 'more members fail' : 'a member fails', 'no reads or writes until enough of them are back'],
    ...dataPlace === 'pod' ? [['a pod is replaced', 'its data is lost: an empty machine is in its place'] satisfies [string, string]] : replaced,
    ...elsewhere(dataPlace),
    ...tolerated > 0 ? [['the data of one member is lost', 'survives; delete its claim and its pod, and it joins again within two minutes'] satisfies [string, string]] : [],
    [`the data of ${tolerated + 1} member${tolerated > 0 ? 's' : ''} is lost`, LOST],
  ];
}

const LOST = 'the cluster is lost; \'recoverFrom\' brings back what is in a snapshot of etcd';

/** A StatefulSet never has two pods of one name. */
function hostingNodeLost(dataPlace: DataPlace): [string, string] {
  return ['a hosting node is lost', `its pods wait until the Node is back or deleted${dataPlace === 'claim' ? '; they have their data if the volumes can move' : ''}`];
}

function elsewhere(dataPlace: DataPlace): [string, string][] {
  return dataPlace === 'hosting node' ? [['a pod moves to another hosting node', 'an empty machine is in its place']] : [];
}
