import { closeSync, fchmodSync, openSync, readFileSync, writeFileSync } from 'fs';

/** The text of a file, or an error that says which file and why not. */
export function readConfigFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`'path' (${path}) can't be read: ${(error as NodeJS.ErrnoException).code}; give the path of a YAML file`);
  }
}

/** Writes a file that only its owner can read, or says why it can't. */
export function writeConfigFile(path: string, text: string): void {
  try {
    const file = openSync(path, 'w', 0o600);
    try {
      // one that was there keeps its mode otherwise
      fchmodSync(file, 0o600);
      writeFileSync(file, text);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new Error(`'path' (${path}) can't be written: ${(error as NodeJS.ErrnoException).code}; give the path of a file in a directory that is there`);
  }
}
