import { shortened } from '../../../problem';
import { parseBytes } from '../../schema/quantities';
import { Check, DocumentRules } from '../check/check';
import { isDigested, isImageReference } from '../check/image-reference';
import { Place, repeated } from '../check/place';

/** The rules for containers that Talos runs itself. */
export const CONTAINER_RULES: DocumentRules = {
  ContainerConfig: [
    validateName, validateImage, validateEnvironment, validateMounts, validateSecurity, validateNetwork, validateResources, validateDependencies,
    validateUser,
  ],
};

const LONGEST_NAME = 63;

function validateName(document: Place, check: Check): void {
  const name = document.at('name');
  if (check.requires(name, 'give the container a name') && !(Buffer.byteLength(name.text) <= LONGEST_NAME && /^[a-z0-9-]+$/.test(name.text))) {
    check.error(name, `is ${name.shown}: use lower-case letters, digits and '-', up to ${LONGEST_NAME} of them`);
  }
}

function validateImage(document: Place, check: Check): void {
  const image = document.at('image');
  if (!check.requires(image, 'give an image, such as docker.io/library/nginx:1.27')) {
    return;
  }
  if (!isImageReference(image.text)) {
    check.error(image, `is ${image.shown}: use an image such as docker.io/library/nginx:1.27`);
  } else if (!isDigested(image.text)) {
    check.warn(image, 'talos:image-without-digest', `is ${image.shown}, which can be another image after a restart: add its digest (@sha256:...)`);
  }
}

function validateEnvironment(document: Place, check: Check): void {
  for (const variable of document.at('environment').items) {
    if (!variable.text.includes('=')) {
      check.error(variable, 'is not of the form NAME=value');
    }
  }
}

const MOUNT_KINDS = ['userVolume', 'tmpfs', 'hostPath'];
const MOUNT_OPTIONS = ['ro', 'rw', 'noexec', 'nosuid', 'nodev', 'noatime', 'rbind', 'rshared'];

function validateMounts(document: Place, check: Check): void {
  const good = document.at('mounts').items.flatMap((entry) => {
    const kinds = MOUNT_KINDS.map((kind) => entry.at(kind)).filter((kind) => kind.isSet);
    if (kinds.length !== 1) {
      check.error(entry, `needs one of ${MOUNT_KINDS.map((kind) => `'${kind}'`).join(', ')}`);
      return [];
    }
    return isGoodMount(kinds[0], check) ? [kinds[0].at('destination')] : [];
  });
  for (const [destination, earlier] of repeated(good.map((place) => [place.text, place] as const))) {
    check.error(destination, `is ${destination.shown}, like ${earlier.quoted}: keep one of the mounts`);
  }
}

function isGoodMount(mount: Place, check: Check): boolean {
  const before = check.errors.length;
  if (mount.keys[mount.keys.length - 1] === 'userVolume') {
    check.requires(mount.at('name'), 'name the user volume');
  } else if (mount.keys[mount.keys.length - 1] === 'hostPath') {
    requireAbsolutePath(mount.at('source'), check);
  }
  requireAbsolutePath(mount.at('destination'), check);
  const options = mount.at('options').items;
  for (const option of options.filter(({ text }) => !MOUNT_OPTIONS.includes(text))) {
    check.error(option, `is ${option.shown}: use one of ${MOUNT_OPTIONS.join(', ')}`);
  }
  if (['ro', 'rw'].every((word) => options.some(({ text }) => text === word))) {
    check.error(mount.at('options'), 'can\'t have both \'ro\' and \'rw\'');
  }
  return check.errors.length === before;
}

function requireAbsolutePath(path: Place, check: Check): void {
  if (!path.text.startsWith('/')) {
    check.error(path, path.isEmpty ? 'is required: give a path that begins with /' : `is ${path.shown}: use a path that begins with /`);
  }
}

function validateSecurity(document: Place, check: Check): void {
  const security = document.at('security');
  const profile = security.at('profile');
  if (!['', 'restricted', 'privileged'].includes(profile.text)) {
    check.error(profile, `is ${profile.shown}: use restricted or privileged`);
  }
  const [added, dropped] = [security.at('capabilities.add').items, security.at('capabilities.drop').items];
  const droppedNames = new Set(dropped.map(({ text }) => text));
  for (const capability of added) {
    if (capability.text === 'ALL') {
      check.error(capability, 'is ALL: use \'profile: privileged\' instead');
    } else {
      validateCapability(capability, check);
    }
    if (droppedNames.has(capability.text)) {
      check.error(capability, `is ${capability.shown}, which is also in 'drop': remove one of them`);
    }
  }
  dropped.filter(({ text }) => text !== 'ALL').forEach((capability) => validateCapability(capability, check));
}

function validateCapability(capability: Place, check: Check): void {
  if (!/^[A-Z_]+$/.test(capability.text) || capability.text.startsWith('CAP_')) {
    check.error(capability, `is ${capability.shown}: use a name such as NET_ADMIN, without CAP_`);
  }
}

function validateNetwork(document: Place, check: Check): void {
  const mode = document.at('network.mode');
  if (!['', 'none', 'host'].includes(mode.text)) {
    check.error(mode, `is ${mode.shown}: use none or host`);
  }
}

const MOST_MILLICORES = 2n ** 64n - 1n;

function validateResources(document: Place, check: Check): void {
  const [memory, cpu] = [document.at('resources.limits.memory'), document.at('resources.limits.cpu')];
  if (!memory.isEmpty && parseBytes(memory.text) === undefined) {
    check.error(memory, `is ${memory.shown}: use a size such as 512MiB`);
  }
  const digits = /^0*([0-9]{1,20})m$/.exec(cpu.text)?.[1];
  if (!cpu.isEmpty && !(digits && BigInt(digits) > 0n && BigInt(digits) <= MOST_MILLICORES)) {
    check.error(cpu, `is ${cpu.shown}: use millicores, such as 1500m`);
  }
}

const NETWORK_CONDITIONS = ['addresses', 'connectivity', 'hostname', 'etcfiles'];

function validateDependencies(document: Place, check: Check): void {
  const dependencies = document.at('dependsOn');
  dependencies.at('paths').items.forEach((path) => requireAbsolutePath(path, check));
  for (const condition of dependencies.at('networks').items) {
    if (!NETWORK_CONDITIONS.includes(condition.text)) {
      check.error(condition, `is ${condition.shown}: use one of ${NETWORK_CONDITIONS.join(', ')}`);
    }
  }
  for (const container of dependencies.at('containers').items) {
    if (container.isEmpty) {
      check.error(container, 'is empty: name a container');
    } else if (container.text === document.at('name').text) {
      check.error(container, `is ${container.shown}, this container itself`);
    }
  }
}

function validateUser(document: Place, check: Check): void {
  for (const id of [document.at('runAs.uid'), document.at('runAs.gid')]) {
    if (id.number < 0) {
      check.error(id, `is ${id.number}: it can't be negative`);
    }
  }
}

/** Refuses dependencies on missing containers, and dependency cycles. */
export function validateContainerDependencies(check: Check): void {
  const containers = new Map(check.documentsOf('ContainerConfig').map((document) => [document.at('name').text, document]));
  for (const document of containers.values()) {
    for (const dependency of document.at('dependsOn.containers').items) {
      if (!containers.has(dependency.text)) {
        check.error(dependency, `is ${dependency.shown}, but there is no container with that name`);
      }
    }
  }
  const circle = findCircle(containers);
  if (circle) {
    check.error(circle[0].at('dependsOn.containers'), `wait for each other: ${circle.map((document) => shortened(document.at('name').text)).join(' -> ')}`);
  }
}

/** A cycle of containers that wait for each other; the first and the last are the same. */
function findCircle(containers: ReadonlyMap<string, Place>): Place[] | undefined {
  const finished = new Set<string>();
  for (const start of [...containers.keys()].sort()) {
    const path: Array<{ readonly name: string; readonly next: Iterator<string> }> = [];
    const places = new Map<string, number>();
    const enter = (name: string) => {
      places.set(name, path.length);
      path.push({ name, next: dependenciesOf(containers.get(name)!).values() });
    };
    for (enter(start); path.length > 0;) {
      const { name, next } = path[path.length - 1];
      const step = next.next();
      if (step.done) {
        finished.add(name);
        places.delete(name);
        path.pop();
      } else if (containers.has(step.value) && !finished.has(step.value)) {
        const index = places.get(step.value);
        if (index !== undefined) {
          return [...path.slice(index).map((entry) => entry.name), step.value].map((member) => containers.get(member)!);
        }
        enter(step.value);
      }
    }
  }
  return undefined;
}

function dependenciesOf(document: Place): string[] {
  return document.at('dependsOn.containers').items.map(({ text }) => text);
}
