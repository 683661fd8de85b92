import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { serve, Server } from './serve';

/**
 * An index of Python packages (PEP 503), which has the files of one project, and sends for everything else to another index.
 *
 * @param files the folder with the wheels and the source archives
 */
export async function startPythonIndex(upstream: string, project: string, files: string): Promise<Server> {
  return serve(async (request) => {
    const path = decodeURIComponent(request.url!).replace(/^\//, '');
    if (path === `${project}/`) {
      return { type: 'text/html', content: readdirSync(files).map((file) => `<a href="/${project}/${file}">${file}</a>`).join('<br>') };
    }
    if (path.startsWith(`${project}/`)) {
      return { content: readFileSync(join(files, path.slice(project.length + 1))) };
    }
    return { location: new URL(path, upstream.replace(/\/*$/, '/')).href };
  });
}
