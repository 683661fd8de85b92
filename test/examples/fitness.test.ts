import { exampleNames, synthesizeExample } from '../support/synthesize-example';

const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();

// the example's networks are Talos's defaults, and whose cluster it runs in isn't known
const RIGHT: { readonly [example: string]: string[] } = { 'beside-cdk8s-plus': ['talos:default-networks'] };

test.each(exampleNames)('the example %s raises no false alarm about its machine configs', (name) => {
  emitWarning.mockClear();
  synthesizeExample(name);
  const lines = emitWarning.mock.calls.flatMap(([warning]) => String(warning).split('\n'));
  const ids = lines.flatMap((line) => /^ {2}\S.*?: (?:v1alpha1|\w+Config)(?:\/\S+)?: .* \[(.*)\]$/.exec(line)?.[1] ?? []);
  expect(ids).toEqual(RIGHT[name] ?? []);
});
