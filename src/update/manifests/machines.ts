import SemVer from 'semver/classes/semver';
import parse from 'semver/functions/parse';
import { fieldsOf, objectsOf, textFieldsOf, textOf } from './fields';
import { Manifest, nameOf } from './manifest';
import { ManifestSet } from './manifest-set';
import { identityAt, machineConfigAt } from './secret-contents';
import { BUNDLE_VOLUME, COMMON_TEMPLATE, TEMPLATE_VOLUME, TEXTS_VOLUME } from '../../machine-config/config-template';
import { MachineConfig } from '../../machine-config/machine-config';
import { ClusterIdentity } from '../../secrets/bundle/cluster-identity';
import { TalosRole } from '../../talos/talos-role';
import { TalosVersion } from '../../talos/talos-version';

const TALOS_CONTAINER = 'talos';
const KINDS = ['StatefulSet', 'Deployment', 'Pod'];

/** Where etcd keeps its data. */
const ETCD = '/var/lib/etcd';

/** Where Talos keeps the machine config with which a machine started. */
const STATE = '/system/state';

/** What a directory has that nothing keeps. */
const NOTHING = 'nothing';

/** What a directory has that is on the hosting node, before the path. */
const ON_NODE = 'the hosting node\'s ';

/** Machines as their workload and the object with their machine config describe them. */
export class Machines {
  /** The machines that a workload runs, if it runs machines. */
  public static of(workload: Manifest, objects: ManifestSet): Machines | undefined {
    return KINDS.includes(workload.kind) && objectsOf(podOf(workload).containers).some(({ name }) => name === TALOS_CONTAINER)
      ? new Machines(workload, objects)
      : undefined;
  }

  /** Kind and name of the object with their machine config, if they have one; another tool may make it. */
  public readonly configName?: string;
  /** Its key there. */
  public readonly configKey?: string;
  /** The Secret that brings the keys into their machine config when they start, if synthesis didn't see them. */
  public readonly bundleSecretName?: string;
  /** The Secrets with texts for their machine config. */
  public readonly textSecretNames: readonly string[];
  /** Their machine config, if it can be read. */
  public readonly config?: MachineConfig;
  /** The identity of their cluster, if their machine config can be read. */
  public readonly identity?: ClusterIdentity;
  private readonly container: any;

  private constructor(public readonly workload: Manifest, objects: ManifestSet) {
    this.container = objectsOf(podOf(workload).containers).find(({ name }) => name === TALOS_CONTAINER);
    const source = this.configSource;
    this.configName = source && `${source.kind} ${source.name}`;
    this.configKey = source?.key;
    this.bundleSecretName = this.volume(BUNDLE_VOLUME)?.secret?.secretName;
    this.textSecretNames = objectsOf(fieldsOf(this.volume(TEXTS_VOLUME)?.projected).sources)
      .flatMap(({ secret }) => textOf(fieldsOf(secret).name) ?? []);
    const object = source && objects.data(source.kind, source.name, workload);
    this.config = object && machineConfigAt(object, source.key, this.talosVersion && knownRelease(this.talosVersion));
    // a template without keys is of any cluster
    this.identity = object && this.bundleSecretName === undefined ? identityAt(object, source.key, this.config) : undefined;
  }

  /** For a message. */
  public get name(): string {
    return nameOf(this.workload);
  }

  /** Namespace and name. */
  public get place(): string {
    return `${this.workload.metadata.namespace ?? ''}/${this.workload.metadata.name}`;
  }

  /** How many there are; undefined if the manifest leaves that to others. */
  public get replicas(): number | undefined {
    const { replicas } = this.workload.spec;
    return this.workload.kind === 'Pod' ? 1 : typeof replicas === 'number' ? replicas : undefined;
  }

  /** The labels of their pods. */
  public get podLabels(): { readonly [key: string]: string } {
    const { kind, metadata, spec } = this.workload;
    return textFieldsOf(kind === 'Pod' ? metadata.labels : fieldsOf(spec.template.metadata).labels);
  }

  /** The ports on which they say that they listen. */
  public get ports(): { readonly name?: string; readonly containerPort: number; readonly protocol: string }[] {
    return objectsOf(this.container.ports).map(({ name, containerPort, protocol }) => ({ name: textOf(name), containerPort, protocol: protocol ?? 'TCP' }));
  }

  /** Whether they are control planes, by their machine config or label; false if nothing says so. */
  public get areControlPlanes(): boolean {
    return (this.config?.role ?? this.workload.metadata.labels?.['app.kubernetes.io/component']) === TalosRole.CONTROL_PLANE;
  }

  /** The release of Talos, if the tag of the image says it. */
  public get talosVersion(): SemVer | undefined {
    return parse(/(?:^|[/@])[^/@:]*:([^/@]+)(?:@|$)/.exec(String(this.container.image))?.[1]) ?? undefined;
  }

  /** The release of the kubelet. */
  public get kubeletVersion(): SemVer | undefined {
    return parse(this.config?._facts.kubernetesVersion) ?? undefined;
  }

  /** The release of the Kubernetes API. */
  public get apiServerVersion(): SemVer | undefined {
    return this.areControlPlanes ? parse(this.config?._facts.apiServerVersion) ?? undefined : undefined;
  }

  /** Whether the members of etcd know each other by the addresses of Services. */
  public get haveStableAddresses(): boolean {
    return objectsOf(podOf(this.workload).initContainers).some(({ name }) => name === 'member-address');
  }

  /** What keeps the data of etcd, in words; undefined if nothing does. */
  public get storage(): string | undefined {
    const { source, subPath } = this.volumeAt(ETCD);
    return source === NOTHING ? undefined : subPath === undefined ? source : `${source} (${subPath})`;
  }

  /** Where the data of etcd is. */
  public get dataPlace(): 'claim' | 'hosting node' | 'pod' {
    const { storage } = this;
    return storage === undefined ? 'pod' : storage.startsWith(ON_NODE) ? 'hosting node' : 'claim';
  }

  /** Whether machines have the machine config of their first start in new pods, too. */
  public get keepConfig(): boolean {
    return this.volumeAt(STATE).source !== NOTHING;
  }

  /** What tells the cluster of machines from others; undefined if nothing is known of it. */
  public get cluster(): string | undefined {
    return this.identity?.id ?? (this.bundleSecretName && this.config?._facts.clusterName);
  }

  /** Where the machine config is. */
  private get configSource(): { readonly kind: 'Secret' | 'ConfigMap'; readonly name: string; readonly key: string } | undefined {
    const { configMap, secret } = this.volume(TEMPLATE_VOLUME) ?? {};
    if (textOf(configMap?.name)) {
      return { kind: 'ConfigMap', name: configMap.name, key: COMMON_TEMPLATE };
    }
    if (textOf(secret?.secretName)) {
      return { kind: 'Secret', name: secret.secretName, key: COMMON_TEMPLATE };
    }
    const userData = fieldsOf(objectsOf(this.container.env).find(({ name }) => name === 'USERDATA')?.valueFrom).secretKeyRef;
    return textOf(userData?.name) ? { kind: 'Secret', name: userData.name, key: userData.key } : undefined;
  }

  private volume(name: string): any {
    return objectsOf(podOf(this.workload).volumes).find((candidate) => candidate.name === name);
  }

  private volumeAt(directory: string): { readonly source: string; readonly subPath?: string } {
    const mounts = objectsOf(this.container.volumeMounts).filter(({ mountPath }) => `${directory}/`.startsWith(`${mountPath}/`));
    const [mount] = mounts.sort((a, b) => b.mountPath.length - a.mountPath.length);
    return { source: mount ? this.sourceOf(mount.name) : NOTHING, subPath: mount?.subPath };
  }

  private sourceOf(name: string): string {
    const { kind, metadata, spec } = this.workload;
    if (kind === 'StatefulSet' && objectsOf(spec.volumeClaimTemplates).some((claim) => claim.metadata?.name === name)) {
      return `claims ${name}-${metadata.name}-N`;
    }
    const volume = this.volume(name) ?? {};
    if (volume.persistentVolumeClaim) {
      return `claim ${volume.persistentVolumeClaim.claimName}`;
    }
    if (volume.hostPath) {
      return `${ON_NODE}${volume.hostPath.path}`;
    }
    const [type] = Object.keys(volume).filter((key) => key !== 'name');
    return type === undefined || type === 'emptyDir' ? NOTHING : `volume ${name} (${type})`;
  }
}

function podOf({ kind, spec }: Manifest): any {
  return fieldsOf(kind === 'Pod' ? spec : fieldsOf(fieldsOf(spec).template).spec);
}

function knownRelease({ version }: SemVer): TalosVersion | undefined {
  try {
    return TalosVersion.of(version);
  } catch {
    return undefined;
  }
}
