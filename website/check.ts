import { existsSync, readFileSync, readdirSync, statSync } from 'fs';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { delimiter, dirname, extname, join, posix } from 'path';
import { Browser } from './browser';

const BASE = '/cdk8s-talos/';
const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2',
};
/** What readers look for, and the page that must be among the answers. */
const SEARCHES = [['quorum', 'disaster-recovery'], ['networks overlap', 'troubleshooting'], ['generateOnce', 'keys']] as const;

/**
 * Checks the built site: its links, images and anchors by text, and its pages and its search in Chromium, if there is one.
 *
 * @throws with all that is wrong
 */
export async function checkSite(site: string): Promise<void> {
  const pages = (readdirSync(site, { recursive: true }) as string[]).filter((file) => file.endsWith('.html') && file !== '404.html').sort();
  const problems = linkProblems(site, pages);
  const chromium = executable('chromium', 'chromium-browser', 'google-chrome');
  if (chromium) {
    problems.push(...await inBrowser(chromium, site, pages));
  } else {
    console.log('no Chromium: the pages were not opened, and nothing was searched');
  }
  if (problems.length > 0) {
    throw new Error(`The website has problems:\n${problems.join('\n')}`);
  }
  console.log(`website: ${pages.length} pages, no dead link${chromium ? `, no error in Chromium, ${SEARCHES.length} searches answered` : ''}`);
}

/** Links of the built pages that lead nowhere on the site. */
function linkProblems(site: string, pages: readonly string[]): string[] {
  const html = new Map(pages.map((page) => [page, readFileSync(join(site, page), 'utf8')]));
  const ids = new Map([...html].map(([page, text]) => [page, new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))]));
  return [...html].flatMap(([page, text]) => [...new Set([...text.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, target]) => target))].flatMap((target) => {
    if (/^(?:[a-z]+:|\/\/)/.test(target)) {
      return [];
    }
    const [path, anchor] = target.replace(/&amp;/g, '&').split('#');
    const inSite = path === '' ? page : posix.join(BASE, posix.join('/', posix.dirname(page)).slice(1), path.startsWith('/') ? '' : path);
    const file = path === '' ? page : fileOf(site, path.startsWith('/') ? path : inSite);
    if (!file) {
      return [`${page}: no page or file '${target}'`];
    }
    return anchor && ids.has(file) && !ids.get(file)!.has(decodeURIComponent(anchor)) ? [`${page}: no anchor '${target}'`] : [];
  }));
}

/** The file of the site that answers a path, as GitHub's server finds it. */
function fileOf(site: string, path: string): string | undefined {
  if (!`${path}/`.startsWith(BASE)) {
    return undefined;
  }
  const name = decodeURIComponent(path.slice(BASE.length));
  return [name, `${name}.html`, posix.join(name, 'index.html')].find((file) => existsSync(join(site, file)) && statSync(join(site, file)).isFile());
}

async function inBrowser(chromium: string, site: string, pages: readonly string[]): Promise<string[]> {
  const server = await serve(site);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE}`;
  const browser = await Browser.start(chromium);
  const problems: string[] = [];
  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    await work().catch((error: Error) => problems.push(`${what}: ${error.message}`));
    problems.push(...browser.errors.splice(0).map((error) => `${what}: ${error}`));
  };
  try {
    for (const page of pages.filter(opened)) {
      await attempt(page, async () => {
        await browser.open(address + page.replace(/(?:index)?\.html$/, ''));
        await browser.until('document.querySelector("#app")?.__vue_app__ && document.querySelector("main, .VPHome, .VPDoc")'); // it answers to clicks
      });
    }
    await attempt('search', async () => {
      await browser.open(address);
      for (const [query, answer] of SEARCHES) {
        await browser.until('document.querySelector("#app")?.__vue_app__');
        await browser.evaluate('document.querySelector(".DocSearch-Button").click()');
        await browser.until('document.querySelector("#localsearch-input")');
        await browser.evaluate(`(() => {
          const input = document.querySelector('#localsearch-input');
          input.value = ${JSON.stringify(query)};
          input.dispatchEvent(new Event('input'));
        })()`);
        await browser.until(`document.querySelector('#localsearch-list a[href*="/${answer}"]')`);
        await browser.evaluate('document.querySelector(".VPLocalSearchBox .backdrop").click()');
        await browser.until('!document.querySelector("#localsearch-input")');
      }
    });
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
  return problems;
}

/** All pages but those of the API reference, of which one in each language and kind stands for the others. */
function opened(page: string): boolean {
  return !page.startsWith('reference/') || dirname(page) === 'reference' || /\/(?:index|talos-cluster|talos-node)\.html$/i.test(page);
}

function serve(site: string): Promise<Server> {
  const server = createServer(({ url }, response) => {
    const file = fileOf(site, url!.replace(/[?#].*$/, ''));
    response.writeHead(file ? 200 : 404, { 'content-type': TYPES[extname(file ?? '')] ?? 'application/octet-stream' });
    response.end(file && readFileSync(join(site, file)));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function executable(...names: readonly string[]): string | undefined {
  return names.flatMap((name) => process.env.PATH!.split(delimiter).map((folder) => join(folder, name))).find((path) => existsSync(path));
}
