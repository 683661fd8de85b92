import { readFileSync } from 'fs';
import { join } from 'path';
import { Release } from '../../src/talos/release';

/** A patch and what Talos makes of it. */
export interface PatchCase {
  readonly id: string;
  readonly oracle: string;
  readonly base: string;
  readonly patches: readonly string[];
  readonly expect: {
    readonly ok: boolean;
    readonly result?: string;
    /** what the result becomes when it is read and written again, where that changes it */
    readonly reloaded?: string;
    /** why Talos can't read its own result */
    readonly reloadError?: string;
    /** where a refusal comes; absent where Talos crashes */
    readonly stage?: string;
  };
}

/** A generated configuration. */
export interface GenerateCase {
  readonly id: string;
  readonly oracle: string;
  readonly contract: string;
  readonly expect: { readonly controlplane: string; readonly worker: string };
}

/** A configuration and what Talos's validation says. */
export interface ValidateCase {
  readonly id: string;
  readonly oracle: string;
  readonly mode: 'container' | 'metal';
  readonly config: string;
  readonly expect: { readonly valid: boolean; readonly stage?: string; readonly warnings: readonly string[]; readonly errors?: readonly string[] };
}

function read(name: string): string {
  return readFileSync(join(__dirname, '..', 'fixtures', name), 'utf8');
}

function readLines<T>(name: string): T[] {
  return read(name).trim().split('\n').map((line) => JSON.parse(line) as T);
}

/** Patches for 1.13 and 1.14, and some for older releases. */
export const patchCases: readonly PatchCase[] = [...readLines<PatchCase>('patch.jsonl'), ...readLines<PatchCase>('patch-older.jsonl')];

/** The configurations that the patches start from. */
export const patchBases: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(JSON.parse(read('patch-bases.json')) as Record<string, { config: string }>).map(([name, { config }]) => [name, config])),
  ...JSON.parse(read('patch-older-bases.json')) as Record<string, string>,
};

export const generateCases: readonly GenerateCase[] = readLines('gen.jsonl');
export const validateCases: readonly ValidateCase[] = readLines('validate.jsonl');

/** The release that answered: `v1.13.9` is 1.13. */
export function releaseOf(oracle: string): Release {
  return /^v(\d+\.\d+)/.exec(oracle)![1] as Release;
}
