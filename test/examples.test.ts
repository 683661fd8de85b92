import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { exampleNames, exampleObjects, examplesFolder, synthesizeExample } from './examples';

describe.each(exampleNames)('the example %s', (name) => {
  const files = synthesizeExample(name);

  test('synthesizes what is committed', () => {
    const committed = readdirSync(join(examplesFolder, name)).filter((file) => file.endsWith('.k8s.yaml'));
    expect([...files.keys()]).toEqual(committed);
    for (const [file, text] of files) {
      expect(text).toBe(readFileSync(join(examplesFolder, name, file), 'utf8'));
    }
  });

  test('has key material in Secrets only', () => {
    for (const object of exampleObjects(files)) {
      if (object.kind !== 'Secret') {
        expect(JSON.stringify(object)).not.toMatch(/PRIVATE KEY|LS0tLS1CRUdJTi|TFMwdExTMUNSVWRKVGlC/);
      }
    }
  });
});
