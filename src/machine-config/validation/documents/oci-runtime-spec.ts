import { RUNTIME_SPEC_TYPES } from './oci-runtime-spec-table';
import { isAtLeast, Release } from '../../../talos/release';
import { isList, isMap, Value } from '../../schema/values';
import { Timestamp } from '../../yaml/scalars';
import { Check } from '../check/check';
import { Place } from '../check/place';

/** Refuses overrides that don't match the OCI runtime specification. Talos stops at the first one. */
export function validateRuntimeSpec(overrides: Place, check: Check): void {
  const misfit = unwritable(overrides) ?? misfitOf(overrides, 'Spec', check.release);
  if (misfit) {
    check.error(misfit.place, misfit.problem);
  }
}

interface Misfit {
  readonly place: Place;
  readonly problem: string;
}

/** Values that JSON can't represent. */
function unwritable(place: Place): Misfit | undefined {
  if (isMap(place.value) && [...place.value.keys()].some((key) => typeof key !== 'string')) {
    return { place, problem: 'has a key that is not a text: quote it' };
  }
  if (typeof place.value === 'number' && !Number.isFinite(place.value)) {
    return { place, problem: 'must be a finite number' };
  }
  return first([...place.items, ...place.entries.map(([, item]) => item)], unwritable);
}

function misfitOf(place: Place, type: string, release: Release): Misfit | undefined {
  if (!place.isSet || type === 'any') {
    return undefined;
  }
  if (type.startsWith('[]')) {
    return isList(place.value)
      ? first(place.items, (item) => misfitOf(item, type.slice('[]'.length), release))
      : { place, problem: 'must be a list' };
  }
  const isInteger = /^u?int/.test(type);
  if (isInteger || type === 'string' || type === 'bool') {
    const fits = isInteger ? isIntegerOf(place.value!, type) : type === 'bool' ? typeof place.value === 'boolean' : isText(place.value!);
    return fits ? undefined : { place, problem: `must be ${isInteger ? 'a whole number' : type === 'bool' ? 'true or false' : 'a text'}` };
  }
  if (!isMap(place.value)) {
    return { place, problem: 'must be an object' };
  }
  const entries = [...place.entries].sort(([left], [right]) => left < right ? -1 : 1);
  return first(entries, ([key, item]) => misfitOf(item, fieldType(type, key, release), release));
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function isText(value: Value): boolean {
  return typeof value === 'string' || value instanceof Timestamp;
}

function isIntegerOf(value: Value, type: string): boolean {
  if (typeof value !== 'bigint' && !(typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e21)) {
    return false;
  }
  const bits = BigInt(/[0-9]+$/.exec(type)?.[0] ?? 64);
  const [least, most] = type.startsWith('u') ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
  return BigInt(value) >= least && BigInt(value) <= most;
}

/** The type of a field; field names are case-insensitive, and unknown ones are ignored. */
function fieldType(type: string, key: string, release: Release): string {
  if (type.startsWith('map ')) {
    return type.slice('map '.length);
  }
  const field = fieldsOf(type).get(key.toLowerCase());
  const isKnown = field && (!field.since || isAtLeast(release, field.since)) && (!field.until || isAtLeast(field.until, release));
  return isKnown ? field.type : 'any';
}

interface SpecField {
  readonly type: string;
  readonly since?: Release;
  readonly until?: Release;
}

const types = new Map<string, ReadonlyMap<string, SpecField>>();

function fieldsOf(type: string): ReadonlyMap<string, SpecField> {
  if (types.size === 0) {
    for (const line of RUNTIME_SPEC_TYPES.trim().split('\n')) {
      const [name, fields] = line.split(': ');
      types.set(name, new Map(fields.split('; ').map(readField)));
    }
  }
  return types.get(type)!;
}

/** `NAME TYPE [@since] [..until]` */
function readField(text: string): [string, SpecField] {
  const [, name, type, since, until] = /^(\S+) (.+?)(?: @(\S+))?(?: \.\.(\S+))?$/.exec(text)!;
  return [name.toLowerCase(), { type, since: since as Release | undefined, until: until as Release | undefined }];
}
