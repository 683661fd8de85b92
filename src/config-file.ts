import { readFileSync } from 'fs';

/** The text of a file, or an error that says which file and why not. */
export function readConfigFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`'path' (${path}) can't be read: ${(error as NodeJS.ErrnoException).code}; give the path of a YAML file`);
  }
}
