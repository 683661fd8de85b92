import { Machines } from '../update/manifests/machines';

/** What a group of machines survives: an event, and what becomes of them. */
export function survivalOf(machines: Machines): [string, string][] {
  const { replicas = 1, areControlPlanes, storage, haveStableAddresses } = machines;
  const keepsData = storage !== undefined;
  if (!areControlPlanes) {
    return [['a pod is replaced', keepsData ? 'the machine comes back with its data' : 'an empty machine joins in its place']];
  }
  const alone: [string, string][] = [['the pod is replaced', keepsData ? 'survives; the Kubernetes API is away for about half a minute' : 'the cluster is lost: nothing keeps its data']];
  const tolerated = Math.floor((replicas - 1) / 2);
  const several: [string, string][] = [
    [`${tolerated} of ${replicas} members fail`, 'survives'],
    ['more members fail', 'no reads or writes until enough of them are back'],
    ['all pods are replaced one after the other', 'survives; writes pause for about a second, twice for each pod'],
    ['all pods are replaced at once', haveStableAddresses ? 'survives; the Kubernetes API is back after about a minute' : 'the quorum is lost permanently: MemberAddresses.STABLE survives it'],
  ];
  return [
    ...replicas > 1 ? several : alone,
    [replicas > 1 ? `the data of ${tolerated + 1} members is lost` : 'the data is lost', 'needs a snapshot of etcd and the keys of the cluster'],
  ];
}
