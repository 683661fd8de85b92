import { parseAllDocuments } from 'yaml';
import { committedManifests, exampleNames, synthesizeExample } from './synthesize-example';

describe.each(exampleNames)('the example %s', (name) => {
  const files = synthesizeExample(name);

  test('synthesizes what is committed', () => {
    const committed = committedManifests(name);
    expect([...files.keys()]).toEqual([...committed.keys()]);
    for (const [file, text] of files) {
      expect(text).toBe(committed.get(file));
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
