import { spawnSync } from 'child_process';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const ROOT = join(__dirname, '../..');

/** The command as the package has it, beside a command line that only says that it runs; Node.js pretends to be another release. */
function run(release: string): { readonly stdout: string; readonly stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  ['bin', 'package.json'].forEach((name) => cpSync(join(ROOT, name), join(folder, name), { recursive: true }));
  mkdirSync(join(folder, 'lib/cli'), { recursive: true });
  writeFileSync(join(folder, 'lib/cli/main.js'), 'exports.main = () => console.log("runs");');
  writeFileSync(join(folder, 'release.js'), `Object.defineProperty(process, 'version', { value: '${release}' });`);
  return spawnSync(process.execPath, ['--require', join(folder, 'release.js'), join(folder, 'bin/cdk8s-talos')], { encoding: 'utf8' });
}

test.each(['v14.21.3', 'v20.15.1'])('%s is told that it is too old', (release) => {
  expect(run(release)).toMatchObject({ stdout: 'runs\n', stderr: `cdk8s-talos: this is Node.js ${release}, which is too old: use Node.js >= 20.16.0\n` });
});

test.each(['v20.16.0', 'v22.1.0', 'v24.0.0-pre'])('%s is told nothing', (release) => {
  expect(run(release)).toMatchObject({ stdout: 'runs\n', stderr: '' });
});
