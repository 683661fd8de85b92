import { IConstruct } from 'constructs';
import { namespaceOf } from './namespace-scope';

/** The names taken in each app by kind and namespace, with the paths of those who took them. */
const takenNames = new WeakMap<IConstruct, Map<string, Map<string, string>>>();

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
  const owner = ownerOf(construct, kind, name);
  if (owner !== undefined) {
    throw new Error(`'${property}' (${name}) is the name of the ${kind} at ${owner} already: give one of them another name`);
  }
  namesOf(construct, kind).set(name, construct.node.path);
}

/** The path of the construct that has taken a name for objects of a kind in the construct's namespace. */
export function ownerOf(construct: IConstruct, kind: string, name: string): string | undefined {
  return namesOf(construct, kind).get(name);
}

/** The path of a construct that has taken such a name. */
export function findOwner(construct: IConstruct, kind: string, matches: (name: string) => boolean): string | undefined {
  return [...namesOf(construct, kind)].find(([name]) => matches(name))?.[1];
}

function namesOf(construct: IConstruct, kind: string): Map<string, string> {
  const { root } = construct.node;
  const scopes = takenNames.get(root) ?? new Map<string, Map<string, string>>();
  takenNames.set(root, scopes);
  // namespaces lie in none
  const scope = kind === 'Namespace' ? kind : `${kind} ${namespaceOf(construct) ?? ''}`;
  const names = scopes.get(scope) ?? new Map<string, string>();
  scopes.set(scope, names);
  return names;
}
