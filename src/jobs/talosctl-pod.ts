import { JobImages } from './tool-images';
import { CONFINED, CONFINED_POD, NONROOT } from '../kubernetes/confined';
import { Container, VolumeMount } from '../kubernetes/container';
import { EnvVar } from '../kubernetes/environment-variables';
import { unlessEmpty } from '../kubernetes/manifest';
import { PodTemplateSpec, podVolume, PodVolume } from '../kubernetes/pod-template';
import { EmptyDirMedium } from '../kubernetes/volume';

/** Files for the container with talosctl: where they are, what writes them, and the environment variables that go with them. */
export interface MountedFiles {
  readonly volumes: PodVolume[];
  readonly volumeMounts: VolumeMount[];
  readonly initContainers?: Container[];
  readonly env?: EnvVar[];
}

/** What a pod with talosctl runs, and what it has. */
export interface TalosctlPodOptions extends JobImages {
  readonly labels: { readonly [key: string]: string };
  /** A shell script, which has busybox in `/tools` and an empty, writable `/scratch` in memory. */
  readonly script: string;
  readonly files?: MountedFiles[];
  /** The account with which the script uses the API of the hosting cluster, by `/tools/kubectl`; it can't by default. */
  readonly serviceAccountName?: string;
  /** The memory that the container with talosctl may use; 128Mi by default. */
  readonly memoryLimit?: string;
  /** Whether a container that fails starts again in its pod, as it does by default, or stays for others to read what it printed. */
  readonly restartPolicy?: 'OnFailure' | 'Never';
}

const RESOURCES = { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } };

/** What kubectl looks for: Kubernetes itself would give it to every container of the pod. */
const ACCOUNT: MountedFiles = {
  volumes: [podVolume({
    name: 'account',
    projected: {
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardApi: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
      ],
    },
  })],
  volumeMounts: [{ name: 'account', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true }],
};

/**
 * The keys of a Secret as files.
 *
 * @param keys the keys without which the pod waits; all that are there by default
 */
export function secretFiles(mountPath: string, secretName: string, keys?: string[]): MountedFiles {
  const name = mountPath.slice(1);
  const items = keys?.map((key) => ({ key, path: key }));
  return { volumes: [{ name, secret: { secretName, items } }], volumeMounts: [{ name, mountPath, readOnly: true }] };
}

/** An init container that copies files of an image to `/tools`. */
export function copyTool(name: string, image: string, busybox: string, ...files: string[]): Container {
  return {
    name,
    image,
    command: [busybox, 'cp', ...files, '/tools/'],
    resources: RESOURCES,
    securityContext: CONFINED,
    volumeMounts: [{ name: 'tools', mountPath: '/tools' }],
  };
}

/**
 * A pod that runs a script with talosctl. The image of talosctl has no shell, so an init container adds a static one, and another one kubectl where
 * the script uses it.
 */
export function talosctlPod(options: TalosctlPodOptions): PodTemplateSpec {
  const { labels, script, serviceAccountName, memoryLimit = RESOURCES.limits.memory } = options;
  const usesKubernetes = serviceAccountName !== undefined;
  const files = [...options.files ?? [], ...usesKubernetes ? [ACCOUNT] : []];
  return {
    metadata: { labels },
    spec: {
      restartPolicy: options.restartPolicy ?? 'OnFailure',
      // a script can end at any time, and the shell doesn't pass the signal on to what it waits for
      terminationGracePeriodSeconds: 1,
      serviceAccountName,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      imagePullSecrets: unlessEmpty(options.imagePullSecrets?.map((name) => ({ name }))),
      securityContext: { fsGroup: NONROOT, ...CONFINED_POD },
      initContainers: [
        copyTool('shell', options.busyboxImage, '/bin/busybox', '/bin/busybox'),
        ...usesKubernetes ? [copyTool('kubectl', options.kubectlImage, '/tools/busybox', '/bin/kubectl')] : [],
        ...files.flatMap(({ initContainers = [] }) => initContainers),
      ],
      containers: [{
        name: 'talosctl',
        image: options.talosctlImage,
        command: ['/tools/busybox', 'sh', '-c', script],
        env: unlessEmpty(files.flatMap(({ env = [] }) => env)),
        resources: { ...RESOURCES, limits: { memory: memoryLimit } },
        securityContext: CONFINED,
        volumeMounts: [
          { name: 'tools', mountPath: '/tools', readOnly: true },
          { name: 'scratch', mountPath: '/scratch' },
          ...files.flatMap(({ volumeMounts }) => volumeMounts),
        ],
      }],
      volumes: [
        { name: 'tools', emptyDir: {} },
        { name: 'scratch', emptyDir: { medium: EmptyDirMedium.MEMORY, sizeLimit: '8Mi' } },
        ...files.flatMap(({ volumes }) => volumes),
      ],
    },
  };
}
