import { readFileSync } from 'fs';
import { dirname, resolve } from 'path';
import { parse } from 'yaml';

/** Where an API server is, and as whom to talk to it. */
export interface Connection {
  readonly server: string;
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string; readonly rejectUnauthorized: boolean };
  readonly token?: string;
}

/** The connection of a kubeconfig's current context, by a token or a client certificate. */
export function readKubeconfig(path: string): Connection {
  const config = parse(readFileSync(path, 'utf8'));
  const named = (list: any[], name: string) => list.find((entry) => entry.name === name);
  const { context } = named(config.contexts, config['current-context']);
  const { cluster } = named(config.clusters, context.cluster);
  const { user } = named(config.users, context.user);

  const file = (relative?: string) => relative && readFileSync(resolve(dirname(path), relative), 'utf8');
  const pem = (from: any, field: string) => from[`${field}-data`] ? Buffer.from(from[`${field}-data`], 'base64').toString() : file(from[field]);
  return {
    server: cluster.server,
    tls: {
      ca: pem(cluster, 'certificate-authority'),
      cert: pem(user, 'client-certificate'),
      key: pem(user, 'client-key'),
      rejectUnauthorized: !cluster['insecure-skip-tls-verify'],
    },
    token: user.token ?? file(user.tokenFile)?.trim(),
  };
}
