import { createServer, IncomingMessage } from 'http';
import { AddressInfo } from 'net';

/** An answer: content, or where else to ask. */
export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly content?: string | Buffer;
  readonly location?: string;
}

/** A server on loopback. */
export interface Server {
  /** Its URL, with a slash at the end. */
  readonly url: string;
  readonly stop: () => void;
}

/** Serves on a free port of loopback; nothing of it may be cached, because the next one has other packages under the same names. */
export async function serve(answer: (request: IncomingMessage) => Promise<Answer>): Promise<Server> {
  const server = createServer((request, response) => {
    answer(request).then(({ status, type = 'application/json', content, location }) => {
      const headers = { 'cache-control': 'no-store', ...location === undefined ? { 'content-type': type } : { location } };
      response.writeHead(status ?? (location === undefined ? 200 : 307), headers).end(content);
    }).catch((error: Error) => response.writeHead(500).end(error.message));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
