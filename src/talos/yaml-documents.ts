import { Composer, Document, isScalar, Lexer, LineCounter, Parser, visit } from 'yaml';
import { MOST_LEVELS } from '../input';

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
}

/**
 * Reads the documents of a text, in time that grows as the text does. Where it is nested too deeply, the last document ends with that mistake.
 *
 * @param schema which scalars are more than texts; none in `failsafe`
 */
export function readYamlDocuments(text: string, schema?: 'failsafe'): YamlDocument[] {
  const lineCounter = new LineCounter();
  const parser = new Parser(lineCounter.addNewLine);
  // pretty errors and warnings quote the text, which can be a secret; the library compares each key with all others
  const composer = new Composer({ prettyErrors: false, logLevel: 'error', uniqueKeys: false, ...schema && { schema } });
  const documents: Document.Parsed[] = [];
  let tooDeepAt: number | undefined;
  lineCounter.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      documents.push(...composer.next(token));
    }
    if (parser.stack.length > MOST_LEVELS) {
      tooDeepAt = parser.offset;
      break;
    }
  }
  for (const token of parser.end()) {
    documents.push(...composer.next(token));
  }
  documents.push(...composer.end());
  return documents.map((document, index) => {
    const isTooDeep = tooDeepAt !== undefined && index === documents.length - 1;
    const mistakes = [...isTooDeep ? [{ position: tooDeepAt!, words: 'nested too deeply' }] : [], ...mistakesIn(document)];
    const [first] = mistakes.sort((one, other) => one.position - other.position);
    const { line, col } = lineCounter.linePos(first?.position ?? 0);
    return { document, line: lineCounter.linePos(document.range[0]).line, mistake: first && { words: first.words, line, column: col } };
  });
}

interface PlacedMistake {
  readonly position: number;
  readonly words: string;
}

/** The first mistake in a document that the library finds, and the first key that each mapping has twice. */
function mistakesIn(document: Document): PlacedMistake[] {
  const mistakes = document.errors.slice(0, 1).map(({ pos, code }) => ({ position: pos[0], words: code.toLowerCase().replace(/_/g, ' ') }));
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (isScalar(key) && seen.size === seen.add(key.value).size) {
          mistakes.push({ position: key.range![0], words: 'duplicate key' });
          break;
        }
      }
    },
  });
  return mistakes;
}
