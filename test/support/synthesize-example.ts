import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { SOURCE_DATE_EPOCH } from '../../examples/source-date';

const examples = join(__dirname, '..', '..', 'examples');

/** The names of the examples, which are those of their folders. */
export const exampleNames = readdirSync(examples).filter((name) => existsSync(join(examples, name, 'main.ts')));

/** Runs an example as its user would, and returns the files that it synthesizes. */
export function synthesizeExample(name: string): Map<string, string> {
  const [workingDirectory, environment] = [process.cwd(), process.env];
  const folder = join(examples, name);
  const output = mkdtempSync(join(tmpdir(), `example-${name}-`));
  // as examples/run.ts does
  readdirSync(folder).filter((file) => file.endsWith('secrets.yaml')).forEach((file) => chmodSync(join(folder, file), 0o600));
  try {
    process.chdir(folder);
    process.env = { ...environment, CDK8S_OUTDIR: output, SOURCE_DATE_EPOCH };
    jest.isolateModules(() => jest.requireActual(join(folder, 'main.ts')));
  } finally {
    process.chdir(workingDirectory);
    process.env = environment;
  }
  return new Map(readdirSync(output).map((file) => [file, readFileSync(join(output, file), 'utf8')]));
}

/** What is committed beside an example. */
export function committedManifests(name: string): Map<string, string> {
  const files = readdirSync(join(examples, name)).filter((file) => file.endsWith('.k8s.yaml'));
  return new Map(files.map((file) => [file, readFileSync(join(examples, name, file), 'utf8')]));
}

/** The objects in the files of an example. */
export function exampleObjects(files: Map<string, string>): any[] {
  return [...files.values()].flatMap((text) => parseAllDocuments(text).map((document) => document.toJS()));
}
