import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** The names taken in each app, with the paths of those who took them. */
const takenNames = new WeakMap<IConstruct, Map<string, string>>();

/** A name that a person would give: the ids on the way from the app, joined by `-`. */
export function nameFromPath(construct: IConstruct): string {
  return construct.node.path.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/**
 * Takes a name for objects of a kind in the construct's namespace.
 *
 * @param property what the name is called where it is given
 * @throws if another construct of the app has taken it
 */
export function takeName(construct: IConstruct, kind: string, name: string, property: string = 'name'): void {
  const root = construct.node.root;
  const names = takenNames.get(root) ?? new Map<string, string>();
  takenNames.set(root, names);
  const key = `${kind} ${Chart.of(construct).namespace ?? ''}/${name}`;
  const owner = names.get(key);
  if (owner !== undefined) {
    throw new Error(`'${property}' (${name}) is the name of the ${kind} at ${owner} already: give one of them another name`);
  }
  names.set(key, construct.node.path);
}
