import { shortened, TalosError } from '../../problem';
import { isAtLeast, Release } from '../../talos/release';
import { shownAt } from '../schema/redaction';
import { LEGACY_KIND, Type } from '../schema/schema';
import { isList, isMap, Value, ValueMap } from '../schema/values';
import { scalarText, textUnder, YamlMapping, YamlNode } from '../yaml/nodes';
import { shownPath } from '../yaml/refusal';

/** A `$patch: delete` of a patch: what it deletes from which document. */
export interface DeleteSelector {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** keys, and `[index]` for a list; empty for the document itself */
  readonly path: readonly string[];
  /** the element of a list that has this value under this key */
  readonly element?: { readonly key: string; readonly value: string };
}

/** Removes the delete selectors from a document of a patch; `isConsumed` if nothing else is left. */
export function extractDeletes(root: YamlMapping): { selectors: DeleteSelector[]; isConsumed: boolean } {
  const selectors: DeleteSelector[] = [];
  const isDeleted = extractFrom(root, root, [], false, selectors);
  return { selectors, isConsumed: isDeleted || isIdentityOnly(root) };
}

/** Returns whether the node is removed. Also removes mappings and lists that contain only deletes. */
function extractFrom(node: YamlNode, root: YamlMapping, path: readonly string[], isListItem: boolean, selectors: DeleteSelector[]): boolean {
  if (node.kind === 'mapping') {
    for (const entry of [...node.entries]) {
      const key = entry.key.kind === 'scalar' ? entry.key.text : '';
      if (isMarker(key, entry.value)) {
        if (!isListItem && path.some((part) => part.startsWith('['))) {
          throw new TalosError('talos:machine-config-refused', `'${shownPath(path)}': $patch can't delete a key of a list's element, only the element`);
        }
        selectors.push(selectorOf(node, root, path, isListItem));
        return true;
      }
      if (extractFrom(entry.value, root, [...path, key], false, selectors)) {
        node.entries.splice(node.entries.indexOf(entry), 1);
        if (node.entries.length === 0) {
          return true;
        }
      }
    }
  }
  if (node.kind === 'sequence') {
    for (const item of [...node.items]) {
      const index = node.items.indexOf(item);
      if (extractFrom(item, root, [...path, `[${index}]`], true, selectors)) {
        node.items.splice(index, 1);
        if (node.items.length === 0) {
          return true;
        }
      }
    }
  }
  return false;
}

function isMarker(key: string, value: YamlNode): boolean {
  return key === '$patch' && value.kind === 'scalar' && value.text === 'delete';
}

function selectorOf(node: YamlMapping, root: YamlMapping, path: readonly string[], isListItem: boolean): DeleteSelector {
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((key) => textUnder(root, key));
  if ((apiVersion === '') !== (kind === '') || (path.length === 0 && kind === '')) {
    throw new TalosError('talos:machine-config-refused', `${path.length === 0 ? 'a document' : `'${shownPath(path)}'`}: $patch: delete needs both apiVersion and kind in its document`);
  }
  const selector = { apiVersion, kind: kind || LEGACY_KIND, name, path };
  if (!isListItem) {
    return selector;
  }
  const other = node.entries.find((entry) => !(entry.key.kind === 'scalar' && isMarker(entry.key.text, entry.value)));
  if (!other) {
    throw new TalosError('talos:machine-config-refused', `'${shownPath(path)}': $patch: delete needs another key in the same object that selects the element to delete`);
  }
  return { ...selector, element: { key: scalarText(other.key), value: scalarText(other.value) } };
}

/** Whether a document contains only its identity; a patch ignores such documents. */
function isIdentityOnly(root: YamlMapping): boolean {
  return root.entries.every(({ key, value }) => key.kind === 'scalar' && value.kind === 'scalar' && ['version', 'kind', 'name'].includes(key.text));
}

/** A delete selector with the type of its document. */
interface Deletion extends DeleteSelector {
  readonly root: Type;
}

/** Deletes what the selector selects from a document. */
export function applyDelete(type: Type, value: ValueMap, selector: DeleteSelector, release: Release): ValueMap {
  return deleteAt(type, value, selector.path, { ...selector, root: type }, release) as ValueMap;
}

function deleteAt(type: Type, value: Value | undefined, path: readonly string[], selector: Deletion, release: Release): Value | undefined {
  if (type.kind === 'pointer') {
    return value === undefined || value === null ? notFound(selector) : deleteAt(type.to, value, path, selector, release);
  }
  const [key, ...rest] = path;
  if (isList(value) && (type.kind === 'list' || type.kind === 'any')) {
    return deleteElement(type, value, rest, selector, release);
  }
  const child = childType(type, key, release);
  // fields that aren't set can be deleted, but not keys of a map
  if (!child || !(type.kind === 'struct' || (isMap(value) && value.has(key)))) {
    return notFound(selector);
  }
  const result = new Map(value as ValueMap | undefined);
  const remaining = rest.length === 0 ? undefined : deleteAt(child, result.get(key), rest, selector, release);
  if (remaining === undefined) {
    result.delete(key);
  } else {
    result.set(key, remaining);
  }
  return result;
}

function childType(type: Type, key: string, release: Release): Type | undefined {
  switch (type.kind) {
    case 'struct': {
      const field = type.fields.get(key)?.type;
      return field?.kind === 'leaf' && field.leaf.isHidden ? undefined : field;
    }
    case 'map':
      return type.of;
    case 'object':
      return isAtLeast(release, '1.12') ? { kind: 'any' } : undefined;
    case 'any':
      return type;
    default:
      return undefined;
  }
}

function deleteElement(type: Type, list: readonly Value[], rest: readonly string[], selector: Deletion, release: Release): Value {
  if (rest.length > 0) {
    throw new TalosError('talos:machine-config-refused', `'${shownPath(selector.path)}': $patch: delete can't delete inside the elements of a list, only a whole element`);
  }
  const of = type.kind === 'list' ? type.of : undefined;
  const struct = of?.kind === 'pointer' ? of.to : of;
  const field = struct?.kind === 'struct' && selector.element ? struct.fields.get(selector.element.key)?.type : undefined;
  const index = field ? list.findIndex((element) => isMap(element) && isSelected(field, element, selector, release)) : -1;
  return index < 0 ? notFound(selector) : list.filter((_, position) => position !== index);
}

function isSelected(type: Type, element: ValueMap, selector: Deletion, release: Release): boolean {
  const { key, value } = selector.element!;
  const pointed = type.kind === 'pointer' ? type.to : type;
  if (pointed.kind !== 'leaf') {
    return false;
  }
  const isText = type.kind === 'leaf' && type.name === 'string';
  const { selector: textOfValue, empty } = pointed.leaf;
  if (!textOfValue || !(isText || isAtLeast(release, '1.12'))) {
    return false;
  }
  const given = element.get(key) ?? (type.kind === 'leaf' ? empty : undefined);
  const text = given === undefined ? undefined : textOfValue(given);
  if (text === undefined) {
    throw new TalosError('talos:machine-config-refused', `'${shownPath(selector.path)}': Talos can't search a list with elements that lack '${shortened(key)}'`);
  }
  return text === value;
}

function notFound({ element, path, root }: Deletion): never {
  const which = element ? ` an element with '${shortened(element.key)}' ${shownAt(root, [...path, element.key], element.value)}` : ' anything to delete';
  throw new TalosError('talos:machine-config-refused', `'${shownPath(path)}': there isn't${which}`);
}
