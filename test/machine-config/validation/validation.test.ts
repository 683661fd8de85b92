import { loadConfig } from '../../../src/machine-config/documents/load';
import { validateConfig } from '../../../src/machine-config/validation/validate';
import { releaseOf, ValidateCase, validateCases } from '../../support/talos-answers';

function validated({ config, oracle, mode }: ValidateCase) {
  return validateConfig(loadConfig(config, releaseOf(oracle)), releaseOf(oracle), mode);
}

const cases = validateCases.filter(({ expect: { stage } }) => stage !== 'load');
const table = cases.map((testCase) => [testCase.id, testCase] as const);

test.each(table)('config of %s is refused where Talos refuses it', (_, testCase) => {
  expect(validated(testCase).errors.length === 0).toBe(testCase.expect.valid);
});

test.each(table)('config of %s has a warning for each of Talos\'s', (_, testCase) => {
  expect(validated(testCase).warnings).toHaveLength(testCase.expect.warnings.length);
});

test('messages say what to do', () => {
  const messages = cases.flatMap((testCase) => {
    const { errors, warnings } = validated(testCase);
    return [...errors, ...warnings].map(({ message }) => message);
  });
  expect([...new Set(messages)].sort()).toMatchSnapshot();
});
