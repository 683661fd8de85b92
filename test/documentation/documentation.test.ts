import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { compilerMessages } from '../support/compiler';

const root = join(__dirname, '..', '..');
const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];

/** The TypeScript of a page, each part as a file that lies in the root. */
function snippets(page: string): Map<string, string> {
  const parts = [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
  return new Map(parts.map((code, index) => [`${page.replace(/\W/g, '-')}-${index + 1}.ts`, code]));
}

test('every snippet of the documentation compiles', () => {
  const files = new Map(pages.flatMap((page) => [...snippets(page)]));
  expect(files.size).toBeGreaterThan(0);
  expect(compilerMessages(files)).toEqual([]);
});

test.each(['ephemeral-cluster', 'single-node'])('the README has the example %s, which is run', (name) => {
  const example = readFileSync(join(root, 'examples', name, 'main.ts'), 'utf8');
  expect([...snippets('README.md').values()]).toContain(example);
});
