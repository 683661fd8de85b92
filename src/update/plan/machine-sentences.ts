import SemVer from 'semver/classes/semver';
import { Machines } from '../manifests/machines';
import { Manifest, nameOf } from '../manifests/manifest';
import { awaitsDeletion, hasSamePods, isHeldBack, partitionOf, staying } from '../manifests/pod-replacement';
import { configDifferences, keysOf, textIn, validUntil } from '../manifests/secret-contents';
import { Both, Change, Update } from '../manifests/update';

/** Members of etcd that can miss one and still have a quorum. */
const SAFE_MEMBERS = 3;

/** What happens to the machines, the Secrets of clients and the Jobs: a sentence for each. */
export function machineSentences(update: Update): string[] {
  const { machines, objects, kept } = update;
  return [
    ...machines.flatMap((change) => sentenceOf((change.wanted ?? change.applied)!, machineChanges(change, update))),
    ...kept.flatMap(reissued),
    ...objects.filter(({ applied, wanted }) => !applied && wanted?.kind === 'Job').map(({ wanted }) => `${nameOf(wanted!)} runs`),
  ];
}

function sentenceOf({ name }: Machines, changes: string[]): string[] {
  return changes.length === 0 ? [] : [`${name}: ${changes.join('; ')}`];
}

function machineChanges({ applied, wanted }: Change<Machines>, update: Update): string[] {
  if (!applied) {
    return [podsThat('start', wanted!.replicas)];
  }
  if (!wanted) {
    return [`the manifests no longer have it: kubectl leaves it, and what deletes it stops ${pods(applied.replicas)}`];
  }
  const both = { applied, wanted };
  const changes = [...versions(both, update), ...replacements(both, update), ...counts(both), ...handedOver(both, update), ...keysMoved(both)];
  return changes.length === 0 ? [] : [...changes, storage(both)];
}

function versions({ applied, wanted }: Both<Machines>, update: Update): string[] {
  const changes = [...moved('Talos', applied.talosVersion, wanted.talosVersion), ...moved('Kubernetes', applied.kubeletVersion, wanted.kubeletVersion)];
  // Talos's manifest controller leaves objects that exist
  const rest = isUpgradedByJob(wanted, update)
    ? 'a Job brings kube-proxy, CoreDNS and flannel to the new release after that'
    : 'kube-proxy, CoreDNS and flannel stay as they are until `talosctl upgrade-k8s`';
  return [...changes, ...wanted.areControlPlanes && changes.length > 0 ? [rest] : []];
}

/** Whether a Job of the same cluster calls `talosctl upgrade-k8s`. */
function isUpgradedByJob({ workload }: Machines, { wanted }: Update): boolean {
  const clusterOf = ({ metadata: { namespace, labels } }: Manifest) => `${namespace ?? ''}/${labels?.['app.kubernetes.io/part-of']}`;
  return wanted.objects.some((object) => object.kind === 'Job' && object.metadata.labels?.['app.kubernetes.io/component'] === 'upgrade-k8s'
    && clusterOf(object) === clusterOf(workload));
}

function moved(name: string, before: SemVer | undefined, now: SemVer | undefined): string[] {
  return before && now && before.compare(now) !== 0 ? [`${name} ${before} -> ${now}`] : [];
}

/** What becomes of the pods that are there before and after. */
function replacements({ applied, wanted }: Both<Machines>, update: Update): string[] {
  const { kind, spec } = wanted.workload;
  const stay = staying({ applied, wanted });
  if (applied.workload.kind !== kind) {
    return [`a ${kind} instead of a ${applied.workload.kind}, which must be deleted first`];
  }
  if (hasSamePods(update.changeOf(wanted.workload))) {
    return keepsConfig(applied, wanted) ? released(applied, wanted) : ['the machine config changes, but running machines keep theirs until `talosctl apply-config` or a Job applies it'];
  }
  if (stay === 0) {
    return [];
  }
  if (kind === 'Pod') {
    return ['the pod must be deleted first'];
  }
  if (awaitsDeletion(wanted.workload)) {
    return [`${podsThat('change', stay)} when somebody deletes them`];
  }
  if (isHeldBack(wanted.workload, stay)) {
    return ['no pod is replaced as long as `partition` holds the update back'];
  }
  const api = wanted.areControlPlanes ? (stay ?? 1) >= SAFE_MEMBERS ? ', the Kubernetes API stays' : ', the Kubernetes API is away for about a minute' : '';
  return [stay === 1 ? `1 pod is replaced${api}` : `${pods(stay)} are replaced ${spec.strategy?.type === 'Recreate' ? 'at once' : 'one by one'}${api}`];
}

/** An update that has been held back, and isn't any more. A live StatefulSet tells whether there is one. */
function released({ workload: applied }: Machines, { workload: wanted }: Machines): string[] {
  const { currentRevision, updateRevision } = applied.status ?? {};
  return partitionOf(wanted) >= partitionOf(applied) || (currentRevision !== undefined && currentRevision === updateRevision)
    ? []
    : ['pods whose update was held back are replaced one by one'];
}

function keepsConfig({ config: applied }: Machines, { config: wanted }: Machines): boolean {
  return !applied || !wanted || configDifferences(applied, wanted).length === 0;
}

function counts({ applied, wanted }: Both<Machines>): string[] {
  const [before, now] = [applied.replicas, wanted.replicas];
  if (before === undefined || now === undefined || before === now) {
    return [];
  }
  return [now > before ? podsThat('start', now - before) : `${podsThat('stop', before - now)}${now === 0 || before - now === 1 ? '' : ', the last one first'}`];
}

/** kubectl takes away a field that the manifest had, and the server sets the default. */
function handedOver({ wanted }: Both<Machines>, update: Update): string[] {
  const { applied: before } = update.changeOf(wanted.workload);
  return wanted.replicas === undefined && before?.spec?.replicas > 1
    ? [`others set the number of pods from now on, and the apply sets it to 1 first: scale it to ${before!.spec.replicas} again right after it`]
    : [];
}

/** A machine with the keys of another cluster can't join its own. */
function keysMoved({ applied, wanted }: Both<Machines>): string[] {
  const [before, now] = [applied.bundleSecretName, wanted.bundleSecretName];
  if (before === now || !applied.configName || !wanted.configName) {
    return [];
  }
  return [now === undefined
    ? `its keys are in the manifests from now on: they must be those in the Secret ${before}`
    : `its keys come from the Secret ${now} from now on: it must be there first, with the keys that the machines have`];
}

function storage({ applied, wanted }: Both<Machines>): string {
  const retention = wanted.workload.spec.persistentVolumeClaimRetentionPolicy?.whenScaled;
  if (wanted.storage === undefined) {
    return applied.storage === undefined ? 'nothing persists: a replaced pod loses its data' : 'the data stays behind: nothing persists any more';
  }
  if (applied.storage !== wanted.storage) {
    return applied.storage === undefined ? 'data persists from now on' : 'the data stays behind in the old place';
  }
  return retention === 'Delete' && (wanted.replicas ?? 1) < (applied.replicas ?? 1) ? 'claims of the pods that stop are deleted' : 'claims stay';
}

/** Client certificates are reissued from time to time; the authorities don't change. */
function reissued({ applied, wanted }: Both<Manifest>): string[] {
  if (wanted.kind !== 'Secret') {
    return [];
  }
  return keysOf(wanted).flatMap((key) => {
    const [before, now] = [applied, wanted].map((secret) => textIn(secret, key));
    const end = now !== undefined && before !== now ? validUntil(now) : undefined;
    return end ? [`${nameOf(wanted)}: reissued, its certificates are valid until ${end.toISOString().slice(0, 10)}`] : [];
  });
}

function podsThat(verb: string, count: number | undefined): string {
  return `${pods(count)} ${verb}${count === 1 ? 's' : ''}`;
}

function pods(count: number | undefined): string {
  return count === undefined ? 'pods' : count === 1 ? '1 pod' : `${count} pods`;
}
