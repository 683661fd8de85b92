import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { defineConfig } from 'vitepress';
import { CONTENTS } from '../contents';
import { slug } from '../markdown';
import { REPOSITORY } from '../pages';

// website/build.ts writes it beside the pages
const referenceFile = join(__dirname, '..', 'build', 'reference.json');
const reference = existsSync(referenceFile) ? JSON.parse(readFileSync(referenceFile, 'utf8')) : [];

// a pod in a cluster
const icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#3451b2" d="M8 0l7 4v8l-7 4-7-4V4z"/><path fill="#fff" d="M8 4l3.5 2v4L8 12l-3.5-2V6z"/></svg>';

export default defineConfig({
  title: 'cdk8s-talos',
  description: 'Typed cdk8s constructs that run Talos Linux machines as Kubernetes pods',
  lang: 'en',
  base: '/cdk8s-talos/',
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  srcDir: 'build/pages',
  outDir: 'build/site',
  cacheDir: 'build/cache',
  cleanUrls: true,
  metaChunk: true,
  // a tab of each language is taken by its name; fonts come with the site
  markdown: { anchor: { slugify: slug }, theme: { light: 'github-light', dark: 'github-dark' } },
  themeConfig: {
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        // each language's reference says the same: the search finds that of TypeScript
        _render: (source, env, markdown) => /^reference\/(?!typescript\/)/.test(env.relativePath) ? '' : markdown.render(source, env),
      },
    },
    nav: [
      { text: 'Guide', link: '/tutorial' },
      { text: 'API reference', link: '/reference/' },
      { text: 'Changelog', link: '/changelog' },
    ],
    sidebar: {
      ...reference,
      '/': [
        ...CONTENTS.map(({ title, pages }) => ({
          text: title,
          items: pages.map(({ page, title: text }) => ({ text, link: page === 'index' ? '/' : `/${page}` })),
        })),
        { text: 'API reference', link: '/reference/' },
      ],
    },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    footer: { message: 'Apache-2.0' },
  },
});
