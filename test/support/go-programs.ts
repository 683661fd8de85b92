import { execFileSync, spawnSync } from 'child_process';
import { copyFileSync, mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** A Go module: its path and version, and that of the path by which its own code calls it, if they differ. */
export interface GoModule {
  readonly module: string;
  readonly version: string;
  readonly importedAs?: string;
}

/** Whether there is Go, and the module can be had. */
export function hasGoModule({ module, version }: GoModule): boolean {
  return spawnSync('go', ['mod', 'download', `${module}@${version}`], { cwd: tmpdir() }).status === 0;
}

/** Where a project keeps its files in the module. */
export function goModuleFolder({ module, version }: GoModule): string {
  return JSON.parse(execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], { encoding: 'utf8' })).Dir;
}

/** Builds a Go program that uses a module. It reads a question as JSON, and answers with lines of JSON. */
export function buildGoProgram(main: string, { module, version, importedAs = module }: GoModule): (question: object) => any[] {
  const cwd = mkdtempSync(join(tmpdir(), 'go-program-'));
  const go = (...args: string[]) => execFileSync('go', args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  copyFileSync(main, join(cwd, 'main.go'));
  go('mod', 'init', 'program');
  go('mod', 'edit', `-require=${importedAs}@${version}`, ...importedAs === module ? [] : [`-replace=${importedAs}=${module}@${version}`]);
  go('mod', 'tidy');
  go('build', '-o', 'program', '.');
  return (question) => execFileSync(join(cwd, 'program'), { input: JSON.stringify(question), encoding: 'utf8', maxBuffer: 2 ** 26 })
    .trim().split('\n').map((line) => JSON.parse(line));
}
