import { Container, EnvVar, ResourceRequirements } from './container';
import {
  parseQuantity, requireAbsolutePath, requireDnsLabel, requireDnsSubdomain, requireEnvironmentName, requireLabels, requireSecretKey,
  requireWholeNumber,
} from './kubernetes-syntax';
import { TolerationOperator } from './scheduling';
import { TalosPodOptions } from './talos-pod-options';
import { EmptyDirVolumeSource, HostPathVolumeSource, Volume } from './volume';

/*
 * What Kubernetes accepts in a pod, checked before it can refuse it.
 * See https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */

/** Environment variables of one container. */
export function requireEnv(property: string, variables: EnvVar[]): void {
  const names = new Set<string>();
  for (const { name, value, valueFrom } of variables) {
    requireEnvironmentName(`${property}.name`, name);
    if (names.has(name)) {
      throw new Error(`'${property}' sets ${name} twice: leave one out`);
    }
    names.add(name);
    if (valueFrom === undefined) {
      continue;
    }
    const sources = Object.values(valueFrom).filter((source) => source !== undefined);
    if (value !== undefined || sources.length !== 1) {
      throw new Error(`'${property}' gives ${name} ${sources.length} sources${value === undefined ? '' : ' beside a value'}: give either a value or one source`);
    }
    for (const source of [valueFrom.secretKeyRef, valueFrom.configMapKeyRef]) {
      if (source) {
        requireDnsSubdomain(`${property}.valueFrom.name`, source.name);
        requireSecretKey(`${property}.valueFrom.key`, source.key);
      }
    }
  }
}

/** A container, apart from how it fits among the others. */
export function requireContainer(property: string, container: Container): void {
  requireDnsLabel(`${property}.name`, container.name);
  if (container.image.trim() === '') {
    throw new Error(`'${property}' gives '${container.name}' no image: name one`);
  }
  requireEnv(`${property}.env`, container.env ?? []);
  requireResources(`${property}.resources`, container.resources);
  container.ports?.forEach((port) => requirePort(`${property}.ports`, port.containerPort));
  if (container.securityContext?.privileged && container.securityContext.allowPrivilegeEscalation === false) {
    throw new Error(`'${property}' makes '${container.name}' privileged without privilege escalation, which Kubernetes refuses: leave out one of them`);
  }
}

function requirePort(property: string, port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`'${property}' (${port}) is not a port: give a number from 1 to 65535`);
  }
}

/** Requests and limits. */
export function requireResources(property: string, resources: ResourceRequirements = {}): void {
  const { requests = {}, limits = {} } = resources;
  for (const [name, limit] of Object.entries(limits)) {
    parseQuantity(`${property}.limits.${name}`, limit);
  }
  for (const [name, request] of Object.entries(requests)) {
    const amount = parseQuantity(`${property}.requests.${name}`, request);
    if (name in limits && amount > parseQuantity(`${property}.limits.${name}`, limits[name])) {
      throw new Error(`'${property}.requests.${name}' (${request}) is more than the limit (${limits[name]}): lower it or raise the limit`);
    }
  }
}

/** A volume, apart from how it fits among the others. */
export function requireVolume(volume: Volume): void {
  requireDnsLabel('volumes.name', volume.name);
  const { name, ...sources } = volume;
  const given = Object.keys(sources).filter((source) => sources[source as keyof typeof sources] !== undefined);
  if (given.length !== 1) {
    throw new Error(`'volumes' gives '${name}' ${given.length} sources${given.length > 0 ? ` (${given.join(', ')})` : ''}: give one`);
  }
  requireHostPath(volume.hostPath);
  requireEmptyDir(volume.emptyDir);
  for (const named of [volume.persistentVolumeClaim?.claimName, volume.secret?.secretName, volume.configMap?.name]) {
    if (named !== undefined) {
      requireDnsSubdomain(`volumes.${given[0]}`, named);
    }
  }
}

function requireHostPath(source: HostPathVolumeSource | undefined): void {
  if (source) {
    requireAbsolutePath('volumes.hostPath.path', source.path);
  }
}

function requireEmptyDir(source: EmptyDirVolumeSource | undefined): void {
  if (source?.sizeLimit !== undefined && parseQuantity('volumes.emptyDir.sizeLimit', source.sizeLimit) === 0) {
    throw new Error(`'volumes.emptyDir.sizeLimit' (${source.sizeLimit}) must be more than zero`);
  }
}

/** Where pods run. */
export function requireScheduling(options: TalosPodOptions): void {
  requireLabels('nodeSelector', options.nodeSelector ?? {}, {});
  for (const [property, name] of [['priorityClassName', options.priorityClassName], ['runtimeClassName', options.runtimeClassName]]) {
    if (name !== undefined) {
      requireDnsSubdomain(property!, name);
    }
  }
  for (const { key, operator, value } of options.tolerations ?? []) {
    if (key === undefined && operator !== TolerationOperator.EXISTS) {
      throw new Error('\'tolerations\' has one without a key: give it a key, or TolerationOperator.EXISTS for every taint');
    }
    if (operator === TolerationOperator.EXISTS && value !== undefined) {
      throw new Error(`'tolerations' compares ${key} with '${value}' by TolerationOperator.EXISTS: leave out the value, or use TolerationOperator.EQUAL`);
    }
  }
  options.topologySpreadConstraints?.forEach(({ maxSkew }) => requireWholeNumber('topologySpreadConstraints.maxSkew', maxSkew, 1));
}
