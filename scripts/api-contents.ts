import { readFileSync, writeFileSync } from 'fs';

/*
 * Gives API.md a list of its contents: npm run docgen.
 */

const HEADING = /^(##|###) (\S+) <a name="[^"]*" id="([^"]*)"><\/a>$/gm;

/** An API reference of jsii-docgen with a list of its symbols at its start, by their kinds. */
export function withContents(reference: string): string {
  const list = [...reference.matchAll(HEADING)].map(([, level, name, id]) => level === '##' ? `\n**[${name}](#${id})**\n` : `- [${name}](#${id})`);
  const end = reference.indexOf('\n\n') + 2;
  return `${reference.slice(0, end)}${list.join('\n').trimStart()}\n\n${reference.slice(end)}`;
}

if (require.main === module) {
  const [file] = process.argv.slice(2);
  writeFileSync(file, withContents(readFileSync(file, 'utf8')));
}
