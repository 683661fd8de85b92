import { MEMBER_ADDRESS } from './member-address';
import { PLATFORM, TALOS_CONTAINER } from './talos-pod';
import { PodRule } from '../kubernetes/admission-policy';
import { celList, celText } from '../kubernetes/cel';
import { imagePattern } from '../kubernetes/image-reference';
import { ALL_CONTAINERS, containersWith, HANDLERS, podSecurityRules } from '../kubernetes/pod-security-rules';
import { EMBEDDED_CONFIG } from '../talos/embedded-config';
import { TalosMount } from '../talos/talos-mount';

/** What the pods of machines may have. */
export interface AllowedPods {
  /** Images of Talos: repositories, with a tag or a digest where only that is allowed. */
  readonly images: readonly string[];
  readonly hostPaths: readonly string[];
  /** Where the Talos container may mount volumes in addition to Talos's own. */
  readonly mountPaths: readonly string[];
}

/** Where the Talos container mounts volumes of its own. */
export const TALOS_MOUNT_PATHS: readonly string[] = [...Object.values(TalosMount), EMBEDDED_CONFIG.directory];

/** The variables of the rules, as CEL expressions. */
export const TALOS_POD_VARIABLES = {
  containers: ALL_CONTAINERS,
  talos: `object.spec.containers.filter(c, c.name == ${celText(TALOS_CONTAINER)} && c.?securityContext.?privileged.orValue(false))`,
  others: 'variables.containers.filter(c, !variables.talos.exists(t, t.name == c.name))',
  isMachine: 'variables.talos.size() > 0',
  mounts: 'variables.isMachine ? variables.talos[0].?volumeMounts.orValue([]) : []',
  // of a ConfigMap, whoever makes a pod could write what runs there
  dataVolumes: volumesWith('emptyDir', 'persistentVolumeClaim', 'hostPath'),
  configVolumes: volumesWith('emptyDir', 'secret'),
};

/** The rules of pods beside Talos machines, and of the container that is privileged. */
export function talosPodRules({ images, hostPaths, mountPaths }: AllowedPods): PodRule[] {
  const option = (name: string) => `'admissionPolicy.${name}' of the TalosNamespace`;
  return [
    ...podSecurityRules({
      containers: 'variables.containers',
      confinedContainers: 'variables.others',
      furtherCapabilities: `(variables.isMachine && c.name == ${celText(MEMBER_ADDRESS.container)} ? ${celList(MEMBER_ADDRESS.capabilities)} : [])`,
      allowsHostPath: `variables.isMachine && v.hostPath.path in ${celList(hostPaths)}`,
      remedies: {
        privileged: `only the container ${TALOS_CONTAINER} of a Talos machine can be privileged here, so leave it out`,
        hostPath: `use another volume, or, for a Talos machine, add the path to ${option('hostPaths')}`,
      },
    }),
    {
      name: 'images',
      field: 'image',
      offenders: `variables.talos.filter(c, !${celList(images.map(imagePattern))}.exists(p, c.image.matches(p))).map(c, c.image)`,
      wrongAndRemedy: `is no image of Talos that may be privileged here: use ${images.join(', ')}, or add it to ${option('images')}`,
    },
    {
      name: 'programs',
      field: 'command, args or workingDir',
      offenders: containersWith('variables.talos', 'has(c.command) || has(c.args) || has(c.workingDir)'),
      wrongAndRemedy: 'makes a privileged container run something else than Talos: leave it out',
    },
    {
      name: 'hooks',
      field: 'exec',
      offenders: containersWith('variables.talos', HANDLERS.map((handler) => `${handler}.?exec.hasValue()`).join(' || ')),
      wrongAndRemedy: 'of a probe or a hook runs a program in a privileged container: use tcpSocket, httpGet or sleep',
    },
    {
      name: 'platforms',
      field: 'env',
      offenders: containersWith('variables.talos', `!c.?env.orValue([]).exists(e, e.name == ${celText(PLATFORM.name)}) `
        + `|| c.env.exists(e, e.name == ${celText(PLATFORM.name)} && e.?value.orValue('') != ${celText(PLATFORM.value)})`),
      wrongAndRemedy: `doesn't tell Talos that it runs in a container, and it would take the disks of the node: set ${PLATFORM.name} to ${PLATFORM.value}`,
    },
    {
      name: 'mountPaths',
      field: 'volumeMounts',
      offenders: `variables.mounts.filter(m, !(m.mountPath in ${celList([...TALOS_MOUNT_PATHS, ...mountPaths])}))`
        + '.map(m, m.mountPath)',
      wrongAndRemedy: `is a path where Talos needs no volume, and could replace its programs: leave it out, or add it to ${option('mountPaths')}`,
    },
    {
      name: 'mountedVolumes',
      field: 'volumeMounts',
      offenders: `variables.mounts.filter(m, (m.mountPath in ${celList(Object.values(TalosMount))} && !(m.name in variables.dataVolumes)) `
        + `|| (m.mountPath == ${celText(EMBEDDED_CONFIG.directory)} && !(m.name in variables.configVolumes)) `
        + '|| m.?mountPropagation.orValue(\'None\') != \'None\').map(m, m.mountPath)',
      wrongAndRemedy: 'shows Talos another kind of volume than its own, or passes mounts on: use emptyDir or persistentVolumeClaim, without mountPropagation',
    },
    {
      name: 'messages',
      field: 'terminationMessagePath',
      // what the API server writes where there is none
      offenders: 'variables.talos.filter(c, c.?terminationMessagePath.orValue(\'/dev/termination-log\') != \'/dev/termination-log\')'
        + '.map(c, c.terminationMessagePath)',
      wrongAndRemedy: 'puts a file into a privileged container, and could replace its programs: leave it out',
    },
    {
      name: 'devices',
      field: 'volumeDevices',
      offenders: containersWith('variables.talos', 'c.?volumeDevices.orValue([]).size() > 0'),
      wrongAndRemedy: 'gives a privileged container a disk: mount a volume with a file system',
    },
    {
      name: 'sharedProcesses',
      field: 'spec',
      offenders: '!variables.isMachine ? [] : (object.spec.?shareProcessNamespace.orValue(false) ? [\'shareProcessNamespace\'] : []) '
        + `+ object.spec.?ephemeralContainers.orValue([]).filter(c, c.?targetContainerName.orValue('') == ${celText(TALOS_CONTAINER)}).map(c, c.name)`,
      wrongAndRemedy: 'joins the processes of a privileged container: leave out shareProcessNamespace, and \'--target\' of kubectl debug',
    },
    {
      name: 'debuggedVolumes',
      field: 'ephemeralContainers.volumeMounts',
      // the socket of containerd is in one of them
      offenders: containersWith('object.spec.?ephemeralContainers.orValue([])',
        'c.?volumeMounts.orValue([]).exists(m, variables.mounts.exists(t, t.name == m.name))'),
      wrongAndRemedy: 'shows a volume of a privileged container, by which it can be programmed: leave it out',
    },
  ];
}

function volumesWith(...kinds: string[]): string {
  return `object.spec.?volumes.orValue([]).filter(v, ${kinds.map((kind) => `has(v.${kind})`).join(' || ')}).map(v, v.name)`;
}
