import { isList, isMap, plainValue, Value, ValueMap } from '../schema/values';

/** What a patch deletes, and what it sets or appends. */
interface Difference {
  readonly deleted: ValueMap;
  readonly merged: ValueMap;
}

const DELETE: ValueMap = new Map([['$patch', 'delete']]);

/** The patches that, merged one after the other, turn one document into another one. */
export function equivalentPatches(before: ValueMap, after: ValueMap): ValueMap[] {
  const { deleted, merged } = difference(before, after);
  const both = combined(deleted, merged);
  return (both ? [both] : [deleted, merged]).filter((patch) => patch.size > 0);
}

/** Both in one patch, unless it would set what it deletes. */
function combined(deleted: ValueMap, merged: ValueMap): ValueMap | undefined {
  const both = new Map(merged);
  for (const [key, value] of deleted) {
    const other = merged.get(key);
    const below = other === undefined ? value : isMap(other) && isMap(value) && value !== DELETE ? combined(value, other) : undefined;
    if (below === undefined) {
      return undefined;
    }
    both.set(key, below);
  }
  return both;
}

function difference(before: ValueMap, after: ValueMap): Difference {
  const [deleted, merged] = [new Map<Value, Value>(), new Map<Value, Value>()];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(key), after.get(key)];
    if (isSame(old, now)) {
      continue;
    }
    if (isMap(old) && isMap(now)) {
      const below = difference(old, now);
      setFilled(deleted, key, below.deleted);
      setFilled(merged, key, below.merged);
    } else if (isList(old) && isList(now) && old.every((item, index) => isSame(item, now[index]))) {
      merged.set(key, now.slice(old.length));
    } else {
      // merging keeps what is there, except a text, a number or a boolean that another one replaces
      if (isFilled(old) && (isMap(old) || isList(old) || !isFilled(now))) {
        deleted.set(key, DELETE);
      }
      if (now !== undefined && now !== null && now !== '') {
        merged.set(key, now);
      }
    }
  }
  return { deleted, merged };
}

function setFilled(patch: Map<Value, Value>, key: Value, value: ValueMap): void {
  if (value.size > 0) {
    patch.set(key, value);
  }
}

function isFilled(value: Value | undefined): boolean {
  return isList(value) ? value.length > 0 : isMap(value) ? value.size > 0 : value !== undefined && value !== null && value !== '';
}

function isSame(left: Value | undefined, right: Value | undefined): boolean {
  return text(left) === text(right);
}

function text(value: Value | undefined): string {
  return JSON.stringify(value === undefined ? null : plainValue(value), (_, part) => typeof part === 'bigint' ? `${part}n` : part);
}
