import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';

export const examplesFolder = join(__dirname, '..', 'examples');
export const exampleNames = readdirSync(examplesFolder).filter((name) => existsSync(join(examplesFolder, name, 'main.ts')));

/** Runs an example as its user would, and returns the files that it synthesizes. */
export function synthesizeExample(name: string): Map<string, string> {
  const [workingDirectory, outdir] = [process.cwd(), process.env.CDK8S_OUTDIR];
  const output = mkdtempSync(join(tmpdir(), `example-${name}-`));
  try {
    process.chdir(join(examplesFolder, name));
    process.env.CDK8S_OUTDIR = output;
    jest.isolateModules(() => jest.requireActual(join(examplesFolder, name, 'main.ts')));
  } finally {
    process.chdir(workingDirectory);
    process.env.CDK8S_OUTDIR = outdir;
  }
  return new Map(readdirSync(output).map((file) => [file, readFileSync(join(output, file), 'utf8')]));
}

/** The objects in the files of an example. */
export function exampleObjects(files: Map<string, string>): any[] {
  return [...files.values()].flatMap((text) => parseAllDocuments(text).map((document) => document.toJS()));
}
