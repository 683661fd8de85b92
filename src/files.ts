import {
  closeSync, fchmodSync, fsyncSync, linkSync, lstatSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, Stats, statSync,
  writeFileSync,
} from 'fs';
import { join, resolve } from 'path';
import { TalosError } from './problem';

const OWNER_ONLY = 0o600;

/** The reasons that have nothing to do with the path. */
const NO_SPACE: { readonly [code: string]: string } = { ENOSPC: 'disk full', EDQUOT: 'disk quota used up' };

/**
 * Reads the text of a file.
 *
 * @param property the property that gives the path
 * @throws if it can't, with the path and the system's error code
 */
export function readConfigFile(path: string, property: string = 'path'): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT'
      ? new TalosError('talos:file-not-found', `'${property}' (${path}) does not exist${whereIs(path)}: give the path of a YAML file`, { cause: error })
      : new TalosError('talos:file-refused', `'${property}' (${path}) can't be read: ${code}; give the path of a YAML file`, { cause: error });
  }
}

/** Where a relative path leads. */
export function whereIs(path: string): string {
  const absolute = resolve(path);
  return absolute === path ? '' : ` at ${absolute}`;
}

/**
 * Writes a file, or replaces one and keeps its mode; only its owner can read a new one. The old file stays until the new one is complete.
 *
 * @throws if it can't, with the path and the system's error code, or if the path is a symbolic link, a device or a pipe
 */
export function writeConfigFile(path: string, text: string): void {
  write(path, 'that you can write to', () => {
    const old = lstatSync(path, { throwIfNoEntry: false });
    if (old && !old.isFile() && !old.isDirectory()) {
      throw new TalosError('talos:file-refused', `'path' (${path}) is ${old.isSymbolicLink() ? 'a symbolic link' : 'a device or pipe'}: give the path of an ordinary or a new file`);
    }
    withTemporaryFile(path, text, old ? permissions(old) : OWNER_ONLY, (temporary) => renameSync(temporary, path));
  });
}

/**
 * Writes a file that only its owner can read, unless the path exists.
 *
 * @returns whether it has written the file
 * @throws if it can't, with the path and the system's error code
 */
export function createConfigFile(path: string, text: string): boolean {
  return write(path, 'that you can write to and that allows hard links', () => {
    try {
      // a link is atomic, and unlike a rename never replaces a file
      withTemporaryFile(path, text, OWNER_ONLY, (temporary) => linkSync(temporary, path));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
        return false;
      }
      throw error;
    }
  });
}

/** The warnings about a file with secrets: whether others than its owner can read or write it. */
export function modeWarnings(path: string): string[] {
  // Windows has no file modes
  const mode = (process.platform === 'win32' ? OWNER_ONLY : permissions(statSync(path))).toString(8).padStart(4, '0');
  const isPrivate = /[01][01]$/.test(mode);
  return isPrivate ? [] : [`'${path}' can be read or written by others than its owner (mode ${mode}): run 'chmod 600' on it`];
}

function permissions({ mode }: Stats): number {
  return mode % 0o1000;
}

/** Writes a file in a temporary directory beside the path, durably, and then publishes it at the path. */
function withTemporaryFile(path: string, text: string, mode: number, publish: (temporary: string) => void): void {
  const directory = mkdtempSync(`${path}.tmp-`);
  try {
    // a killed process leaves the directory behind: it is the owner's alone, and Git ignores all of it
    writeFileSync(join(directory, '.gitignore'), '*\n');
    const temporary = join(directory, 'new');
    const file = openSync(temporary, 'wx', OWNER_ONLY);
    try {
      writeFileSync(file, text);
      fchmodSync(file, mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    publish(temporary);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function write<T>(path: string, directory: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof TalosError) {
      throw error;
    }
    throw new TalosError('talos:file-refused', code in NO_SPACE
      ? `'path' (${path}) can't be written: ${NO_SPACE[code]} (${code}), so nothing has changed; free some space`
      : `'path' (${path}) can't be written: ${code}; give the path of a file in an existing directory ${directory}`, { cause: error });
  }
}
