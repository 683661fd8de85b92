import { groupBy } from '../kubernetes/group-by';
import { MachineConfig } from '../machine-config/machine-config';
import { HostingNetwork } from '../network/hosting-network';
import { Machines } from '../update/manifests/machines';
import { Manifest } from '../update/manifests/manifest';
import { ManifestSet } from '../update/manifests/manifest-set';

/** What an app knows of a cluster beside its manifests. */
export interface Known {
  readonly hostingNetwork?: HostingNetwork;
  /** Machine configs by the name of the workload; manifests may have them sealed. */
  readonly configs?: ReadonlyMap<string, MachineConfig | undefined>;
}

/** The objects of a cluster. Machines of no cluster are one by themselves. */
export class ClusterObjects {
  /** Sorts objects by the clusters that they are of. What serves several, such as a namespace, is with each in its namespace. */
  public static in(objects: readonly Manifest[], known: Known = {}): ClusterObjects[] {
    const all = new ManifestSet(objects);
    const machines = objects.flatMap((object) => Machines.of(object, all) ?? []);
    const homes = homesOf(machines);
    return [...groupBy(machines, ({ workload }) => clusterId(workload, homes))].map(([id, own]) => {
      const namespaces = new Set(own.map(({ workload }) => workload.metadata.namespace));
      const isOwn = (object: Manifest) => nameOfCluster(object) === undefined
        ? namespaces.has(object.kind === 'Namespace' ? object.metadata.name : object.metadata.namespace) && !isOfOtherMachines(object, own, machines)
        : clusterId(object, homes) === id;
      return new ClusterObjects(nameOfCluster(own[0].workload), own, objects.filter(isOwn), known);
    });
  }

  private constructor(
    /** The name; undefined for machines of no cluster. */
    public readonly name: string | undefined,
    public readonly machines: readonly Machines[],
    public readonly objects: readonly Manifest[],
    private readonly known: Known,
  ) {}

  /** The control planes, of which a cluster has one group. */
  public get controlPlane(): Machines | undefined {
    return this.machines.find(({ areControlPlanes }) => areControlPlanes);
  }

  public get namespaces(): string[] {
    return [...new Set(this.machines.flatMap(({ workload }) => workload.metadata.namespace ?? []))];
  }

  public get hostingNetwork(): HostingNetwork | undefined {
    return this.known.hostingNetwork;
  }

  /** The machine config of machines, if it is known. */
  public configOf({ workload, config }: Machines): MachineConfig | undefined {
    return this.known.configs?.get(workload.metadata.name) ?? config;
  }

  public ofKind(...kinds: readonly string[]): Manifest[] {
    return this.objects.filter(({ kind }) => kinds.includes(kind));
  }
}

/** The cluster that an object says it is of. */
function nameOfCluster({ metadata }: Manifest): string | undefined {
  return metadata.labels?.['app.kubernetes.io/part-of'];
}

/** The namespaces of the control planes, by the name of the cluster: there may be two clusters of one name. */
function homesOf(machines: readonly Machines[]): Map<string | undefined, Set<string | undefined>> {
  const homes = new Map<string | undefined, Set<string | undefined>>();
  for (const { workload } of machines.filter(({ areControlPlanes }) => areControlPlanes)) {
    const name = nameOfCluster(workload);
    homes.set(name, (homes.get(name) ?? new Set()).add(workload.metadata.namespace));
  }
  return homes;
}

function clusterId(object: Manifest, homes: ReadonlyMap<string | undefined, ReadonlySet<string | undefined>>): string {
  const { name, namespace, labels } = object.metadata;
  const cluster = nameOfCluster(object);
  if (cluster === undefined) {
    return JSON.stringify([undefined, namespace, labels?.['app.kubernetes.io/instance'] ?? name]);
  }
  const namespaces = [...homes.get(cluster) ?? []];
  return JSON.stringify([cluster, namespaces.includes(namespace) ? namespace : namespaces[0]]);
}

/** Whether an object of no cluster belongs to other machines of no cluster. */
function isOfOtherMachines({ metadata }: Manifest, own: readonly Machines[], all: readonly Machines[]): boolean {
  const instance = metadata.labels?.['app.kubernetes.io/instance'];
  const instanceOf = ({ workload }: Machines) => workload.metadata.labels?.['app.kubernetes.io/instance'];
  return instance !== undefined && !own.some((machines) => instanceOf(machines) === instance)
    && all.some((machines) => instanceOf(machines) === instance);
}
