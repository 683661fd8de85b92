import { Deletions, DeleteSelector } from './delete';
import { applyJsonPatch, copy, JsonOperation } from './json-patch';
import { jsonPatchRemedy } from './json-patch-remedy';
import { ConfigPatch, PatchStep, readPatch } from './load-patch';
import { mergeDocuments } from './merge';
import { TalosError } from '../../problem';
import { isAtLeast, Release } from '../../talos/release';
import { ConfigDocuments, DocumentEntry, documentName, matchingId, refuseConflicts } from '../documents/config-documents';
import { FreeFormDecoder } from '../documents/decode-free-form';
import { encodeAny, encodeDocuments } from '../documents/encode';
import { readConfig } from '../documents/load';
import { PlainDocuments } from '../documents/plain-documents';
import { LEGACY_KIND } from '../schema/schema';
import { nodeOf } from '../yaml/nodes';
import { withinStack } from '../yaml/refusal';

/** Applies patches in order, as Talos of this release does. */
export function applyPatches(config: ConfigDocuments, patches: readonly ConfigPatch[], release: Release): ConfigDocuments {
  return withinStack(() => {
    let patched = config;
    for (let index = 0; index < patches.length; index++) {
      const patch = patches[index];
      if (patch.type === 'strategic') {
        patched = applySteps(patched, patch.steps, release);
        continue;
      }
      // Talos doesn't check the documents between consecutive JSON patches
      const operations = [...patch.operations];
      for (let next = patches[index + 1]; next?.type === 'json'; next = patches[index + 1]) {
        operations.push(...next.operations);
        index++;
      }
      patched = applyJsonOperations(patched, operations, release);
    }
    return patched;
  });
}

function applyDocuments(config: ConfigDocuments, patch: PlainDocuments, release: Release): ConfigDocuments {
  return patch.reduce((patched, document) => {
    const read = readPatch([document], release);
    return read.type === 'strategic' ? applySteps(patched, read.steps, release) : patched;
  }, config);
}

function applySteps(config: ConfigDocuments, steps: readonly PatchStep[], release: Release): ConfigDocuments {
  const entries = new Map(config.entries.map((entry) => [matchingId(entry), entry]));
  const deletions = new Deletions(release);
  for (const step of steps) {
    if ('delete' in step) {
      deleteFrom(entries, step.delete, deletions, release);
    } else {
      deletions.finish();
      const id = matchingId(step.merge);
      entries.set(id, mergedEntry(entries.get(id), step.merge, release));
    }
  }
  deletions.finish();
  const patched = [...entries.values()];
  refuseConflicts(patched, release);
  return new ConfigDocuments(release, patched);
}

function mergedEntry(existing: DocumentEntry | undefined, added: DocumentEntry, release: Release): DocumentEntry {
  return existing ? { kind: existing.kind, value: mergeDocuments(existing.kind.type, existing.value, added.value, release) } : added;
}

function deleteFrom(entries: Map<string, DocumentEntry>, selector: DeleteSelector, deletions: Deletions, release: Release): void {
  const id = `${selector.kind}/${selector.name}`;
  const entry = entries.get(id);
  if (!entry || selector.apiVersion !== (selector.kind === LEGACY_KIND ? '' : 'v1alpha1')) {
    // older releases crash, or write text that they can't read
    if (!isAtLeast(release, '1.14')) {
      throw new TalosError('talos:machine-config-refused', `$patch: delete: there is no ${documentName(selector.kind, selector.name).slice('the '.length)}`);
    }
    return;
  }
  if (selector.path.length === 0) {
    entries.delete(id);
  } else {
    entries.set(id, { kind: entry.kind, value: deletions.apply(entry.kind.type, entry.value, selector) });
  }
}

function applyJsonOperations(config: ConfigDocuments, operations: readonly JsonOperation[], release: Release): ConfigDocuments {
  if (config.entries.length !== 1) {
    if (operations.length === 0) {
      throw new TalosError('talos:machine-config-refused', 'the patch is empty or has only comments, which Talos refuses on a machine config with several documents: leave it out');
    }
    const remedy = jsonPatchRemedy(config, operations, (documents, patch) => applyDocuments(documents, patch, release));
    throw new TalosError('talos:machine-config-refused', `a JSON patch works only on a machine config with a single document: use documents as a patch${remedy && `, for example${remedy}`}`);
  }
  const document = new FreeFormDecoder('the machine config').decodeAny(nodeOf(encodeDocuments(config)[0]));
  const patched = applyJsonPatch(copy(document), operations, config.entries[0].kind.type);
  return readConfig([encodeAny(patched)], release);
}
