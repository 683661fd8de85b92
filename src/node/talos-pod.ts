import { shortened, TalosError } from '../problem';
import { Rendering, RENDER_VOLUMES } from './rendered-config';
import { RoleFacts } from './role-profile';
import { TalosPodOptions } from './talos-pod-options';
import { Container, Protocol, SeccompProfileType, VolumeMount } from '../kubernetes/container';
import { requireContainer, requireInitContainer } from '../kubernetes/container-checks';
import { requireEnv } from '../kubernetes/environment-checks';
import { EnvVar } from '../kubernetes/environment-variables';
import { imageReference } from '../kubernetes/image-reference';
import { LabelSelector } from '../kubernetes/label-selector';
import { unlessEmpty } from '../kubernetes/manifest';
import { podContainer, PodTemplateSpec, podVolume } from '../kubernetes/pod-template';
import { requireResources } from '../kubernetes/resource-checks';
import { Affinity, PodAffinity, PodAffinityTerm } from '../kubernetes/scheduling';
import { requireScheduling } from '../kubernetes/scheduling-checks';
import { requireAbsolutePath, requireAnnotations, requireDnsSubdomain, requireLabels, requireUnique } from '../kubernetes/syntax';
import { Volume } from '../kubernetes/volume';
import { requireVolume } from '../kubernetes/volume-checks';
import { KeyToPath } from '../kubernetes/volume-files';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import { EMBEDDED_CONFIG } from '../talos/embedded-config';
import { TALOS_IMAGE } from '../talos/talos-images';

/** The Secret with the machine config. */
export interface UserDataSource {
  readonly secretName: string;
  /** The key whose value becomes `USERDATA`. */
  readonly key: string;
  /** The machine configs of single machines, which come before `USERDATA`: files in directories with the names of their pods. */
  readonly ownConfigs?: KeyToPath[];
}

/** What pods get from their node. */
export interface TalosPodFacts {
  readonly imageTag: string;
  readonly role: RoleFacts;
  /** Where the machine config comes from. */
  readonly machineConfig?: UserDataSource | Rendering;
  readonly readOnlyRootFilesystem: boolean;
  readonly selectorLabels: { readonly [key: string]: string };
  readonly labels: { readonly [key: string]: string };
  readonly annotations: { readonly [key: string]: string };
  readonly volumes: Volume[];
  /** Volumes that come from the claim templates of a StatefulSet. */
  readonly claimedVolumeNames: string[];
  readonly volumeMounts: VolumeMount[];
  /** The container that checks the hosting node first. */
  readonly preflight?: Container;
}

/** The name of the container that is Talos. */
export const TALOS_CONTAINER = 'talos';

/** How Talos knows where it runs: elsewhere, it takes the disks that it finds. */
export const PLATFORM = { name: 'PLATFORM', value: 'container' };

/** The directory of a single machine's own config; the kubelet makes an empty one for a machine that has none. */
const OWN_CONFIG = { name: RENDER_VOLUMES.result, mountPath: EMBEDDED_CONFIG.directory, subPathExpr: '$(POD_NAME)', readOnly: true };

/** The pod template of a Talos node. */
export class TalosPod {
  private readonly image: string;
  private readonly gracePeriodSeconds: number;
  private readonly preStopSleepSeconds: number;
  private readonly env: EnvVar[] = [PLATFORM];
  private readonly volumes: Volume[] = [];
  private readonly volumeMounts: VolumeMount[] = [];
  private readonly initContainers: Container[] = [];
  private readonly containers: Container[] = [];

  constructor(private readonly facts: TalosPodFacts, private readonly options: TalosPodOptions) {
    const { registry, repository = TALOS_IMAGE.repository, tag = facts.imageTag, digest } = options.image ?? {};
    this.image = imageReference('image', { registry, repository, tag, digest }, TALOS_IMAGE.registry);
    this.preStopSleepSeconds = wholeSeconds('preStopSleep', options.preStopSleep, 0) ?? facts.role.preStopSleepSeconds;
    this.gracePeriodSeconds = wholeSeconds('terminationGracePeriod', options.terminationGracePeriod, 1) ?? facts.role.gracePeriodSeconds;
    if (this.preStopSleepSeconds >= this.gracePeriodSeconds) {
      throw new TalosError('talos:conflicting-properties', `'preStopSleep' (${this.preStopSleepSeconds}s) leaves nothing of 'terminationGracePeriod' (${this.gracePeriodSeconds}s): make it shorter`);
    }
    requireResources('resources', options.resources);
    requireScheduling(options);
    requireLabels('labels', options.labels ?? {}, facts.selectorLabels);
    requireAnnotations('annotations', options.annotations ?? {});
    options.imagePullSecrets?.forEach((name) => requireDnsSubdomain('imagePullSecrets', name));
    requireUnique('imagePullSecrets', options.imagePullSecrets ?? []);

    if (facts.machineConfig && 'secretName' in facts.machineConfig) {
      this.readUserData(facts.machineConfig);
    }
    const rendering = facts.machineConfig && 'initContainer' in facts.machineConfig ? facts.machineConfig : undefined;
    this.volumes.push(...rendering?.volumes ?? []);
    this.volumeMounts.push(...rendering?.volumeMounts ?? []);
    options.env?.forEach((variable) => this.addEnv(variable));
    options.volumes?.forEach((volume) => this.addVolume(volume));
    options.volumeMounts?.forEach((mount) => this.addVolumeMount(mount));
    [facts.preflight ?? [], rendering?.initContainer ?? [], options.initContainers ?? []].flat()
      .forEach((container) => this.addInitContainer(container));
    options.containers?.forEach((container) => this.addContainer(container));
  }

  public addEnv(variable: EnvVar): void {
    if (variable.name === 'USERDATA') {
      throw new TalosError('talos:conflicting-properties', '\'env\' sets USERDATA: give the machine config to \'machineConfig\', for example by TalosMachineConfig.fromSecretName()');
    }
    requireEnv('env', [...this.env, variable]);
    this.env.push(variable);
  }

  public addVolume(volume: Volume): void {
    requireVolume(volume);
    if (this.volumeNames.includes(volume.name)) {
      throw new TalosError('talos:name-taken', `'volumes' has the name '${volume.name}' twice: choose a name other than ${this.volumeNames.join(', ')}`);
    }
    this.volumes.push(volume);
  }

  public addVolumeMount(mount: VolumeMount): void {
    this.requireMounts('volumeMounts', [...this.facts.volumeMounts, ...this.volumeMounts, mount]);
    this.volumeMounts.push(mount);
  }

  public addInitContainer(container: Container): void {
    requireInitContainer('initContainers', container, this.gracePeriodSeconds);
    this.requireFit('initContainers', container);
    this.initContainers.push(container);
  }

  public addContainer(container: Container): void {
    requireContainer('containers', container, this.gracePeriodSeconds);
    this.requireFit('containers', container);
    this.containers.push(container);
  }

  public toTemplate(): PodTemplateSpec {
    const { facts, options } = this;
    return {
      metadata: {
        labels: { ...facts.selectorLabels, ...facts.labels, ...options.labels },
        annotations: unlessEmpty({ ...facts.annotations, ...options.annotations }),
      },
      spec: {
        // hundreds of variables for the namespace's Services would share the space of USERDATA
        enableServiceLinks: false,
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: this.gracePeriodSeconds,
        imagePullSecrets: unlessEmpty(options.imagePullSecrets?.map((name) => ({ name }))),
        nodeSelector: unlessEmpty(options.nodeSelector),
        tolerations: unlessEmpty(options.tolerations),
        affinity: options.affinity && this.affinity(options.affinity),
        topologySpreadConstraints: unlessEmpty(options.topologySpreadConstraints?.map((constraint) => this.withOwnPods(constraint))),
        priorityClassName: options.priorityClassName,
        runtimeClassName: options.runtimeClassName,
        initContainers: unlessEmpty(this.initContainers.map(podContainer)),
        containers: [this.talosContainer(), ...this.containers].map(podContainer),
        volumes: [...facts.volumes, ...this.volumes].map(podVolume),
      },
    };
  }

  private readUserData({ secretName, key, ownConfigs: items }: UserDataSource): void {
    this.env.push({ name: 'USERDATA', valueFrom: { secretKeyRef: { name: secretName, key } } });
    if (items) {
      this.env.push({ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } });
      this.volumes.push({ name: OWN_CONFIG.name, secret: { secretName, items, defaultMode: 0o400 } });
      this.volumeMounts.push(OWN_CONFIG);
    }
  }

  private talosContainer(): Container {
    const { facts, options } = this;
    return {
      name: TALOS_CONTAINER,
      image: this.image,
      imagePullPolicy: options.imagePullPolicy,
      env: this.env,
      ports: facts.role.ports.map(({ name, port }) => ({ name, containerPort: port, protocol: Protocol.TCP })),
      resources: unlessEmpty(options.resources ?? facts.role.resources),
      securityContext: {
        privileged: true,
        readOnlyRootFilesystem: facts.readOnlyRootFilesystem,
        seccompProfile: { type: SeccompProfileType.UNCONFINED },
      },
      ...facts.role.probes,
      lifecycle: this.preStopSleepSeconds > 0 ? { preStop: { sleep: { seconds: this.preStopSleepSeconds } } } : undefined,
      volumeMounts: [...facts.volumeMounts, ...this.volumeMounts],
    };
  }

  private get volumeNames(): string[] {
    return [...this.facts.volumes, ...this.volumes].map((volume) => volume.name).concat(this.facts.claimedVolumeNames);
  }

  private requireFit(property: string, container: Container): void {
    const names = [TALOS_CONTAINER, ...this.initContainers.map((other) => other.name), ...this.containers.map((other) => other.name)];
    if (names.includes(container.name)) {
      throw new TalosError('talos:name-taken', `'${property}' has the name '${container.name}' twice: choose a name other than ${names.join(', ')}`);
    }
    this.requireMounts(`${property}.volumeMounts`, container.volumeMounts ?? []);
  }

  private requireMounts(property: string, mounts: VolumeMount[]): void {
    const paths = new Set<string>();
    for (const mount of mounts) {
      requireAbsolutePath(`${property}.mountPath`, mount.mountPath);
      const path = mount.mountPath.replace(/(?<!\/)\/+$/, '');
      if (paths.has(path)) {
        throw new TalosError('talos:invalid-value', `'${property}' has the path ${shortened(mount.mountPath)} twice: mount one volume there`);
      }
      paths.add(path);
      if (mount.subPath !== undefined && (mount.subPath.startsWith('/') || mount.subPath.split('/').includes('..'))) {
        throw new TalosError('talos:invalid-value', `'${property}' has the sub-path '${shortened(mount.subPath)}': give a relative path without '..'`);
      }
      if (!this.volumeNames.includes(mount.name)) {
        throw new TalosError('talos:invalid-value', `'${property}' mounts the volume '${shortened(mount.name)}', which the pod doesn't have: add it first, or choose one of ${this.volumeNames.join(', ')}`);
      }
    }
  }

  /** A term without a selector means the node's own pods. */
  private withOwnPods<T extends { readonly labelSelector?: LabelSelector }>(term: T): T {
    return { ...term, labelSelector: term.labelSelector ?? { matchLabels: this.facts.selectorLabels } };
  }

  private affinity(affinity: Affinity): Affinity {
    return {
      ...affinity,
      podAffinity: affinity.podAffinity && this.podAffinity(affinity.podAffinity),
      podAntiAffinity: affinity.podAntiAffinity && this.podAffinity(affinity.podAntiAffinity),
    };
  }

  private podAffinity(affinity: PodAffinity): PodAffinity {
    return {
      requiredDuringSchedulingIgnoredDuringExecution: affinity.requiredDuringSchedulingIgnoredDuringExecution
        ?.map((term: PodAffinityTerm) => this.withOwnPods(term)),
      preferredDuringSchedulingIgnoredDuringExecution: affinity.preferredDuringSchedulingIgnoredDuringExecution
        ?.map(({ weight, podAffinityTerm }) => ({ weight, podAffinityTerm: this.withOwnPods(podAffinityTerm) })),
    };
  }
}
