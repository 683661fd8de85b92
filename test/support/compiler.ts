import { dirname, join } from 'path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..', '..');

/**
 * What the compiler says about files that don't exist.
 *
 * @param files texts by paths in the root of the repository
 */
export function compilerMessages(files: ReadonlyMap<string, string>): string[] {
  const configPath = join(ROOT, 'test', 'tsconfig.json');
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(configPath, ts.sys.readFile).config, ts.sys, dirname(configPath));
  const texts = new Map([...files].map(([path, text]) => [join(ROOT, path), text]));
  const host = ts.createCompilerHost(options);
  const [{ readFile, fileExists, getSourceFile }] = [{ ...host }];
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.getSourceFile = (path, target, ...rest) =>
    texts.has(path) ? ts.createSourceFile(path, texts.get(path)!, target) : getSourceFile(path, target, ...rest);

  const program = ts.createProgram([...texts.keys()], { ...options, noUnusedLocals: false }, host);
  return [...texts.keys()].flatMap((path) => {
    const file = program.getSourceFile(path)!;
    const problems = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return problems.map((problem) => ts.formatDiagnostic(problem, { getCanonicalFileName: (name) => name, getCurrentDirectory: () => ROOT, getNewLine: () => '\n' }));
  });
}
