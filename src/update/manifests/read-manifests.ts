import { readdirSync, statSync } from 'fs';
import { join } from 'path';
import { Document } from 'yaml';
import { Manifest } from './manifest';
import { readConfigFile } from '../../files';
import { isLive } from '../../kubernetes/server-fields';
import { TalosError } from '../../problem';
import { readYamlDocuments } from '../../talos/yaml-documents';

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
  return readYamlDocuments(readConfigFile(path)).map(({ document, mistake }) => {
    if (mistake) {
      throw new TalosError('talos:file-refused', `'${property}' (${path}) is not YAML: ${mistake.words} at line ${mistake.line}, column ${mistake.column}; synthesize the file again`);
    }
    return plainObject(document, property, path);
  }).flatMap(objectsIn).filter(isManifest);
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
