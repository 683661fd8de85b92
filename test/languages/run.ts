import { spawn, spawnSync } from 'child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { delimiter, join } from 'path';

/**
 * Builds the package for Python, Java and Go, and runs the project beside this file in each of them as its user would: its tests pass, and
 * its manifests are those of examples/single-node, and its typed patches and keyless clusters are those of typescript/.
 */
const root = join(__dirname, '..', '..');
const example = join(root, 'examples', 'single-node');
const work = join(root, 'dist', 'languages');
const packages = join(work, 'packages');
const temporary = join(work, 'temporary');
const expected = ['typed-patches.yaml', 'keyless-clusters.yaml'];

const languages: Record<string, { tools: string[]; test: (project: string) => Promise<void> }> = {
  python: {
    tools: ['python3'],
    test: async (project) => {
      const python = join(work, 'venv', 'bin', 'python');
      await run(work, 'python3', '-m', 'venv', 'venv');
      await run(project, python, '-m', 'pip', 'install', '--quiet', '-r', 'requirements.txt', join(packages, 'python'));
      await run(project, python, 'main.py');
      await run(project, python, '-m', 'unittest');
    },
  },
  java: {
    tools: ['java', 'mvn'],
    test: async (project) => {
      const library = join('packages', 'java');
      pinVersions(join(work, library, 'pom.xml'));
      // one build of all, so that nothing is installed in the user's local repository
      writeFileSync(join(work, 'pom.xml'), buildOf([library, 'java']));
      await run(project, 'mvn', '--batch-mode', '--quiet', '--file', join('..', 'pom.xml'), '-Dmaven.javadoc.skip', '-Dmaven.source.skip', 'package');
    },
  },
  go: {
    tools: ['go'],
    test: async (project) => {
      const [name, folder] = ['github.com/cdk8s-talos/cdk8s-talos-go/cdk8stalos', join(packages, 'go', 'cdk8stalos')];
      await run(project, 'go', 'mod', 'edit', `-replace=${name}=${folder}`);
      await run(project, 'go', 'mod', 'tidy');
      await run(project, 'go', 'run', '.');
      await run(project, 'go', 'test', './...');
    },
  },
};

/** Runs a command; what it prints is shown only if it fails. */
async function run(cwd: string, command: string, ...args: string[]): Promise<void> {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(command, args, { cwd, env: { ...process.env, PATH: path, TMPDIR: temporary, CDK8S_OUTDIR: 'dist' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (data) => output.push(data));
  child.stderr.on('data', (data) => output.push(data));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) {
    throw new Error(`${Buffer.concat(output)}\n'${[command, ...args].join(' ')}' ended with ${code}`);
  }
}

/** Makes version ranges their floors: Maven reads the descriptor of every release in a range, which takes minutes. */
function pinVersions(pom: string): void {
  const pinned = readFileSync(pom, 'utf8').replace(/\[([^,]+),[^)]*\)/g, '$1');
  // managed versions hold for the dependencies of dependencies as well
  writeFileSync(pom, pinned.replace(/<dependencies>.*?<\/dependencies>/s, (list) => `<dependencyManagement>${list}</dependencyManagement>${list}`));
}

function buildOf(modules: string[]): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>languages</groupId>
  <artifactId>languages</artifactId>
  <version>0</version>
  <packaging>pom</packaging>
  <modules>${modules.map((module) => `<module>${module}</module>`).join('')}</modules>
</project>
`;
}

/** When the newest of some files and folders changed, in milliseconds; never, if there is none. */
function newest(...paths: string[]): number {
  return Math.max(...paths.map((path) => {
    const stats = statSync(join(root, path), { throwIfNoEntry: false });
    return Math.max(stats?.mtimeMs ?? 0, ...(stats?.isDirectory() ? readdirSync(join(root, path)).map((name) => newest(join(path, name))) : []));
  }));
}

async function test(language: string): Promise<boolean> {
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  const project = join(work, language);
  try {
    rmSync(project, { recursive: true, force: true });
    cpSync(join(__dirname, language), project, { recursive: true });
    cpSync(join(example, 'controlplane.yaml'), join(project, 'controlplane.yaml'));
    expected.forEach((name) => cpSync(join(work, name), join(project, name)));
    await languages[language].test(project);
    await run(project, 'diff', '-u', join(example, 'talos.k8s.yaml'), join('dist', 'talos.k8s.yaml'));
    console.log(`${language}: passed in ${seconds()} s`);
    return true;
  } catch (error) {
    console.error(`${(error as Error).message}\n${language}: FAILED after ${seconds()} s`);
    return false;
  }
}

async function main(): Promise<void> {
  const missing = Object.entries(languages).flatMap(([language, { tools }]) =>
    tools.filter((tool) => spawnSync(tool, ['-h'], { stdio: 'ignore' }).error).map((tool) => `'${tool}' for ${language}`));
  if (missing.length > 0) {
    throw new Error(`not installed: ${missing.join(', ')}`);
  }
  mkdirSync(temporary, { recursive: true });
  if (newest('src', 'package.json', 'tsconfig.json') > newest('.jsii')) {
    await run(root, 'npm', 'run', 'compile');
  }
  rmSync(packages, { recursive: true, force: true });
  await run(root, 'jsii-pacmak', '--code-only', '--target', ...Object.keys(languages), '--outdir', packages, root);

  await run(root, 'ts-node', '-T', join(__dirname, 'typescript', 'write-expected.ts'), work);
  const passed = await Promise.all(Object.keys(languages).map(test));
  process.exitCode = passed.every(Boolean) ? 0 : 1;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
}).finally(() => rmSync(temporary, { recursive: true, force: true }));
