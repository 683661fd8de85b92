import { existsSync, readFileSync, readdirSync } from 'fs';
import { join, posix } from 'path';
import { withContents } from '../../scripts/api-contents';
import { CONTENTS } from '../../website/contents';
import { anchorsOf, linksOf, mapLinks, slug } from '../../website/markdown';
import { linkOnSite, pathInRepository, REPOSITORY, sources } from '../../website/pages';

const root = join(__dirname, '..', '..');
const top = readdirSync(root).filter((name) => name.endsWith('.md') && name !== 'API.md');
const below = (folder: string): string[] => (readdirSync(join(root, folder), { recursive: true }) as string[])
  .filter((name) => name.endsWith('.md') && !name.includes('node_modules')).map((name) => posix.join(folder, name));
const files = [...top, ...below('docs'), ...below('examples'), 'test/fixtures/README.md'];
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const isInRepository = (target: string): boolean => !/^[a-z]+:/.test(target);

/** The file of the repository to which a link of another file leads, and the anchor in it. */
function destination(file: string, target: string): { path: string; anchor?: string } {
  const [path, anchor] = target.split('#');
  return { path: path === '' ? file : posix.join(posix.dirname(file), decodeURIComponent(path)), anchor };
}

test.each(files)('each link of %s leads to a file, and its anchor to a heading', (file) => {
  const targets = linksOf(text(file)).map(({ target }) => target);
  const dead = targets.filter((target) => isInRepository(target) || pathInRepository(target)).filter((target) => {
    const named = pathInRepository(target);
    const { path, anchor } = named ? destination('README.md', named) : destination(file, target);
    return !existsSync(join(root, path)) || (anchor !== undefined && path.endsWith('.md') && !anchorsOf(text(path)).has(anchor));
  });
  expect(dead).toEqual([]);
});

test('the README has links that npm and PyPI can follow: some to docs/, and some with an anchor', () => {
  const all = linksOf(text('README.md')).map(({ target }) => target);
  expect(all.filter((target) => isInRepository(target) && !target.startsWith('#'))).toEqual([]);
  const targets = all.map(pathInRepository);
  expect(targets).toContain('docs/node.md');
  expect(targets).toContain('docs/keys.md#what-to-take');
});

test('images that the README has by their address are in this repository', () => {
  const prefix = 'https://raw.githubusercontent.com/cdk8s-talos/cdk8s-talos/main/';
  const images = linksOf(text('README.md')).map(({ target }) => target).filter((target) => target.startsWith(prefix)).map((target) => target.slice(prefix.length));
  expect(images).toContain('docs/images/cluster.svg');
  expect(images.filter((image) => !existsSync(join(root, image)))).toEqual([]);
});

test('comments of snippets name pages and headings that exist', () => {
  const named = files.flatMap((file) => [...text(file).matchAll(/\/\/ .*?\b(docs\/[\w-]+\.md)#([\w-]+)/g)].map(([, page, anchor]) => ({ page, anchor })));
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter(({ page, anchor }) => !anchorsOf(text(page)).has(anchor))).toEqual([]);
});

test('the sidebar has every page once', () => {
  const pages = CONTENTS.flatMap(({ pages: entries }) => entries.map(({ page }) => `${page}.md`));
  expect([...pages].sort()).toEqual([...sources(root).values()].sort());
});

test('the README lists every page of docs/', () => {
  const listed = new Set(linksOf(text('README.md')).map(({ target }) => pathInRepository(target)));
  expect(below('docs').filter((page) => !listed.has(page))).toEqual([]);
});

test.each([
  ['docs/keys.md', 'secrets.md#keep-them', './secrets.md#keep-them'],
  ['docs/keys.md', '../README.md#compatibility', './index.md#compatibility'],
  ['docs/keys.md', '../CHANGELOG.md', './changelog.md'],
  ['README.md', `${REPOSITORY}/blob/main/docs/keys.md#sops`, './keys.md#sops'],
  ['README.md', `${REPOSITORY}/blob/main/API.md`, './reference/index.md'],
  ['README.md', `${REPOSITORY}/tree/main/examples/fleet`, `${REPOSITORY}/tree/main/examples/fleet`],
  ['README.md', 'https://raw.githubusercontent.com/cdk8s-talos/cdk8s-talos/main/docs/images/cluster.svg', './images/cluster.svg'],
  ['docs/report.md', 'images/report.png', './images/report.png'],
  ['docs/keys.md', '../examples/gitops', `${REPOSITORY}/tree/main/examples/gitops`],
  ['docs/keys.md', '../RELEASE.md#versions', `${REPOSITORY}/blob/main/RELEASE.md#versions`],
  ['docs/keys.md', '#sops', '#sops'],
  ['docs/keys.md', 'https://www.talos.dev', 'https://www.talos.dev'],
])('on the site, %s links %s as %s', (file, target, onSite) => {
  expect(linkOnSite(root, file, target)).toBe(onSite);
});

test('links in code stay as they are', () => {
  const page = '[a](b.md) and ![c](d.png)\n\n```sh\n[e](f.md)\n```\n[![g](h.svg)](i.md)';
  expect(mapLinks(page, (target) => `to/${target}`)).toBe('[a](to/b.md) and ![c](to/d.png)\n\n```sh\n[e](f.md)\n```\n[![g](to/h.svg)](to/i.md)');
});

test.each([
  ['What can\'t be updated', 'what-cant-be-updated'],
  ['talos:applied-missing', 'talosapplied-missing'],
  ['k3s, RKE2', 'k3s-rke2'],
  ['1. Reserve the address', '1-reserve-the-address'],
  ['certificate is valid for …, not …', 'certificate-is-valid-for--not-'],
])('the anchor of the heading %s is %s', (heading, anchor) => {
  expect(slug(heading)).toBe(anchor);
});

test('headings that come twice are numbered, and comments in code are no headings', () => {
  expect([...anchorsOf('# A\n## `b` of [c](d.md)\n```sh\n# e\n```\n## A\n## A')]).toEqual(['a', 'b-of-c', 'a-1', 'a-2']);
});

test('the API reference gets a list of its contents, whose links lead to its symbols', () => {
  const reference = '# API Reference <a name="API" id="api"></a>\n\n## Enums <a name="Enums" id="Enums"></a>\n\n### Color <a name="Color" id="paint.Color"></a>\n\n#### Red <a name="Red" id="paint.Color.RED"></a>\n';
  expect(withContents(reference)).toBe(reference.replace('\n\n', '\n\n**[Enums](#Enums)**\n\n- [Color](#paint.Color)\n\n'));
});
