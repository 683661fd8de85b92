import { readFileSync } from 'fs';
import { join } from 'path';
import { Release } from '../../src/config';

/** A patch and what Talos makes of it. */
export interface PatchCase {
  readonly id: string;
  readonly group: string;
  readonly oracle: string;
  readonly base: string;
  readonly patches: readonly string[];
  readonly expect: {
    readonly ok: boolean;
    readonly result?: string;
    readonly reloaded?: string;
    readonly reloadError?: string;
    readonly stage?: string;
    readonly panic?: boolean;
  };
}

/** A generated configuration. */
export interface GenerateCase {
  readonly id: string;
  readonly oracle: string;
  readonly expect: { readonly controlplane: string; readonly worker: string };
}

/** A configuration and what Talos's validation says. */
export interface ValidateCase {
  readonly id: string;
  readonly oracle: string;
  readonly config: string;
  readonly expect: { readonly valid: boolean; readonly stage?: string };
}

function read(name: string): string {
  return readFileSync(join(__dirname, '..', 'fixtures', name), 'utf8');
}

function readLines<T>(name: string): T[] {
  return read(name).trim().split('\n').map(line => JSON.parse(line) as T);
}

export const patchCases = () => readLines<PatchCase>('patch.jsonl');
export const patchBases = () => JSON.parse(read('patch-bases.json')) as Record<string, { config: string }>;
export const generateCases = () => readLines<GenerateCase>('gen.jsonl');
export const validateCases = () => readLines<ValidateCase>('validate.jsonl');

/** The release that answered: `v1.13.9` is 1.13. */
export function releaseOf(oracle: string): Release {
  return /^v(\d+\.\d+)/.exec(oracle)![1] as Release;
}
