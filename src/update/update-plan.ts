import { isAppliedByKubectl, isLive } from '../kubernetes/server-fields';
import { Manifest, nameOf } from './manifests/manifest';
import { keysOf, textIn } from './manifests/secret-contents';
import { Update } from './manifests/update';
import { machineSentences } from './plan/machine-sentences';
import { PlannedAction, PlannedObject } from './plan/planned-object';
import { plannedObjects } from './plan/planned-objects';
import { riskName, UpdateRisk } from './rules/update-risk';
import { UPDATE_RULES } from './rules/update-rules';

/**
 * A risk of an update.
 */
export interface PlannedRisk {
  /** What it is. */
  readonly risk: UpdateRisk;

  /** What is wrong, with the object and its values. Contains no secrets. */
  readonly problem: string;

  /** The safe way to the same end. */
  readonly remedy: string;

  /** Whether the user allows it. */
  readonly isAllowed: boolean;
}

const SIGNS: { readonly [action in PlannedAction]: string } = {
  [PlannedAction.CREATE]: '+',
  [PlannedAction.CHANGE]: '~',
  [PlannedAction.REPLACE]: '-/+',
  [PlannedAction.DELETE]: '-',
  [PlannedAction.UNCHANGED]: '=',
};

/**
 * What an apply will do, before it does it. It comes from `UpdateCheck.plan()`, and contains no secrets.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { TalosNode, UpdateCheck } from 'cdk8s-talos';
 *
 * const chart = new Chart(new App(), 'talos', { namespace: 'talos' });
 * new TalosNode(chart, 'node');
 * const plan = new UpdateCheck(chart, 'update-check', { applied: ['applied/talos.k8s.yaml'] }).plan();
 * const words = plan.toString();
 */
export class UpdatePlan {
  /**
   * Compares manifests.
   *
   * @internal
   */
  public static _of(applied: readonly Manifest[], wanted: readonly Manifest[], allow: readonly UpdateRisk[], notes: string[] = []): UpdatePlan {
    const update = new Update(applied, wanted);
    const risks = risksOf(update, allow);
    const unused = allow.filter((risk) => !risks.some((found) => found.risk === risk));
    return new UpdatePlan(risks, plannedObjects(update), machineSentences(update), [
      ...notes,
      ...unreadable(update),
      ...unclear(update, applied),
      ...unused.map((risk) => `'allow' has UpdateRisk.${riskName(risk)}, which this update doesn't have: remove it, so that it can't hide the next one`),
    ]);
  }

  /**
   * The risks alone, for which synthesis asks with each chart.
   *
   * @internal
   */
  public static _risksOf(applied: readonly Manifest[], wanted: readonly Manifest[], allow: readonly UpdateRisk[]): PlannedRisk[] {
    return risksOf(new Update(applied, wanted), allow);
  }

  /** The risks, the worst first; also those that are allowed. */
  public readonly risks: PlannedRisk[];

  /** All objects, and what happens to them. */
  public readonly objects: PlannedObject[];

  /** What happens to machines, certificates and Jobs: a sentence for each. */
  public readonly machines: string[];

  /** What isn't known, for example because a Secret is encrypted. */
  public readonly notes: string[];

  private constructor(risks: PlannedRisk[], objects: PlannedObject[], machines: string[], notes: string[]) {
    this.risks = risks;
    this.objects = objects;
    this.machines = machines;
    this.notes = notes;
  }

  /** Whether an apply would change anything. */
  public get hasChanges(): boolean {
    return this.objects.some(({ action }) => action !== PlannedAction.UNCHANGED);
  }

  /** The plan as plain text: risks, machines, objects that change, their number, notes. */
  public toString(): string {
    const { risks, machines, objects, notes } = this;
    const changed = objects.filter(({ action }) => action !== PlannedAction.UNCHANGED);
    return [
      ...section('Risks', risks.map(({ risk, problem, remedy, isAllowed }) => `${isAllowed ? 'allowed' : 'REFUSED'} ${riskName(risk)}: ${problem}: ${remedy}`)),
      ...section('Machines', machines),
      ...section('Objects', changed.flatMap(({ kind, name, namespace, action, details }) =>
        [`${SIGNS[action]} ${kind} ${name}${namespace === undefined ? '' : ` (${namespace})`}`, ...details.map((detail) => `    ${detail}`)])),
      ...section('Notes', notes),
      this.summary,
    ].join('\n');
  }

  private get summary(): string {
    const count = (wanted: PlannedAction) => this.objects.filter(({ action }) => action === wanted).length;
    return this.hasChanges
      ? `${count(PlannedAction.CREATE)} to create, ${count(PlannedAction.CHANGE)} to change, ${count(PlannedAction.REPLACE)} to replace, `
        + `${count(PlannedAction.DELETE)} to delete, ${count(PlannedAction.UNCHANGED)} unchanged`
      : `nothing changes: ${count(PlannedAction.UNCHANGED)} objects`;
  }
}

function risksOf(update: Update, allow: readonly UpdateRisk[]): PlannedRisk[] {
  return UPDATE_RULES.flatMap(({ risk, find }) => find(update).map((finding) => ({ risk, ...finding, isAllowed: allow.includes(risk) })));
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`), ''];
}

/** Encrypted and sealed Secrets, and machine configs that another tool makes. */
function unreadable({ kept, machines }: Update): string[] {
  const secrets = kept.filter(({ wanted }) => wanted.kind === 'Secret')
    .filter(({ applied, wanted }) => keysOf(wanted).some((key) => textIn(wanted, key) !== undefined && textIn(applied, key) === undefined))
    .map(({ wanted }) => nameOf(wanted));
  const unknown = machines.flatMap(({ applied, wanted }) => [applied, wanted])
    .flatMap((side) => side?.configName !== undefined && !side.config ? [side.configName] : []);
  const names = [...new Set([...secrets, ...unknown])];
  return names.length === 0 ? [] : [`what changes in these isn't known, as they are missing, encrypted or made elsewhere: ${names.join(', ')}`];
}

/** Without kubectl's annotation, a default can't be told from a field that the manifests no longer have. */
function unclear({ wanted }: Update, applied: readonly Manifest[]): string[] {
  return applied.some((object) => isLive(object) && !isAppliedByKubectl(object) && wanted.counterpartOf(object))
    ? ['what another tool than `kubectl apply` has applied doesn\'t show which of its fields are defaults: fields that the manifests no longer have may be missing here']
    : [];
}
