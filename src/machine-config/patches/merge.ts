import { MERGE_RULES } from './merge-rules';
import { TalosError } from '../../problem';
import { isAtLeast, Release } from '../../talos/release';
import { LeafType } from '../schema/leaf-types';
import { StructType, Type } from '../schema/schema';
import { isList, isMap, Value, ValueMap } from '../schema/values';
import { shownPath } from '../yaml/refusal';
import { Timestamp } from '../yaml/scalars';

type ListType = Type & { kind: 'list' };

const EMPTY: ValueMap = new Map();

/** Merges the values of a patch into those of a document of the same kind. */
export function mergeDocuments(type: StructType, left: ValueMap, right: ValueMap, release: Release): ValueMap {
  return new Merger(release).mergeStruct(type, left, right);
}

/** Merges values of a release. Undefined is an absent value on either side. */
export class Merger {
  private readonly path: string[] = [];

  public constructor(private readonly release: Release) {}

  public mergeStruct(type: StructType, left: ValueMap, right: ValueMap): ValueMap {
    const merged = new Map(left);
    for (const field of type.fields.values()) {
      this.path.push(field.name);
      const value = this.merge(field.type, left.get(field.name), right.get(field.name), field.replace);
      this.path.pop();
      if (value === undefined) {
        merged.delete(field.name);
      } else {
        merged.set(field.name, value);
      }
    }
    return merged;
  }

  /** Merges `right` into `left`. */
  public merge(type: Type, left: Value | undefined, right: Value | undefined, replace = false): Value | undefined {
    if (type.kind === 'leaf') {
      return this.mergeLeaf(type.leaf, left, right, false);
    }
    if (type.kind === 'struct') {
      // an absent value overwrites some leaves, so an absent object merges like an empty one
      return left === undefined && right === undefined
        ? undefined
        : this.mergeStruct(type, (left ?? EMPTY) as ValueMap, (right ?? EMPTY) as ValueMap);
    }
    if (right === undefined || right === null) {
      return left;
    }
    const rule = type.kind === 'list' || type.kind === 'map' ? MERGE_RULES[type.name ?? ''] : undefined;
    if (rule) {
      return rule(this, (type as ListType).of, left ?? undefined, right);
    }
    if (left === undefined || left === null || (replace && !isEmptyObject(right))) {
      return right;
    }
    switch (type.kind) {
      case 'pointer':
        return type.to.kind === 'leaf' ? this.mergeLeaf(type.to.leaf, left, right, true) : this.merge(type.to, left, right);
      case 'list':
        return [...left as readonly Value[], ...right as readonly Value[]];
      case 'map':
        return this.mergeMaps(left as ValueMap, right as ValueMap, (before, after) => this.merge(type.of, before, after) as Value);
      default:
        return this.mergeAny(left, right);
    }
  }

  /** Refuses a merge that fails in Talos. */
  public refuse(problem: string): never {
    throw new TalosError('talos:machine-config-refused', `can't merge '${shownPath(this.path)}': ${problem}`);
  }

  private mergeLeaf(leaf: LeafType, left: Value | undefined, right: Value | undefined, isPointer: boolean): Value | undefined {
    if (leaf.merge === 'impossible') {
      return this.refuse('Talos can\'t merge into a document with this value: give the document only once');
    }
    if (leaf.merge === 'always') {
      return right;
    }
    if (right === undefined || left === undefined) {
      return right ?? left;
    }
    if (typeof leaf.merge === 'function') {
      return leaf.merge(left, right) ?? this.refuse('Talos can\'t merge these two values: delete the first one before');
    }
    // since 1.12 a pointer to an empty value is a value
    const isIgnored = right === leaf.empty && leaf.merge !== 'when-present' && !(isPointer && isAtLeast(this.release, '1.12'));
    return isIgnored ? left : right;
  }

  private mergeMaps(left: ValueMap, right: ValueMap, mergeValues: (left: Value, right: Value) => Value): ValueMap {
    const merged = new Map(left);
    for (const [key, value] of right) {
      this.path.push(String(key));
      const existing = merged.get(key);
      merged.set(key, existing === undefined || existing === null ? value : mergeValues(existing, value));
      this.path.pop();
    }
    return merged;
  }

  /** Free-form values must have the same type. */
  private mergeAny(left: Value, right: Value): Value {
    if (typeName(left) !== typeName(right)) {
      return this.refuse(`it is ${typeName(left)}, but the patch has ${typeName(right)}`);
    }
    if (isMap(left) && isMap(right)) {
      return this.mergeMaps(left, right, (before, after) => this.mergeAny(before, after));
    }
    if (isList(left) && isList(right)) {
      return [...left, ...right];
    }
    if (right instanceof Timestamp) {
      return this.refuse('Talos can\'t merge dates: quote them');
    }
    return right === '' || right === 0n || right === 0 ? left : right;
  }
}

/** An empty object doesn't replace anything. */
function isEmptyObject(value: Value): boolean {
  return isMap(value) && value.size === 0;
}

const MOST_INT64 = 2n ** 63n - 1n;

function typeName(value: Value): string {
  if (isMap(value)) {
    return [...value.keys()].every((key) => typeof key === 'string') ? 'an object' : 'an object with keys that aren\'t strings';
  }
  if (typeof value === 'bigint') {
    return value > MOST_INT64 ? 'a very large number' : 'a whole number';
  }
  return value === null ? 'null' : isList(value) ? 'a list' : value instanceof Timestamp ? 'a date' : NAMES[typeof value];
}

const NAMES: Record<string, string> = { string: 'a text', number: 'a number with a fraction', boolean: 'true or false' };
