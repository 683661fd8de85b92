import { createHash } from 'crypto';
import { documentOf, isText, legacyDocumentOf, listAt, partIn, PlacedPart } from './config-places';
import { PartName } from './parts';
import { encryptionSecretsIn } from './recover';
import { SecretsBundle } from './secrets-bundle';
import { parseYamlAsText } from './secrets-yaml';
import { isMapping, valueAt } from './yaml-mapping';
import { canBeMachineConfig } from '../../talos/recognized-text';
import { readYamlDocuments } from '../../talos/yaml-documents';
import { parseBase64 } from '../x509/base64';
import { publicKeyFingerprint } from '../x509/certificate';

/** What distinguishes a cluster from others and must not change while it exists. */
export interface ClusterIdentity {
  readonly id?: string;
  /** The fingerprints of the certificate authorities that its machines trust, by field of the machine config. Several during a rotation. */
  readonly authorities: { readonly [field in AuthorityField]: readonly string[] };
  /** The hashes of the secrets with which the Kubernetes API reads what is encrypted in etcd. */
  readonly encryptionSecrets?: readonly string[];
}

type AuthorityField = 'machine.ca' | 'cluster.ca' | 'cluster.etcd.ca';

const ISSUING: { readonly [field in AuthorityField]: PlacedPart } = {
  'machine.ca': 'certs.os.crt',
  'cluster.ca': 'certs.k8s.crt',
  'cluster.etcd.ca': 'certs.etcd.crt',
};

/** The identity of the cluster with these secrets. */
export function identityOf({ cluster, certs }: SecretsBundle): ClusterIdentity {
  return {
    id: cluster.id,
    authorities: {
      'machine.ca': fingerprintsOf([certs.os.crt]),
      'cluster.ca': fingerprintsOf([certs.k8s.crt]),
      'cluster.etcd.ca': fingerprintsOf([certs.etcd.crt]),
    },
  };
}

/** The identity in the text of a machine config of any release. Whatever can't be read is left out. */
export function identityIn(machineConfig: string): ClusterIdentity {
  const parsed = [...canBeMachineConfig(machineConfig) ? readYamlDocuments(machineConfig, { schema: 'failsafe' }) : []].filter(({ mistake }) => mistake === undefined);
  return identityInDocuments(parsed.map(({ document }) => readable(() => document.toJS())).filter(isMapping));
}

/** The same in its documents. */
export function identityInDocuments(documents: readonly object[]): ClusterIdentity {
  const trusted = (field: AuthorityField, accepted: unknown[] = []) =>
    fingerprintsOf([readable(() => partIn(documents, ISSUING[field])), ...accepted]);
  const legacy = legacyDocumentOf(documents);
  const acceptedIn = (path: string) => listAt(legacy, path).map((authority) => parseBase64(String(valueAt(authority, 'crt')))?.toString('utf8'));
  return {
    id: partIn(documents, 'cluster.id'),
    authorities: {
      'machine.ca': trusted('machine.ca', acceptedIn('machine.acceptedCAs')),
      'cluster.ca': trusted('cluster.ca', [
        ...acceptedIn('cluster.acceptedCAs'),
        ...listAt(documentOf(documents, 'KubeAPIServerCAConfig'), 'acceptedCAs'),
      ]),
      'cluster.etcd.ca': trusted('cluster.etcd.ca'),
    },
    encryptionSecrets: encryptionSecretsIn(documents).map(({ secret }) => hashOf(secret)),
  };
}

/** The identity in the text of a bundle, also of the workers' part of one. Whatever can't be read is left out. */
export function identityInBundle(text: string): ClusterIdentity {
  const bundle = readable(() => parseYamlAsText(text));
  const partsOf = (...names: PartName[]) => names.map((name) => valueAt(bundle, name)).filter(isText);
  const trusted = (field: AuthorityField) => fingerprintsOf(partsOf(ISSUING[field]).map((base64) => parseBase64(base64)?.toString('utf8')));
  return {
    id: partsOf('cluster.id')[0],
    authorities: { 'machine.ca': trusted('machine.ca'), 'cluster.ca': trusted('cluster.ca'), 'cluster.etcd.ca': trusted('cluster.etcd.ca') },
    encryptionSecrets: partsOf('secrets.secretboxencryptionsecret', 'secrets.aescbcencryptionsecret').map(hashOf),
  };
}

/** What one identity has otherwise than another one. A rotation keeps an authority that both trust. */
export function identityChanges(wanted: ClusterIdentity, applied: ClusterIdentity): string[] {
  const authorities = (Object.keys(ISSUING) as AuthorityField[]).flatMap((field) => {
    const [now, before] = [wanted.authorities[field], applied.authorities[field]];
    return areOther(now, before) ? [`'${field}' (${now[0]}, applied ${before[0]})`] : [];
  });
  const isOtherId = wanted.id !== undefined && applied.id !== undefined && wanted.id !== applied.id;
  const isOtherEncryption = areOther(wanted.encryptionSecrets, applied.encryptionSecrets);
  return [
    ...isOtherId ? ['\'cluster.id\''] : [], ...authorities, ...isOtherEncryption ? ['the secret that encrypts etcd'] : [],
  ];
}

/** Whether both are known and have nothing in common. */
function areOther(now: readonly string[] = [], before: readonly string[] = []): boolean {
  return now.length > 0 && before.length > 0 && !now.some((one) => before.includes(one));
}

function fingerprintsOf(certificates: unknown[]): string[] {
  return certificates.filter(isText).flatMap((pem) => readable(() => publicKeyFingerprint(pem)) ?? []);
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
