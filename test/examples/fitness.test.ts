import { exampleNames, synthesizeExample } from '../support/synthesize-example';

const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();

// the example's networks are Talos's defaults, and whose cluster it runs in isn't known
const RIGHT: { readonly [example: string]: string[] } = { 'beside-cdk8s-plus': ['talos:default-networks'] };

test.each(exampleNames)('the example %s raises no false alarm about its machine configs', (name) => {
  emitWarning.mockClear();
  synthesizeExample(name);
  const ids = emitWarning.mock.calls.flatMap(([warning]) => /'config': .* \[(.*)\]$/.exec(String(warning))?.[1] ?? []);
  expect(ids).toEqual(RIGHT[name] ?? []);
});
