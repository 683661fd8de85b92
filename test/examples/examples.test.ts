import { committedManifests, exampleNames, exampleObjects, synthesizeExample } from '../support/synthesize-example';

const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();

describe.each(exampleNames)('the example %s', (name) => {
  emitWarning.mockClear();
  const files = synthesizeExample(name);
  const warnings = emitWarning.mock.calls.map(([warning]) => String(warning));

  test('raises no warning about its secrets', () => {
    expect(warnings.filter((warning) => warning.includes('secrets.yaml'))).toEqual([]);
  });

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
