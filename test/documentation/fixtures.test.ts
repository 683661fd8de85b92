import { readdirSync, readFileSync, statSync } from 'fs';
import { join, relative, sep } from 'path';

const folder = join(__dirname, '..', 'fixtures');

/** The files in a folder and below it. */
function files(below: string): string[] {
  return readdirSync(below).map((name) => join(below, name)).flatMap((path) => statSync(path).isDirectory() ? files(path) : [path]);
}

test('the README of the fixtures says of each where it comes from', () => {
  const fixtures = files(folder).map((path) => relative(folder, path)).filter((path) => path !== 'README.md' && !path.startsWith(`oracle${sep}`));
  const table = readFileSync(join(folder, 'README.md'), 'utf8').split('\n## ')[0];
  const named = [...table.matchAll(/^\| (`.+?`) \| .+ \| .+ \| .+ \|$/gm)].flatMap(([, cell]) => cell.split(', ').map((name) => name.replace(/`/g, '')));
  expect(named.sort()).toEqual(fixtures.sort());
});
