import { readdirSync, statSync } from 'fs';
import { join } from 'path';
import { Composer, Document, isScalar, Lexer, LineCounter, Parser, visit } from 'yaml';
import { Manifest } from './manifest';
import { readConfigFile } from '../../files';
import { MOST_LEVELS } from '../../input';
import { isLive } from '../../kubernetes/server-fields';
import { TalosError } from '../../problem';

const EXTENSIONS = /\.(ya?ml|json)$/;

/**
 * Reads the objects in a file, or in the YAML and JSON files below a directory. A list, as `kubectl get` prints it, stands for its items.
 *
 * @param property the property or option that names the path
 * @throws if a file can't be read or isn't YAML; the message doesn't quote it
 */
export function readManifests(property: string, path: string): Manifest[] {
  return filesAt(path).flatMap((file) => readObjects(property, file));
}

function filesAt(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    return [path];
  }
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => a.name < b.name ? -1 : 1)
    .flatMap((entry) => entry.isDirectory() ? filesAt(join(path, entry.name)) : EXTENSIONS.test(entry.name) ? [join(path, entry.name)] : []);
}

function readObjects(property: string, path: string): Manifest[] {
  const lineCounter = new LineCounter();
  const { documents, tooDeepAt } = parseDocuments(readConfigFile(path), lineCounter);
  return documents.map((document, index) => {
    const tooDeep = tooDeepAt === undefined || index < documents.length - 1 ? [] : [{ position: tooDeepAt, words: 'nested too deeply' }];
    const [mistake] = [...tooDeep, ...mistakesIn(document)].sort((one, other) => one.position - other.position);
    if (mistake) {
      const { line, col } = lineCounter.linePos(mistake.position);
      throw new TalosError('talos:file-refused', `'${property}' (${path}) is not YAML: ${mistake.words} at line ${line}, column ${col}; synthesize the file again`);
    }
    return plainObject(document, property, path);
  }).flatMap(objectsIn).filter(isManifest);
}

/** The documents of a text. Where it is nested too deeply, the last one ends there. */
function parseDocuments(text: string, lineCounter: LineCounter): { readonly documents: Document[]; readonly tooDeepAt?: number } {
  const parser = new Parser(lineCounter.addNewLine);
  // pretty errors and warnings quote the text, which can be a Secret's; the library compares each key with all others
  const composer = new Composer({ prettyErrors: false, logLevel: 'error', uniqueKeys: false });
  const documents: Document[] = [];
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
  return { documents, tooDeepAt };
}

interface Mistake {
  readonly position: number;
  readonly words: string;
}

/** The first mistake in a document that the library finds, and keys that are given twice. */
function mistakesIn(document: Document): Mistake[] {
  const mistakes = document.errors.slice(0, 1).map(({ pos, code }) => ({ position: pos[0], words: code.toLowerCase().replace(/_/g, ' ') }));
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (isScalar(key) && seen.size === seen.add(key.value).size) {
          mistakes.push({ position: key.range![0], words: 'duplicate key' });
        }
      }
    },
  });
  return mistakes;
}

function plainObject(document: Document, property: string, path: string): any {
  try {
    return document.toJS();
  } catch {
    // the library's message quotes the alias
    throw new TalosError('talos:file-refused', `'${property}' (${path}) is not YAML: an alias (*) refers to no anchor; synthesize the file again`);
  }
}

function objectsIn(object: any): any[] {
  return object?.kind?.endsWith?.('List') && Array.isArray(object.items) ? object.items.flatMap(objectsIn) : [object];
}

/** Whether it is an object of its own. What a controller makes of another one has an owner. */
function isManifest(object: any): object is Manifest {
  return typeof object?.kind === 'string' && typeof object.metadata?.name === 'string' && !(isLive(object) && object.metadata.ownerReferences?.length > 0);
}
