import { StructType, Type } from '../schema/schema';
import { isMap, Value, ValueMap } from '../schema/values';

/** Merges the parts of a value. */
interface Merger {
  mergeStruct(type: StructType, left: ValueMap, right: ValueMap): ValueMap;
  refuse(problem: string): never;
}

type MergeRule = (merger: Merger, of: Type, left: Value | undefined, right: Value) => Value;

/** Whether an element of a patch is merged into an element of the list. */
type ElementMatch = (left: ValueMap, right: ValueMap) => boolean;

/** The types of lists whose elements are merged, and which of them. */
export const MERGED_ELEMENTS: Readonly<Record<string, ElementMatch>> = {
  'v1alpha1.NetworkDeviceList': isSameInterface,
  'v1alpha1.VlanList': hasSame('vlanId'),
  'v1alpha1.AdmissionPluginConfigList': hasSame('name'),
  'extensions.ConfigFileList': hasSame('mountPath'),
};

/** The types with their own merge rule. */
export const MERGE_RULES: Readonly<Record<string, MergeRule>> = {
  ...Object.fromEntries(Object.entries(MERGED_ELEMENTS).map(([type, isSame]) => [type, mergeElements(isSame)])),
  'security.ImageVerificationRules': replaceElements('image'),
  'meta.Args': (_, __, left, right) => new Map([...left as ValueMap ?? [], ...right as ValueMap]),
};

/** Merges each element of the patch into the first matching element, or appends it. */
function mergeElements(isSame: ElementMatch): MergeRule {
  return (merger, of, left, right) => {
    const elements = [...(left ?? []) as readonly Value[]];
    const struct = (of.kind === 'pointer' ? of.to : of) as StructType;
    for (const element of right as readonly Value[]) {
      if (!isMap(element)) {
        return merger.refuse('Talos can\'t merge a null into this list');
      }
      const index = elements.findIndex((candidate) => isMap(candidate)
        ? isSame(candidate, element)
        : merger.refuse('Talos can\'t merge into a list with a null'));
      if (index < 0) {
        elements.push(element);
      } else {
        elements[index] = merger.mergeStruct(struct, elements[index] as ValueMap, element);
      }
    }
    return elements;
  };
}

/** Replaces the last existing element with the same key by each element of the patch, or appends it. */
function replaceElements(key: string): MergeRule {
  return (_, __, left, right) => {
    const elements = [...(left ?? []) as readonly ValueMap[]];
    const indexes = new Map(elements.map((element, index) => [element.get(key), index]));
    for (const element of right as readonly ValueMap[]) {
      elements[indexes.get(element.get(key)) ?? elements.length] = element;
    }
    return elements;
  };
}

function hasSame(key: string): ElementMatch {
  return (left, right) => left.get(key) === right.get(key);
}

/** Interfaces match by name or, without a name, by equal selectors. */
function isSameInterface(left: ValueMap, right: ValueMap): boolean {
  if (right.get('interface') !== undefined) {
    return left.get('interface') === right.get('interface');
  }
  const [leftSelector, rightSelector] = [left.get('deviceSelector'), right.get('deviceSelector')];
  if (!isMap(leftSelector) || !isMap(rightSelector) || leftSelector.size !== rightSelector.size) {
    return false;
  }
  // Talos compares the pointers of `physical`, which are never equal
  return !rightSelector.has('physical') && [...rightSelector].every(([key, value]) => leftSelector.get(key) === value);
}
