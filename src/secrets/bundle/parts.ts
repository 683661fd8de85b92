import { CertificateAndKey } from '../x509/certificate';

/** The names of a bundle's parts, in talosctl's order: paths in the secrets file. */
export const PART_NAMES = [
  'cluster.id',
  'cluster.secret',
  'secrets.bootstraptoken',
  'secrets.aescbcencryptionsecret',
  'secrets.secretboxencryptionsecret',
  'trustdinfo.token',
  'certs.etcd.crt',
  'certs.etcd.key',
  'certs.k8s.crt',
  'certs.k8s.key',
  'certs.k8saggregator.crt',
  'certs.k8saggregator.key',
  'certs.k8sserviceaccount.key',
  'certs.os.crt',
  'certs.os.key',
] as const;

/** The name of one part. */
export type PartName = typeof PART_NAMES[number];

/** Some or all parts of a bundle by name. Certificates and keys are PEM text; the secrets file holds them in base64. */
export type Parts = Readonly<Partial<Record<PartName, string>>>;

/** The names of the certificate authorities in a bundle. */
export const AUTHORITY_NAMES = ['certs.etcd', 'certs.k8s', 'certs.k8saggregator', 'certs.os'] as const;

/** The name of one certificate authority. */
export type AuthorityName = typeof AUTHORITY_NAMES[number];

/** Whether a part is PEM text. */
export function isPemPart(name: PartName): boolean {
  return name.startsWith('certs.');
}

/** The parts of one certificate authority, by their names in a bundle. */
export function authorityParts(name: AuthorityName, authority: CertificateAndKey): Parts {
  return { [`${name}.crt`]: authority.crt, [`${name}.key`]: authority.key };
}
