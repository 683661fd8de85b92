import { encodeConfig } from '../../../src/machine-config/documents/encode';
import { loadConfig } from '../../../src/machine-config/documents/load';
import * as generate from '../../../src/machine-config/generate/generate';
import { SecretsBundle } from '../../../src/secrets/bundle/secrets-bundle';
import { generateCases, optionsOf } from '../../support/generate-cases';
import { bundle } from '../../support/secrets-fixtures';
import { generateControlPlane, generateWorker } from '../../support/texts';

const bundles: Readonly<Record<string, SecretsBundle>> = { a: bundle('a'), b: bundle('b'), c: bundle('c') };
const cases = generateCases();

test('there are cases', () => {
  expect(cases).toHaveLength(103);
});

test.each(cases.map((testCase) => [testCase.id, testCase] as const))('control plane of %s', (_, testCase) => {
  expect(generateControlPlane(bundles[testCase.secrets], optionsOf(testCase))).toBe(testCase.expect.controlplane);
});

test.each(cases.map((testCase) => [testCase.id, testCase] as const))('worker of %s', (_, testCase) => {
  expect(generateWorker(bundles[testCase.secrets], optionsOf(testCase))).toBe(testCase.expect.worker);
});

test.each(cases.map((testCase) => [testCase.id, testCase] as const))('what is generated for %s is what its text reads as', (_, testCase) => {
  const options = optionsOf(testCase);
  const generated = [generate.generateControlPlane, generate.generateWorker].map((machine) => machine(bundles[testCase.secrets], options));
  expect(generated).toEqual(generated.map((config) => loadConfig(encodeConfig(config), options.contract)));
});
