import { stringify } from 'yaml';
import { Mapping } from './yaml-mapping';
import { TalosError } from '../../problem';
import { readYamlDocuments } from '../../talos/yaml-documents';

/** Reads one YAML document with all scalars as text, so that no token becomes a number. */
export function parseYamlAsText(text: string): unknown {
  return parsePlainMapping(text) ?? parseWithLibrary(text);
}

/** A line of the form in which talosctl and this package write secrets. */
const PLAIN_LINE = /^( *)([a-z][a-z0-9]*):(?: ((?:[A-Za-z0-9+/_]|-[A-Za-z0-9_])[A-Za-z0-9+/=._-]*))?$/;

/** The mapping in a text of such lines, or undefined. The library takes a hundred times as long, most of it for loading itself. */
function parsePlainMapping(text: string): Mapping | undefined {
  const root: Mapping = {};
  const open = [{ column: 0, mapping: root }];
  let opening: Mapping | undefined;
  for (const line of text.trimEnd().split('\n')) {
    const parts = PLAIN_LINE.exec(line);
    if (!parts) {
      return undefined;
    }
    const [, { length: column }, key, value] = parts;
    if (opening) {
      if (column <= open[open.length - 1].column) {
        return undefined; // nothing is in it
      }
      open.push({ column, mapping: opening });
    }
    while (column < open[open.length - 1].column) {
      open.pop();
    }
    const { column: expected, mapping } = open[open.length - 1];
    if (column !== expected || Object.hasOwn(mapping, key)) {
      return undefined;
    }
    opening = value === undefined ? {} : undefined;
    mapping[key] = opening ?? value;
  }
  return opening ? undefined : root;
}

function parseWithLibrary(text: string): unknown {
  const [first, second] = readYamlDocuments(text, { schema: 'failsafe' });
  if (first?.mistake) {
    throw new TalosError('talos:invalid-secrets', `is not valid YAML: line ${first.mistake.line}: ${first.mistake.words}`);
  }
  if (second) {
    throw new TalosError('talos:invalid-secrets', `has several YAML documents, the second from line ${second.line}: keep the one that 'talosctl gen secrets' wrote`);
  }
  try {
    return first?.document.toJS();
  } catch {
    throw new TalosError('talos:invalid-secrets', 'is not valid YAML: an alias ("*") refers to no anchor');
  }
}

/** The contents of a file of secrets or credentials. */
export interface SecretsYaml {
  readonly [key: string]: string | SecretsYaml | (string | SecretsYaml)[];
}

/** Writes YAML as Talos does: four spaces, lists indented, quotes around texts that YAML 1.1 reads as another type. */
export function encodeTalosYaml(value: SecretsYaml): string {
  return isPlain(value) ? writeMapping(value, { step: '    ', listStep: '    ' }) : stringify(value, { indent: 4, lineWidth: 0, version: '1.1' });
}

/** Writes YAML as Kubernetes' tools do: two spaces, lists not indented. */
export function encodeKubernetesYaml(value: SecretsYaml): string {
  return isPlain(value) ? writeMapping(value, { step: '  ', listStep: '' }) : stringify(value, { indentSeq: false, lineWidth: 0, version: '1.1' });
}

/** Texts that YAML 1.1 reads as nothing else: base64 of PEM, most names, URLs and IPv4 addresses. */
const PLAIN_TEXT = /^(?:(?!(?:y|n|yes|no|on|off|true|false|null)$)[A-Z](?:[A-Z0-9+/=@._:-]*[A-Z0-9+/=@._])?|\d+\.\d+\.\d+\.\d+(?::\d+)?)$/i;

/** Whether all texts are such ones. The library takes ten times as long, and is for the others. */
function isPlain(value: SecretsYaml[string]): boolean {
  if (typeof value === 'string') {
    return PLAIN_TEXT.test(value);
  }
  if (Array.isArray(value)) {
    return value.every(isPlain);
  }
  const keys = Object.keys(value);
  // an empty mapping has another form
  return keys.length > 0 && keys.every((key) => PLAIN_TEXT.test(key) && isPlain(value[key]));
}

interface Indentation {
  readonly step: string;
  readonly listStep: string;
}

function writeMapping(value: SecretsYaml, style: Indentation, indent = ''): string {
  return Object.keys(value).map((key) => `${indent}${key}:${writeItem(value[key], style, indent)}`).join('');
}

function writeItem(item: SecretsYaml[string], style: Indentation, indent: string): string {
  if (typeof item === 'string') {
    return ` ${item}\n`;
  }
  if (!Array.isArray(item)) {
    return `\n${writeMapping(item, style, indent + style.step)}`;
  }
  const dash = `${indent}${style.listStep}- `;
  // the first key of a mapping stands beside the dash
  const elements = item.map((element) => `${dash}${typeof element === 'string' ? `${element}\n`
    : writeMapping(element, style, ' '.repeat(dash.length)).slice(dash.length)}`);
  return elements.length === 0 ? ' []\n' : `\n${elements.join('')}`;
}
