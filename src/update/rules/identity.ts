import { isDeepStrictEqual } from 'util';
import { UpdateRisk } from './update-risk';
import { Finding, UpdateRule } from './update-rule';
import { ClusterIdentity, identityChanges, identityInBundle } from '../../secrets/bundle/cluster-identity';
import { BUNDLE_KEY } from '../../secrets/secret-delivery';
import { Machines } from '../manifests/machines';
import { nameOf } from '../manifests/manifest';
import { ManifestSet } from '../manifests/manifest-set';
import { identityAt, keysOf, textIn } from '../manifests/secret-contents';
import { Update } from '../manifests/update';

const OTHER_CLUSTER_REMEDY = 'machines keep the state of their cluster and can\'t join another one. Read the secrets of the applied cluster; '
  + 'to replace it, delete its objects and claims first, and leave its manifests out of \'applied\'';

/** Which cluster the machines belong to. */
export const IDENTITY_RULES: readonly UpdateRule[] = [
  { risk: UpdateRisk.OTHER_CLUSTER, find: (update) => [...otherInSecrets(update), ...otherOfMachines(update)] },
  { risk: UpdateRisk.CLUSTER_NAME, find: renamed },
];

/** A rotation of authorities passes, because both machine configs trust one of them. */
function otherInSecrets({ kept }: Update): Finding[] {
  return kept.filter(({ wanted }) => wanted.kind === 'Secret').flatMap(({ applied, wanted }) => {
    const changes = keysOf(wanted).flatMap((key) => {
      const [before, now] = [applied, wanted].map((secret) => textIn(secret, key));
      return before === undefined || now === undefined || before === now ? [] : identityChanges(identityAt(wanted, key)!, identityAt(applied, key)!);
    });
    // a Secret can hold the machine configs of several machines
    return otherCluster([...new Set(changes)], nameOf(wanted));
  });
}

/** Machines whose machine config, or what brings the keys into it, is in another place than before. */
function otherOfMachines(update: Update): Finding[] {
  return update.keptMachines.filter(({ applied, wanted }) => !isDeepStrictEqual(placeOf(applied), placeOf(wanted))).flatMap(({ applied, wanted }) => {
    const before = applied.identity ?? identityInSecret(applied.bundleSecretName, applied, update.applied);
    // the manifests may leave the Secret to others
    const now = wanted.identity ?? identityInSecret(wanted.bundleSecretName, wanted, update.wanted)
      ?? identityInSecret(wanted.bundleSecretName, applied, update.applied);
    return before && now ? otherCluster(identityChanges(now, before), wanted.name) : [];
  });
}

function placeOf({ configName, configKey, bundleSecretName }: Machines): unknown {
  return { configName, configKey, bundleSecretName };
}

/** The identity in the bundle of a Secret beside machines, if it can be read. */
function identityInSecret(secretName: string | undefined, { workload }: Machines, objects: ManifestSet): ClusterIdentity | undefined {
  const secret = secretName === undefined ? undefined : objects.data('Secret', secretName, workload);
  const text = secret && textIn(secret, BUNDLE_KEY);
  return text === undefined ? undefined : identityInBundle(text);
}

function otherCluster(changes: string[], name: string): Finding[] {
  return changes.length === 0 ? [] : [{ problem: `${changes.join(', ')} of the ${name} can't change once it is applied`, remedy: OTHER_CLUSTER_REMEDY }];
}

/** New control planes with the identity of applied ones that go. */
function renamed({ machines }: Update): Finding[] {
  const gone = machines.flatMap(({ applied, wanted }) => !wanted && applied?.areControlPlanes && applied.identity?.id !== undefined ? [applied] : []);
  // the first of several
  const byCluster = new Map([...gone].reverse().map((old) => [old.identity?.id, old]));
  return machines.filter(({ applied, wanted }) => !applied && wanted?.areControlPlanes).flatMap(({ wanted }) => {
    const old = byCluster.get(wanted!.identity?.id);
    return old ? [{
      problem: `the ${wanted!.name} has the cluster id of the applied ${old.name}, which the manifests no longer have`,
      remedy: 'a cluster keeps its name and namespace, or its data stays behind. Keep both; to rename a cluster, take a snapshot with `talosctl etcd snapshot`, '
        + 'and restore it in the new one with `talosctl bootstrap --recover-from`',
    }] : [];
  });
}

