import * as fs from 'node:fs';
import { SecretsBundle, SecretsOptions } from './secrets-bundle';
import { createConfigFile, modeWarnings, whereIs } from '../../files';
import { TalosError } from '../../problem';

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
  /** The warnings about the file; the bundle has its own. */
  readonly warnings: readonly string[];
}

/** Reads a secrets file of `talosctl gen secrets`. */
export function readSecretsFile(file: string, options: ReadSecretsFileOptions = {}): SecretsFile {
  let text = readIfPresent(file);
  let created = false;
  if (text === undefined && options.createIfMissing) {
    requireCreationIsMeant(file, options);
    // another process may write the file meanwhile: then its secrets count
    created = createConfigFile(file, SecretsBundle.generate({ now: options.now }).encode());
    text = readIfPresent(file);
  }
  if (text === undefined) {
    throw new TalosError('talos:file-not-found', fs.lstatSync(file, { throwIfNoEntry: false })
      ? `'${file}' is a symbolic link to a file that does not exist: create that file, or give its path`
      : `'${file}' does not exist${whereIs(file)}: create it with 'talosctl gen secrets', or set 'createIfMissing' for the secrets of a new cluster`, { property: 'path' });
  }
  const bundle = parseFile(file, text, options);
  return { bundle, created, warnings: modeWarnings(file) };
}

/** Refuses to create the file in CI, whose checkout lacks the file of a cluster that runs already. */
function requireCreationIsMeant(file: string, { ephemeralCluster }: ReadSecretsFileOptions): void {
  const { CI = '' } = process.env;
  if (/^(true|1)$/i.test(CI) && !ephemeralCluster) {
    throw new TalosError('talos:file-not-found', `'${file}' does not exist${whereIs(file)}, and 'createIfMissing' creates no file in CI (CI=${CI}): new certificate authorities destroy a cluster `
      + 'that runs with others. Put the cluster\'s own file there before synthesis, for example decrypted from Git or read from a vault, or set '
      + '\'ephemeralCluster\' if each run makes another cluster', { property: 'path' });
  }
}

function readIfPresent(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    switch (codeOf(error)) {
      case 'ENOENT': return undefined;
      case 'EISDIR': throw new TalosError('talos:file-refused', `'${file}' is a directory: give the path of the secrets file in it`, { property: 'path', cause: error });
      default: throw new TalosError('talos:file-refused', `'${file}' can't be read (${codeOf(error)}): check its permissions`, { property: 'path', cause: error });
    }
  }
}

function parseFile(file: string, text: string, options: SecretsOptions): SecretsBundle {
  try {
    return SecretsBundle.parse(text, options);
  } catch (error) {
    throw error instanceof TalosError ? error.from({ property: 'path' }, `'${file}': ${error.text}`) : error;
  }
}

function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) {
    throw error;
  }
  return code;
}
