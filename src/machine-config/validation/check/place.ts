import { shortened } from '../../../problem';
import { DocumentId, documentName } from '../../documents/config-documents';
import { shownAt } from '../../schema/redaction';
import { LEGACY_KIND, Type } from '../../schema/schema';
import { isList, isMap, Value } from '../../schema/values';
import { pathBelow, prefixOf } from '../../yaml/refusal';

/** A place in a document: its value and its path. */
export class Place {
  /** The place of a whole document, with the document's type. */
  public static of(document: DocumentId, value: Value | undefined, type: Type = { kind: 'any' }): Place {
    return new Place(document, type, undefined, [], value);
  }

  private knownPath?: string;
  private knownShownPath?: string;
  private knownDocumentName?: string;

  private constructor(
    public readonly document: DocumentId,
    private readonly type: Type,
    private readonly parent: Place | undefined,
    private readonly steps: readonly string[],
    public readonly value: Value | undefined,
  ) {}

  /** The keys of the path; those of a list are `[0]`. */
  public get keys(): readonly string[] {
    return [...this.parent?.keys ?? [], ...this.steps];
  }

  /** `machine.network.interfaces[0]`; empty for the whole document. */
  public get path(): string {
    this.knownPath ??= this.steps.reduce(pathBelow, prefixOf(this.parent?.path ?? ''));
    return this.knownPath;
  }

  /** The name of the place in messages. */
  public get name(): string {
    if (this.path === '') {
      return this.documentName;
    }
    return this.document.kind === LEGACY_KIND ? this.quoted : `${this.quoted} in ${this.documentName}`;
  }

  /** The path, for a message about another place in the document. */
  public get quoted(): string {
    return `'${this.shownPath}'`;
  }

  private get shownPath(): string {
    this.knownShownPath ??= this.steps.map(shortened).reduce(pathBelow, this.parent?.shownPath ?? '');
    return this.knownShownPath;
  }

  private get documentName(): string {
    this.knownDocumentName ??= this.parent?.documentName ?? documentName(this.document.kind, this.document.name);
    return this.knownDocumentName;
  }

  /** Whether there is a value, even an empty one. */
  public get isSet(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** Whether there is no value, an empty text, a zero, or an empty list or object. */
  public get isEmpty(): boolean {
    const { value } = this;
    return !value || (isMap(value) && value.size === 0) || (isList(value) && value.length === 0);
  }

  /** The value as text; empty if there is none. */
  public get text(): string {
    return this.isSet && !isMap(this.value) && !isList(this.value) ? String(this.value) : '';
  }

  /** The value as a number; 0 if there is none. */
  public get number(): number {
    return typeof this.value === 'bigint' ? Number(this.value) : 0;
  }

  /** Whether the value is `true`. */
  public get isTrue(): boolean {
    return this.value === true;
  }

  /** The elements of a list. */
  public get items(): readonly Place[] {
    return isList(this.value) ? this.value.map((item, index) => this.child([`[${index}]`], item)) : [];
  }

  /** The keys of an object and their places. */
  public get entries(): ReadonlyArray<readonly [string, Place]> {
    return isMap(this.value)
      ? [...this.value].map(([key, item]) => [String(key), this.child([String(key)], item)] as const)
      : [];
  }

  /** The value for messages: shortened, and never a secret. */
  public get shown(): string {
    return shownAt(this.type, this.keys, this.text);
  }

  /** The place at a path such as `network.cni`. */
  public at(path: string): Place {
    const keys = path.split('.');
    let value = this.value;
    for (const key of keys) {
      value = isMap(value) ? value.get(key) : undefined;
    }
    return this.child(keys, value);
  }

  /** The same place with another value. */
  public withValue(value: Value): Place {
    return new Place(this.document, this.type, this.parent, this.steps, value);
  }

  private child(steps: readonly string[], value: Value | undefined): Place {
    return new Place(this.document, this.type, this, steps, value);
  }
}

/** The places with the same value as an earlier one in the list, and that earlier one. */
export function* repeated(places: Iterable<readonly [key: string, place: Place]>): Generator<readonly [place: Place, earlier: Place]> {
  const seen = new Map<string, Place>();
  for (const [key, place] of places) {
    const earlier = seen.get(key);
    if (earlier) {
      yield [place, earlier];
    } else {
      seen.set(key, place);
    }
  }
}
