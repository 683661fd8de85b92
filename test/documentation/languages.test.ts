import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';

const [page, typedPatches] = ['languages.md', 'typed-patches.md'].map((name) => readFileSync(join(__dirname, '..', '..', 'docs', name), 'utf8'));

function snippets(language: string, of: string = page): string[] {
  return [...of.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, code]) => code);
}

/** The texts of the files in a folder and below it. */
function files(folder: string): string[] {
  return readdirSync(folder).map((name) => join(folder, name)).flatMap((path) =>
    statSync(path).isDirectory() ? files(path) : [readFileSync(path, 'utf8')]);
}

// `npm run test:languages` runs these projects
test.each(['python', 'java', 'go'])('the page shows the app in %s as it is tested', (language) => {
  expect(snippets(language)).toHaveLength(1);
  expect(files(join(__dirname, '..', 'languages', language))).toContain(snippets(language)[0]);
});

test.each([['ts', 'typescript'], ['python', 'python'], ['java', 'java'], ['go', 'go']])('the page of typed patches shows them in %s as they are tested', (code, language) => {
  const shown = snippets(code, typedPatches);
  expect(files(join(__dirname, '..', 'languages', language))).toContain(shown[shown.length - 1]);
});

test('the page shows the tested pom.xml in parts', () => {
  const pom = readFileSync(join(__dirname, '..', 'languages', 'java', 'pom.xml'), 'utf8');
  expect(snippets('xml').length).toBeGreaterThan(0);
  snippets('xml').forEach((part) => expect(pom).toContain(part));
});
