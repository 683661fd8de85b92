import { ConfigDocuments, DocumentEntry, documentName, refuseConflicts } from './config-documents';
import { Decoder } from './decode';
import { encodeDocuments } from './encode';
import { PlainDocuments } from './plain-documents';
import { quoted, shortened, TalosError } from '../../problem';
import { recognizeKeys, recognizeText, TextReader } from '../../talos/recognized-text';
import { isAtLeast, Release } from '../../talos/release';
import { allKinds, DocumentKind, kindSince, LEGACY_KIND, schemaOf } from '../schema/schema';
import { isNull, nodeOf, parseYaml, resolveScalar, scalarText, textUnder, YamlMapping, YamlNode } from '../yaml/nodes';
import { suggestion, withinStack } from '../yaml/refusal';

/** A text that has been parsed. */
export interface ParsedText {
  readonly nodes: readonly YamlNode[];
}

/** YAML text, or documents as plain objects. */
export type ConfigSource = string | ParsedText | PlainDocuments;

/** What a refused machine config or patch is instead, and what reads it, if it is a file that people take for one. */
export function mistakenFor(source: ConfigSource, reader: TextReader): string | undefined {
  return typeof source === 'string'
    ? recognizeText(source, reader)
    : recognizeKeys(nodesOf(source).map((node) => new Set(node.kind === 'mapping' ? node.entries.map(({ key }) => scalarText(key)) : [])), reader);
}

/** Reads a machine config as Talos of this release does. */
export function loadConfig(source: ConfigSource, release: Release): ConfigDocuments {
  return withinStack(() => readConfig(source, release));
}

/** Reads a machine config back from its own text, which includes some empty values. */
export function asWritten(config: ConfigDocuments): ConfigDocuments {
  return readConfig(encodeDocuments(config), config.release);
}

/** Reads a machine config inside another stage. */
export function readConfig(source: ConfigSource, release: Release): ConfigDocuments {
  const entries: DocumentEntry[] = [];
  for (const mapping of mappings(nodesOf(source), release)) {
    entries.push(decodeDocument(mapping, release));
  }
  if (entries.length === 0) {
    throw new TalosError('talos:machine-config-refused', 'there is no document: give at least one');
  }
  refuseConflicts(entries, release);
  return new ConfigDocuments(release, entries);
}

export function nodesOf(source: ConfigSource): readonly YamlNode[] {
  if (typeof source === 'string') {
    return parseYaml(source);
  }
  return 'nodes' in source ? source.nodes : source.map(nodeOf);
}

export function* mappings(nodes: readonly YamlNode[], release: Release): Generator<YamlMapping> {
  for (const [index, node] of nodes.entries()) {
    if (node.kind === 'mapping') {
      yield node;
    } else if (!isNull(node)) {
      throw new TalosError('talos:machine-config-refused', `document ${index + 1} must be an object with keys such as 'machine' or 'kind', not ${node.kind === 'sequence' ? 'a list' : 'a text'}`);
    } else if (!isAtLeast(release, '1.12')) {
      throw new TalosError('talos:machine-config-refused', `document ${index + 1} is empty, which Talos accepts only since 1.12: remove its '---'`);
    }
  }
}

export function decodeDocument(mapping: YamlMapping, release: Release): DocumentEntry {
  const name = textUnder(mapping, 'name');
  const kind = findKind(mapping, name, release);
  const value = new Decoder(schemaOf(release), kind.type, documentName(kind.kind, kind.named ? name : undefined)).decodeDocument(mapping);
  return { kind, value };
}

function findKind(mapping: YamlMapping, name: string, release: Release): DocumentKind {
  const { kind, apiVersion } = identity(mapping);
  const schema = schemaOf(release);
  if (kind === '') {
    if (apiVersion !== 'v1alpha1') {
      throw new TalosError('talos:machine-config-refused', 'a document needs \'kind\' and \'apiVersion: v1alpha1\', or \'machine\' and \'cluster\'');
    }
    return schema.kind(LEGACY_KIND)!;
  }
  const described = documentName(kind, name);
  if (apiVersion !== 'v1alpha1') {
    throw new TalosError('talos:machine-config-refused', `${described} needs 'apiVersion: v1alpha1'${apiVersion && `, not ${quoted(apiVersion)}`}`);
  }
  const found = kind === LEGACY_KIND ? undefined : schema.kind(kind);
  if (!found) {
    const since = kindSince(kind);
    throw new TalosError('talos:unknown-field', since
      ? `${described} is known since Talos ${since}, but the config is for Talos ${release}`
      : `unknown kind '${shortened(kind)}'${suggestion(kind, allKinds())}`);
  }
  return found;
}

/** What shows that a document is the one without a kind. */
const LEGACY_WORDS = ['machine', 'cluster', 'debug', 'persist'];

/** Talos searches the values too, so it can mistake a value for a key. */
function identity(mapping: YamlMapping): { kind: string; apiVersion: string } {
  const nodes = mapping.entries.flatMap(({ key, value }) => [key, value]);
  const found = { kind: '', apiVersion: '' };
  nodes.forEach((node, index) => {
    const word = scalarText(node);
    if (word === 'kind' || word === 'apiVersion') {
      found[word] = wordAfter(nodes, index, word);
    } else if (LEGACY_WORDS.includes(word)) {
      found.apiVersion = 'v1alpha1';
    }
  });
  return found;
}

function wordAfter(nodes: readonly YamlNode[], index: number, word: string): string {
  const node = nodes[index + 1];
  if (!node) {
    throw new TalosError('talos:machine-config-refused', `the last value of a document can't be the text '${word}', because Talos mistakes it for a key: put another key last`);
  }
  if (node.kind !== 'scalar') {
    throw new TalosError('talos:machine-config-refused', `'${word}' must be a text`);
  }
  return resolveScalar(node) === null ? '' : node.text;
}
