import { Container, ContainerPort, EnvVar, ObjectFieldSelector, Protocol, ResourceRequirements, SecurityContext } from './container';
import { parseQuantity, requireAbsolutePath, requireDnsLabel, requireDnsSubdomain, requireEnvironmentName, requireLabelKey, requirePort, requirePortName, requireRelativePath, requireSecretKey, requireUnique, requireWholeNumber } from './syntax';
import { ConfigMapVolumeSource, EmptyDirVolumeSource, HostPathVolumeSource, SecretVolumeSource, Volume } from './volume';

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
    requireFieldPath(`${property}.valueFrom.fieldRef.fieldPath`, valueFrom.fieldRef);
  }
}

const FIELDS = [
  'metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs', 'status.podIP',
  'status.podIPs',
];

function requireFieldPath(property: string, source: ObjectFieldSelector | undefined): void {
  if (source === undefined || FIELDS.includes(source.fieldPath)) {
    return;
  }
  const [, key] = /^metadata\.(?:labels|annotations)\['(.*)'\]$/.exec(source.fieldPath) ?? [];
  if (key === undefined) {
    throw new Error(`'${property}' (${source.fieldPath}) is not a field that a pod can be told: choose ${FIELDS.join(', ')}, or metadata.labels['<key>'] or metadata.annotations['<key>']`);
  }
  requireLabelKey(property, key);
}

/** A container, apart from how it fits among the others. */
export function requireContainer(property: string, container: Container): void {
  requireDnsLabel(`${property}.name`, container.name);
  if (container.image.trim() === '') {
    throw new Error(`'${property}' gives '${container.name}' no image: name one`);
  }
  if (container.image.trim() !== container.image) {
    throw new Error(`'${property}' gives '${container.name}' the image '${container.image}', which begins or ends with white space: leave that out`);
  }
  requireEnv(`${property}.env`, container.env ?? []);
  requireResources(`${property}.resources`, container.resources);
  requirePorts(`${property}.ports`, container.ports ?? []);
  requireSecurityContext(property, container.name, container.securityContext ?? {});
}

function requirePorts(property: string, ports: ContainerPort[]): void {
  for (const { containerPort, name } of ports) {
    requirePort(property, containerPort);
    if (name !== undefined) {
      requirePortName(`${property}.name`, name);
    }
  }
  requireUnique(property, ports.map(({ containerPort, protocol = Protocol.TCP }) => `${containerPort}/${protocol}`));
  requireUnique(`${property}.name`, ports.flatMap(({ name }) => name ?? []));
}

function requireSecurityContext(property: string, container: string, context: SecurityContext): void {
  const { privileged, allowPrivilegeEscalation, capabilities, runAsUser, runAsGroup } = context;
  if (allowPrivilegeEscalation === false && privileged) {
    throw new Error(`'${property}' makes '${container}' privileged without privilege escalation, which Kubernetes refuses: leave out one of them`);
  }
  if (allowPrivilegeEscalation === false && capabilities?.add?.includes('CAP_SYS_ADMIN')) {
    throw new Error(`'${property}' gives '${container}' CAP_SYS_ADMIN without privilege escalation, which Kubernetes refuses: leave out one of them`);
  }
  for (const [name, id] of [['runAsUser', runAsUser], ['runAsGroup', runAsGroup]] as const) {
    if (id !== undefined) {
      requireWholeNumber(`${property}.securityContext.${name}`, id, 0);
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
  requireFiles('volumes.secret', volume.secret);
  requireFiles('volumes.configMap', volume.configMap);
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

const ALL_PERMISSIONS = 0o777;

function requireFiles(property: string, { items = [], defaultMode }: Omit<SecretVolumeSource, 'secretName'> | Omit<ConfigMapVolumeSource, 'name'> = {}): void {
  for (const mode of [defaultMode, ...items.map((item) => item.mode)]) {
    if (mode !== undefined && !(Number.isInteger(mode) && mode >= 0 && mode <= ALL_PERMISSIONS)) {
      throw new Error(`'${property}.mode' (${mode}) is not a file's mode: give a whole number from 0 to 0o777 (${ALL_PERMISSIONS})`);
    }
  }
  for (const { key, path } of items) {
    requireSecretKey(`${property}.items.key`, key);
    requireRelativePath(`${property}.items.path`, path);
    if (path === '' || path.startsWith('..')) {
      throw new Error(`'${property}.items.path' (${path}) is not the name of a file: choose one that doesn't begin with '..'`);
    }
  }
}

/*
 * What Kubernetes accepts as the resources of a container, checked before it can refuse them.
 * See https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */

const STANDARD = ['cpu', 'memory', 'ephemeral-storage'];

const HUGE_PAGES = /^hugepages-(.+)$/;

/** Requests and limits. */
export function requireResources(property: string, { requests = {}, limits = {} }: ResourceRequirements = {}): void {
  Object.entries(limits).forEach(([name, limit]) => requireAmount(`${property}.limits`, name, limit));
  for (const [name, request] of Object.entries(requests)) {
    const amount = requireAmount(`${property}.requests`, name, request);
    if (name in limits && amount > parseQuantity(`${property}.limits.${name}`, limits[name])) {
      throw new Error(`'${property}.requests.${name}' (${request}) is more than the limit (${limits[name]}): lower it or raise the limit`);
    }
    if (!STANDARD.includes(name) && (!(name in limits) || amount !== parseQuantity(`${property}.limits.${name}`, limits[name]))) {
      throw new Error(`'${property}.requests.${name}' (${request}) can't be shared out: give the limit the same amount, or leave out the request`);
    }
  }
  const names = [...Object.keys(requests), ...Object.keys(limits)];
  const pages = names.find((name) => HUGE_PAGES.test(name));
  if (pages && !names.includes('cpu') && !names.includes('memory')) {
    throw new Error(`'${property}' has ${pages} alone: huge pages need an amount of cpu or memory beside them`);
  }
}

function requireAmount(property: string, name: string, amount: string): number {
  requireResourceName(property, name);
  const value = parseQuantity(`${property}.${name}`, amount);
  const [, pageSize] = HUGE_PAGES.exec(name) ?? [];
  if (pageSize && (value === 0 || value % parseQuantity(property, pageSize) !== 0)) {
    throw new Error(`'${property}.${name}' (${amount}) must be one or more times ${pageSize}`);
  }
  if (name.includes('/') && !Number.isInteger(value)) {
    throw new Error(`'${property}.${name}' (${amount}) must be a whole number: such resources can't be divided`);
  }
  return value;
}

function requireResourceName(property: string, name: string): void {
  const [, pageSize] = HUGE_PAGES.exec(name) ?? [];
  if (STANDARD.includes(name) || (pageSize && parseQuantity(property, pageSize) > 0)) {
    return;
  }
  if (!name.includes('/') || name.startsWith('requests.') || name.includes('kubernetes.io/')) {
    throw new Error(`'${property}' has the resource '${name}': choose ${STANDARD.join(', ')}, hugepages-<size>, or one of a device plugin, for example example.com/gpu`);
  }
  requireLabelKey(property, name);
}
