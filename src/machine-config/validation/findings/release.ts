import { UnsupportedPart, unsupportedIn } from '../../insight/unsupported';
import { Type } from '../../schema/schema';
import { isList, isMap, Value } from '../../schema/values';
import { Check } from '../check/check';
import { Place } from '../check/place';

/** Finds documents, fields and values that the release doesn't know and refuses to load. */
export function findUnknownParts(check: Check): void {
  const parts = check.config.release === check.release ? [] : unsupportedIn(check.config, check.release);
  for (const part of parts) {
    const document = Place.of(part.document, undefined);
    check.finding(part.path === '' ? document : document.at(part.path), `is ${spanOf(part)}, but the config is for Talos ${check.release}`);
  }
}

function spanOf({ since, until }: UnsupportedPart): string {
  return since ? `known since Talos ${since}` : until ? `known up to Talos ${until}` : 'of a different form in other Talos releases';
}

/** Finds nulls in lists and objects, with which Talos crashes. */
export function findNulls(check: Check): void {
  const refused = new Set(check.errors.map(({ path }) => path));
  for (const [index, document] of check.documents.entries()) {
    const { kind, value } = check.config.entries[index];
    for (const place of hasNull(value) ? nulls(document, kind.type) : []) {
      if (!refused.has(place.path)) {
        check.finding(place, 'is null: remove it');
      }
    }
  }
}

/** Whether a null is anywhere, also where it is valid. Few documents have one, and finding its place takes longer. */
function hasNull(value: Value): boolean {
  return value === null || (isList(value) ? value.some(hasNull) : isMap(value) && [...value.values()].some(hasNull));
}

/** The nulls outside of free-form objects, where they are valid. */
function* nulls(place: Place, type: Type): Generator<Place> {
  if (type.kind === 'pointer') {
    yield* nulls(place, type.to);
  } else if (place.value === null && type.kind !== 'any') {
    yield place;
  } else if (type.kind === 'list') {
    for (const item of place.items) {
      yield* nulls(item, type.of);
    }
  } else if (type.kind === 'map' || type.kind === 'struct') {
    for (const [key, item] of place.entries) {
      yield* nulls(item, type.kind === 'map' ? type.of : type.fields.get(key)!.type);
    }
  }
}
