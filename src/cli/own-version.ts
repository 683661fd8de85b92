import { existsSync, readFileSync } from 'fs';
import { dirname, join } from 'path';

/** The release of this package, whose file of that name is above this one, or above the one file of all modules. */
export function ownVersion(folder: string = __dirname): string {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : ownVersion(dirname(folder));
}
