import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Kills itself instead of a call of a function of `fs`. */
const program = (writer: string, fatal: string, call: number) => `
const fs = require('fs');
const { ${fatal} } = fs;
let calls = 0;
fs.${fatal} = (...parameters) => ++calls === ${call} ? process.kill(process.pid, 'SIGKILL') : ${fatal}(...parameters);
require(${JSON.stringify(join(__dirname, '..', 'src', 'files'))}).${writer}(process.argv[1], 'new');
`;

describe.each(['writeConfigFile', 'createConfigFile'])('%s', (writer) => {
  test.each([
    ['mkdtempSync', 1], ['writeFileSync', 1], ['openSync', 1], ['writeFileSync', 2], ['fsyncSync', 1],
    [writer === 'writeConfigFile' ? 'renameSync' : 'linkSync', 1], ['rmSync', 1],
  ])('a process that is killed at %s leaves the old file or the new one, and nothing that Git would add', (fatal, call) => {
    const directory = fs.mkdtempSync(join(tmpdir(), 'files-'));
    try {
      const git = (...parameters: string[]) => execFileSync('git', parameters, { cwd: directory, encoding: 'utf8' });
      git('init', '--quiet');
      fs.writeFileSync(join(directory, '.gitignore'), 'acme.yaml\n');
      const file = join(directory, 'acme.yaml');
      if (writer === 'writeConfigFile') {
        fs.writeFileSync(file, 'old', { mode: 0o600 });
      }
      const { signal } = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', program(writer, fatal, call), file]);
      expect(signal).toBe('SIGKILL');
      const isWritten = fatal === 'rmSync';
      const contents = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
      expect(contents).toBe(isWritten ? 'new' : writer === 'writeConfigFile' ? 'old' : undefined);
      expect(git('status', '--porcelain', '--untracked-files=all')).toBe('?? .gitignore\n');
      for (const left of fs.readdirSync(directory).filter((name) => name.includes('.tmp-'))) {
        expect(left.startsWith('acme.yaml.')).toBe(true);
        expect(fs.statSync(join(directory, left)).mode % 0o1000).toBe(0o700);
      }
    } finally {
      fs.rmSync(directory, { recursive: true });
    }
  }, 60_000);
});
