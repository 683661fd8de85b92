import { spawnSync } from 'child_process';

/** Compares two files, byte for byte. */
export function requireSame(file: string, expected: string): void {
  const { status, stdout, stderr } = spawnSync('diff', ['-u', expected, file], { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${file} isn't ${expected}:\n${stdout}${stderr}`);
  }
}
