import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as cdk8s from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { SOURCE_DATE_EPOCH } from '../../examples/source-date';
import * as talos from '../../src';

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
    jest.isolateModules(() => {
      // the example runs anew, with the libraries that are there
      jest.doMock('cdk8s', () => cdk8s);
      jest.doMock('cdk8s-talos', () => talos);
      jest.requireActual(join(folder, 'main.ts'));
    });
  } finally {
    jest.dontMock('cdk8s').dontMock('cdk8s-talos');
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
