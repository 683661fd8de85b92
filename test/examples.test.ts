import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';

const examples = join(__dirname, '..', 'examples');
const names = readdirSync(examples).filter((name) => existsSync(join(examples, name, 'main.ts')));

/** Runs an example as its user would, and returns the files that it synthesizes. */
function synthesize(name: string): Map<string, string> {
  const [workingDirectory, outdir] = [process.cwd(), process.env.CDK8S_OUTDIR];
  const output = mkdtempSync(join(tmpdir(), `example-${name}-`));
  try {
    process.chdir(join(examples, name));
    process.env.CDK8S_OUTDIR = output;
    jest.isolateModules(() => jest.requireActual(join(examples, name, 'main.ts')));
  } finally {
    process.chdir(workingDirectory);
    process.env.CDK8S_OUTDIR = outdir;
  }
  return new Map(readdirSync(output).map((file) => [file, readFileSync(join(output, file), 'utf8')]));
}

describe.each(names)('the example %s', (name) => {
  const files = synthesize(name);

  test('synthesizes what is committed', () => {
    const committed = readdirSync(join(examples, name)).filter((file) => file.endsWith('.k8s.yaml'));
    expect([...files.keys()]).toEqual(committed);
    for (const [file, text] of files) {
      expect(text).toBe(readFileSync(join(examples, name, file), 'utf8'));
    }
  });

  test('has key material in Secrets only', () => {
    for (const text of files.values()) {
      for (const object of parseAllDocuments(text).map((document) => document.toJS())) {
        if (object.kind !== 'Secret') {
          expect(JSON.stringify(object)).not.toMatch(/PRIVATE KEY|LS0tLS1CRUdJTi|TFMwdExTMUNSVWRKVGlC/);
        }
      }
    }
  });
});
