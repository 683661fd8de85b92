import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { CONTENTS } from './contents';

/** Where the site is published. */
export const ADDRESS = 'https://cdk8s-talos.github.io/cdk8s-talos';

/**
 * Writes llms.txt, a list of the pages for language models, llms-full.txt, which has their text, and the pages themselves as Markdown.
 *
 * @see https://llmstxt.org
 */
export function writeLlmsFiles(pages: string, site: string): void {
  const read = (page: string): string => readFileSync(join(pages, `${page}.md`), 'utf8').replace(/^---\n.*?\n---\n+/s, '# cdk8s-talos\n\n');
  const list = CONTENTS.map(({ title, pages: entries }) => [
    `## ${title}`, '', ...entries.map(({ page, title: name }) => `- [${name}](${ADDRESS}/${page}.md)`), '',
  ].join('\n'));
  writeFileSync(join(site, 'llms.txt'), [
    '# cdk8s-talos', '', '> Typed cdk8s constructs that run Talos Linux machines as Kubernetes pods, in TypeScript, Python, Java and Go', '', ...list,
  ].join('\n'));
  const all = CONTENTS.flatMap(({ pages: entries }) => entries.map(({ page }) => page));
  all.forEach((page) => writeFileSync(join(site, `${page}.md`), read(page)));
  writeFileSync(join(site, 'llms-full.txt'), all.map(read).join('\n\n'));
}
