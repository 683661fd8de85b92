import { ElementIndex } from './element-index';
import { shortened, TalosError } from '../../problem';
import { isAtLeast, Release } from '../../talos/release';
import { shownAt } from '../schema/redaction';
import { LEGACY_KIND, Type } from '../schema/schema';
import { isList, isMap, Value, ValueMap } from '../schema/values';
import { scalarText, textUnder, YamlEntry, YamlMapping, YamlNode } from '../yaml/nodes';
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

/** The identity of a patch's document, with empty texts where it has none. */
type PatchIdentity = Pick<DeleteSelector, 'apiVersion' | 'kind' | 'name'>;

/** Removes the delete selectors from a document of a patch; `isConsumed` if nothing else is left. */
export function extractDeletes(root: YamlMapping): { selectors: DeleteSelector[]; isConsumed: boolean } {
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((key) => textUnder(root, key));
  const selectors: DeleteSelector[] = [];
  const isDeleted = extractFrom(root, { apiVersion, kind, name }, [], false, selectors);
  return { selectors, isConsumed: isDeleted || isIdentityOnly(root) };
}

/** Returns whether the node is removed. Also removes mappings and lists that contain only deletes. */
function extractFrom(node: YamlNode, identity: PatchIdentity, path: readonly string[], isListItem: boolean, selectors: DeleteSelector[]): boolean {
  if (node.kind === 'mapping') {
    const kept: YamlEntry[] = [];
    for (const [index, entry] of node.entries.entries()) {
      const key = entry.key.kind === 'scalar' ? entry.key.text : '';
      if (isMarker(key, entry.value)) {
        if (!isListItem && path.some((part) => part.startsWith('['))) {
          throw new TalosError('talos:machine-config-refused', `'${shownPath(path)}': $patch can't delete a key of a list's element, only the element`);
        }
        node.entries = [...kept, ...node.entries.slice(index)];
        selectors.push(selectorOf(node, identity, path, isListItem));
        return true;
      }
      if (!extractFrom(entry.value, identity, [...path, key], false, selectors)) {
        kept.push(entry);
      }
    }
    const isEmptied = kept.length === 0 && node.entries.length > 0;
    node.entries = kept;
    return isEmptied;
  }
  if (node.kind === 'sequence') {
    const kept: YamlNode[] = [];
    for (const item of node.items) {
      // Talos counts only the elements that stay
      if (!extractFrom(item, identity, [...path, `[${kept.length}]`], true, selectors)) {
        kept.push(item);
      }
    }
    const isEmptied = kept.length === 0 && node.items.length > 0;
    node.items = kept;
    return isEmptied;
  }
  return false;
}

function isMarker(key: string, value: YamlNode): boolean {
  return key === '$patch' && value.kind === 'scalar' && value.text === 'delete';
}

function selectorOf(node: YamlMapping, { apiVersion, kind, name }: PatchIdentity, path: readonly string[], isListItem: boolean): DeleteSelector {
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

/** Deletes parts of documents, one after the other. It copies each object and list only once, however much is deleted from it. */
export class Deletions {
  /** the copies, which nobody else has */
  private readonly objects = new Set<Value>();
  private readonly lists = new Map<Value, DeletableElements>();

  public constructor(private readonly release: Release) {}

  /** Deletes what the selector selects from a document. */
  public apply(type: Type, value: ValueMap, selector: DeleteSelector): ValueMap {
    return this.deleteAt(type, value, selector.path, { ...selector, root: type }) as ValueMap;
  }

  /** Closes the gaps that deleted elements leave; until then nobody may read the documents. */
  public finish(): void {
    this.lists.forEach((elements) => elements.compact());
    this.lists.clear();
    this.objects.clear();
  }

  private deleteAt(type: Type, value: Value | undefined, path: readonly string[], selector: Deletion): Value | undefined {
    if (type.kind === 'pointer') {
      return value === undefined || value === null ? notFound(selector) : this.deleteAt(type.to, value, path, selector);
    }
    const [key, ...rest] = path;
    if (isList(value) && (type.kind === 'list' || type.kind === 'any')) {
      return this.deleteElement(type, value, rest, selector);
    }
    const child = childType(type, key, this.release);
    // fields that aren't set can be deleted, but not keys of a map
    if (!child || !(type.kind === 'struct' || (isMap(value) && value.has(key)))) {
      return notFound(selector);
    }
    const result = this.ownObject(value as ValueMap | undefined);
    const remaining = rest.length === 0 ? undefined : this.deleteAt(child, result.get(key), rest, selector);
    if (remaining === undefined) {
      result.delete(key);
    } else {
      result.set(key, remaining);
    }
    return result;
  }

  private ownObject(value: ValueMap | undefined): Map<Value, Value> {
    const own = value !== undefined && this.objects.has(value) ? value as Map<Value, Value> : new Map(value);
    this.objects.add(own);
    return own;
  }

  private deleteElement(type: Type, list: readonly Value[], rest: readonly string[], selector: Deletion): Value {
    if (rest.length > 0) {
      throw new TalosError('talos:machine-config-refused', `'${shownPath(selector.path)}': $patch: delete can't delete inside the elements of a list, only a whole element`);
    }
    const textOf = elementText(type, selector, this.release);
    const elements = this.lists.get(list) ?? new DeletableElements(list);
    if (!textOf || !elements.delete(selector, textOf)) {
      return notFound(selector);
    }
    this.lists.set(elements.list, elements);
    return elements.list;
  }
}

/** The text of an element that a selector compares; undefined for an element that Talos can't search. */
type ElementText = (element: ValueMap) => string | undefined;

/** A copy of a list from which elements are deleted. */
class DeletableElements {
  public readonly list: Value[];
  private readonly deleted = new Set<number>();
  private readonly byKey = new Map<string, ElementIndex<Value>>();

  public constructor(list: readonly Value[]) {
    this.list = [...list];
  }

  /** Deletes the first element that is selected; returns whether there is one. */
  public delete({ element, path }: DeleteSelector, textOf: ElementText): boolean {
    const { key, value } = element!;
    const index = this.byKey.get(key) ?? new ElementIndex(this.list, (item) => isMap(item) ? [textOf(item)] : []);
    this.byKey.set(key, index);
    const [position, unsearchable] = [index.first(value), index.first(undefined)];
    if (unsearchable >= 0 && !(position >= 0 && position < unsearchable)) {
      throw new TalosError('talos:machine-config-refused', `'${shownPath(path)}': Talos can't search a list with elements that lack '${shortened(key)}'`);
    }
    if (position >= 0) {
      this.deleted.add(position);
      this.list[position] = null;
    }
    return position >= 0;
  }

  /** Closes the gaps. */
  public compact(): void {
    const kept = this.list.filter((_, position) => !this.deleted.has(position));
    this.list.length = 0;
    kept.forEach((item) => this.list.push(item));
  }
}

/** What a selector compares in the elements of a list; undefined if Talos can't select any. */
function elementText(type: Type, { element }: DeleteSelector, release: Release): ElementText | undefined {
  const of = type.kind === 'list' ? type.of : undefined;
  const struct = of?.kind === 'pointer' ? of.to : of;
  const field = struct?.kind === 'struct' && element ? struct.fields.get(element.key)?.type : undefined;
  const pointed = field?.kind === 'pointer' ? field.to : field;
  if (!element || !field || pointed?.kind !== 'leaf') {
    return undefined;
  }
  const isText = field.kind === 'leaf' && field.name === 'string';
  const { selector: textOfValue, empty } = pointed.leaf;
  if (!textOfValue || !(isText || isAtLeast(release, '1.12'))) {
    return undefined;
  }
  return (item) => {
    const given = item.get(element.key) ?? (field.kind === 'leaf' ? empty : undefined);
    return given === undefined ? undefined : textOfValue(given);
  };
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

function notFound({ element, path, root }: Deletion): never {
  const which = element ? ` an element with '${shortened(element.key)}' ${shownAt(root, [...path, element.key], element.value)}` : ' anything to delete';
  throw new TalosError('talos:machine-config-refused', `'${shownPath(path)}': there isn't${which}`);
}
