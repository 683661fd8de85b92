import { Row, ROWS } from './rows';
import { isDelete, TranslatedDocuments, Translation, TranslationTarget } from './translation';
import { isList, isMap, Value, ValueMap } from '../schema/values';

const PARENTS = new Set(Object.keys(ROWS).flatMap((path) => {
  const keys = path.split('.');
  return keys.slice(1).map((_, index) => keys.slice(0, index + 1).join('.'));
}));

/** Whether documents replace all of a part, which is then refused even where it is empty. */
const isReplaced = (path: string, target: Translation) => target.includes(path) && Object.entries(ROWS).filter(([candidate]) => candidate.startsWith(`${path}.`))
  .every(([, row]) => target.has(row.kind, row.field));

/**
 * Translates the values of a document without a kind, or of a patch of it, into the documents of a release.
 *
 * @param only the paths at which it translates; without them, wherever the release has documents
 */
export function translateDocuments(legacy: ValueMap, target: TranslationTarget, only: readonly string[] = ['']): TranslatedDocuments {
  const translation = new Translation(target, only);
  const rest = translateBelow(legacy, '', translation);
  return { documents: translation.documents, rest, notes: translation.notes };
}

function translateBelow(values: ValueMap, parent: string, to: Translation): ValueMap {
  const rest = new Map<Value, Value>();
  for (const [key, value] of values) {
    const path = parent === '' ? String(key) : `${parent}.${key}`;
    const row = Object.hasOwn(ROWS, path) ? ROWS[path] : undefined;
    if (row && to.has(row.kind, row.field) && to.includes(path)) {
      to.at(path, () => translateField(row, value, to));
    } else if (PARENTS.has(path) && isMap(value) && !isDelete(value)) {
      const below = translateBelow(value, path, to);
      if (below.size > 0 || (value.size === 0 && !isReplaced(path, to))) {
        rest.set(key, below);
      }
    } else if (PARENTS.has(path) && isDelete(value) && isReplaced(path, to)) {
      to.at(path, () => to.note('can\'t be deleted as a whole: delete the documents that replace it'));
    } else if (!(PARENTS.has(path) && value === null && isReplaced(path, to))) {
      rest.set(key, value);
    }
  }
  return rest;
}

function translateField(row: Row, value: Value, to: Translation): void {
  if (isNothing(value)) {
    return;
  }
  if (row.controlPlane && !to.target.isControlPlane) {
    to.noteNeedless('is for control planes only: leave it out');
    return;
  }
  if (isDelete(value) && !row.deletes) {
    to.note('can\'t be deleted like this: delete or change the document that replaces it');
    return;
  }
  row.convert(value, to);
}

/** An empty value leaves what there is. */
function isNothing(value: Value): boolean {
  return value === null || value === '' || (isList(value) && value.length === 0) || (isMap(value) && value.size === 0);
}
