import { Decoder } from './decode';
import { FreeFormDecoder } from './decode-free-form';
import { DeleteSelector, extractDeletes } from './delete';
import { ConfigDocuments, DocumentEntry, documentName, refuseConflicts } from './documents';
import { encodeDocuments } from './encode';
import { atStage, Refusal, suggestion } from './errors';
import { JsonOperation } from './json-patch';
import { PlainDocuments } from './plain-documents';
import { isAtLeast, Release } from './release';
import { allKinds, DocumentKind, kindSince, LEGACY_KIND, schemaOf } from './schema';
import { isMap, Value } from './values';
import { isNull, nodeOf, parseYaml, resolveScalar, scalarText, textUnder, YamlMapping, YamlNode } from './yaml-nodes';

/** A part of a strategic patch: a document to merge or something to delete. */
export type PatchStep = { readonly merge: DocumentEntry } | { readonly delete: DeleteSelector };

/** A patch that was read: documents to merge, or a JSON patch. */
export type ConfigPatch =
  | { readonly type: 'strategic'; readonly steps: readonly PatchStep[] }
  | { readonly type: 'json'; readonly operations: readonly JsonOperation[] };

/** YAML text, or documents as plain objects. */
export type ConfigSource = string | PlainDocuments;

/** Reads a machine configuration as a node of this release would. */
export function loadConfig(source: ConfigSource, release: Release): ConfigDocuments {
  return atStage('load-config', () => readConfig(source, release));
}

/** The configuration as its own text would read: with what is written although it is empty. */
export function asWritten(config: ConfigDocuments): ConfigDocuments {
  return readConfig(encodeDocuments(config), config.release);
}

/** Reads a patch as `talosctl --config-patch` takes it: documents, or a JSON patch as JSON or YAML. */
export function loadPatch(source: ConfigSource, release: Release): ConfigPatch {
  return atStage('load-patch', () => {
    const nodes = nodesOf(source);
    return readJsonPatch(nodes) ?? { type: 'strategic', steps: readSteps(nodes, release) };
  });
}

/** Reads a machine configuration without a stage of its own. */
export function readConfig(source: ConfigSource, release: Release): ConfigDocuments {
  const entries: DocumentEntry[] = [];
  for (const mapping of mappings(nodesOf(source), release)) {
    entries.push(decodeDocument(mapping, release));
  }
  if (entries.length === 0) {
    throw new Refusal('there is no configuration in the text');
  }
  refuseConflicts(entries, release);
  return new ConfigDocuments(release, entries);
}

function nodesOf(source: ConfigSource): YamlNode[] {
  return typeof source === 'string' ? parseYaml(source) : source.map(nodeOf);
}

function readSteps(nodes: readonly YamlNode[], release: Release): PatchStep[] {
  const steps: PatchStep[] = [];
  const entries: DocumentEntry[] = [];
  for (const mapping of mappings(nodes, release)) {
    const { selectors, isConsumed } = extractDeletes(mapping);
    if (selectors.length > 0 && !isAtLeast(release, '1.8')) {
      throw new Refusal(`$patch: delete is known since Talos 1.8, but the patch is for Talos ${release}`);
    }
    steps.push(...selectors.map((selector) => ({ delete: selector })));
    if (!isConsumed || !isAtLeast(release, '1.8')) {
      const entry = decodeDocument(mapping, release);
      entries.push(entry);
      steps.push({ merge: entry });
    }
  }
  if (steps.length === 0) {
    throw new Refusal('there is no configuration in the patch');
  }
  if (!isAtLeast(release, '1.14')) {
    refuseConflicts(entries, release);
  }
  // wherever they stand in the patch, the deletes of the legacy document come first
  const isLegacyDelete = (step: PatchStep) => 'delete' in step && step.delete.kind === LEGACY_KIND;
  return [...steps.filter(isLegacyDelete), ...steps.filter((step) => !isLegacyDelete(step))];
}

/** A patch is a JSON patch if it is a list or, as Talos has it, nothing at all. */
function readJsonPatch(nodes: readonly YamlNode[]): ConfigPatch | undefined {
  if (nodes.every(isNull)) {
    return { type: 'json', operations: [] };
  }
  if (nodes[0].kind !== 'sequence') {
    return undefined;
  }
  const items = new FreeFormDecoder('the json patch').decodeAny(nodes[0]) as readonly Value[];
  const operations = items.map((item) => item ?? new Map<Value, Value>());
  if (!operations.every(isMap) || !nodes.slice(1).every(isNull)) {
    throw new Refusal('a json patch must be a list of operations');
  }
  return { type: 'json', operations };
}

function* mappings(nodes: readonly YamlNode[], release: Release): Generator<YamlMapping> {
  for (const [index, node] of nodes.entries()) {
    if (node.kind === 'mapping') {
      yield node;
    } else if (!isNull(node)) {
      throw new Refusal(`document ${index + 1} must be an object with keys such as 'machine' or 'kind', not ${node.kind === 'sequence' ? 'a list' : 'a text'}`);
    } else if (!isAtLeast(release, '1.12')) {
      throw new Refusal(`document ${index + 1} is empty, which Talos takes since 1.12 only: remove its '---'`);
    }
  }
}

function decodeDocument(mapping: YamlMapping, release: Release): DocumentEntry {
  const name = textUnder(mapping, 'name');
  const kind = findKind(mapping, name, release);
  const value = new Decoder(schemaOf(release), documentName(kind.kind, kind.named ? name : undefined)).decodeDocument(mapping, kind.type);
  return { kind, value };
}

function findKind(mapping: YamlMapping, name: string, release: Release): DocumentKind {
  const { kind, apiVersion } = identity(mapping);
  const schema = schemaOf(release);
  if (kind === '') {
    if (apiVersion !== 'v1alpha1') {
      throw new Refusal('a document needs \'kind\' and \'apiVersion: v1alpha1\', or \'machine\' and \'cluster\'');
    }
    return schema.kind(LEGACY_KIND)!;
  }
  const described = documentName(kind, name);
  if (apiVersion !== 'v1alpha1') {
    throw new Refusal(`${described} needs 'apiVersion: v1alpha1'${apiVersion && `, not ${JSON.stringify(apiVersion)}`}`);
  }
  const found = kind === LEGACY_KIND ? undefined : schema.kind(kind);
  if (!found) {
    const since = kindSince(kind);
    throw new Refusal(since
      ? `${described} is known since Talos ${since}, but the config is for Talos ${release}`
      : `unknown kind '${kind}'${suggestion(kind, allKinds())}`);
  }
  return found;
}

/** Talos looks for the words among the values as well, so that a value can pass for a key. */
function identity(mapping: YamlMapping): { kind: string; apiVersion: string } {
  const nodes = mapping.entries.flatMap(({ key, value }) => [key, value]);
  const found = { kind: '', apiVersion: '' };
  for (const [index, node] of nodes.entries()) {
    const word = scalarText(node);
    if (word === 'kind' || word === 'apiVersion') {
      found[word] = wordAfter(nodes, index, word);
    } else if (['machine', 'cluster', 'debug', 'persist'].includes(word)) {
      found.apiVersion = 'v1alpha1';
    }
  }
  return found;
}

function wordAfter(nodes: readonly YamlNode[], index: number, word: string): string {
  const node = nodes[index + 1];
  if (!node) {
    throw new Refusal(`the last value of a document can't be the text '${word}', Talos takes it for a key: put another key last`);
  }
  if (node.kind !== 'scalar') {
    throw new Refusal(`'${word}' must be a text`);
  }
  return resolveScalar(node) === null ? '' : node.text;
}
