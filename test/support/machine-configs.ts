import { readFileSync } from 'fs';
import { join } from 'path';

interface GeneratedCase {
  readonly id: string;
  readonly expect: { readonly controlplane: string; readonly worker: string };
}

const cases: GeneratedCase[] = readFileSync(join(__dirname, '..', 'fixtures', 'gen.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));

/** What `talosctl gen config` writes for a version contract, for example `v1.13`, without further options. */
export function generated(contract: string): { readonly controlplane: string; readonly worker: string } {
  return cases.find(({ id }) => id === `${contract}/base`)!.expect;
}
