import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';

interface Job {
  readonly permissions?: { readonly [scope: string]: string };
  readonly steps: { readonly uses?: string; readonly run?: string }[];
}

const folder = join(__dirname, '..', '..', '.github', 'workflows');
const files = readdirSync(folder).sort();
const workflows = files.map((file) => ({ ...parse(readFileSync(join(folder, file), 'utf8')), file }));
const jobs: [string, Job][] = workflows.flatMap((workflow) =>
  Object.entries<Job>(workflow.jobs).map(([id, job]): [string, Job] => [`${workflow.file} ${id}`, job]));
const steps = jobs.flatMap(([job, { steps: own }]) => own.map((step) => ({ job, ...step })));

test('there are workflows to check', () => {
  expect(files).toEqual(['build.yml', 'checks.yml', 'pull-request-lint.yml', 'release.yml', 'upgrade-main.yml', 'website.yml']);
});

test('every action is pinned by its commit', () => {
  const actions = steps.flatMap(({ uses }) => uses ?? []);
  expect(actions.filter((action) => !/^[\w.-]+(\/[\w.-]+)+@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

test('a workflow gives its jobs no permissions, and each job names its own', () => {
  expect(workflows.filter(({ permissions }) => JSON.stringify(permissions) !== '{}').map(({ file }) => file)).toEqual([]);
  expect(jobs.filter(([, { permissions }]) => typeof permissions !== 'object').map(([name]) => name)).toEqual([]);
});

test('only the jobs that publish may write', () => {
  const allowed = jobs.flatMap(([name, { permissions }]) => Object.entries(permissions!).map(([scope, access]) => `${name} ${scope}: ${access}`));
  expect(allowed.filter((permission) => !permission.endsWith(': read')).sort()).toEqual([
    'release.yml release_github contents: write', // the tag and the release
    'release.yml release_npm id-token: write', // trusted publishing
    'release.yml release_pypi id-token: write',
    'website.yml publish id-token: write', // proves to GitHub Pages where the site comes from
    'website.yml publish pages: write',
  ]);
});

test('packages come from the lock file or have an exact version', () => {
  const commands = steps.flatMap(({ job, run = '' }) => run.split('\n').map((line) => `${job}: ${line}`));
  expect(commands.filter((command) => /\bnpm (i|install|add|update)\b|@latest\b/.test(command))).toEqual([]);
});

test('GitHub runs each part of .ci/run', () => {
  const parts = [...readFileSync(join(__dirname, '..', '..', '.ci', 'run'), 'utf8').matchAll(/(?:npx projen|npm(?: run(?: --silent)?)?) (?!ci\b)([\w:]+)/g)].map(([, task]) => task);
  const commands = steps.filter(({ job }) => job.startsWith('checks.yml ')).map(({ run = '' }) => run).join('\n');
  expect(parts).toContain('rehearse');
  // other releases of Node.js are a matrix there
  expect([...new Set(parts)].filter((task) => task !== 'test:node' && !commands.includes(` ${task}`))).toEqual([]);
});
