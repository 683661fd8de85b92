import { ElementIndex } from './element-index';
import { StructType, Type } from '../schema/schema';
import { isMap, Value, ValueMap } from '../schema/values';

/** Merges the parts of a value. */
interface Merger {
  mergeStruct(type: StructType, left: ValueMap, right: ValueMap): ValueMap;
  refuse(problem: string): never;
}

type MergeRule = (merger: Merger, of: Type, left: Value | undefined, right: Value) => Value;

/** How an element of a patch finds the one of the list into which it is merged. */
interface ElementIdentity {
  /** all by which an element of the list is found */
  readonly keysOf: (element: ValueMap) => readonly unknown[];
  /** by what an element of the patch looks for it */
  readonly wantedBy: (element: ValueMap) => unknown;
}

/** The types of lists whose elements are merged, and which of them. */
export const MERGED_ELEMENTS: Readonly<Record<string, ElementIdentity>> = {
  'v1alpha1.NetworkDeviceList': { keysOf: interfaceKeys, wantedBy: (element) => interfaceKeys(element)[0] ?? NOTHING },
  'v1alpha1.VlanList': sameField('vlanId'),
  'v1alpha1.AdmissionPluginConfigList': sameField('name'),
  'extensions.ConfigFileList': sameField('mountPath'),
};

/** What no element of a list has. */
const NOTHING = Symbol('nothing');
/** What a null in a list has instead of a key. */
const NULL = Symbol('null');

/** The types with their own merge rule. */
export const MERGE_RULES: Readonly<Record<string, MergeRule>> = {
  ...Object.fromEntries(Object.entries(MERGED_ELEMENTS).map(([type, identity]) => [type, mergeElements(identity)])),
  'security.ImageVerificationRules': replaceElements('image'),
  'meta.Args': (_, __, left, right) => new Map([...left as ValueMap ?? [], ...right as ValueMap]),
};

/** Merges each element of the patch into the first matching element, or appends it. */
function mergeElements({ keysOf, wantedBy }: ElementIdentity): MergeRule {
  return (merger, of, left, right) => {
    const elements = [...(left ?? []) as readonly Value[]];
    const struct = (of.kind === 'pointer' ? of.to : of) as StructType;
    const index = new ElementIndex(elements, (element) => isMap(element) ? keysOf(element) : [NULL]);
    for (const element of right as readonly Value[]) {
      if (!isMap(element)) {
        return merger.refuse('Talos can\'t merge a null into this list');
      }
      const [position, ofNull] = [index.first(wantedBy(element)), index.first(NULL)];
      if (ofNull >= 0 && !(position >= 0 && position < ofNull)) {
        return merger.refuse('Talos can\'t merge into a list with a null');
      }
      if (position < 0) {
        elements.push(element);
        index.add(elements.length - 1);
      } else {
        elements[position] = merger.mergeStruct(struct, elements[position] as ValueMap, element);
        index.add(position);
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

function sameField(name: string): ElementIdentity {
  return { keysOf: (element) => [element.get(name)], wantedBy: (element) => element.get(name) };
}

/** Interfaces match by name or, without a name, by equal selectors. */
function interfaceKeys(element: ValueMap): string[] {
  const [name, selector] = [element.get('interface'), element.get('deviceSelector')];
  // Talos compares the pointers of `physical`, which are never equal
  const isComparable = isMap(selector) && !selector.has('physical');
  return [...name === undefined ? [] : [`interface ${name}`], ...isComparable ? [`selector ${selectorText(selector)}`] : []];
}

function selectorText(selector: ValueMap): string {
  return JSON.stringify([...selector].map(([key, value]) => [String(key), String(value)]).sort());
}
