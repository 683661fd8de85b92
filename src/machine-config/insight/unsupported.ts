import { compareReleases, Release } from '../../talos/release';
import { ConfigDocuments, DocumentId, documentId } from '../documents/config-documents';
import { isEmpty } from '../documents/encode';
import { Field, schemaOf, StructType, Type } from '../schema/schema';
import { isList, isMap, Value, ValueMap } from '../schema/values';
import { nodeOf } from '../yaml/nodes';
import { pathBelow, prefixOf } from '../yaml/refusal';

/** A part of a machine config that a release doesn't know. */
export interface UnsupportedPart {
  readonly document: DocumentId;
  /** empty if the release doesn't know documents of this kind */
  readonly path: string;
  /** the first release that has it, if that is newer */
  readonly since?: Release;
  /** the last release that has it, if that is older */
  readonly until?: Release;
}

/** The parts of a machine config that Talos of a release would refuse. */
export function unsupportedIn(config: ConfigDocuments, release: Release): UnsupportedPart[] {
  const schema = schemaOf(release);
  return config.entries.flatMap((entry) => {
    const document = documentId(entry);
    const kind = schema.kind(entry.kind.kind);
    if (!kind) {
      return [{ document, path: '', since: entry.kind.since }];
    }
    const search = new Search(document, release);
    search.compareStructs(entry.kind.type, kind.type, entry.value);
    return search.found;
  });
}

class Search {
  public readonly found: UnsupportedPart[] = [];
  private readonly fields: Field[] = [];
  /** the path of the value and those of what is around it */
  private readonly path: string[] = [];

  public constructor(private readonly document: DocumentId, private readonly release: Release) {}

  /** Compares the type with which the value was read and the type that it must have. */
  public compareStructs(own: StructType, other: StructType, value: ValueMap): void {
    for (const [key, item] of value) {
      const field = own.fields.get(String(key))!;
      if (!field.always && isEmpty(field.type, item)) {
        continue;
      }
      this.fields.push(field);
      this.at(String(key), () => {
        const otherField = other.fields.get(field.name);
        if (otherField) {
          this.compare(field.type, otherField.type, item);
        } else {
          this.report();
        }
      });
      this.fields.pop();
    }
  }

  private compare(own: Type, other: Type, value: Value): void {
    if (own.kind === 'pointer') {
      this.compare(own.to, other.kind === 'pointer' ? other.to : other, value);
    } else if (own.kind === 'struct' && other.kind === 'struct' && isMap(value)) {
      this.compareStructs(own, other, value);
    } else if (own.kind === 'list' && other.kind === 'list' && isList(value)) {
      value.forEach((item, index) => this.at(`[${index}]`, () => this.compare(own.of, other.of, item)));
    } else if (own.kind === 'map' && other.kind === 'map' && isMap(value)) {
      value.forEach((item, key) => this.at(String(key), () => this.compare(own.of, other.of, item)));
    } else if (own.kind === 'leaf' && other.kind === 'leaf' && own.leaf !== other.leaf) {
      if (other.leaf.read(nodeOf(own.leaf.write(value)), this.release) === undefined) {
        this.report(own.leaf.valueSince?.(value));
      }
    }
  }

  private report(valueSince?: Release): void {
    const newest = [...this.fields.flatMap((field) => field.since ?? []), ...valueSince ? [valueSince] : []].sort(compareReleases).pop();
    const until = this.fields[this.fields.length - 1].until;
    this.found.push({
      document: this.document,
      path: this.path[this.path.length - 1],
      ...newest && compareReleases(newest, this.release) > 0 ? { since: newest } : { until },
    });
  }

  private at(key: string, action: () => void): void {
    this.path.push(pathBelow(prefixOf(this.path[this.path.length - 1] ?? ''), key));
    action();
    this.path.pop();
  }
}
