import { IConstruct } from 'constructs';
import { SnapshotPlace } from '../jobs/snapshot-place';
import { requireNamespace } from '../kubernetes/namespace-scope';
import { TalosError } from '../problem';

/** The places of snapshots of each app, with the paths of the constructs that have taken them. */
const takenPlaces = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Takes a place for the snapshots of a construct.
 *
 * @throws if another construct of the app has taken it: each would count the snapshots of the other, and remove them
 */
export function takePlace(construct: IConstruct, { identity, isNamespaced }: SnapshotPlace): void {
  const { root, path } = construct.node;
  const places = takenPlaces.get(root) ?? new Map<string, string>();
  takenPlaces.set(root, places);
  const key = isNamespaced ? `${identity} in ${requireNamespace(construct)}` : identity;
  const owner = places.get(key);
  if (owner !== undefined) {
    throw new TalosError('talos:name-taken', `'target' (${identity}) has the snapshots of ${owner} already, and each would remove those of the other: give one of them another `
      + (isNamespaced ? '\'directory\'' : '\'prefix\''));
  }
  places.set(key, path);
}
