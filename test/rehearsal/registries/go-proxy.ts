import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join, relative } from 'path';
import { zipSync } from 'fflate';

/** Adds a release of a module to a module proxy, which is a folder. */
export function addGoModule(proxy: string, module: string, version: string, source: string): void {
  const folder = join(proxy, ...module.split('/'), '@v');
  const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const archive = zipSync(Object.fromEntries(files.map((file) => [`${module}@${version}/${relative(source, file)}`, new Uint8Array(readFileSync(file))])));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'list'), `${version}\n`);
  writeFileSync(join(folder, `${version}.info`), JSON.stringify({ Version: version, Time: new Date().toISOString() }));
  writeFileSync(join(folder, `${version}.mod`), readFileSync(join(source, 'go.mod')));
  writeFileSync(join(folder, `${version}.zip`), archive);
}
