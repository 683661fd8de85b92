import { cpSync, readFileSync, writeFileSync } from 'fs';
import { delimiter, join } from 'path';
import { Registries } from './packages';
import { commands, section } from './pages';
import { requireSame } from './same';
import { Shell } from './shell';

const ROOT = join(__dirname, '..', '..');

interface Language {
  /** Its heading in docs/languages.md. */
  readonly title: string;
  readonly tools: readonly string[];
  /** Commands that run the project's tests, beside those of the page. */
  readonly tests: readonly string[];
}

/** What each language needs beside the commands of docs/languages.md. */
export const LANGUAGES: { readonly [name: string]: Language } = {
  python: { title: 'Python', tools: ['python3'], tests: ['python -m unittest'] },
  java: { title: 'Java', tools: ['java', 'mvn'], tests: [] }, // mvn package runs the tests
  go: { title: 'Go', tools: ['go'], tests: ['go test ./...'] },
};

/**
 * Follows docs/languages.md with a copy of test/languages/LANGUAGE: its tests pass, its manifests are those of examples/single-node, and its typed
 * patches and keyless clusters are those of test/languages/typescript.
 *
 * @param expected the folder with what TypeScript makes
 */
export async function tryLanguage(language: string, project: string, expected: string, { environment, publishToMaven }: Registries): Promise<void> {
  const { title, tests } = LANGUAGES[language];
  const example = join(ROOT, 'examples', 'single-node');
  cpSync(join(ROOT, 'test', 'languages', language), project, { recursive: true });
  cpSync(join(example, 'controlplane.yaml'), join(project, 'controlplane.yaml'));
  cpSync(expected, project, { recursive: true });
  const shell = new Shell(language, project, { ...environment, PATH: [join(project, '.venv', 'bin'), environment.PATH].join(delimiter) });
  if (language === 'python') {
    await shell.run('python3 -m venv .venv');
  }
  if (language === 'java') {
    addRepository(join(project, 'pom.xml'), await publishToMaven());
  }
  for (const command of [...commands(section('docs/languages.md', title)), ...tests]) {
    await shell.run(command);
  }
  requireSame(join(project, 'dist', 'talos.k8s.yaml'), join(example, 'talos.k8s.yaml'));
}

/** Central, where the package will be, is a repository of each project by itself; the one of the rehearsal isn't. */
function addRepository(pom: string, url: string): void {
  const repositories = `<repositories><repository><id>rehearsal</id><url>${url}</url></repository></repositories>`;
  writeFileSync(pom, readFileSync(pom, 'utf8').replace('</project>', `${repositories}</project>`));
}
