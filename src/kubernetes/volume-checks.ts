import { shortened, TalosError } from '../problem';
import { POD_FIELDS, requireField } from './environment-checks';
import { parseQuantity } from './quantity';
import { givenFields, requireAbsolutePath, requireDnsLabel, requireDnsSubdomain, requireLength, requireOneOf, requireRelativePath, requireSecretKey, requireUnique, requireWholeNumber } from './syntax';
import { CsiVolumeSource, EmptyDirVolumeSource, HostPathVolumeSource, Volume } from './volume';
import { DownwardApiVolumeFile, KeyToPath, ProjectedVolumeSource, ServiceAccountTokenProjection, VolumeProjection } from './volume-files';

/*
 * The checks that Kubernetes makes of volumes, made at synthesis.
 * See https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/
 */

const SOURCES = ['emptyDir', 'hostPath', 'persistentVolumeClaim', 'secret', 'configMap', 'csi', 'projected'];
const PROJECTIONS = ['secret', 'configMap', 'downwardApi', 'serviceAccountToken'];
const ALL_PERMISSIONS = 0o777;
const LONGEST_DRIVER_NAME = 63;

/** Requires a volume; doesn't compare it with the others. */
export function requireVolume(volume: Volume): void {
  requireDnsLabel('volumes.name', volume.name);
  const { name, ...sources } = volume;
  requireOneOf(`'volumes' gives '${name}'`, 'sources', sources, SOURCES);
  const [source] = givenFields(sources);
  requireHostPath(volume.hostPath);
  requireEmptyDir(volume.emptyDir);
  for (const files of [volume.secret, volume.configMap]) {
    requireMode(`volumes.${source}`, files?.defaultMode);
    requireItems(`volumes.${source}`, files?.items);
  }
  requireCsi(volume.csi);
  requireProjected(volume.projected);
  for (const named of [volume.persistentVolumeClaim?.claimName, volume.secret?.secretName, volume.configMap?.name]) {
    if (named !== undefined) {
      requireDnsSubdomain(`volumes.${source}`, named);
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
    throw new TalosError('talos:invalid-value', `'volumes.emptyDir.sizeLimit' (${source.sizeLimit}) must be more than zero`);
  }
}

function requireCsi(source: CsiVolumeSource | undefined): void {
  if (!source) {
    return;
  }
  requireDnsSubdomain('volumes.csi.driver', source.driver.toLowerCase());
  requireLength('volumes.csi.driver', source.driver, LONGEST_DRIVER_NAME, 'names of CSI drivers can\'t be longer');
  if (source.nodePublishSecretRef) {
    requireDnsSubdomain('volumes.csi.nodePublishSecretRef.name', source.nodePublishSecretRef.name);
  }
}

function requireProjected(source: ProjectedVolumeSource | undefined): void {
  if (!source) {
    return;
  }
  const property = 'volumes.projected';
  requireMode(property, source.defaultMode);
  source.sources.forEach((projection) => requireProjection(`${property}.sources`, projection));
  requireUnique(`${property}.sources`, source.sources.flatMap(filePaths));
}

function filePaths({ secret, configMap, downwardApi, serviceAccountToken }: VolumeProjection): string[] {
  const files = [...secret?.items ?? [], ...configMap?.items ?? [], ...downwardApi?.items ?? [], ...serviceAccountToken ? [serviceAccountToken] : []];
  return files.map(({ path }) => path);
}

function requireProjection(property: string, projection: VolumeProjection): void {
  requireOneOf(`'${property}' has an entry with`, 'sources', projection, PROJECTIONS);
  const { secret, configMap, downwardApi, serviceAccountToken } = projection;
  for (const [name, keys] of Object.entries({ secret, configMap })) {
    if (keys) {
      requireDnsSubdomain(`${property}.${name}.name`, keys.name);
      requireItems(`${property}.${name}`, keys.items);
    }
  }
  downwardApi?.items.forEach((item) => requireFieldFile(`${property}.downwardApi`, item));
  if (serviceAccountToken) {
    requireToken(`${property}.serviceAccountToken`, serviceAccountToken);
  }
}

function requireFieldFile(property: string, { path, fieldRef, mode }: DownwardApiVolumeFile): void {
  requireField(`${property}.items.fieldRef.fieldPath`, fieldRef, [...POD_FIELDS, 'metadata.labels', 'metadata.annotations']);
  requireFilePath(`${property}.items.path`, path);
  requireMode(property, mode);
}

function requireToken(property: string, { path, expirationSeconds }: ServiceAccountTokenProjection): void {
  requireFilePath(`${property}.path`, path);
  if (expirationSeconds !== undefined) {
    requireWholeNumber(`${property}.expirationSeconds`, expirationSeconds, 600, 2 ** 32);
  }
}

function requireItems(property: string, items: KeyToPath[] = []): void {
  for (const { key, path, mode } of items) {
    requireMode(property, mode);
    requireSecretKey(`${property}.items.key`, key);
    requireFilePath(`${property}.items.path`, path);
  }
}

function requireMode(property: string, mode: number | undefined): void {
  if (mode !== undefined && !(Number.isInteger(mode) && mode >= 0 && mode <= ALL_PERMISSIONS)) {
    throw new TalosError('talos:invalid-value', `'${property}.mode' (${mode}) is not a file's mode: give a whole number from 0 to 0o777 (${ALL_PERMISSIONS})`);
  }
}

function requireFilePath(property: string, path: string): void {
  requireRelativePath(property, path);
  if (path === '' || path.startsWith('..')) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(path)}) is not the name of a file: choose one that doesn't begin with '..'`);
  }
}
