import { UpdateRisk } from './update-risk';
import { Finding, UpdateRule } from './update-rule';
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
  return update.keptMachines.filter(({ applied, wanted }) => applied.configName !== undefined && wanted.areControlPlanes).flatMap((machines) => {
    const secretNames = generatedSecrets(machines.wanted, update.wanted);
    if (secretNames.length === 0) {
      return [];
    }
    const isMoved = machines.applied.bundleSecretName !== machines.wanted.bundleSecretName;
    return isMoved ? withoutSecret(machines, update.applied) : withOwnersGone(machines, secretNames, update);
  });
}

/** The names of the Secrets that a Job makes, if those with the keys of the machines are among them: a Role lets it create them. */
function generatedSecrets({ bundleSecretName, workload }: Machines, { objects }: ManifestSet): string[] {
  return objects
    .filter((object) => object.kind === 'Role' && isBeside(object, workload) && object.metadata.labels?.['app.kubernetes.io/component'] === 'secrets')
    .flatMap(({ rules }): any[] => rules ?? [])
    .find(({ verbs, resourceNames }) => verbs?.includes('create') && resourceNames?.includes(bundleSecretName))?.resourceNames ?? [];
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

/** Any Secret that stays stops the Job. */
function withOwnersGone({ wanted: { name, workload } }: Both<Machines>, secretNames: string[], { objects }: Update): Finding[] {
  const gone = objects.flatMap(({ applied, wanted }) => applied && !wanted ? [applied] : [])
    .filter((object) => OWNERS.includes(object.kind) && isBeside(object, workload) && secretNames.includes(ownedSecret(object)));
  if (!secretNames.every((secretName) => gone.some((owner) => ownedSecret(owner) === secretName))) {
    return [];
  }
  const owners = gone.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`).join(' ');
  return [{
    problem: `what prunes the ${gone.map(nameOf).join(' and the ')} deletes the keys of the ${name} too, and a Job makes others: ${LOSS}`,
    remedy: `switch pruning off, and delete them without their Secrets first, \`${kubectlFor(workload)} delete ${owners} --cascade=orphan\`. `
      + 'Then leave them out of \'applied\'',
  }];
}

function ownedSecret({ metadata, spec }: Manifest): string {
  return spec.target?.name ?? metadata.name;
}

function isBeside({ metadata }: Manifest, workload: Manifest): boolean {
  return metadata.namespace === workload.metadata.namespace;
}

function kubectlFor({ metadata: { namespace } }: Manifest): string {
  return namespace === undefined ? 'kubectl' : `kubectl --namespace ${namespace}`;
}
