import { readdirSync, statSync } from 'fs';
import { join } from 'path';
import { Document } from 'yaml';
import { Manifest } from './manifest';
import { readConfigFile } from '../../files';
import { isLive } from '../../kubernetes/server-fields';
import { TalosError } from '../../problem';
import { readYamlDocuments } from '../../talos/yaml-documents';
import { MOST_TOKENS } from '../../talos/yaml-tokens';

/** Manifests have any number of objects, but longer words: real ones have 0.1 to 0.6 tokens in a character. */
const MOST_TOKENS_PER_CHARACTER = 0.65;

/** No directory has so many objects in one file; each document costs as much as some tokens. */
const MOST_DOCUMENTS = 100_000;

const EXTENSIONS = /\.(ya?ml|json)$/;

/**
 * Reads the objects in a file, or in the YAML and JSON files below a directory. A list, as `kubectl get` prints it, stands for its items.
 *
 * @param property the property or option that names the path
 * @throws if a file can't be read or isn't YAML, or if there are documents but no object; the message doesn't quote it
 */
export function readManifests(property: string, path: string): Manifest[] {
  const contents = filesAt(path).flatMap((file) => contentsOf(property, file));
  const objects = contents.filter(isObject);
  if (objects.length === 0 && contents.length > 0) {
    throw new TalosError('talos:file-refused', `'${property}' (${path}) has no object of Kubernetes: give manifests, or what kubectl get --output yaml prints`);
  }
  return objects.filter(isOfItsOwn);
}

function filesAt(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    return [path];
  }
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => a.name < b.name ? -1 : 1)
    .flatMap((entry) => entry.isDirectory() ? filesAt(join(path, entry.name)) : EXTENSIONS.test(entry.name) ? [join(path, entry.name)] : []);
}

/** What the documents of a file have, without empty ones. */
function contentsOf(property: string, path: string): any[] {
  const text = readConfigFile(path);
  const contents: any[] = [];
  const mostTokens = Math.max(MOST_TOKENS, Math.floor(text.length * MOST_TOKENS_PER_CHARACTER));
  for (const { document, mistake } of readYamlDocuments(text, { mostTokens })) {
    if (mistake) {
      const [problem, remedy] = mistake.isExcess ? ['is too much', 'split the file'] : ['is not YAML', 'synthesize the file again'];
      throw new TalosError('talos:file-refused', `'${property}' (${path}) ${problem}: ${mistake.words} at line ${mistake.line}, column ${mistake.column}; ${remedy}`);
    }
    if (contents.length === MOST_DOCUMENTS) {
      throw new TalosError('talos:file-refused', `'${property}' (${path}) has more than ${MOST_DOCUMENTS.toLocaleString('en')} documents: split the file`);
    }
    contents.push(plainObject(document, property, path));
  }
  return contents.flatMap(objectsIn).filter((object) => object !== null && object !== undefined);
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

/** Other files, for example of secrets or a kubeconfig, have none. */
function isObject(object: any): object is Manifest {
  return typeof object?.kind === 'string' && typeof object.metadata?.name === 'string';
}

/** What a controller makes of another object has an owner. */
function isOfItsOwn(object: Manifest): boolean {
  const { ownerReferences }: any = object.metadata;
  return !(isLive(object) && ownerReferences?.length > 0);
}
