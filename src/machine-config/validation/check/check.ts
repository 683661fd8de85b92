import { Place } from './place';
import { isAtLeast, Release } from '../../../talos/release';
import { ConfigDocuments, DocumentId, documentId } from '../../documents/config-documents';
import { LEGACY_KIND } from '../../schema/schema';

/** Where Talos runs. */
export type ValidationPlatform = 'container' | 'metal';

/** A problem of a machine config. */
export interface ValidationProblem {
  /** stable, for example `talos:deprecated-field` */
  readonly id: string;
  readonly document: DocumentId;
  /** such as `machine.network.interfaces[0]`; empty for the whole document */
  readonly path: string;
  readonly message: string;
}

/** The problems of a machine config. */
export interface ValidationResult {
  /** problems that Talos refuses */
  readonly errors: ValidationProblem[];
  /** problems that Talos warns about */
  readonly warnings: ValidationProblem[];
  /** problems that Talos accepts although the machine can't work with them */
  readonly findings: ValidationProblem[];
}

/** A rule for the documents of one kind. */
export type Rule = (document: Place, check: Check) => void;

/** A rule for the whole machine config. */
export type ConfigRule = (check: Check) => void;

/** The rules of a family of documents, by kind. */
export type DocumentRules = Readonly<Record<string, readonly Rule[]>>;

/** Machine types by the words that Talos accepts; `undefined` for an unknown word. */
const MACHINE_TYPES: Readonly<Record<string, string>> = { 'init': 'init', 'controlplane': 'controlplane', 'worker': 'worker', 'join': 'worker', '': 'worker' };

/** A validation: the machine config, and the problems that the rules found. */
export class Check implements ValidationResult {
  public readonly errors: ValidationProblem[] = [];
  public readonly warnings: ValidationProblem[] = [];
  public readonly findings: ValidationProblem[] = [];
  /** the messages about each document, by its kind and name */
  private readonly reported = new Map<string, Map<string | undefined, Set<string>>>();
  private readonly byKind = new Map<string, Place[]>();

  /** The documents in order. */
  public readonly documents: readonly Place[];
  /** The document with `machine` and `cluster`, or a place without a value. */
  public readonly legacy: Place;
  /** The type of the machine: `controlplane`, `init` or `worker`; undefined if it is unknown. */
  public readonly machineType: string | undefined;

  public constructor(public readonly config: ConfigDocuments, public readonly release: Release, public readonly platform: ValidationPlatform) {
    this.documents = config.entries.map((entry) => Place.of(documentId(entry), entry.value, entry.kind.type));
    this.documents.forEach((place) => entryOf(this.byKind, place.document.kind, () => []).push(place));
    this.legacy = this.document(LEGACY_KIND);
    const word = this.legacy.at('machine.type').text;
    this.machineType = Object.hasOwn(MACHINE_TYPES, word) ? MACHINE_TYPES[word] : undefined;
  }

  public get isControlPlane(): boolean {
    return this.machineType === 'controlplane' || this.machineType === 'init';
  }

  /** Whether the machine runs this release or a newer one. */
  public since(release: Release): boolean {
    return isAtLeast(this.release, release);
  }

  /** The first document of a kind, or a place without a value. */
  public document(kind: string): Place {
    return this.documentsOf(kind)[0] ?? Place.of({ kind }, undefined);
  }

  /** All documents of a kind. */
  public documentsOf(kind: string): readonly Place[] {
    return this.byKind.get(kind) ?? [];
  }

  /** Reports that Talos refuses the value at `place`; `problem` continues after the name of the place. */
  public error(place: Place, problem: string): void {
    this.report(this.errors, 'talos:refused', place, problem);
  }

  /** Reports that Talos warns about the value at `place`. */
  public warn(place: Place, id: string, problem: string): void {
    this.report(this.warnings, id, place, problem);
  }

  /** Reports that Talos accepts the value at `place`, but the machine can't work with it. */
  public finding(place: Place, problem: string): void {
    this.report(this.findings, 'talos:not-working', place, problem);
  }

  /** Reports an empty place as an error. Returns whether it has a value. */
  public requires(place: Place, advice: string): boolean {
    if (place.isEmpty) {
      this.error(place, `is required: ${advice}`);
    }
    return !place.isEmpty;
  }

  /** Reports a problem once, even if two rules find it. */
  protected report(problems: ValidationProblem[], id: string, { document, path, name }: Pick<Place, 'document' | 'path' | 'name'>, problem: string): void {
    const message = `${name} ${problem}`;
    const byName = entryOf(this.reported, document.kind, () => new Map<string | undefined, Set<string>>());
    const messages = entryOf(byName, document.name, () => new Set<string>());
    if (!messages.has(message)) {
      messages.add(message);
      problems.push({ id, document, path, message });
    }
  }
}

/** The entry of a map, which is added if it is missing. */
function entryOf<K, V>(entries: Map<K, V>, key: K, added: () => V): V {
  const entry = entries.get(key) ?? added();
  entries.set(key, entry);
  return entry;
}
