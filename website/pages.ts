import { existsSync, readFileSync, readdirSync, statSync } from 'fs';
import { join, posix } from 'path';
import { mapLinks } from './markdown';

/** Where what isn't on the site is read. */
export const REPOSITORY = 'https://github.com/cdk8s-talos/cdk8s-talos';

/** The path in the repository that the address of a file or folder on GitHub names, with its anchor: the README has such links, for npm and PyPI. */
export function pathInRepository(address: string): string | undefined {
  return new RegExp(`^${REPOSITORY}/(?:blob|tree)/main/(.+)$`).exec(address)?.[1];
}

const IMAGES = 'https://raw.githubusercontent.com/cdk8s-talos/cdk8s-talos/main/docs/';

/** The pages of the site by the file of the repository that each is made of. */
export function sources(root: string): Map<string, string> {
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).sort();
  return new Map([['README.md', 'index.md'], ['CHANGELOG.md', 'changelog.md'], ...docs.map((name): [string, string] => [`docs/${name}`, name])]);
}

/** A link of a file of the repository as it is on the site; other files of the repository are read on GitHub. */
export function linkOnSite(root: string, file: string, target: string): string {
  if (target.startsWith(IMAGES)) {
    return `./${target.slice(IMAGES.length)}`;
  }
  const named = pathInRepository(target);
  if (named !== undefined) {
    return linkOnSite(root, 'README.md', named);
  }
  if (/^[a-z]+:/.test(target) || target.startsWith('#')) {
    return target;
  }
  const [path, anchor] = target.split('#');
  const inRepository = posix.normalize(posix.join(posix.dirname(file), path)).replace(/\/$/, '');
  const suffix = anchor === undefined ? '' : `#${anchor}`;
  const page = inRepository === 'API.md' ? 'reference/index.md' : sources(root).get(inRepository);
  if (page) {
    return `./${page}${suffix}`;
  }
  if (inRepository.startsWith('docs/images/')) {
    return `./${inRepository.slice('docs/'.length)}`;
  }
  const absolute = join(root, inRepository);
  return `${REPOSITORY}/${existsSync(absolute) && statSync(absolute).isDirectory() ? 'tree' : 'blob'}/main/${inRepository}${suffix}`;
}

/** What the site makes of a file of the repository. */
export function pageOnSite(root: string, file: string): string {
  const text = mapLinks(readFileSync(join(root, file), 'utf8'), (target) => linkOnSite(root, file, target));
  return file === 'README.md' ? home(root, text) : text;
}

/** The README below a hero, which says what its title and its badges say. */
function home(root: string, readme: string): string {
  const { description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const body = readme.replace(/^# .*\n+/, '').replace(/^!\[[^\]]*\]\(https:\/\/img\.shields\.io\/.*\)\n/gm, '');
  const frontmatter = {
    layout: 'home',
    hero: {
      name: 'cdk8s-talos',
      text: 'Talos Linux in pods',
      tagline: description,
      actions: [
        { theme: 'brand', text: 'Tutorial', link: '/tutorial' },
        { theme: 'alt', text: 'Quick start', link: '/#quick-start' },
        { theme: 'alt', text: 'API reference', link: '/reference/' },
      ],
    },
  };
  return `---\n${JSON.stringify(frontmatter)}\n---\n\n${body}`;
}
