import { committedManifests, exampleNames, exampleObjects, synthesizeExample } from '../support/synthesize-example';

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
    for (const object of exampleObjects(files)) {
      if (object.kind !== 'Secret') {
        expect(JSON.stringify(object)).not.toMatch(/PRIVATE KEY|LS0tLS1CRUdJTi|TFMwdExTMUNSVWRKVGlC/);
      }
    }
  });
});
