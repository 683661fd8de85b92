import { TalosError } from '../problem';

/**
 * Runs an action that writes to a path.
 *
 * @param option the option or argument that names the path
 * @param remedy what to do
 * @throws if the system refuses it
 */
export function writing(option: string, path: string, remedy: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new TalosError('talos:file-refused', `${option} (${path}) can't be written: ${code}; ${remedy}`, { cause: error });
  }
}
