import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { SecretsBundle, SecretsOptions } from './secrets-bundle';
import { SecretsError } from '../x509/secrets-error';

const OWNER_ONLY = 0o600;

/** How to read a secrets file. */
export interface ReadSecretsFileOptions extends SecretsOptions {
  /**
   * Whether to generate the secrets of a new cluster and write them to the file if it doesn't exist.
   * @default false
   */
  readonly createIfMissing?: boolean;

  /**
   * Whether the file is for an ephemeral cluster, so that CI may create it too.
   * @default false
   */
  readonly ephemeralCluster?: boolean;
}

/** The result of reading a secrets file. */
export interface SecretsFile {
  readonly bundle: SecretsBundle;
  /** Whether the file didn't exist and has been written. */
  readonly created: boolean;
  /** The warnings about the file and its bundle. */
  readonly warnings: readonly string[];
}

/** Reads a secrets file of `talosctl gen secrets`. */
export function readSecretsFile(file: string, options: ReadSecretsFileOptions = {}): SecretsFile {
  let text = readIfPresent(file);
  let created = false;
  if (text === undefined && options.createIfMissing) {
    requireCreationIsMeant(file, options);
    // another process may write the file meanwhile: then its secrets count
    created = writeSecretsFile(file, SecretsBundle.generate({ now: options.now }));
    text = readIfPresent(file);
  }
  if (text === undefined) {
    throw new SecretsError(`'${file}' does not exist: create it with 'talosctl gen secrets'`);
  }
  const bundle = parseFile(file, text, options);
  return { bundle, created, warnings: [...warningsOfMode(file), ...bundle.warnings] };
}

/** Refuses to create the file in CI, whose checkout lacks the file of a cluster that runs already. */
function requireCreationIsMeant(file: string, { ephemeralCluster }: ReadSecretsFileOptions): void {
  const { CI = '' } = process.env;
  if (/^(true|1)$/i.test(CI) && !ephemeralCluster) {
    throw new SecretsError(`'${file}' does not exist, and 'createIfMissing' creates no file in CI (CI=${CI}): new certificate authorities destroy a cluster `
      + 'that runs with others. Put the cluster\'s own file there before synthesis, for example decrypted from Git or read from a vault, or set '
      + '\'ephemeralCluster\' if each run makes another cluster');
  }
}

/**
 * Writes a bundle to a new file that only its owner can read. Never changes an existing file.
 * Returns whether it has written the file.
 */
export function writeSecretsFile(file: string, bundle: SecretsBundle): boolean {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(8).toString('hex')}`);
  try {
    // a link is atomic, and unlike a rename never replaces a file
    writeDurably(temporary, bundle.encode());
    fs.linkSync(temporary, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      return false;
    }
    throw new SecretsError(`'${file}' can't be written (${codeOf(error)}): check that its directory exists, is writable and allows hard links`);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

function writeDurably(file: string, text: string): void {
  const descriptor = fs.openSync(file, 'wx', OWNER_ONLY);
  try {
    fs.writeFileSync(descriptor, text);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function readIfPresent(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    switch (codeOf(error)) {
      case 'ENOENT': return undefined;
      case 'EISDIR': throw new SecretsError(`'${file}' is a directory: give the path of the secrets file in it`);
      default: throw new SecretsError(`'${file}' can't be read (${codeOf(error)}): check its permissions`);
    }
  }
}

function parseFile(file: string, text: string, options: SecretsOptions): SecretsBundle {
  try {
    return SecretsBundle.parse(text, options);
  } catch (error) {
    throw error instanceof SecretsError ? new SecretsError(`'${file}': ${error.message}`) : error;
  }
}

function warningsOfMode(file: string): string[] {
  // Windows has no file modes
  if (process.platform === 'win32') {
    return [];
  }
  const mode = fs.statSync(file).mode % 0o1000;
  const readableByOthers = mode % 0o10 >= 0o4;
  return readableByOthers ? [`'${file}' can be read by every user (mode 0${mode.toString(8)}): run 'chmod 600' on it`] : [];
}

function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) {
    throw error;
  }
  return code;
}
