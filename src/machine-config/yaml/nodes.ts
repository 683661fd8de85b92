import { Alias, Composer, Document, isAlias, isMap, isScalar, isSeq, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { tooMuch } from './refusal';
import { resolvePlain, ScalarValue } from './scalars';
import { talosTokens, withLineFeeds } from './talos-syntax';
import { Output } from './writer';
import { TalosError } from '../../problem';
import { YamlTokens } from '../../talos/yaml-tokens';

/** A scalar with its text. */
export interface YamlScalar {
  readonly kind: 'scalar';
  readonly text: string;
  readonly isQuoted: boolean;
  /** an explicit tag such as `!!str` */
  readonly tag?: string;
}

/** A mapping; `$patch: delete` removes entries. */
export interface YamlMapping {
  readonly kind: 'mapping';
  entries: YamlEntry[];
}

export interface YamlEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

/** A sequence; `$patch: delete` removes items. */
export interface YamlSequence {
  readonly kind: 'sequence';
  items: YamlNode[];
}

/** An alias. Its target can be a node that contains it. */
export interface YamlAlias {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: ResolvedNode;
}

/** A node that isn't an alias. */
export type ResolvedNode = YamlScalar | YamlMapping | YamlSequence;

export type YamlNode = ResolvedNode | YamlAlias;

const NULL: YamlScalar = { kind: 'scalar', text: '', isQuoted: false };

/** Characters that YAML doesn't allow. */
const CONTROL_CHARACTER = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Surrogate}/u;

/** Scalars keep their text, and error messages don't quote the source, which can be secret. */
const PARSE_OPTIONS = {
  schema: 'failsafe',
  resolveKnownTags: false,
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** Parses the YAML documents of a text. Resolves only anchors. */
export function parseYaml(text: string): YamlNode[] {
  if (CONTROL_CHARACTER.test(text)) {
    throw new TalosError('talos:machine-config-refused', 'not valid YAML: the text contains control characters');
  }
  const source = withLineFeeds(text);
  const tokens = new YamlTokens(source);
  const composer = new Composer(PARSE_OPTIONS);
  const nodes: YamlNode[] = [];
  // a document is converted before the next one is composed, because all of them together need much more memory
  for (const token of talosTokens(tokens.read())) {
    for (const document of withoutStackTraces(() => [...composer.next(token)])) {
      nodes.push(convertDocument(document, source));
    }
  }
  const { excess } = tokens;
  for (const document of composer.end()) {
    const [error] = document.errors;
    if (!excess || (error && error.pos[0] < excess.position)) {
      nodes.push(convertDocument(document, source));
    }
  }
  if (excess) {
    throw tooMuch(excess);
  }
  return nodes;
}

function convertDocument({ errors: [error], contents }: Document, source: string): YamlNode {
  if (error) {
    const line = source.slice(0, error.pos[0]).split('\n').length;
    throw new TalosError('talos:machine-config-refused', `not valid YAML: ${error.code.toLowerCase().replace(/_/g, ' ')} at line ${line}`);
  }
  return convert(contents, new Map());
}

/** Runs an action whose errors nobody throws: a text can have as many errors as characters. */
function withoutStackTraces<T>(action: () => T): T {
  const { stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 0;
    return action();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The node that parsing the output's text would give. */
export function nodeOf(output: Output): ResolvedNode {
  if ('scalar' in output) {
    return { kind: 'scalar', text: output.scalar, isQuoted: false };
  }
  if ('text' in output) {
    return { kind: 'scalar', text: output.text, isQuoted: true };
  }
  if ('list' in output) {
    return { kind: 'sequence', items: output.list.map(nodeOf) };
  }
  return { kind: 'mapping', entries: output.entries.map(([key, value]) => ({ key: nodeOf(key), value: nodeOf(value) })) };
}

type Anchors = Map<string, ResolvedNode>;

function convert(source: unknown, anchors: Anchors): YamlNode {
  if (isAlias(source)) {
    return convertAlias(source, anchors);
  }
  if (isScalar(source)) {
    const node: YamlScalar = { kind: 'scalar', text: String(source.value ?? ''), isQuoted: isQuoted(source), tag: shortTag(source.tag) };
    if (node.tag !== undefined) {
      resolveScalar(node); // refuses a value that doesn't match its tag
    }
    return remember(source, node, anchors);
  }
  if (isMap(source)) {
    const node: YamlMapping = remember(source, { kind: 'mapping', entries: [] }, anchors);
    for (const { key, value } of source.items) {
      node.entries.push({ key: convert(key, anchors), value: convert(value, anchors) });
    }
    return node;
  }
  if (isSeq(source)) {
    const node: YamlSequence = remember(source, { kind: 'sequence', items: [] }, anchors);
    for (const item of source.items) {
      node.items.push(convert(item, anchors));
    }
    return node;
  }
  return NULL;
}

function remember<T extends ResolvedNode>(source: Scalar | YAMLMap | YAMLSeq, node: T, anchors: Anchors): T {
  if (source.anchor) {
    anchors.set(source.anchor, node);
  }
  return node;
}

function convertAlias(alias: Alias, anchors: Anchors): YamlAlias {
  const target = anchors.get(alias.source);
  if (!target) {
    // the name isn't shown: it can be a secret that begins with * and isn't quoted
    throw new TalosError('talos:machine-config-refused', 'not valid YAML: there is no anchor before its alias: quote texts that begin with *');
  }
  return { kind: 'alias', name: alias.source, target };
}

function isQuoted(scalar: Scalar): boolean {
  return scalar.type !== undefined && scalar.type !== 'PLAIN';
}

function shortTag(tag: string | undefined): string | undefined {
  return tag?.replace(/^tag:yaml\.org,2002:/, '!!');
}

/** The value for an explicit tag; undefined if it doesn't match. */
const TAGGED: Record<string, (value: ScalarValue) => ScalarValue | undefined> = {
  '!!null': (value) => value === null ? value : undefined,
  '!!bool': (value) => typeof value === 'boolean' ? value : undefined,
  '!!int': (value) => typeof value === 'bigint' ? value : undefined,
  '!!float': (value) => typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined,
  '!!timestamp': (value) => value !== null && typeof value === 'object' ? value : undefined,
};

/** The value of a scalar without a type, by its form. */
export function resolveScalar(node: YamlScalar): ScalarValue {
  if (node.tag !== undefined && node.tag in TAGGED) {
    const value = TAGGED[node.tag](resolvePlain(node.text));
    if (value === undefined) {
      throw new TalosError('talos:machine-config-refused', `not valid YAML: a value does not match its tag ${node.tag}`);
    }
    return value;
  }
  return node.isQuoted || node.tag !== undefined ? node.text : resolvePlain(node.text);
}

/** The node itself, or the target of an alias. */
export function followAlias(node: YamlNode): ResolvedNode {
  return node.kind === 'alias' ? node.target : node;
}

/** Whether the node is null in any of its forms. */
export function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && resolveScalar(node) === null;
}

/** Whether a key is the merge key, unquoted. */
export function isMergeKey(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.text === '<<' && !node.isQuoted && node.tag === undefined;
}

/** The text of a scalar; other nodes have none. */
export function scalarText(node: YamlNode): string {
  return node.kind === 'scalar' ? node.text : '';
}

/** The text under a key of a mapping, or an empty text. */
export function textUnder(mapping: YamlMapping, key: string): string {
  const entry = mapping.entries.find((candidate) => candidate.key.kind === 'scalar' && candidate.key.text === key);
  return entry ? scalarText(entry.value) : '';
}
