import { PodFacts } from './pod-facts';
import { shortened } from '../../problem';
import { Release } from '../../talos/release';
import { ConfigDocuments, DocumentId } from '../documents/config-documents';
import { LEGACY_KIND, schemaOf } from '../schema/schema';
import { isList, isMap } from '../schema/values';
import { Check } from '../validation/check/check';
import { Place } from '../validation/check/place';

/** A rule that finds what doesn't fit pods. */
export type FitnessRule = (check: FitnessCheck) => void;

/**
 * Where a setting is: `v1alpha1 machine.disks` in the document without a kind, `TimeSyncConfig ntp.servers` in the documents of a kind, or only a
 * kind, whose documents are the setting.
 */
export type Setting = string;

/** What a message is about: a place, or the documents of one kind. */
export interface Subject {
  readonly document: DocumentId;
  readonly path: string;
  readonly name: string;
}

/** A check of whether a machine config fits pods, with what is known of them. */
export class FitnessCheck extends Check {
  public constructor(config: ConfigDocuments, release: Release, public readonly pods: PodFacts) {
    super(config, release, 'container');
  }

  /** Whether the release has a kind of documents. */
  public knows(kind: string): boolean {
    return schemaOf(this.release).kind(kind) !== undefined;
  }

  /** The places of a setting that aren't empty. */
  public placesOf(setting: Setting): readonly Place[] {
    const [kind, field] = setting.split(' ');
    const documents = this.documentsOf(kind);
    return field === undefined || documents.length === 0
      ? documents
      : documents.map((document) => document.at(field)).filter((place) => !place.isEmpty);
  }

  /** Reports a setting with which pods can't run, or that would hurt the hosting node. */
  public fatal(id: string, subject: Subject, problem: string, values: readonly string[] = []): void {
    this.report(this.findings, id, subject, withValues(values, problem));
  }

  /** Reports a setting that has no effect in pods, or not the one that is meant. */
  public harmful(id: string, subject: Subject, problem: string, values: readonly string[] = []): void {
    this.report(this.warnings, id, subject, withValues(values, problem));
  }
}

function withValues(values: readonly string[], problem: string): string {
  return values.length > 0 ? `(${values.join(', ')}) ${problem}` : problem;
}

/** One subject for the same field of several documents of one kind. */
export function subjectOf(places: readonly Place[]): Subject {
  const [first] = places;
  if (places.length === 1 || first.document.kind === LEGACY_KIND) {
    return first;
  }
  const { document: { kind }, path, quoted } = first;
  const documents = `the ${kind} documents ${places.map(({ document: { name = '' } }) => `'${shortened(name)}'`).join(', ')}`;
  return { document: { kind }, path, name: path === '' ? documents : `${quoted} in ${documents}` };
}

/** The value for a message, without quotes. */
export function shownText(place: Place): string {
  return place.shown.replace(/^"(.*)"$/s, '$1');
}

/**
 * The values of a setting for a message: the elements of a list, the keys of an object, or the value itself.
 *
 * @param field the field that shows elements which are objects
 */
export function valuesOf(place: Place, field?: string): string[] {
  if (isList(place.value)) {
    return place.items.map((item) => isMap(item.value) ? shownText(item.at(field ?? 'name')) : shownText(item)).filter((text) => text !== '');
  }
  if (isMap(place.value)) {
    return place.entries.map(([key]) => shortened(key));
  }
  return place.isTrue ? [] : [shownText(place)].filter((text) => text !== '');
}
