import { Composer, Document, isMap, isScalar, isSeq, LineCounter, Scalar } from 'yaml';
import { YamlTokens } from './yaml-tokens';

/** A document of a YAML text. */
export interface YamlDocument {
  readonly document: Document;
  /** The line on which it begins. */
  readonly line: number;
  /** Its first mistake. A document with one has no contents that can be relied on. */
  readonly mistake?: YamlMistake;
}

/** What is wrong, in words that don't quote the text, and where. */
export interface YamlMistake {
  readonly words: string;
  readonly line: number;
  readonly column: number;
  /** Whether it is only too much of what is right. */
  readonly isExcess: boolean;
}

/** How to read documents. */
export interface YamlDocumentsOptions {
  /** Which scalars are more than texts; none in `failsafe`. */
  readonly schema?: 'failsafe';
  readonly mostTokens?: number;
}

/**
 * Reads the documents of a text one after the other, in time that grows as the text does. Where it is nested too deeply, the last document ends with
 * that mistake. If it has too many tokens, that is the mistake of the only one.
 */
export function* readYamlDocuments(text: string, { schema, mostTokens }: YamlDocumentsOptions = {}): Generator<YamlDocument> {
  const lines = linesOf(text);
  const tokens = new YamlTokens(text, mostTokens);
  // pretty errors and warnings quote the text, which can be a secret; the library compares each key with all others
  const composer = new Composer({ prettyErrors: false, logLevel: 'error', uniqueKeys: false, ...schema && { schema } });
  const place = (document: Document.Parsed, more: PlacedMistake[] = []): YamlDocument => {
    const [first] = [...more, ...mistakesIn(document)].sort((one, other) => one.position - other.position);
    const { line, col } = lines.linePos(first?.position ?? 0);
    const mistake = first && { words: first.words, line, column: col, isExcess: more.includes(first) };
    return { document, line: lines.linePos(document.range[0]).line, mistake };
  };
  for (const token of tokens.read()) {
    for (const document of composer.next(token)) {
      yield place(document);
    }
  }
  for (const document of composer.end(tokens.excess !== undefined, text.length)) {
    yield place(document, tokens.excess && [tokens.excess]);
  }
}

function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) {
    lines.addNewLine(index + 1);
  }
  return lines;
}

interface PlacedMistake {
  readonly position: number;
  readonly words: string;
}

/** The first mistake in a document that the library finds, and the first key that each mapping has twice. */
function mistakesIn(document: Document): PlacedMistake[] {
  const mistakes = document.errors.slice(0, 1).map(({ pos, code }) => ({ position: pos[0], words: code.toLowerCase().replace(/_/g, ' ') }));
  addDuplicateKeys(mistakes, document.contents);
  return mistakes;
}

function addDuplicateKeys(mistakes: PlacedMistake[], node: unknown): void {
  if (isSeq(node)) {
    node.items.forEach((item) => addDuplicateKeys(mistakes, item));
  } else if (isMap(node)) {
    const keys = new Set<unknown>();
    const again = node.items.find(({ key }) => isScalar(key) && keys.size === keys.add(key.value).size);
    if (again) {
      mistakes.push({ position: (again.key as Scalar).range![0], words: 'duplicate key' });
    }
    for (const { key, value } of node.items) {
      addDuplicateKeys(mistakes, key);
      addDuplicateKeys(mistakes, value);
    }
  }
}
