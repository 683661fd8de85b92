import { generateCases, optionsOf } from './fixtures';
import { generateControlPlane, generateWorker } from './texts';
import { encodeConfig, loadConfig } from '../../src/config';
import * as generate from '../../src/generate';
import { SecretsBundle } from '../../src/pki';
import { bundle } from '../pki/fixtures';

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
