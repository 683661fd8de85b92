import { ConfigDocuments } from '../../src/machine-config/documents/config-documents';
import { encodeConfig } from '../../src/machine-config/documents/encode';
import { loadConfig } from '../../src/machine-config/documents/load';
import { applyPatches } from '../../src/machine-config/patches/apply';
import { loadPatch } from '../../src/machine-config/patches/load-patch';
import { TalosError } from '../../src/problem';
import { Release } from '../../src/talos/release';
import { generateCases, patchBases, PatchCase, patchCases, releaseOf, validateCases } from '../support/talos-answers';

const loadedBases = new Map<string, ConfigDocuments>();

function loadBase(base: string, release: Release): ConfigDocuments {
  const key = `${base}@${release}`;
  const config = loadedBases.get(key) ?? loadConfig(patchBases[base], release);
  loadedBases.set(key, config);
  return config;
}

/** What is done at the moment. */
let stage: string;

function load(text: string, release: Release): ConfigDocuments {
  stage = 'load-config';
  return loadConfig(text, release);
}

function patched({ oracle, base, patches }: PatchCase): string {
  const release = releaseOf(oracle);
  const config = loadBase(base, release);
  stage = 'load-patch';
  const loaded = patches.map((patch) => loadPatch(patch, release));
  stage = 'apply';
  return encodeConfig(applyPatches(config, loaded, release));
}

/** Where the action is refused, if it is. */
function stageOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof TalosError) {
      return stage;
    }
    throw error;
  }
}

function table<T extends { readonly id: string }>(rows: readonly T[]): Array<[string, T]> {
  return rows.map((row) => [row.id, row]);
}

const taken = patchCases.filter(({ expect: { ok } }) => ok);

test.each(table(taken.filter(({ expect: { reloadError } }) => !reloadError)))('patch %s', (_, testCase) => {
  expect(patched(testCase)).toBe(testCase.expect.reloaded ?? testCase.expect.result);
});

test.each(table(patchCases.filter(({ expect: { ok } }) => !ok)))('patch %s is refused', (_, testCase) => {
  expect(stageOf(() => patched(testCase))).toBe(testCase.expect.stage ?? 'apply');
});

test.each(table(taken.filter(({ expect: { reloadError } }) => reloadError)))('patch %s, which leaves what Talos can not read', (_, testCase) => {
  if (testCase.expect.result!.includes('Protocol(0)')) {
    // another patch may still set the protocol
    expect(patched(testCase)).toBe(testCase.expect.result);
  } else if (testCase.expect.result!.includes('|4+')) {
    // the same values can be written so that they are read
    expect(stageOf(() => load(patched(testCase), releaseOf(testCase.oracle)))).toBeUndefined();
  } else {
    expect(stageOf(() => patched(testCase))).toBe('apply');
  }
});

test.each(table(generateCases))('generated config %s is written as it was read', (_, testCase) => {
  for (const text of [testCase.expect.controlplane, testCase.expect.worker]) {
    expect(encodeConfig(loadConfig(text, releaseOf(testCase.oracle)))).toBe(text);
  }
});

test.each(table(validateCases))('config %s loads as far as Talos loads it', (_, testCase) => {
  const refusedAt = stageOf(() => load(testCase.config, releaseOf(testCase.oracle)));
  expect(refusedAt).toBe(testCase.expect.stage === 'load' ? 'load-config' : undefined);
});
