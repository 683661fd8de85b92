import { FitnessCheck, Setting } from './fitness-check';
import { shortened } from '../../problem';
import { Place } from '../validation/check/place';

/*
 * Settings of the document without a kind and of separate documents that don't mean what they seem to mean, because of what is beside them or
 * isn't. Talos says nothing of them.
 */

/** Finds authentication that the API server doesn't get: without its own document, it has its settings in arguments. */
export function findIgnoredAuthentication(check: FitnessCheck): void {
  const authentication = check.document('KubeAuthenticationConfig');
  if (authentication.isSet && !check.document('KubeAPIServerConfig').isSet) {
    check.harmful('talos:ignored-authentication', authentication, 'has no effect without a KubeAPIServerConfig document: write \'anonymous-auth\' and \'oidc-…\' '
      + 'to \'cluster.apiServer.extraArgs\' instead');
  }
}

/** What runs with its defaults where the machine config doesn't say anything of it. */
const DEFAULT_COMPONENTS = [
  { component: 'kube-proxy', kind: 'KubeProxyConfig', path: 'cluster.proxy' },
  { component: 'CoreDNS', kind: 'KubeCoreDNSConfig', path: 'cluster.coreDNS' },
] as const;

/** Finds documents that were deleted from a generated machine config, which doesn't switch off what they configure. */
export function findDeletedComponents(check: FitnessCheck): void {
  if (!check.isControlPlane || !check.document('KubeAPIServerConfig').isSet) {
    return;
  }
  for (const { component, kind, path } of DEFAULT_COMPONENTS) {
    const document = check.document(kind);
    if (!document.isSet && !check.legacy.at(path).isSet) {
      check.harmful('talos:deleted-component', document, `is missing, but ${component} then runs with its defaults: keep the document, with 'enabled: false' to switch ${component} off`);
    }
  }
}

/** Finds authorities that nobody accepts. */
export function findIgnoredAuthorities(check: FitnessCheck): void {
  const accepted = check.legacy.at('cluster.acceptedCAs');
  if (!accepted.isEmpty && check.document('KubeAPIServerCAConfig').isSet) {
    check.harmful('talos:ignored-authorities', accepted, 'has no effect beside a KubeAPIServerCAConfig document: write it to \'acceptedCAs\' there, as PEM text without base64');
  }
}

/** Fields with keys, and the documents whose keys or names come first. */
const KEYED_SETTINGS: ReadonlyArray<readonly [legacy: Setting, kind: string, field?: string]> = [
  ['v1alpha1 machine.sysctls', 'SysctlConfig', 'params'],
  ['v1alpha1 machine.sysfs', 'SysfsConfig', 'params'],
  ['v1alpha1 machine.registries.mirrors', 'RegistryMirrorConfig'],
];

/** Finds values that a document replaces silently. */
export function findReplacedValues(check: FitnessCheck): void {
  for (const [legacy, kind, field] of KEYED_SETTINGS) {
    const documents = check.documentsOf(kind);
    const keys = field === undefined ? documents.map(({ document: { name = '' } }) => name) : documents.flatMap((document) => keysOf(document.at(field)));
    for (const place of check.placesOf(legacy)) {
      const replaced = keysOf(place).filter((key) => keys.includes(key));
      if (replaced.length > 0) {
        check.harmful('talos:replaced-value', place, `has no effect where a ${kind} document has the same key: keep one of the two`, replaced.map(shortened));
      }
    }
  }
}

function keysOf(place: Place): string[] {
  return place.entries.map(([key]) => key);
}
