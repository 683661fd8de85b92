import { IncomingMessage } from 'http';
import { serve, Server } from './serve';

interface Packument {
  'versions': { [version: string]: object };
  'dist-tags': { [tag: string]: string };
  '_attachments': { [file: string]: { data: string } };
}

/**
 * A registry of npm, which has what `npm publish` brings, and sends for everything else to another registry.
 *
 * @param own the names of the packages that only this registry may have
 */
export async function startNpmRegistry(upstream: string, own: readonly string[]): Promise<Server> {
  const published = new Map<string, Packument>();
  return serve(async (request) => {
    const path = decodeURIComponent(new URL(request.url!, upstream).pathname).slice(1);
    const [name, file] = path.split('/-/');
    if (!own.includes(name)) {
      return { location: new URL(request.url!.slice(1), upstream).href };
    }
    if (request.method === 'PUT') {
      if (published.has(name)) {
        return { status: 409 };
      }
      published.set(name, JSON.parse(await body(request)));
      return { status: 201, content: '{}' };
    }
    const packument = published.get(name);
    if (packument === undefined) {
      return { status: 404 };
    }
    const { _attachments: files, ...description } = packument;
    return { content: file === undefined ? JSON.stringify(description) : Buffer.from(files[file].data, 'base64') };
  });
}

async function body(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
