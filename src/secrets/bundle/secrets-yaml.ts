import { LineCounter, parseDocument, stringify } from 'yaml';
import { SecretsError } from '../x509/secrets-error';

/** Reads one YAML document whose scalars all stay text, so that no token turns into a number. */
export function parseYamlAsText(text: string): unknown {
  const lines = new LineCounter();
  // plain errors only: pretty ones quote the lines around them, and these hold secrets
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false, lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    const reason = error.code.toLowerCase().replace(/_/g, ' ');
    throw new SecretsError(`is not valid yaml: line ${lines.linePos(error.pos[0]).line}: ${reason}`);
  }
  try {
    return document.toJS();
  } catch {
    throw new SecretsError('is not valid yaml: an alias ("*") does not resolve');
  }
}

/** Writes YAML as Talos does: four spaces, lists indented, texts quoted that YAML 1.1 would read as something else. */
export function encodeTalosYaml(value: unknown): string {
  return stringify(value, { indent: 4, lineWidth: 0, version: '1.1' });
}

/** Writes YAML as the Kubernetes tools do: two spaces, lists not indented. */
export function encodeKubernetesYaml(value: unknown): string {
  return stringify(value, { indentSeq: false, lineWidth: 0, version: '1.1' });
}
