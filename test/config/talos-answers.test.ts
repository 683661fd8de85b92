import { generateCases, patchBases, patchCases, PatchCase, releaseOf, validateCases } from './fixtures';
import { applyPatches, encodeConfig, loadConfig, loadPatch, MachineConfigError } from '../../src/config';

function patched({ oracle, base, patches }: PatchCase): string {
  const release = releaseOf(oracle);
  const config = loadConfig(bases[base].config, release);
  return encodeConfig(applyPatches(config, patches.map(patch => loadPatch(patch, release)), release));
}

function stageOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof MachineConfigError) {
      return error.stage;
    }
    throw error;
  }
}

const bases = patchBases();
const cases = patchCases();

function table<T extends { readonly id: string }>(rows: readonly T[]): Array<[string, T]> {
  return rows.map(row => [row.id, row]);
}

const written = cases.filter(({ expect: { ok, reloadError } }) => ok && !reloadError);
const refused = cases.filter(({ expect: { ok } }) => !ok);
// Talos writes these and can't read them again
const unreadable = cases.filter(({ expect: { ok, reloadError } }) => ok && reloadError);

test.each(table(written))('patch %s', (_, testCase) => {
  expect(patched(testCase)).toBe(testCase.expect.reloaded ?? testCase.expect.result);
});

test.each(table(refused))('patch %s is refused', (_, testCase) => {
  const stage = stageOf(() => patched(testCase));
  expect(stage).toBe(testCase.expect.stage ?? 'apply');
});

test.each(table(unreadable))('patch %s leaves nothing that can not be read', (_, testCase) => {
  expect(stageOf(() => loadConfig(patched(testCase), releaseOf(testCase.oracle)))).toMatchSnapshot();
});

test.each(table(generateCases()))('generated config %s is written as it was read', (_, testCase) => {
  for (const text of [testCase.expect.controlplane, testCase.expect.worker]) {
    expect(encodeConfig(loadConfig(text, releaseOf(testCase.oracle)))).toBe(text);
  }
});

test.each(table(validateCases()))('config of %s loads as far as Talos loads it', (_, testCase) => {
  const stage = stageOf(() => loadConfig(testCase.config, releaseOf(testCase.oracle)));
  expect(stage).toBe(testCase.expect.stage === 'load' ? 'load-config' : undefined);
});
