import { Findings } from './bundle-checks';
import { documentOf, isText, legacyDocumentOf, listAt, PlacedPart, PLACES, partIn } from './config-places';
import { PartName } from './parts';
import { SecretsBundle, SecretsOptions } from './secrets-bundle';
import { valueAt } from './yaml-mapping';
import { TalosError } from '../../problem';

type EncryptionSecretName = Exclude<PartName, PlacedPart>;

/** A secret of the API server's encryption configuration. */
interface EncryptionSecret {
  readonly name: EncryptionSecretName;
  readonly secret: string;
}

// in Talos's order: the first one present encrypts, the others only decrypt older secrets
const LEGACY_ENCRYPTION_SECRETS: Record<string, EncryptionSecretName> = {
  'cluster.secretboxEncryptionSecret': 'secrets.secretboxencryptionsecret',
  'cluster.aescbcEncryptionSecret': 'secrets.aescbcencryptionsecret',
};

/** Recovers a cluster's secrets from the parsed documents of a control plane's machine config. */
export function recoverSecrets(documents: readonly object[], options: SecretsOptions = {}): SecretsBundle {
  const legacy = legacyDocumentOf(documents);
  if (legacy === undefined) {
    throw new TalosError('talos:invalid-secrets', "'machine' is missing: pass all documents of the machine config");
  }
  const type = valueAt(legacy, 'machine.type');
  if (type !== 'controlplane' && type !== 'init') {
    throw new TalosError('talos:invalid-secrets', `'machine.type' (${String(type)}) is not a control plane, and other machines don't have the cluster's keys: pass the machine config of a control plane`);
  }

  const findings = new Findings();
  const parts: Record<string, string> = {};
  for (const name of Object.keys(PLACES) as PlacedPart[]) {
    parts[name] = findings.check(name, () => requirePart(documents, name)) ?? '';
  }
  const [writing, ...others] = encryptionSecretsIn(documents);
  if (writing) {
    parts[writing.name] = writing.secret;
  } else {
    findings.problems.push("'cluster.secretboxEncryptionSecret' is missing, and there is no secretbox or aescbc key in a KubeEtcdEncryptionConfig document: pass the whole machine config");
  }
  findings.throwProblems();
  return SecretsBundle.fromParts(parts, options, others.map((other) => `'${other.name}' is left out, because a bundle holds one encryption secret: keep it in a patch until no secret in etcd needs it`));
}

function requirePart(documents: readonly object[], name: PlacedPart): string {
  const { legacy, kind, path } = PLACES[name];
  const own = kind ? `, and ${kind} has no '${path}'` : '';
  const part = partIn(documents, name);
  if (part === undefined) {
    throw new TalosError('talos:invalid-secrets', `is missing: the machine config has no '${legacy}'${own}`);
  }
  return part;
}

/** The secrets with which the parsed documents of a machine config encrypt etcd; the first one writes. */
export function encryptionSecretsIn(documents: readonly object[]): EncryptionSecret[] {
  return [...encryptionSecretsOf(legacyDocumentOf(documents)), ...encryptionSecretsOfDocument(documentOf(documents, 'KubeEtcdEncryptionConfig'))];
}

function encryptionSecretsOf(legacy: object | undefined): EncryptionSecret[] {
  return Object.entries(LEGACY_ENCRYPTION_SECRETS)
    .map(([path, name]) => ({ name, secret: valueAt(legacy, path) }))
    .filter((entry): entry is EncryptionSecret => isText(entry.secret));
}

function encryptionSecretsOfDocument(document: object | undefined): EncryptionSecret[] {
  const secretsResource = listAt(document, 'config.resources').find((resource) => listAt(resource, 'resources').includes('secrets'));
  return listAt(secretsResource, 'providers').flatMap((provider) => [
    ...keysOf(provider, 'secretbox'),
    ...keysOf(provider, 'aescbc'),
  ]);
}

function keysOf(provider: unknown, kind: 'secretbox' | 'aescbc'): EncryptionSecret[] {
  return listAt(provider, `${kind}.keys`).flatMap((key) => {
    const secret = valueAt(key, 'secret');
    // Talos 1.14 writes a bundle's aescbc secret as secretbox too, but under the name key1
    const isAescbc = kind === 'aescbc' || valueAt(key, 'name') === 'key1';
    return isText(secret) ? [{ name: isAescbc ? 'secrets.aescbcencryptionsecret' : 'secrets.secretboxencryptionsecret', secret }] : [];
  });
}
