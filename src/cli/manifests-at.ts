import { existsSync } from 'fs';
import { whereIs } from '../files';
import { TalosError } from '../problem';
import { Manifest } from '../update/manifests/manifest';
import { readManifests } from '../update/manifests/read-manifests';

/**
 * Reads the manifests at paths.
 *
 * @param option the option or argument that names the paths
 * @throws if there is no path, or one doesn't exist or can't be read
 */
export function manifestsAt(option: string, paths: readonly string[] = []): Manifest[] {
  if (paths.length === 0) {
    throw new TalosError('talos:invalid-value', `${option} is missing: give the path of a file or a directory with manifests`);
  }
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) {
    throw new TalosError('talos:invalid-value', `${option} (${missing}) doesn't exist${whereIs(missing)}: give the path of a file or a directory with manifests, such as the one into which the app is synthesized`);
  }
  return paths.flatMap((path) => readManifests(option, path));
}
