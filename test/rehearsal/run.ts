import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import { LANGUAGES, tryLanguage } from './languages';
import { Newcomer } from './newcomer';
import { publishPackages, Registries } from './packages';
import { Environment, Shell } from './shell';

/**
 * Rehearses a release: publishes the packages to registries on this machine, and installs them from there into empty projects, in which it does
 * what the documentation says. `npm run rehearse`, or with names of languages, those alone.
 */
const ROOT = join(__dirname, '..', '..');
const NEWCOMER = 'newcomer';

async function main(names: readonly string[]): Promise<void> {
  requireTools(names);
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-talos-rehearsal-'));
  try {
    process.exitCode = await rehearse(names, folder) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rehearse(names: readonly string[], folder: string): Promise<boolean> {
  const environment = newMachine(folder);
  const shell = new Shell('packages', ROOT, environment);
  if (newest('src', 'package.json', 'tsconfig.json') > newest('.jsii')) {
    await shell.run('npm run compile');
  }
  const expected = join(folder, 'expected');
  mkdirSync(expected);
  await shell.run(`npx ts-node -T test/languages/typescript/write-expected.ts '${expected}'`);
  const registries = await publishPackages(join(folder, 'packages'), environment);
  try {
    const all = { ...registries, environment: { ...environment, ...registries.environment } };
    const passed = await Promise.all(names.flatMap((name) => name === NEWCOMER
      ? newcomers(join(folder, name), all)
      : [attempt(name, () => tryLanguage(name, join(folder, name), expected, all))]));
    return passed.every(Boolean);
  } finally {
    registries.stop();
  }
}

function newcomers(folder: string, { environment }: Registries): Promise<boolean>[] {
  const newcomer = (name: string) => new Newcomer(join(folder, name), environment, process.env.KUBECONFIG !== undefined);
  const apps = ['typescript', 'python'].flatMap((language) => ['generate-once', 'file'].map((keys) => ({ language, keys })));
  return [
    attempt('quick start', () => newcomer('quick-start').quickStart()),
    attempt('cdk8s init', () => newcomer('cdk8s-init').cdk8sProject()),
    attempt('doctor, init', async () => {
      await newcomer('doctor').doctor();
      for (const { language, keys } of apps) {
        await newcomer('init').ownApp(language, keys);
      }
    }),
  ];
}

async function attempt(name: string, work: () => Promise<void>): Promise<boolean> {
  const start = Date.now();
  const end = (result: string) => `${name}: ${result} after ${Math.round((Date.now() - start) / 1000)} s`;
  try {
    await work();
    console.log(end('passed'));
    return true;
  } catch (error) {
    console.error(`${(error as Error).message}\n${end('FAILED')}`);
    return false;
  }
}

/** As on a machine that has nothing of this package: caches of earlier rehearsals have other bytes, and `npm run` brings tools of the repository. */
function newMachine(folder: string): Environment {
  const [temporary, npm, go, maven] = ['temporary', 'npm', 'go', 'm2'].map((name) => join(folder, name));
  mkdirSync(temporary);
  const ofThisRepository = Object.keys(process.env).filter((name) => /^(npm_(?!config_)|npm_config_local_prefix$|INIT_CWD$)/.test(name));
  return {
    ...Object.fromEntries(ofThisRepository.map((name) => [name, undefined])),
    PATH: process.env.PATH!.split(delimiter).filter((path) => !path.startsWith(ROOT)).join(delimiter),
    npm_config_cache: npm,
    npm_config_yes: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    GOMODCACHE: go,
    MAVEN_OPTS: `${process.env.MAVEN_OPTS ?? ''} -Dmaven.repo.local=${maven}`,
    TMPDIR: temporary,
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
  };
}

function requireTools(names: readonly string[]): void {
  const tools = [...new Set(Object.values(LANGUAGES).flatMap((language) => language.tools))];
  const missing = tools.filter((tool) => spawnSync(tool, ['-h'], { stdio: 'ignore' }).error);
  if (missing.length > 0) {
    throw new Error(`not installed: ${missing.join(', ')}`);
  }
  const unknown = names.filter((name) => name !== NEWCOMER && !Object.hasOwn(LANGUAGES, name));
  if (unknown.length > 0) {
    throw new Error(`there is no ${unknown.join(', ')}: choose from ${Object.keys(LANGUAGES).join(', ')} and ${NEWCOMER}`);
  }
}

/** When the newest of some files and folders changed, in milliseconds; never, if there is none. */
function newest(...paths: string[]): number {
  return Math.max(...paths.map((path) => {
    const stats = statSync(join(ROOT, path), { throwIfNoEntry: false });
    return Math.max(stats?.mtimeMs ?? 0, ...(stats?.isDirectory() ? readdirSync(join(ROOT, path)).map((name) => newest(join(path, name))) : []));
  }));
}

const [, , ...given] = process.argv;
main(given.length > 0 ? given : [...Object.keys(LANGUAGES), NEWCOMER]).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
