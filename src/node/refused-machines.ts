import { MEMBER_ADDRESS } from './member-address';
import { TALOS_CONTAINER } from './talos-pod';
import { AllowedPods, TALOS_MOUNT_PATHS } from './talos-pod-rules';
import { AppObjects } from '../kubernetes/app-objects';
import { allContainers, POD_KINDS, Pods, podsOf } from '../kubernetes/app-pods';
import { SeccompProfileType } from '../kubernetes/container';
import { imagePattern } from '../kubernetes/image-reference';
import { BASELINE_CAPABILITIES } from '../kubernetes/pod-security-rules';

/** What properties of the constructs of an app ask for that the policy of their namespace refuses, so that their pods would never come. */
export function refusedMachines(objects: AppObjects, namespace: string, allowed: AllowedPods): string[] {
  return objects.manifestsOf(namespace, POD_KINDS).flatMap(podsOf).flatMap((pods) => refusals(pods, allowed));
}

function refusals({ owner, spec }: Pods, { images, hostPaths, mountPaths }: AllowedPods): string[] {
  const talos = spec.containers.find(({ name, securityContext }) => name === TALOS_CONTAINER && securityContext?.privileged);
  const others = allContainers(spec).filter((container) => container !== talos);
  const paths = spec.volumes?.flatMap(({ hostPath }) => hostPath?.path ?? []) ?? [];
  const mounts = talos?.volumeMounts?.map(({ mountPath }) => mountPath) ?? [];
  const image = talos && !images.some((each) => new RegExp(imagePattern(each)).test(talos.image)) ? [talos.image] : [];
  const lacking = (list: string, value: string) => `'admissionPolicy.${list}' doesn't have ${value}, which ${owner} uses: add it`;
  return [
    ...image.map((reference) => lacking('images', reference)),
    ...paths.filter((path) => !(talos && hostPaths.includes(path))).map((path) => lacking('hostPaths', path)),
    ...mounts.filter((path) => ![...TALOS_MOUNT_PATHS, ...mountPaths].includes(path)).map((path) => lacking('mountPaths', path)),
    ...others.flatMap(({ name, securityContext: { privileged, capabilities, seccompProfile } = {} }) => {
      const further = talos && name === MEMBER_ADDRESS.container ? MEMBER_ADDRESS.capabilities : [];
      const capability = capabilities?.add?.find((each) => ![...BASELINE_CAPABILITIES, ...further].includes(each));
      const found = [
        ...privileged ? ['is privileged'] : [],
        ...capability === undefined ? [] : [`adds the capability ${capability}`],
        ...seccompProfile?.type === SeccompProfileType.UNCONFINED ? ['has the seccomp profile Unconfined'] : [],
      ];
      return found.map((what) => `'admissionPolicy' keeps out ${owner}, whose container '${name}' ${what}: leave that out`);
    }),
  ];
}
