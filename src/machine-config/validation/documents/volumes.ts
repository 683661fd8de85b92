import { Release } from '../../../talos/release';
import { expressionProblem } from '../../expressions/expression-problem';

import { parseBytes, Size } from '../../schema/quantities';
import { Check, DocumentRules, Rule } from '../check/check';
import { refuseNegative, refuseShorterThan } from '../check/durations';
import { Place, repeated } from '../check/place';

/** The rules for documents of disks and volumes. */
export const VOLUME_RULES: DocumentRules = {
  ExistingVolumeConfig: [requireVolumeName(), validateVolumeSelector, validateUpkeep],
  ExternalVolumeConfig: [requireVolumeName('x-'), validateExternalFilesystem],
  FilesystemScrubConfig: [(document, check) => refuseShorterThan(SHORTEST_SCRUB_INTERVAL, document.at('interval'), check)],
  FilesystemTrimConfig: [(document, check) => refuseNegative(document.at('interval'), check)],
  RawVolumeConfig: [requireVolumeName('r-'), validatePartition, validateEncryption],
  SwapVolumeConfig: [requireVolumeName('s-'), validatePartition, validateEncryption],
  UserVolumeConfig: [requireVolumeName('u-'), validateUserVolume, validateUpkeep],
  VolumeConfig: [validateSystemVolume],
  ZswapConfig: [validateZswap],
};

const SHORTEST_SCRUB_INTERVAL = 10;
/** The longest label of a partition, which is the volume's name with a prefix for its kind. */
const LONGEST_LABEL = 36;

function requireVolumeName(prefix?: string): Rule {
  return (document, check) => {
    const name = document.at('name');
    const longest = LONGEST_LABEL - (prefix?.length ?? 0);
    check.requires(name, 'give the volume a name');
    if (prefix && Buffer.byteLength(name.text) > longest) {
      check.error(name, `is ${name.shown}: use at most ${longest} characters`);
    }
    if (!/^[A-Za-z0-9-]*$/.test(name.text)) {
      check.error(name, `is ${name.shown}: use letters, digits and '-'`);
    }
  };
}

function validateVolumeSelector(document: Place, check: Check): void {
  const match = document.at('discovery.volumeSelector.match');
  if (check.requires(match, 'give an expression that selects the volume')) {
    refuseBadExpression(match, 'volume', check);
  }
}

function refuseBadExpression(match: Place, environment: 'disk' | 'volume', check: Check): void {
  const problem = expressionProblem(match.text, environment, check.release);
  if (problem) {
    check.error(match, problem);
  }
}

function validateUpkeep(document: Place, check: Check): void {
  refuseNegative(document.at('trim.interval'), check);
  refuseShorterThan(SHORTEST_SCRUB_INTERVAL, document.at('scrub.interval'), check);
}

function validateExternalFilesystem(document: Place, check: Check): void {
  const type = document.at('filesystemType');
  if (type.text !== 'virtiofs') {
    check.error(type, `is ${type.isEmpty ? 'not set' : type.shown}: use virtiofs`);
    return;
  }
  const virtiofs = document.at('mount.virtiofs');
  if (virtiofs.isSet) {
    check.requires(virtiofs.at('tag'), 'give the tag of the share');
  } else {
    check.error(virtiofs, 'is required: give the tag of the share');
  }
}

function validatePartition(document: Place, check: Check): void {
  validateProvisioning(document.at('provisioning'), { isRequired: true, hasSize: true }, check);
}

interface Provisioning {
  readonly isRequired: boolean;
  readonly hasSize: boolean;
}

function validateProvisioning(provisioning: Place, { isRequired, hasSize }: Provisioning, check: Check): void {
  const match = provisioning.at('diskSelector.match');
  if (!match.isEmpty) {
    refuseBadExpression(match, 'disk', check);
  } else if (isRequired) {
    check.error(match, 'is required: give an expression that selects the disk');
  }
  if (hasSize) {
    validateSizes(provisioning, isRequired, check);
  } else if (['minSize', 'maxSize', 'grow'].some((field) => provisioning.at(field).isSet)) {
    check.error(provisioning, 'can\'t have \'minSize\', \'maxSize\' or \'grow\' for a whole disk: remove them');
  }
}

function validateSizes(provisioning: Place, isRequired: boolean, check: Check): void {
  const [least, most] = [provisioning.at('minSize'), provisioning.at('maxSize')];
  const isAbsolute = !isPercentageSize(most) && !(most.text.startsWith('-') && check.since('1.13'));
  if (!least.isEmpty && !most.isEmpty && isAbsolute) {
    if (bytesOf(least) > bytesOf(most)) {
      check.error(least, `is ${least.shown}, which is more than 'maxSize' (${most.shown})`);
    }
  } else if (isRequired && least.isEmpty && most.isEmpty) {
    check.error(least, 'is required, or \'maxSize\'');
  }
  if (check.since('1.13') && least.text.startsWith('-')) {
    check.error(least, `is ${least.shown}: it can't be negative`);
  }
}

/** The bytes of a size; 0 for a percentage. */
export function bytesOf(size: Place): bigint {
  const text = size.value instanceof Size ? size.value.bytes : size.text;
  return parseBytes((text ?? '').replace(/^-/, '')) ?? 0n;
}

/** Whether the size is given in percent. */
export function isPercentageSize({ value }: Place): boolean {
  return value instanceof Size && value.percentage !== undefined;
}

function validateEncryption(document: Place, check: Check): void {
  const encryption = document.at('encryption');
  const [provider, keys] = [encryption.at('provider'), encryption.at('keys')];
  if (provider.isEmpty && keys.isEmpty) {
    return;
  }
  if (provider.text !== 'luks2') {
    check.error(provider, `is ${provider.isEmpty ? 'not set' : provider.shown}: use luks2`);
  }
  check.requires(keys, 'give at least one key');
  for (const [slot, earlier] of repeated(keys.items.map((key) => [String(key.at('slot').number), key.at('slot')] as const))) {
    check.error(slot, `is ${slot.number}, like ${earlier.quoted}: give each key its own slot`);
  }
  for (const key of keys.items) {
    if (!['static', 'nodeID', 'kms', 'tpm'].some((method) => key.at(method).isSet)) {
      check.error(key, 'needs one of \'static\', \'nodeID\', \'kms\' and \'tpm\'');
    }
    for (const pcr of key.at('tpm.options.pcrs').items.filter(({ number }) => number < 0 || number > 23)) {
      check.error(pcr, `is ${pcr.number}: use a number from 0 to 23`);
    }
  }
}

function validateUserVolume(document: Place, check: Check): void {
  const type = document.at('volumeType');
  const kind = type.isSet ? type.text : 'partition';
  if (kind === 'directory') {
    refuseForDirectory(document, check);
  } else if (kind === 'disk' || kind === 'partition') {
    validateProvisioning(document.at('provisioning'), { isRequired: true, hasSize: kind === 'partition' }, check);
    validateFilesystem(document.at('filesystem'), check);
    validateEncryption(document, check);
  } else {
    check.error(type, `is ${type.shown}: use partition, disk or directory`);
  }
}

function refuseForDirectory(document: Place, check: Check): void {
  const isGiven = {
    provisioning: isProvisioned(document.at('provisioning')),
    encryption: ['provider', 'keys'].some((field) => !document.at(`encryption.${field}`).isEmpty),
    filesystem: ['type', 'projectQuotaSupport', 'xfs'].some((field) => document.at(`filesystem.${field}`).isSet),
    mount: ['disableAccessTime', 'secure'].some((field) => document.at(`mount.${field}`).isSet),
  };
  for (const [field, given] of Object.entries(isGiven)) {
    if (given) {
      check.error(document.at(field), 'is not available for a directory: remove it');
    }
  }
}

function isProvisioned(provisioning: Place): boolean {
  return ['grow', 'minSize', 'maxSize'].some((field) => provisioning.at(field).isSet) || !provisioning.at('diskSelector.match').isEmpty;
}

/** The file system of a user volume; xfs by default. Talos stops at the first problem. */
function validateFilesystem(filesystem: Place, check: Check): void {
  const [type, xfs] = [filesystem.at('type'), filesystem.at('xfs')];
  if (!['', 'xfs', 'ext4', ...check.since('1.14') ? ['btrfs'] : []].includes(type.text)) {
    check.error(type, `is ${type.shown}: use xfs or ext4`);
  } else if (filesystem.at('projectQuotaSupport').isTrue && !['', 'xfs'].includes(type.text)) {
    check.error(filesystem.at('projectQuotaSupport'), 'is available for xfs only');
  } else if (xfs.isSet && !['', 'xfs'].includes(type.text)) {
    check.error(xfs, 'is available for xfs only');
  }
}

/** Talos's own volumes, with the first release that accepts a document for each. */
const SYSTEM_VOLUMES: Readonly<Record<string, Release>> = {
  STATE: '1.11',
  EPHEMERAL: '1.8',
  IMAGECACHE: '1.9',
  ETCD: '1.14',
  CRI: '1.14',
  KUBELET: '1.14',
  LOG: '1.14',
};

function validateSystemVolume(document: Place, check: Check): void {
  const name = document.at('name');
  const known = Object.keys(SYSTEM_VOLUMES).filter((volume) => check.since(SYSTEM_VOLUMES[volume]));
  if (!known.includes(name.text)) {
    check.error(name, `is ${name.shown}: use one of ${known.join(', ')}, or another kind of volume`);
    return;
  }
  SYSTEM_VOLUME_RULES[name.text]?.forEach((rule) => rule(document, check));
  validateProvisioning(document.at('provisioning'), { isRequired: false, hasSize: true }, check);
  validateEncryption(document, check);
  validateUpkeep(document, check);
}

/** Refuses options that some of Talos's own volumes don't support. */
const SYSTEM_VOLUME_RULES: Readonly<Record<string, readonly Rule[]>> = {
  STATE: [refuseProvisioning, refuseStateLock, refuseMount],
  IMAGECACHE: [refuseMount, refuseFilesystem],
  ETCD: [refuseMountOfDirectory],
  CRI: [refuseMountOfDirectory],
  KUBELET: [refuseMountOfDirectory],
  LOG: [refuseMountOfDirectory],
};

function refuseProvisioning(document: Place, check: Check): void {
  if (isProvisioned(document.at('provisioning'))) {
    check.error(document.at('provisioning'), 'is not available for this volume: remove it');
  }
}

function refuseStateLock(document: Place, check: Check): void {
  for (const key of document.at('encryption.keys').items) {
    if (key.at('lockToState').isTrue) {
      check.error(key.at('lockToState'), 'is not available for this volume, which can\'t be locked to itself: remove it');
    }
  }
}

function hasMount(document: Place): boolean {
  return document.at('mount').entries.some(([, option]) => option.isSet);
}

function refuseMount(document: Place, check: Check): void {
  if (check.since('1.14') && hasMount(document)) {
    check.error(document.at('mount'), 'is not available for this volume: remove it');
  }
}

function refuseFilesystem(document: Place, check: Check): void {
  if (document.at('filesystem.xfs').isSet) {
    check.error(document.at('filesystem'), 'is not available for this volume: remove it');
  }
}

function refuseMountOfDirectory(document: Place, check: Check): void {
  if (hasMount(document) && !isProvisioned(document.at('provisioning'))) {
    check.error(document.at('mount'), 'needs \'provisioning\': without it the volume is a directory');
  }
}

function validateZswap(document: Place, check: Check): void {
  const percent = document.at('maxPoolPercent');
  if (percent.number < 0 || percent.number > 100) {
    check.error(percent, `is ${percent.number}: use a number from 0 to 100`);
  }
}
