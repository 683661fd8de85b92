import { shortened, TalosError } from '../problem';
import { EnvFromSource, EnvVar, ObjectFieldSelector } from './environment-variables';
import { givenFields, requireDnsSubdomain, requireEnvironmentName, requireLabelKey, requireOneOf, requireSecretKey } from './syntax';

/*
 * The checks that Kubernetes makes of environment variables, made at synthesis.
 * See https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */

/** Fields of a pod that environment variables and files can show. */
export const POD_FIELDS = ['metadata.name', 'metadata.namespace', 'metadata.uid'];
const ENVIRONMENT_FIELDS = [
  ...POD_FIELDS, 'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs',
];

/** Requires the environment variables of a container. */
export function requireEnv(property: string, variables: EnvVar[]): void {
  const names = new Set<string>();
  for (const { name, value, valueFrom } of variables) {
    requireEnvironmentName(`${property}.name`, name);
    if (names.has(name)) {
      throw new TalosError('talos:invalid-value', `'${property}' sets ${name} twice: leave one out`);
    }
    names.add(name);
    if (valueFrom === undefined) {
      continue;
    }
    const sources = givenFields(valueFrom);
    if (value !== undefined || sources.length !== 1) {
      throw new TalosError('talos:conflicting-properties', `'${property}' gives ${name} ${sources.length} sources${value === undefined ? '' : ' beside a value'}: give either a value or one source`);
    }
    for (const source of [valueFrom.secretKeyRef, valueFrom.configMapKeyRef]) {
      if (source) {
        requireDnsSubdomain(`${property}.valueFrom.name`, source.name);
        requireSecretKey(`${property}.valueFrom.key`, source.key);
      }
    }
    if (valueFrom.fieldRef) {
      requireField(`${property}.valueFrom.fieldRef.fieldPath`, valueFrom.fieldRef, ENVIRONMENT_FIELDS);
    }
  }
}

/** Requires sources of environment variables. */
export function requireEnvFrom(property: string, sources: EnvFromSource[]): void {
  for (const { prefix, ...source } of sources) {
    requireOneOf(`'${property}' has an entry with`, 'sources', source, ['secretRef', 'configMapRef']);
    const [kind] = givenFields(source);
    requireDnsSubdomain(`${property}.${kind}.name`, (source.secretRef ?? source.configMapRef)!.name);
    if (prefix !== undefined) {
      requireEnvironmentName(`${property}.prefix`, prefix);
    }
  }
}

/** Requires one of the fields, or a label or annotation by its key. */
export function requireField(property: string, { fieldPath }: ObjectFieldSelector, fields: string[]): void {
  if (fields.includes(fieldPath)) {
    return;
  }
  const [, key] = /^metadata\.(?:labels|annotations)\['(.*)'\]$/.exec(fieldPath) ?? [];
  if (key === undefined) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(fieldPath)}) is not a field of the downward API: choose ${fields.join(', ')}, or metadata.labels['<key>'] or metadata.annotations['<key>']`);
  }
  requireLabelKey(property, key);
}
