import { exampleNames, synthesizeExample } from '../support/synthesize-example';

const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();

test.each(exampleNames)('the example %s raises no alarm about its machine configs', (name) => {
  emitWarning.mockClear();
  synthesizeExample(name);
  const lines = emitWarning.mock.calls.flatMap(([warning]) => String(warning).split('\n'));
  const ids = lines.flatMap((line) => /^ {2}\S.*?: (?:v1alpha1|\w+Config)(?:\/\S+)?: .* \[(.*)\]$/.exec(line)?.[1] ?? []);
  expect(ids).toEqual([]);
});
