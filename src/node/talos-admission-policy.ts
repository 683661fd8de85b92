import { Construct } from 'constructs';
import { readChoice, readList, readStructure, readText } from '../input';
import { refusedMachines } from './refused-machines';
import { TALOS_POD_VARIABLES, talosPodRules } from './talos-pod-rules';
import { createPodPolicy, ValidationAction } from '../kubernetes/admission-policy';
import { validateObjects } from '../kubernetes/app-objects';
import { requireImageReference, requireNamedRegistry } from '../kubernetes/image-reference';
import { requireAbsolutePath, requireUnique } from '../kubernetes/syntax';
import { TalosError } from '../problem';
import { TALOS_IMAGE } from '../talos/talos-images';

/**
 * Options of a policy for the pods of a `TalosNamespace`. Privileged is only the container of a Talos machine, with an image of Talos and the mounts
 * that machines have; all else of a pod has at most the rights of Pod Security's level `baseline`.
 *
 * The policy needs Kubernetes 1.30 or newer.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export interface TalosAdmissionPolicyOptions {
  /**
   * The images that may be privileged: a registry and a repository allow all of its tags and digests, with a tag (`:v1.13.9`) only that tag, and with
   * a digest (`@sha256:…`) only that image. Those of registries that mirror Talos's are here too.
   *
   * @default - `ghcr.io/siderolabs/talos`, which must be in the list where it is given
   */
  readonly images?: string[];

  /**
   * The directories and files of the hosting nodes that the pods of machines may have as hostPath volumes, spelled as the volumes spell them.
   *
   * @default - none
   */
  readonly hostPaths?: string[];

  /**
   * The paths in the Talos container at which machines may mount volumes, in addition to Talos's own, spelled as the mounts spell them.
   *
   * @default - none
   */
  readonly mountPaths?: string[];

  /**
   * What happens to other pods. `WARN` and `AUDIT` try the policy out; `DENY` and `WARN` exclude each other.
   *
   * @default - `ValidationAction.DENY`
   */
  readonly actions?: ValidationAction[];
}

/** What a volume in the Talos container must not replace. */
const PROGRAMS = ['/bin', '/sbin', '/usr/bin', '/usr/sbin'];

/**
 * Creates the policy for the pods of a namespace. Its objects are in no namespace, so their names have that of this one. Reports pods of the app that
 * it refuses.
 *
 * @throws if an image, a path or an action can't be right
 */
export function createTalosAdmissionPolicy(scope: Construct, namespace: string, options: TalosAdmissionPolicyOptions): void {
  const { images = [`${TALOS_IMAGE.registry}/${TALOS_IMAGE.repository}`], hostPaths = [], mountPaths = [], actions = [ValidationAction.DENY] } = options;
  const property = 'admissionPolicy';
  requireSome(`${property}.images`, images, 'the repository of Talos');
  images.forEach((image) => {
    requireImageReference(`${property}.images`, image);
    requireNamedRegistry(`${property}.images`, image);
  });
  requireUnique(`${property}.images`, images);
  [...hostPaths.map((path) => ['hostPaths', path]), ...mountPaths.map((path) => ['mountPaths', path])].forEach(([list, path]) => {
    requireAbsolutePath(`${property}.${list}`, path);
    if (/^\/+$/.test(path)) {
      throw new TalosError('talos:invalid-value', `'${property}.${list}' (${path}) would allow everything: name the directories`);
    }
  });
  requireUnique(`${property}.hostPaths`, hostPaths);
  requireUnique(`${property}.mountPaths`, mountPaths);
  const replaced = mountPaths.find((path) => PROGRAMS.some((programs) => holds(path, programs) || holds(programs, path)));
  if (replaced !== undefined) {
    throw new TalosError('talos:invalid-value', `'${property}.mountPaths' (${replaced}) would let a volume replace Talos's programs: mount it elsewhere, for example below /var/mnt`);
  }
  requireSome(`${property}.actions`, actions, 'DENY, or WARN or AUDIT for a trial');
  requireUnique(`${property}.actions`, actions);
  if (actions.includes(ValidationAction.DENY) && actions.includes(ValidationAction.WARN)) {
    throw new TalosError('talos:conflicting-properties', `'${property}.actions' has DENY and WARN, which Kubernetes refuses, as the denial says it all: leave out one of them`);
  }
  const allowed = { images, hostPaths, mountPaths };
  createPodPolicy(scope, { name: `talos-pods.${namespace}`, namespace, variables: TALOS_POD_VARIABLES, rules: talosPodRules(allowed), actions });
  if (actions.includes(ValidationAction.DENY)) {
    validateObjects(scope, (objects) => refusedMachines(objects, namespace, allowed));
  }
}

/** Whether a directory is, or has in it, another one. */
function holds(directory: string, other: string): boolean {
  return `${other.replace(/\/+/g, '/')}/`.startsWith(`${directory.replace(/\/+/g, '/').replace(/\/$/, '')}/`);
}

function requireSome(property: string, list: readonly string[], remedy: string): void {
  if (list.length === 0) {
    throw new TalosError('talos:missing-property', `'${property}' is empty: give ${remedy}, or leave it out for the default`);
  }
}

export const readTalosAdmissionPolicyOptions = readStructure<TalosAdmissionPolicyOptions>({}, {
  images: readList(readText),
  hostPaths: readList(readText),
  mountPaths: readList(readText),
  actions: readList(readChoice(ValidationAction)),
});
