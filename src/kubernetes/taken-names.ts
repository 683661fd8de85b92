import { IConstruct } from 'constructs';
import { TalosError } from '../problem';
import { namespaceOf } from './namespace-scope';

/** The taken names of each app, by kind and namespace, with the paths of the constructs that took them. */
const takenNames = new WeakMap<IConstruct, Map<string, Map<string, string>>>();

/** The path of a construct as a name: its ids, joined by `-`. */
export function nameFromPath(construct: IConstruct): string {
  return construct.node.path.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/**
 * Takes a name for an object of a kind in the construct's namespace.
 *
 * @param property the property that gives the name
 * @param root the app that has the object
 * @throws if another construct of the app has taken it
 */
export function takeName(construct: IConstruct, kind: string, name: string, property: string = 'name', root = construct.node.root): void {
  const names = namesOf(construct, kind, root);
  const owner = names.get(name);
  if (owner !== undefined) {
    throw new TalosError('talos:name-taken', `'${property}' (${name}) is already the name of the ${kind} at ${owner}: give one of them another name`);
  }
  const foreign = namesOf(construct, foreignKind(kind), root).get(name);
  if (foreign !== undefined) {
    throw new TalosError('talos:name-taken', `'${property}' (${name}) is the name of the ${kind} in ${foreign}, which would be overwritten: give one of them another name`);
  }
  names.set(name, construct.node.path);
}

/**
 * Leaves a name to an object of a kind that others make, in the construct's namespace.
 *
 * @param property the property that gives the name
 * @throws if a construct of the app has taken it, and would overwrite the object
 */
export function leaveName(construct: IConstruct, kind: string, name: string, property: string): void {
  const owner = ownerOf(construct, kind, name);
  if (owner !== undefined) {
    throw new TalosError('talos:name-taken', `'${property}' (${name}) is the name of a ${kind} that is made at ${owner}, and would be overwritten: give one of them another name`);
  }
  namesOf(construct, foreignKind(kind)).set(name, `'${property}' of ${construct.node.path}`);
}

/** The path of the construct that has taken a name. */
export function ownerOf(construct: IConstruct, kind: string, name: string): string | undefined {
  return namesOf(construct, kind).get(name);
}

/** The path of a construct that has taken a matching name. */
export function findOwner(construct: IConstruct, kind: string, matches: (name: string) => boolean): string | undefined {
  return [...namesOf(construct, kind)].find(([name]) => matches(name))?.[1];
}

/** What names are listed under that others than the app have taken. */
function foreignKind(kind: string): string {
  return `foreign ${kind}`;
}

function namesOf(construct: IConstruct, kind: string, root = construct.node.root): Map<string, string> {
  const scopes = takenNames.get(root) ?? new Map<string, Map<string, string>>();
  takenNames.set(root, scopes);
  // a Namespace has no namespace
  const scope = kind === 'Namespace' ? kind : `${kind} ${namespaceOf(construct) ?? ''}`;
  const names = scopes.get(scope) ?? new Map<string, string>();
  scopes.set(scope, names);
  return names;
}
