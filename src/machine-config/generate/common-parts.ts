import { Contract } from './options/contract';
import { FilledOptions } from './options/options';
import { SecretsBundle } from '../../secrets/bundle/secrets-bundle';
import { MachineType } from '../../talos/machine-type';

/** The label that excludes control planes from external load balancers. */
export const EXCLUDED_FROM_LOAD_BALANCERS = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** A document of a kind. */
export function document(kind: string, content: object): object {
  return { apiVersion: 'v1alpha1', kind, ...content };
}

/** PEM text as the legacy document has it. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A list or a mapping for a field that isn't written without contents. */
export function unlessEmpty<T extends object>(value: T | undefined): T | undefined {
  return value && Object.keys(value).length > 0 ? value : undefined;
}

/** Enforces the baseline standard for pods, and warns of what the restricted standard doesn't allow. */
export const POD_SECURITY = {
  apiVersion: 'pod-security.admission.config.k8s.io/v1alpha1',
  kind: 'PodSecurityConfiguration',
  defaults: {
    'enforce': 'baseline',
    'enforce-version': 'latest',
    'audit': 'restricted',
    'audit-version': 'latest',
    'warn': 'restricted',
    'warn-version': 'latest',
  },
  exemptions: {
    namespaces: ['kube-system'],
    runtimeClasses: [],
    usernames: [],
  },
};

/** Logs every request without its content. */
export const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  rules: [{ level: 'Metadata' }],
};

/** Derives the node's name from its identity, unless the platform gives one. */
export function hostnameDocument(): object {
  return document('HostnameConfig', { auto: 'stable' });
}

/** The document for KubeSpan, if it is turned on or off. */
export function kubeSpanDocuments({ kubeSpan }: FilledOptions): object[] {
  return kubeSpan === undefined ? [] : [document('KubeSpanConfig', { enabled: kubeSpan })];
}

/** The documents for registries and their mirrors, sorted by name. */
export function registryDocuments({ registryMirrors = {}, registryCaCerts = {}, registryInsecure = [] }: FilledOptions): object[] {
  const mirrors = Object.keys(registryMirrors).sort().map((name) =>
    document('RegistryMirrorConfig', { name, endpoints: registryMirrors[name].map((url) => ({ url })) }));
  const insecure = new Set(registryInsecure);
  const certificates = new Map(Object.entries(registryCaCerts));
  const tls = [...new Set([...certificates.keys(), ...insecure])].sort().map((name) =>
    document('RegistryTLSConfig', { name, ca: certificates.get(name), insecureSkipVerify: insecure.has(name) || undefined }));
  return [...mirrors, ...tls];
}

/** Names and texts of the inline manifests, sorted by name. */
export function inlineManifests({ inlineManifests: manifests = {} }: FilledOptions): { readonly name: string; readonly text: string }[] {
  return Object.keys(manifests).sort().map((name) => ({ name, text: manifests[name] }));
}

/** Interfaces that Talos leaves as they are. No document has a field for it. */
export function ignoredInterfaces({ ignoreInterfaces = [] }: FilledOptions): object[] | undefined {
  return ignoreInterfaces.length === 0 ? undefined : ignoreInterfaces.map((name) => ({ interface: name, ignore: true }));
}

/** What a machine config is generated from. */
export interface Input {
  readonly machineType: MachineType;
  readonly secrets: SecretsBundle;
  readonly options: FilledOptions;
  readonly contract: Contract;
}
