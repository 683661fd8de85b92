import { closeSync, fchmodSync, openSync, readFileSync, writeFileSync } from 'fs';

/** Reads the text of a file. Throws an error with the path and the system's error code if it can't. */
export function readConfigFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`'path' (${path}) can't be read: ${(error as NodeJS.ErrnoException).code}; give the path of a YAML file`);
  }
}

/** Writes a file that only its owner can read. Throws an error with the path and the system's error code if it can't. */
export function writeConfigFile(path: string, text: string): void {
  try {
    const file = openSync(path, 'w', 0o600);
    try {
      // openSync sets the mode of new files only
      fchmodSync(file, 0o600);
      writeFileSync(file, text);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new Error(`'path' (${path}) can't be written: ${(error as NodeJS.ErrnoException).code}; give the path of a file in an existing directory`);
  }
}
