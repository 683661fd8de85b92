import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import ts from 'typescript';

/*
 * Checks the types of all code, and of the TypeScript in README.md and docs/ with it: npm test.
 */

/** Unused names, which an example may have. */
const UNUSED = [6133, 6192, 6196, 6198];

/**
 * What is wrong with the types of a project, and of the snippets in its pages. Each snippet is a module in the root.
 *
 * @throws if there is no snippet
 */
export function typeProblems(root: string): readonly ts.Diagnostic[] {
  const { options: ofProject, fileNames } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(root, 'test', 'tsconfig.json'), ts.sys.readFile).config, ts.sys, join(root, 'test'));
  const snippets = new Map(['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => join('docs', name))]
    .flatMap((page) => snippetsOf(root, page)));
  if (snippets.size === 0) {
    throw new Error('README.md and docs/ have no TypeScript: correct how scripts/check-types.ts finds it');
  }
  // jsii looks at the declarations; what was checked before is not checked again
  const options = { ...ofProject, declaration: false, incremental: true, tsBuildInfoFile: join(root, 'node_modules', '.cache', 'check-types.tsbuildinfo') };
  const host = ts.createIncrementalCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => snippets.get(path) ?? readFile(path);
  host.fileExists = (path) => snippets.has(path) || fileExists(path);
  host.getSourceFile = (path, version, ...rest) => {
    const snippet = snippets.get(path);
    return snippet === undefined
      ? getSourceFile(path, version, ...rest)
      : Object.assign(ts.createSourceFile(path, snippet, version), { version: host.createHash!(snippet) });
  };
  const program = ts.createIncrementalProgram({ rootNames: [...fileNames, ...snippets.keys()], options, host });
  const problems = [
    ...program.getConfigFileParsingDiagnostics(), ...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics(),
    ...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics(),
  ];
  program.emit(); // writes what it has checked, and nothing else
  return problems.filter(({ code, file }) => !(UNUSED.includes(code) && file && snippets.has(file.fileName)));
}

/** The TypeScript of a page, each part as a file. */
function snippetsOf(root: string, page: string): [file: string, code: string][] {
  const parts = [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)];
  return parts.map(([, code], index) => [join(root, `${page.replace(/\W/g, '-')}-${index + 1}.ts`), code]);
}

if (require.main === module) {
  const root = process.cwd();
  const problems = typeProblems(root);
  if (problems.length > 0) {
    console.error(ts.formatDiagnosticsWithColorAndContext(problems, { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' }));
    process.exitCode = 1;
  }
}
