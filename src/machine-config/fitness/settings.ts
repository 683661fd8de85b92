import { FitnessCheck, FitnessRule, Setting, subjectOf, valuesOf } from './fitness-check';
import { Place } from '../validation/check/place';

/** A setting that doesn't fit pods, whatever its value is. */
export interface UnfitSetting {
  readonly id: string;
  readonly settings: readonly Setting[];
  /** whether pods can't run with it, or it would hurt the hosting node */
  readonly isFatal?: boolean;
  /** the field that messages show of each element, `-` to show no values */
  readonly shows?: string;
  /** which documents don't fit; all by default */
  readonly unless?: (place: Place) => boolean;
  /** what would happen, and what to do instead */
  readonly problem: string;
}

/** Finds the settings of a table; a message names all documents of a kind. */
export function findUnfit(table: readonly UnfitSetting[]): FitnessRule {
  return (check) => table.forEach((row) => row.settings.forEach((setting) => findSetting(row, setting, check)));
}

function findSetting({ id, isFatal, shows, unless, problem }: UnfitSetting, setting: Setting, check: FitnessCheck): void {
  const all = check.placesOf(setting);
  const places = unless ? all.filter((place) => !unless(place)) : all;
  if (places.length === 0) {
    return;
  }
  const isDocument = places[0].path === '';
  const values = shows === '-' || (isDocument && shows === undefined) ? [] : places.flatMap((place) => valuesOf(isDocument ? place.at(shows!) : place, shows));
  if (isFatal) {
    check.fatal(id, subjectOf(places), problem, values);
  } else {
    check.harmful(id, subjectOf(places), problem, values);
  }
}
