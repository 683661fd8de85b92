import { DeleteSelector, extractDeletes } from './delete';
import { JsonOperation } from './json-patch';
import { TalosError } from '../../problem';
import { isAtLeast, Release } from '../../talos/release';
import { DocumentEntry, refuseConflicts } from '../documents/config-documents';
import { FreeFormDecoder } from '../documents/decode-free-form';
import { ConfigSource, decodeDocument, mappings, nodesOf } from '../documents/load';
import { LEGACY_KIND } from '../schema/schema';
import { isMap, Value } from '../schema/values';
import { isNull, YamlNode } from '../yaml/nodes';
import { withinStack } from '../yaml/refusal';

/** A part of a strategic merge patch: a document to merge or a part to delete. */
export type PatchStep = { readonly merge: DocumentEntry } | { readonly delete: DeleteSelector };

/** A parsed patch: documents to merge, or a JSON patch. */
export type ConfigPatch =
  | { readonly type: 'strategic'; readonly steps: readonly PatchStep[] }
  | { readonly type: 'json'; readonly operations: readonly JsonOperation[] };

/** Reads a patch as `talosctl --config-patch` does: documents, or a JSON patch in JSON or YAML. */
export function loadPatch(source: ConfigSource, release: Release): ConfigPatch {
  return withinStack(() => readPatch(source, release));
}

/** Reads a patch inside another stage. */
export function readPatch(source: ConfigSource, release: Release): ConfigPatch {
  const nodes = nodesOf(typeof source === 'string' && isJson(source) ? withPlainSlashes(source) : source);
  return readJsonPatch(nodes) ?? { type: 'strategic', steps: readSteps(nodes, release) };
}

function isJson(text: string): boolean {
  return /^\s*\[/.test(text);
}

/** JSON can escape a slash, but Talos's YAML can't. */
function withPlainSlashes(text: string): string {
  return text.replace(/\\(\/)|\\[^]/g, (escape, slash?: string) => slash ?? escape);
}

function readSteps(nodes: readonly YamlNode[], release: Release): PatchStep[] {
  const steps: PatchStep[] = [];
  const entries: DocumentEntry[] = [];
  for (const mapping of mappings(nodes, release)) {
    const { selectors, isConsumed } = extractDeletes(mapping);
    if (selectors.length > 0 && !isAtLeast(release, '1.8')) {
      throw new TalosError('talos:unknown-field', `$patch: delete is known since Talos 1.8, but the patch is for Talos ${release}`);
    }
    steps.push(...selectors.map((selector) => ({ delete: selector })));
    if (!isConsumed || !isAtLeast(release, '1.8')) {
      const entry = decodeDocument(mapping, release);
      entries.push(entry);
      steps.push({ merge: entry });
    }
  }
  if (steps.length === 0) {
    throw new TalosError('talos:machine-config-refused', 'there is no document in the patch: give at least one');
  }
  if (!isAtLeast(release, '1.14')) {
    refuseConflicts(entries, release);
  }
  // deletes in the legacy document come first, wherever the patch has them
  const isLegacyDelete = (step: PatchStep) => 'delete' in step && step.delete.kind === LEGACY_KIND;
  return [...steps.filter(isLegacyDelete), ...steps.filter((step) => !isLegacyDelete(step))];
}

/** A patch is a JSON patch if it is a list or, as in Talos, empty. */
function readJsonPatch(nodes: readonly YamlNode[]): ConfigPatch | undefined {
  if (nodes.every(isNull)) {
    return { type: 'json', operations: [] };
  }
  if (nodes[0].kind !== 'sequence') {
    return undefined;
  }
  const items = new FreeFormDecoder('the JSON patch').decodeAny(nodes[0]) as readonly Value[];
  const operations = items.map((item) => item ?? new Map<Value, Value>());
  if (!operations.every(isMap) || !nodes.slice(1).every(isNull)) {
    throw new TalosError('talos:machine-config-refused', 'a JSON patch must be a list of operations');
  }
  return { type: 'json', operations };
}
