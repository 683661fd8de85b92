import { Release } from '../../talos/release';
import { schemaOf } from '../schema/schema';
import { isList, isMap, Value, ValueMap } from '../schema/values';

type Mapping = Map<Value, Value>;

/** A field that has no place in documents, and what to do about it. */
export interface TranslationNote {
  /** the path in the document without a kind */
  readonly path: string;
  /** continues the sentence after the path */
  readonly words: string;
  /** Whether the machine works in another way without the field. */
  readonly isLost: boolean;
}

/** What the document without a kind becomes. */
export interface TranslatedDocuments {
  /** the documents that replace its fields */
  readonly documents: readonly ValueMap[];
  /** what stays in it; empty if nothing does */
  readonly rest: ValueMap;
  /** the fields that are in neither */
  readonly notes: readonly TranslationNote[];
}

/** For which machine the documents are. */
export interface TranslationTarget {
  readonly release: Release;
  readonly isControlPlane: boolean;
}

/** Deletes what it replaces in a patch. */
export const DELETE: ValueMap = new Map([['$patch', 'delete']]);

export function isDelete(value: Value | undefined): boolean {
  return isMap(value) && value.get('$patch') === 'delete';
}

/** The documents that stand for fields of the document without a kind, while they are collected. */
export class Translation {
  public readonly notes: TranslationNote[] = [];
  private readonly byId = new Map<string, Mapping>();
  private path = '';

  public constructor(public readonly target: TranslationTarget, private readonly only: readonly string[]) {}

  /** Whether what is at a path is translated. */
  public includes(path: string): boolean {
    return this.only.some((part) => part === '' || path === part || path.startsWith(`${part}.`));
  }

  public get documents(): readonly ValueMap[] {
    return [...this.byId.values()];
  }

  /** Translates what is at a path of the document without a kind; notes are about it. */
  public at(path: string, action: () => void): void {
    const before = this.path;
    this.path = path;
    action();
    this.path = before;
  }

  /** Whether the release has documents of a kind, with a field. */
  public has(kind: string, field?: string): boolean {
    const type = schemaOf(this.target.release).kind(kind)?.type;
    return type !== undefined && (field === undefined || type.fields.has(field));
  }

  /** Sets a field of a document; maps and lists of several fields are joined. */
  public put(kind: string, field: string, value: Value, name?: string): void {
    const keys = field.split('.');
    const last = keys.pop()!;
    let parent = this.document(kind, name);
    for (const key of keys) {
      const child = parent.get(key);
      const next: Mapping = child instanceof Map && !isDelete(child) ? child as Mapping : new Map();
      parent.set(key, next);
      parent = next;
    }
    parent.set(last, joined(parent.get(last), value));
  }

  /** Deletes a document. */
  public remove(kind: string, name?: string): void {
    this.document(kind, name).set('$patch', 'delete');
  }

  /** Empties a field before another document of the kind sets it: lists would be appended to. */
  public clear(kind: string, field: string): void {
    const cleared = document(kind);
    cleared.set(field, DELETE);
    this.byId.set(`${kind}//before`, cleared);
  }

  /** Says something about the field that is being translated, or about one below it. */
  public note(words: string, below = ''): void {
    this.notes.push({ path: this.path + below, words, isLost: true });
  }

  /** Says that the field has no effect on the machine. */
  public noteNeedless(words: string): void {
    this.notes.push({ path: this.path, words, isLost: false });
  }

  private document(kind: string, name?: string): Mapping {
    const id = `${kind}/${name ?? ''}`;
    const found = this.byId.get(id) ?? document(kind, name);
    this.byId.set(id, found);
    return found;
  }
}

function document(kind: string, name?: string): Mapping {
  return new Map<Value, Value>([['apiVersion', 'v1alpha1'], ['kind', kind], ...name === undefined ? [] : [['name', name] as const]]);
}

function joined(before: Value | undefined, value: Value): Value {
  if (isList(before) && isList(value)) {
    return [...before, ...value];
  }
  return isMap(before) && isMap(value) && !isDelete(value) ? new Map([...before, ...value]) : value;
}
