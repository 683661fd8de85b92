import { Findings } from './bundle-checks';
import { isPemPart, PartName } from './parts';
import { SecretsBundle, SecretsOptions } from './secrets-bundle';
import { isMapping, valueAt } from './yaml-mapping';
import { requireBase64 } from '../x509/base64';
import { SecretsError } from '../x509/secrets-error';

type EncryptionSecretName = 'secrets.secretboxencryptionsecret' | 'secrets.aescbcencryptionsecret';

/** Where a machine config holds a part: in the document without a kind or, since Talos 1.14, in a separate document. */
interface Place {
  readonly legacy: string;
  readonly kind?: string;
  readonly path?: string;
}

/** A secret of the API server's encryption configuration. */
interface EncryptionSecret {
  readonly name: EncryptionSecretName;
  readonly secret: string;
}

const PLACES: Record<Exclude<PartName, EncryptionSecretName>, Place> = {
  'cluster.id': { legacy: 'cluster.id', kind: 'DiscoveryIdentityConfig', path: 'clusterID' },
  'cluster.secret': { legacy: 'cluster.secret', kind: 'DiscoveryIdentityConfig', path: 'clusterSecret' },
  'secrets.bootstraptoken': { legacy: 'cluster.token' },
  'trustdinfo.token': { legacy: 'machine.token' },
  'certs.etcd.crt': { legacy: 'cluster.etcd.ca.crt' },
  'certs.etcd.key': { legacy: 'cluster.etcd.ca.key' },
  'certs.k8s.crt': { legacy: 'cluster.ca.crt', kind: 'KubeAPIServerCAConfig', path: 'issuingCA.cert' },
  'certs.k8s.key': { legacy: 'cluster.ca.key', kind: 'KubeAPIServerCAConfig', path: 'issuingCA.key' },
  'certs.k8saggregator.crt': { legacy: 'cluster.aggregatorCA.crt', kind: 'KubeAggregatorCAConfig', path: 'issuingCA.cert' },
  'certs.k8saggregator.key': { legacy: 'cluster.aggregatorCA.key', kind: 'KubeAggregatorCAConfig', path: 'issuingCA.key' },
  'certs.k8sserviceaccount.key': { legacy: 'cluster.serviceAccount.key', kind: 'KubeServiceAccountConfig', path: 'issuer.privateKey' },
  'certs.os.crt': { legacy: 'machine.ca.crt' },
  'certs.os.key': { legacy: 'machine.ca.key' },
};

// in Talos's order: the first one present encrypts, the others only decrypt older secrets
const LEGACY_ENCRYPTION_SECRETS: Record<string, EncryptionSecretName> = {
  'cluster.secretboxEncryptionSecret': 'secrets.secretboxencryptionsecret',
  'cluster.aescbcEncryptionSecret': 'secrets.aescbcencryptionsecret',
};

/** Recovers a cluster's secrets from the parsed documents of a control plane's machine config. */
export function recoverSecrets(documents: readonly object[], options: SecretsOptions = {}): SecretsBundle {
  const legacy = documents.find((document) => !('kind' in document));
  if (legacy === undefined) {
    throw new SecretsError("'machine' is missing: pass all documents of the machine config");
  }
  const type = valueAt(legacy, 'machine.type');
  if (type !== 'controlplane' && type !== 'init') {
    throw new SecretsError(`'machine.type' (${String(type)}) is not a control plane, and other machines don't have the cluster's keys: pass the machine config of a control plane`);
  }

  const findings = new Findings();
  const parts: Record<string, string> = {};
  for (const [name, place] of Object.entries(PLACES) as [PartName, Place][]) {
    parts[name] = findings.check(name, () => readPart(name, place, legacy, documents)) ?? '';
  }
  const [writing, ...others] = [
    ...encryptionSecretsOf(legacy),
    ...encryptionSecretsOfDocument(documentOf(documents, 'KubeEtcdEncryptionConfig')),
  ];
  if (writing) {
    parts[writing.name] = writing.secret;
  } else {
    findings.problems.push("'cluster.secretboxEncryptionSecret' is missing, and there is no secretbox or aescbc key in a KubeEtcdEncryptionConfig document: pass the whole machine config");
  }
  findings.throwProblems();
  return SecretsBundle.fromParts(parts, options, others.map((other) => `'${other.name}' is left out, because a bundle holds one encryption secret: keep it in a patch until no secret in etcd needs it`));
}

function readPart(name: PartName, place: Place, legacy: object, documents: readonly object[]): string {
  const document = place.kind ? documentOf(documents, place.kind) : undefined;
  const ownValue = document && valueAt(document, place.path!);
  if (isText(ownValue)) {
    return ownValue;
  }
  const value = valueAt(legacy, place.legacy);
  if (isText(value)) {
    return isPemPart(name) ? requireBase64(value).toString('utf8') : value;
  }
  const own = place.kind ? `, and ${place.kind} has no '${place.path}'` : '';
  throw new SecretsError(`is missing: the machine config has no '${place.legacy}'${own}`);
}

function encryptionSecretsOf(legacy: object): EncryptionSecret[] {
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

function documentOf(documents: readonly object[], kind: string): object | undefined {
  return documents.find((document) => valueAt(document, 'kind') === kind);
}

function listAt(value: unknown, path: string): unknown[] {
  const list = isMapping(value) ? valueAt(value, path) : undefined;
  return Array.isArray(list) ? list : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
