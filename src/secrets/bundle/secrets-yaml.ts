import { LineCounter, parseDocument, stringify } from 'yaml';
import { TalosError } from '../../problem';

/** Reads one YAML document with all scalars as text, so that no token becomes a number. */
export function parseYamlAsText(text: string): unknown {
  const lines = new LineCounter();
  // pretty errors and warnings quote the text, which holds secrets
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false, logLevel: 'error', lineCounter: lines });
  const [error] = document.errors;
  if (error?.code === 'MULTIPLE_DOCS') {
    throw new TalosError('talos:invalid-secrets', `has several YAML documents, the second from line ${lines.linePos(error.pos[0]).line}: keep the one that 'talosctl gen secrets' wrote`);
  }
  if (error) {
    const reason = error.code.toLowerCase().replace(/_/g, ' ');
    throw new TalosError('talos:invalid-secrets', `is not valid YAML: line ${lines.linePos(error.pos[0]).line}: ${reason}`);
  }
  try {
    return document.toJS();
  } catch {
    throw new TalosError('talos:invalid-secrets', 'is not valid YAML: an alias ("*") refers to no anchor');
  }
}

/** Writes YAML as Talos does: four spaces, lists indented, quotes around texts that YAML 1.1 reads as another type. */
export function encodeTalosYaml(value: unknown): string {
  return stringify(value, { indent: 4, lineWidth: 0, version: '1.1' });
}

/** Writes YAML as Kubernetes' tools do: two spaces, lists not indented. */
export function encodeKubernetesYaml(value: unknown): string {
  return stringify(value, { indentSeq: false, lineWidth: 0, version: '1.1' });
}
