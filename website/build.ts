import { execFileSync } from 'child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { gunzipSync } from 'zlib';
import { Assembly } from '@jsii/spec';
import { checkSite } from './check';
import { writeLlmsFiles } from './llms';
import { PackageTypes } from './package-types';
import { pageOnSite, sources } from './pages';
import { languageReference, referenceIndex } from './reference';
import { LANGUAGES, translate, withTabs } from './translations';

/*
 * Builds the website into website/build/site: npm run docs. With --check, looks at it, too.
 */

const root = join(__dirname, '..');
const build = join(__dirname, 'build');
const pages = join(build, 'pages');
const site = join(build, 'site');

function write(page: string, text: string): void {
  mkdirSync(dirname(join(pages, page)), { recursive: true });
  writeFileSync(join(pages, page), text);
}

/** What jsii says of a package. */
function assembly(folder: string): Assembly {
  const { schema, filename, ...rest } = JSON.parse(readFileSync(join(root, folder, '.jsii'), 'utf8'));
  return schema === 'jsii/file-redirect' ? JSON.parse(gunzipSync(readFileSync(join(root, folder, filename))).toString()) : { schema, ...rest };
}

/** The pages of the repository, with tabs where they have no code of their own in other languages. */
function writePages(types: PackageTypes): void {
  const texts = [...sources(root)].map(([file, page]): [string, string] => [page, pageOnSite(root, file)]);
  const translated = texts.filter(([, text]) => !/^```(?:python|java|go)$/m.test(text));
  const translations = translate(translated.map(([, text]) => text), types);
  texts.forEach(([page, text]) => write(page, translated.some(([other]) => other === page) ? withTabs(text, translations) : text));
}

/** The API reference in each language, from what jsii-docgen says. */
function writeReference(types: PackageTypes): void {
  const languages = LANGUAGES.flatMap(({ id }) => ['--language', id]);
  execFileSync('jsii-docgen', ['--format', 'json', '--submodule', 'root', '--output', join(build, 'api'), ...languages], { cwd: root, stdio: 'inherit' });
  write('reference/index.md', referenceIndex());
  const sidebars = LANGUAGES.map((language) => {
    const { apiReference } = JSON.parse(readFileSync(join(build, `api.${language.id}.json`), 'utf8'));
    const { pages: symbols, sidebar } = languageReference(language, apiReference, types);
    symbols.forEach((text, name) => write(`reference/${language.id}/${name}.md`, text));
    return [`/reference/${language.id}/`, sidebar];
  });
  writeFileSync(join(build, 'reference.json'), JSON.stringify(Object.fromEntries(sidebars)));
}

async function main(): Promise<void> {
  rmSync(build, { recursive: true, force: true });
  if (!existsSync(join(__dirname, 'node_modules', 'vitepress'))) {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: __dirname, stdio: 'inherit' });
  }
  const types = new PackageTypes([
    { assembly: assembly('.'), go: 'cdk8stalos' },
    { assembly: assembly('node_modules/cdk8s'), go: 'cdk8s' },
    { assembly: assembly('node_modules/constructs'), go: 'constructs' },
  ]);
  writePages(types);
  cpSync(join(root, 'docs', 'images'), join(pages, 'images'), { recursive: true });
  writeReference(types);
  execFileSync(join(__dirname, 'node_modules', '.bin', 'vitepress'), ['build'], { cwd: __dirname, stdio: 'inherit' });
  writeLlmsFiles(pages, site);
  if (process.argv.includes('--check')) {
    await checkSite(site);
  }
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
