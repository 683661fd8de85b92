import { Place } from './place';
import { isAtLeast, Release } from '../../../talos/release';
import { ConfigDocuments, DocumentId, documentId } from '../../documents/config-documents';
import { LEGACY_KIND } from '../../schema/schema';

/** Where Talos is to run. */
export type ValidationPlatform = 'container' | 'metal';

/** Something that is wrong with a machine configuration. */
export interface ValidationProblem {
  readonly document: DocumentId;
  /** such as `machine.network.interfaces[0]`; empty for the document as a whole */
  readonly path: string;
  readonly message: string;
}

/** What validation has to say about a machine configuration. */
export interface ValidationResult {
  /** what Talos refuses */
  readonly errors: ValidationProblem[];
  /** what Talos warns of */
  readonly warnings: ValidationProblem[];
  /** what Talos lets pass although it can't work */
  readonly findings: ValidationProblem[];
}

/** A rule for the documents of one kind. */
export type Rule = (document: Place, check: Check) => void;

/** A rule for the configuration as a whole. */
export type ConfigRule = (check: Check) => void;

/** The rules of a family of documents, by kind. */
export type DocumentRules = Readonly<Record<string, readonly Rule[]>>;

/** Node types in the words of Talos; `undefined` for a word that it does not know. */
const NODE_TYPES: Readonly<Record<string, string>> = { 'init': 'init', 'controlplane': 'controlplane', 'worker': 'worker', 'join': 'worker', '': 'worker' };

/** One validation: the configuration, for rules to look at, and the problems they found. */
export class Check implements ValidationResult {
  public readonly errors: ValidationProblem[] = [];
  public readonly warnings: ValidationProblem[] = [];
  public readonly findings: ValidationProblem[] = [];
  private readonly reported = new Set<string>();
  /** The documents in their order. */
  public readonly documents: readonly Place[];
  /** The document with `machine` and `cluster`, or a place without a value. */
  public readonly legacy: Place;

  public constructor(public readonly config: ConfigDocuments, public readonly release: Release, public readonly platform: ValidationPlatform) {
    this.documents = config.entries.map((entry) => Place.of(documentId(entry), entry.value, entry.kind.type));
    this.legacy = this.document(LEGACY_KIND);
  }

  /** The type of the node: `controlplane`, `init` or `worker`, if it is a known one. */
  public get nodeType(): string | undefined {
    const word = this.legacy.at('machine.type').text;
    return Object.hasOwn(NODE_TYPES, word) ? NODE_TYPES[word] : undefined;
  }

  public get isControlPlane(): boolean {
    return this.nodeType === 'controlplane' || this.nodeType === 'init';
  }

  /** Whether the node runs this release or a newer one. */
  public since(release: Release): boolean {
    return isAtLeast(this.release, release);
  }

  /** The first document of a kind, or a place without a value. */
  public document(kind: string): Place {
    return this.documentsOf(kind)[0] ?? Place.of({ kind }, undefined);
  }

  /** All documents of a kind. */
  public documentsOf(kind: string): readonly Place[] {
    return this.documents.filter(({ document }) => document.kind === kind);
  }

  /** Talos refuses what is at `place`; `problem` goes on after the name of the place. */
  public error(place: Place, problem: string): void {
    this.report(this.errors, place, problem);
  }

  /** Talos warns of what is at `place`. */
  public warn(place: Place, problem: string): void {
    this.report(this.warnings, place, problem);
  }

  /** Talos takes what is at `place`, but it can't work. */
  public finding(place: Place, problem: string): void {
    this.report(this.findings, place, problem);
  }

  /** The error for a place that must not be empty; says whether it is there. */
  public requires(place: Place, advice: string): boolean {
    if (place.isEmpty) {
      this.error(place, `is required: ${advice}`);
    }
    return !place.isEmpty;
  }

  /** What two rules find counts once. */
  private report(problems: ValidationProblem[], { document, path, name }: Place, problem: string): void {
    const message = `${name} ${problem}`;
    const key = JSON.stringify([document, message]);
    if (!this.reported.has(key)) {
      this.reported.add(key);
      problems.push({ document, path, message });
    }
  }
}
