import { isPemPart, PartName } from './parts';
import { valueAt } from './yaml-mapping';
import { requireBase64 } from '../x509/base64';

/** A part that isn't an encryption secret, which may have several places in a machine config. */
export type PlacedPart = Exclude<PartName, 'secrets.secretboxencryptionsecret' | 'secrets.aescbcencryptionsecret'>;

/** Where a machine config holds a part: in the document without a kind or, since Talos 1.14, in a separate document. */
export interface ConfigPlace {
  readonly legacy: string;
  readonly kind?: string;
  readonly path?: string;
}

export const PLACES: Readonly<Record<PlacedPart, ConfigPlace>> = {
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

/**
 * The part of a bundle that the parsed documents of a machine config hold, or undefined.
 *
 * @throws if it isn't base64
 */
export function partIn(documents: readonly object[], name: PlacedPart): string | undefined {
  const { kind, path, legacy } = PLACES[name];
  const ownValue = kind && valueAt(documentOf(documents, kind), path!);
  if (isText(ownValue)) {
    return ownValue;
  }
  const value = valueAt(legacyDocumentOf(documents), legacy);
  return !isText(value) ? undefined : isPemPart(name) ? requireBase64(value).toString('utf8') : value;
}

/** The document without a kind, which all machine configs have. */
export function legacyDocumentOf(documents: readonly object[]): object | undefined {
  return documents.find((document) => !('kind' in document));
}

/** The first document of a kind. */
export function documentOf(documents: readonly object[], kind: string): object | undefined {
  return documents.find((document) => valueAt(document, 'kind') === kind);
}

/** The list at a path of keys, which is empty if there is none. */
export function listAt(value: unknown, path: string): unknown[] {
  const list = valueAt(value, path);
  return Array.isArray(list) ? list : [];
}

/** Whether a value is a text that isn't empty. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
