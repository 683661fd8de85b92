import { Construct, IConstruct } from 'constructs';
import { readText } from '../input';
import { DOCS, problem, TalosError } from '../problem';

const WARNING = 'cdk8s-talos:warning';
const ACKNOWLEDGED = 'cdk8s-talos:acknowledged';

/** What makes warnings errors. */
const STRICT_CONTEXT = 'cdk8s-talos:strict';
const STRICT_VARIABLE = 'CDK8S_TALOS_STRICT';

const ID = /^talos:[a-z0-9]+(-[a-z0-9]+)*$/;
const HINT = `Each ID is explained in ${DOCS}/warnings.md. If a warning doesn't concern you: Warnings.of(construct).acknowledge(id, reason)`;

/** The roots of the trees that have printed the hint. */
const hinted = new WeakSet<IConstruct>();

/** What else the first print of a tree says, by the root of the tree. */
const hints = new WeakMap<IConstruct, Set<string>>();

/**
 * The warnings of a construct and of all constructs below it.
 *
 * A warning ends with its ID, for example `[talos:made-elsewhere]`; docs/warnings.md lists all of them. Synthesis prints each one once, and fails
 * instead if the environment variable `CDK8S_TALOS_STRICT` or the context `cdk8s-talos:strict` is `true`.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { TalosNode, TalosVersion, Warnings } from 'cdk8s-talos';
 *
 * const node = new TalosNode(new Chart(new App(), 'talos'), 'node', { talosVersion: TalosVersion.V1_14 });
 * Warnings.of(node).acknowledge('talos:release-with-conditions', 'all hosting nodes run Linux 6.15');
 */
export class Warnings {
  /**
   * The warnings of a construct and of all constructs below it.
   *
   * @param construct the construct, for example a chart or the app
   * @throws if it isn't a construct
   */
  public static of(construct: IConstruct): Warnings {
    if (!Construct.isConstruct(construct)) {
      throw new TalosError('talos:invalid-value', '\'construct\' is not a construct: give the app, a chart or a construct in one');
    }
    return new Warnings(construct);
  }

  private constructor(private readonly construct: IConstruct) {}

  /**
   * Accepts the warnings that have this ID, also those that come later: they are neither printed nor errors. The metadata entry
   * `cdk8s-talos:acknowledged` of the construct keeps the ID and the reason.
   *
   * @param id the ID at the end of the warning, without brackets
   * @param reason why the warning doesn't matter here
   * @throws if `id` doesn't have the form of an ID, or there is no reason
   */
  public acknowledge(id: string, reason: string): void {
    if (!ID.test(readText('id', id))) {
      throw new TalosError('talos:invalid-value', problem('id', id, 'is not the ID of a warning: give the one at the end of the warning, for example talos:made-elsewhere'));
    }
    if (readText('reason', reason).trim() === '') {
      throw new TalosError('talos:missing-property', '\'reason\' is empty: say why the warning doesn\'t matter here');
    }
    this.construct.node.addMetadata(ACKNOWLEDGED, { id, reason });
  }
}

/** Warns of something in a construct, at the next synthesis. The ID is stable, and docs/warnings.md explains it. */
export function warn(construct: IConstruct, id: string, message: string): void {
  if (warningsOf(construct).length === 0) {
    const printed = new Set<string>();
    construct.node.addValidation({ validate: () => report(construct, printed) });
  }
  construct.node.addMetadata(WARNING, withId(id, message));
}

/** Adds a line to the first print of a tree. It is no warning: without one, nothing is printed. */
export function addHint(construct: IConstruct, hint: string): void {
  const { root } = construct.node;
  hints.set(root, new Set([...hints.get(root) ?? [], hint]));
}

/** Warns of something that belongs to no construct, such as a file, at once. */
export function warnAtOnce(id: string, message: string): void {
  print(withId(id, message));
}

/** Prints the warnings of a construct that aren't in `printed`, and adds them; returns all of them as errors instead where they are errors. */
function report(construct: IConstruct, printed: Set<string>): string[] {
  const warnings = warningsOf(construct).filter((warning) => !isAcknowledged(construct, warning));
  const cause = causeOfErrors(construct);
  if (cause !== undefined) {
    return warnings.map((warning) => `${warning} (an error because of ${cause}: resolve it, or acknowledge it by Warnings.of())`);
  }
  const unprinted = warnings.filter((warning) => !printed.has(warning));
  if (unprinted.length > 0) {
    const { path, root } = construct.node;
    print([`${path}:`, ...unprinted, ...hinted.has(root) ? [] : [HINT, ...hints.get(root) ?? []]].join('\n  '));
    unprinted.forEach((warning) => printed.add(warning));
    hinted.add(root);
  }
  return [];
}

function warningsOf(construct: IConstruct): string[] {
  return [...new Set(dataOf(construct, WARNING).map(String))];
}

function isAcknowledged(construct: IConstruct, warning: string): boolean {
  return construct.node.scopes.flatMap((scope) => dataOf(scope, ACKNOWLEDGED)).some(({ id }) => warning.endsWith(withId(id, '')));
}

function dataOf(construct: IConstruct, type: string): any[] {
  return construct.node.metadata.filter((entry) => entry.type === type).map(({ data }) => data);
}

/** What makes the warnings of a construct errors; undefined if nothing does. */
function causeOfErrors(construct: IConstruct): string | undefined {
  return [
    ...isOn(STRICT_VARIABLE, process.env[STRICT_VARIABLE]) ? [STRICT_VARIABLE] : [],
    ...isOn(STRICT_CONTEXT, construct.node.tryGetContext(STRICT_CONTEXT)) ? [STRICT_CONTEXT] : [],
  ][0];
}

function isOn(name: string, value: unknown): boolean {
  const text = String(value ?? false);
  if (!['true', '1', 'false', '0', ''].includes(text)) {
    throw new TalosError('talos:invalid-value', problem(name, text, 'is neither true nor false: give one of them'));
  }
  return ['true', '1'].includes(text);
}

function withId(id: string, message: string): string {
  return `${message} [${id}]`;
}

function print(text: string): void {
  process.emitWarning(text, 'TalosWarning');
}
