import { Machines } from './machines';
import { Manifest } from './manifest';
import { ManifestSet } from './manifest-set';
import { isAppliedByKubectl, isLive, withoutServerFields } from '../../kubernetes/server-fields';

/** The labels of objects that this library makes. */
const LABELS = ['app.kubernetes.io/name', 'app.kubernetes.io/part-of'];

/** Something before and after an update; only one side if it comes or goes. */
export interface Change<T> {
  readonly applied?: T;
  readonly wanted?: T;
}

/** Something that is there before and after an update. */
export type Both<T> = Required<Change<T>>;

/** An update of a cluster: the applied objects, and the wanted ones in their place. */
export class Update {
  /** Applied objects are as their manifests had them, without what an API server added. */
  public readonly objects: readonly Change<Manifest>[];
  /** Applied machines are as they are. */
  public readonly machines: readonly Change<Machines>[];
  /** The objects that are there before and after. */
  public readonly kept: readonly Both<Manifest>[];
  /** The machines that are there before and after. */
  public readonly keptMachines: readonly Both<Machines>[];
  public readonly applied: ManifestSet;
  public readonly wanted: ManifestSet;
  private readonly changes: ReadonlyMap<Manifest | undefined, Change<Manifest>>;
  private readonly machineChanges: ReadonlyMap<Manifest, Both<Machines>>;

  constructor(applied: readonly Manifest[], wanted: readonly Manifest[]) {
    this.applied = new ManifestSet(applied);
    this.wanted = new ManifestSet(wanted);
    const pairs = this.wanted.objects.map((object) => ({ applied: this.applied.counterpartOf(object), wanted: object }));
    const kept = new Set(pairs.map((pair) => pair.applied));
    const gone = this.applied.objects.filter((object) => !kept.has(object) && isFromManifest(object)).map((object) => ({ applied: object }));
    this.objects = [...pairs.map((pair) => ({ ...pair, applied: pair.applied && comparable(pair.applied, pair.wanted) })), ...gone];
    this.machines = pairMachines([...pairs, ...gone], this);
    this.kept = this.objects.filter(isBoth);
    this.keptMachines = this.machines.filter(isBoth);
    this.changes = new Map(this.objects.map((change) => [change.wanted, change]));
    this.machineChanges = new Map(this.keptMachines.map((change) => [change.wanted.workload, change]));
  }

  /** The change of an object. */
  public changeOf(wanted: Manifest): Change<Manifest> {
    return this.changes.get(wanted)!;
  }

  /** The change of the machines that a workload runs, if it runs any before and after. */
  public machineChangeOf(wanted: Manifest): Both<Machines> | undefined {
    return this.machineChanges.get(wanted);
  }
}

/** Machines of one name take each other's place, also as a workload of another kind. */
function pairMachines(objects: readonly Change<Manifest>[], update: Update): Change<Machines>[] {
  const applied = objects.flatMap((change) => change.applied ? Machines.of(change.applied, update.applied) ?? [] : []);
  const byWorkload = new Map(applied.map((machines) => [machines.workload, machines]));
  const byPlace = new Map([...applied].reverse().map((machines) => [machines.place, machines]));
  const pairs = objects.flatMap(({ applied: workload, wanted }): Change<Machines>[] => {
    const machines = wanted && Machines.of(wanted, update.wanted);
    return machines ? [{ applied: (workload && byWorkload.get(workload)) ?? byPlace.get(machines.place), wanted: machines }] : [];
  });
  const paired = new Set(pairs.map((pair) => pair.applied));
  const gone = applied.filter((machines) => !paired.has(machines));
  return [...pairs, ...gone.map((machines) => ({ applied: machines }))];
}

function isBoth<T>(change: Change<T>): change is Both<T> {
  return change.applied !== undefined && change.wanted !== undefined;
}

function comparable(applied: Manifest, wanted: Manifest): Manifest {
  return isLive(applied) ? withoutServerFields(applied, wanted) : applied;
}

/** Whether a manifest made the object; a namespace has others by itself. */
function isFromManifest(object: Manifest): boolean {
  return !isLive(object) || isAppliedByKubectl(object)
    || (object.kind !== 'PersistentVolumeClaim' && LABELS.some((label) => object.metadata.labels?.[label] !== undefined));
}
