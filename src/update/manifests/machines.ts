import SemVer from 'semver/classes/semver';
import parse from 'semver/functions/parse';
import { Manifest, nameOf } from './manifest';
import { ManifestSet } from './manifest-set';
import { machineConfigIn, textIn } from './secret-contents';
import { MachineConfig } from '../../machine-config/machine-config';
import { ClusterIdentity, identityIn } from '../../secrets/bundle/cluster-identity';
import { TalosRole } from '../../talos/talos-role';
import { TalosVersion } from '../../talos/talos-version';

const TALOS_CONTAINER = 'talos';
const KINDS = ['StatefulSet', 'Deployment', 'Pod'];

/** Where etcd keeps its data. */
const ETCD = '/var/lib/etcd';

/** What a directory has that nothing keeps. */
const NOTHING = 'nothing';

/** Machines as their workload and their Secret describe them. */
export class Machines {
  /** The machines that a workload runs, if it runs machines. */
  public static of(workload: Manifest, objects: ManifestSet): Machines | undefined {
    return KINDS.includes(workload.kind) && podOf(workload)?.containers?.some?.(({ name }: any) => name === TALOS_CONTAINER)
      ? new Machines(workload, objects)
      : undefined;
  }

  /** The Secret with their machine config, if they have one; another tool may make it. */
  public readonly secretName?: string;
  /** Their machine config, if it can be read. */
  public readonly config?: MachineConfig;
  /** The identity of their cluster, if their machine config can be read. */
  public readonly identity?: ClusterIdentity;
  private readonly container: any;

  private constructor(public readonly workload: Manifest, objects: ManifestSet) {
    this.container = podOf(workload).containers.find(({ name }: any) => name === TALOS_CONTAINER);
    const userData = this.container.env?.find(({ name }: any) => name === 'USERDATA')?.valueFrom?.secretKeyRef;
    this.secretName = userData?.name;
    const secret = userData && objects.secret(userData.name, workload);
    const text = secret && textIn(secret, userData.key);
    this.config = text === undefined ? undefined : machineConfigIn(text, this.talosVersion && knownRelease(this.talosVersion));
    this.identity = text === undefined ? undefined : identityIn(text);
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
    return this.workload.kind === 'Pod' ? 1 : this.workload.spec.replicas;
  }

  /** Whether they are control planes, by their machine config or label; false if nothing says so. */
  public get areControlPlanes(): boolean {
    return (this.config?.role ?? this.workload.metadata.labels?.['app.kubernetes.io/component']) === TalosRole.CONTROL_PLANE;
  }

  /** The release of Talos, if the tag of the image says it. */
  public get talosVersion(): SemVer | undefined {
    return parse(/:([^/@]+)(?:@|$)/.exec(String(this.container.image))?.[1]) ?? undefined;
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
    return podOf(this.workload).initContainers?.some?.(({ name }: any) => name === 'member-address') ?? false;
  }

  /** What keeps the data of etcd, in words; undefined if nothing does. */
  public get storage(): string | undefined {
    const { source, subPath } = this.volumeAt(ETCD);
    return source === NOTHING ? undefined : subPath === undefined ? source : `${source} (${subPath})`;
  }

  private volumeAt(directory: string): { readonly source: string; readonly subPath?: string } {
    const mounts: any[] = (this.container.volumeMounts ?? []).filter(({ mountPath }: any) => `${directory}/`.startsWith(`${mountPath}/`));
    const [mount] = mounts.sort((a, b) => b.mountPath.length - a.mountPath.length);
    return { source: mount ? this.sourceOf(mount.name) : NOTHING, subPath: mount?.subPath };
  }

  private sourceOf(name: string): string {
    const { kind, metadata, spec } = this.workload;
    if (kind === 'StatefulSet' && spec.volumeClaimTemplates?.some((claim: any) => claim.metadata?.name === name)) {
      return `claims ${name}-${metadata.name}-N`;
    }
    const volume = podOf(this.workload).volumes?.find((candidate: any) => candidate.name === name) ?? {};
    if (volume.persistentVolumeClaim) {
      return `claim ${volume.persistentVolumeClaim.claimName}`;
    }
    if (volume.hostPath) {
      return `the hosting node's ${volume.hostPath.path}`;
    }
    const [type] = Object.keys(volume).filter((key) => key !== 'name');
    return type === undefined || type === 'emptyDir' ? NOTHING : `volume ${name} (${type})`;
  }
}

function podOf({ kind, spec }: Manifest): any {
  return kind === 'Pod' ? spec : spec?.template?.spec;
}

function knownRelease({ version }: SemVer): TalosVersion | undefined {
  try {
    return TalosVersion.of(version);
  } catch {
    return undefined;
  }
}
