import { isDeepStrictEqual } from 'util';
import { objectDifferences } from './object-differences';
import { PlannedAction, PlannedObject } from './planned-object';
import { immutableChanges } from '../../kubernetes/immutable-fields';
import { Manifest } from '../manifests/manifest';
import { Change, Update } from '../manifests/update';

/** Each object of an update, and what an apply does to it. */
export function plannedObjects({ objects }: Update): PlannedObject[] {
  return objects.map((change) => {
    const { kind, metadata: { name, namespace } } = (change.wanted ?? change.applied)!;
    return { kind, name, namespace, ...actionOf(change) };
  });
}

function actionOf({ applied, wanted }: Change<Manifest>): Pick<PlannedObject, 'action' | 'details'> {
  if (!applied || !wanted) {
    return { action: applied ? PlannedAction.DELETE : PlannedAction.CREATE, details: [] };
  }
  if (isDeepStrictEqual(applied, wanted)) {
    return { action: PlannedAction.UNCHANGED, details: [] };
  }
  const isReplaced = immutableChanges(applied, wanted).paths.length > 0;
  return { action: isReplaced ? PlannedAction.REPLACE : PlannedAction.CHANGE, details: objectDifferences({ applied, wanted }) };
}
