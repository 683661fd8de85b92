import { existsSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { TalosVersion } from '../../../src';

const Environment = jest.requireActual('./environment');
const newEnvironment = () => new Environment({ projectConfig: { globals: {}, testEnvironmentOptions: {}, fakeTimers: {} } }, {});

test('a suite has a temporary folder, which goes with all that is in it', async () => {
  const environment = newEnvironment();
  const folder = mkdtempSync(join(tmpdir(), 'of-a-test-'));
  writeFileSync(join(folder, 'file'), '');
  await environment.teardown();
  expect(existsSync(folder)).toBe(false);
  expect(existsSync(tmpdir())).toBe(true); // that of this suite
});

test.each<[string, () => unknown, () => void]>([
  ['the working directory', () => process.cwd(), () => process.chdir('/')],
  ['a variable of the environment', () => process.env.PATH, () => { process.env.PATH = '/nowhere'; }],
  ['a deleted variable', () => process.env.PATH, () => { delete process.env.PATH; }],
  ['a new variable', () => process.env.NEW_VARIABLE, () => { process.env.NEW_VARIABLE = 'a'; }],
  ['all variables', () => process.env, () => { process.env = {}; }],
  ['how warnings are written', () => process.emitWarning, () => { process.emitWarning = () => {}; }],
  ['the exit code', () => process.exitCode, () => { process.exitCode = 1; }],
  ['a new global', () => (globalThis as any).newGlobal, () => { (globalThis as any).newGlobal = 1; }],
])('what a suite changes is as before when it ends: %s', async (_, read, change) => {
  const before = read();
  const environment = newEnvironment();
  change();
  const changed = read();
  await environment.teardown();
  expect(changed).not.toEqual(before);
  expect(read()).toBe(before);
});

test('modules are loaded anew where they are isolated', () => {
  jest.isolateModules(() => expect(jest.requireActual('../../../src').TalosVersion).not.toBe(TalosVersion));
  expect(jest.requireActual('../../../src').TalosVersion).toBe(TalosVersion);
});
