import { Contract } from './options/contract';
import { FilledOptions } from './options/options';
import { SecretsBundle } from '../../secrets/bundle/secrets-bundle';
import { MachineType } from '../../talos/machine-type';

/** The label of control planes that load balancers outside leave out. */
export const EXCLUDED_FROM_LOAD_BALANCERS = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** A document of its own kind. */
export function document(kind: string, content: object): object {
  return { apiVersion: 'v1alpha1', kind, ...content };
}

/** How older documents hold PEM text. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** Pods must keep to the baseline, and hear of what is not restricted. */
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

/** Every request is logged, without its content. */
export const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  rules: [{ level: 'Metadata' }],
};

/** The node's name is made of its identity, unless the platform gives one. */
export function hostnameDocument(): object {
  return document('HostnameConfig', { auto: 'stable' });
}

/** KubeSpan, if there is something to say of it. */
export function kubeSpanDocuments({ kubeSpan }: FilledOptions): object[] {
  return kubeSpan === undefined ? [] : [document('KubeSpanConfig', { enabled: kubeSpan })];
}

/** Mirrors and trust of registries, sorted by name. */
export function registryDocuments({ registryMirrors = {}, registryCaCerts = {}, registryInsecure = [] }: FilledOptions): object[] {
  const mirrors = Object.keys(registryMirrors).sort().map((name) =>
    document('RegistryMirrorConfig', { name, endpoints: registryMirrors[name].map((url) => ({ url })) }));
  const certificates = new Map(Object.entries(registryCaCerts));
  const tls = [...new Set([...certificates.keys(), ...registryInsecure])].sort().map((name) =>
    document('RegistryTLSConfig', { name, ca: certificates.get(name), insecureSkipVerify: registryInsecure.includes(name) || undefined }));
  return [...mirrors, ...tls];
}

/** Names and texts of the inline manifests, sorted by name. */
export function inlineManifests({ inlineManifests: manifests = {} }: FilledOptions): { readonly name: string; readonly text: string }[] {
  return Object.keys(manifests).sort().map((name) => ({ name, text: manifests[name] }));
}

/** Interfaces that Talos leaves alone: there is no document for it. */
export function ignoredInterfaces({ ignoreInterfaces = [] }: FilledOptions): object[] | undefined {
  return ignoreInterfaces.length === 0 ? undefined : ignoreInterfaces.map((name) => ({ interface: name, ignore: true }));
}

/** All that a machine configuration is made of. */
export interface Input {
  readonly machineType: MachineType;
  readonly secrets: SecretsBundle;
  readonly options: FilledOptions;
  readonly contract: Contract;
}
