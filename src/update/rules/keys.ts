import { UpdateRisk } from './update-risk';
import { Finding, UpdateRule } from './update-rule';
import { groupBy } from '../../kubernetes/group-by';
import { BUNDLE_KEY } from '../../secrets/secret-delivery';
import { Machines } from '../manifests/machines';
import { Manifest, nameOf } from '../manifests/manifest';
import { ManifestSet } from '../manifests/manifest-set';
import { keysOf } from '../manifests/secret-contents';
import { Both, Update } from '../manifests/update';

/** Objects of other projects that own the Secret which is made of them: it is deleted with them. */
const OWNERS = ['ExternalSecret', 'SealedSecret'];

const LOSS = 'the machines keep their state, and never start again with other keys';

/** Who brings the keys of the machines. */
export const KEY_RULES: readonly UpdateRule[] = [{ risk: UpdateRisk.GENERATED_KEYS, find: generatedKeys }];

/** A Job makes keys once. It takes a cluster for a new one if it doesn't find their Secret, and leaves a Secret that is there. */
function generatedKeys(update: Update): Finding[] {
  const generated = generatedSecrets(update.wanted);
  const owners = ownersGone(update);
  return update.keptMachines.filter(({ applied, wanted }) => applied.configName !== undefined && wanted.areControlPlanes).flatMap((machines) => {
    const { bundleSecretName, workload } = machines.wanted;
    const secretNames = generated.get(placeOf(workload, bundleSecretName ?? '')) ?? [];
    if (secretNames.length === 0) {
      return [];
    }
    const isMoved = machines.applied.bundleSecretName !== machines.wanted.bundleSecretName;
    return isMoved ? withoutSecret(machines, update.applied) : withOwnersGone(machines, secretNames, owners);
  });
}

/** The names of the Secrets that a Job makes, by the place of each: a Role lets it create them. */
function generatedSecrets({ objects }: ManifestSet): Map<string, readonly string[]> {
  const roles = objects.filter(({ kind, metadata }) => kind === 'Role' && metadata.labels?.['app.kubernetes.io/component'] === 'secrets');
  // the first of several is the last to be written
  return new Map([...roles].reverse().flatMap((role) => [...role.rules ?? []].reverse()
    .filter(({ verbs }: any) => verbs?.includes('create'))
    .flatMap(({ resourceNames: names = [] }: any) => names.map((name: string): [string, readonly string[]] => [placeOf(role, name), names]))));
}

function withoutSecret({ applied, wanted: { name, bundleSecretName, workload } }: Both<Machines>, objects: ManifestSet): Finding[] {
  const secret = objects.data('Secret', bundleSecretName!, applied.workload);
  if (secret && keysOf(secret).includes(BUNDLE_KEY)) {
    return [];
  }
  const kubectl = kubectlFor(workload);
  const origin = applied.bundleSecretName === undefined ? 'the file of secrets that the cluster has so far' : `the bundle in the Secret ${applied.bundleSecretName}`;
  return [{
    problem: `a Job makes the keys in the Secret ${bundleSecretName} for the ${name}, which has others: ${LOSS}`,
    remedy: `make this Secret first, of ${origin}, \`${kubectl} create secret generic ${bundleSecretName} --from-file ${BUNDLE_KEY}=secrets.yaml\`: `
      + `the Job leaves one that is there. Then give 'applied' what \`${kubectl} get secret ${bundleSecretName} --output yaml\` prints, too`,
  }];
}

/** The objects that own Secrets and go, by the place of the Secret. */
function ownersGone({ objects }: Update): ReadonlyMap<string, readonly Manifest[]> {
  const gone = objects.flatMap(({ applied, wanted }) => applied && !wanted && OWNERS.includes(applied.kind) ? applied : []);
  return groupBy(gone, (owner) => placeOf(owner, ownedSecret(owner)));
}

/** Any Secret that stays stops the Job. */
function withOwnersGone(
  { wanted: { name, workload } }: Both<Machines>, secretNames: readonly string[], owners: ReadonlyMap<string, readonly Manifest[]>,
): Finding[] {
  const ofSecrets = [...new Set(secretNames)].map((secretName) => owners.get(placeOf(workload, secretName)) ?? []);
  if (ofSecrets.some(({ length }) => length === 0)) {
    return [];
  }
  const gone = ofSecrets.flat();
  const names = gone.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`).join(' ');
  return [{
    problem: `what prunes the ${gone.map(nameOf).join(' and the ')} deletes the keys of the ${name} too, and a Job makes others: ${LOSS}`,
    remedy: `switch pruning off, and delete them without their Secrets first, \`${kubectlFor(workload)} delete ${names} --cascade=orphan\`. `
      + 'Then leave them out of \'applied\'',
  }];
}

function ownedSecret({ metadata, spec }: Manifest): string {
  return spec.target?.name ?? metadata.name;
}

/** The place of a Secret in the namespace of an object. */
function placeOf({ metadata: { namespace } }: Manifest, secretName: string): string {
  return `${namespace ?? ''}/${secretName}`;
}

function kubectlFor({ metadata: { namespace } }: Manifest): string {
  return namespace === undefined ? 'kubectl' : `kubectl --namespace ${namespace}`;
}
