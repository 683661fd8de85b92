import { readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import * as ts from 'typescript';

const root = join(__dirname, '..', '..');
const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];

/** The TypeScript of a page, each part as a file that lies in the root. */
function snippets(page: string): Map<string, string> {
  const parts = [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
  return new Map(parts.map((code, index) => [join(root, `${page.replace(/\W/g, '-')}-${index + 1}.ts`), code]));
}

test('every snippet of the documentation compiles', () => {
  const files = new Map(pages.flatMap((page) => [...snippets(page)]));
  expect(files.size).toBeGreaterThan(0);

  const configPath = join(root, 'test', 'tsconfig.json');
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(configPath, ts.sys.readFile).config, ts.sys, dirname(configPath));
  const host = ts.createCompilerHost(options);
  const [{ readFile, fileExists, getSourceFile }] = [{ ...host }];
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.getSourceFile = (path, target, ...rest) =>
    files.has(path) ? ts.createSourceFile(path, files.get(path)!, target) : getSourceFile(path, target, ...rest);

  const program = ts.createProgram([...files.keys()], { ...options, noUnusedLocals: false }, host);
  const problems = [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path)!;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  });
  expect(ts.formatDiagnostics(problems, { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' })).toBe('');
});

test.each(['ephemeral-cluster', 'single-node'])('the README has the example %s, which is run', (name) => {
  const example = readFileSync(join(root, 'examples', name, 'main.ts'), 'utf8');
  expect([...snippets('README.md').values()]).toContain(example);
});
