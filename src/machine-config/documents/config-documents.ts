import { groupBy } from '../../kubernetes/group-by';
import { shortened, TalosError, withoutCredentials } from '../../problem';
import { isAtLeast, Release } from '../../talos/release';
import { DocumentKind, LEGACY_KIND } from '../schema/schema';
import { isList, isMap, plainValue, PlainValue, Value, ValueMap } from '../schema/values';
import { prefixOf } from '../yaml/refusal';

/** A document and its values. */
export interface DocumentEntry {
  readonly kind: DocumentKind;
  readonly value: ValueMap;
}

/** The identity of a document. */
export interface DocumentId {
  /** `v1alpha1`; the legacy document has none */
  readonly apiVersion?: string;
  /** the kind; `v1alpha1` for the legacy document */
  readonly kind: string;
  /** the name, where documents of the kind have one */
  readonly name?: string;
}

/** The documents of a machine config. They are immutable; a patch gives new ones. */
export class ConfigDocuments {
  /** The documents in the order of the output: the legacy document is first. */
  public readonly entries: readonly DocumentEntry[];
  private readonly byKind: ReadonlyMap<string, readonly DocumentEntry[]>;

  public constructor(public readonly release: Release, entries: readonly DocumentEntry[]) {
    const isLegacy = ({ kind }: DocumentEntry) => kind.kind === LEGACY_KIND;
    this.entries = [...entries.filter(isLegacy), ...entries.filter((entry) => !isLegacy(entry))];
    this.byKind = groupBy(this.entries, ({ kind }) => kind.kind);
  }

  /** The documents as plain objects. */
  public get plain(): object[] {
    return this.entries.map(({ value }) => plainValue(value) as object);
  }

  /** The identities of the documents. */
  public get ids(): DocumentId[] {
    return this.entries.map(documentId);
  }

  /** Whether there is a document with `machine` and `cluster`. */
  public get hasLegacyDocument(): boolean {
    return this.has(LEGACY_KIND);
  }

  /** Whether there is a document of a kind. */
  public has(kind: string): boolean {
    return this.byKind.has(kind);
  }

  /** The documents of a kind. */
  public ofKind(kind: string): readonly DocumentEntry[] {
    return this.byKind.get(kind) ?? [];
  }

  /**
   * Reads a plain value: `get('v1alpha1', 'machine.type')`, `get('LinkConfig', 'mtu', 'eth0')`.
   *
   * Keys with a dot need the path as a list. Undefined if nothing is set or there is no such document.
   */
  public get(kind: string, path: string | readonly string[] = [], name?: string): PlainValue | undefined {
    const entry = this.ofKind(kind).find((candidate) => name === undefined || documentId(candidate).name === name);
    let value: Value | undefined = entry?.value;
    for (const key of typeof path === 'string' ? path.split('.') : path) {
      value = isMap(value) ? value.get(key) : isList(value) ? value[Number(key)] : undefined;
    }
    return value === undefined ? undefined : plainValue(value);
  }
}

/** Identifies a document. */
export function documentId({ kind, value }: DocumentEntry): DocumentId {
  return {
    apiVersion: kind.kind === LEGACY_KIND ? undefined : 'v1alpha1',
    kind: kind.kind,
    name: kind.named ? String(value.get('name') ?? '') : undefined,
  };
}

/** The key of a document. A patch merges documents with the same key. */
export function matchingId(entry: DocumentEntry): string {
  const { kind, name } = documentId(entry);
  return `${kind}/${name ?? ''}`;
}

/** The name of a document in error messages: `the LinkConfig document 'eth0'`. */
export function documentName(kind: string, name?: string): string {
  return `the ${shortened(kind)} document${name ? ` '${shortened(name)}'` : ''}`;
}

/** What tells a document from others in lists of its values: `LinkConfig/eth0`. Each of them would repeat a very long name, which is cut. */
export function documentLabel({ kind, name }: DocumentId): string {
  return name ? `${kind}/${prefixOf(withoutCredentials(name))}` : kind;
}

/** Refuses duplicate documents, and documents that claim the same name. */
export function refuseConflicts(entries: readonly DocumentEntry[], release: Release): void {
  const seen = new Set<string>();
  const claims = new Map<string, string>();
  for (const entry of entries) {
    const described = documentName(entry.kind.kind, documentId(entry).name);
    const id = matchingId(entry);
    if (seen.has(id)) {
      throw new TalosError('talos:machine-config-refused', `${described} occurs twice: merge them`);
    }
    seen.add(id);
    for (const claimed of claimedNames(entry, release)) {
      const owner = claims.get(claimed);
      if (owner !== undefined) {
        throw new TalosError('talos:machine-config-refused', `${owner} and ${described} both claim the name '${shortened(claimed.slice(claimed.indexOf('/') + 1))}': keep one of them`);
      }
      claims.set(claimed, described);
    }
  }
}

function claimedNames({ kind, value }: DocumentEntry, release: Release): string[] {
  if (!kind.group || !isAtLeast(release, '1.11')) {
    return [];
  }
  const names = [value.get('name')];
  const peer = value.get('peer'); // a veth pair has two links
  if (kind.kind === 'VethConfig') {
    names.push(isMap(peer) ? peer.get('name') : undefined);
  }
  return names.map((name) => `${kind.group}/${String(name ?? '')}`);
}
